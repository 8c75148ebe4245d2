"""A place to put the scan of a signed paper: dropped, pasted or chosen; it knows no service."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.file_dialog import ask_file
from ui.widgets.picture_mime import encoder_of


class ScanDrop(QFrame):
    """`given` carries the `Path` of a file, or what makes a PNG of a pasted picture.

    `several` tells that more than one file came at once, of which none is taken.
    """

    given = Signal(object)
    several = Signal()

    def __init__(
        self, *, hint: str, choose: str, paste: str, kinds: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("scan_drop")
        self.setAcceptDrops(True)
        self._kinds = kinds
        about = QLabel(hint)
        about.setObjectName("muted")
        about.setWordWrap(True)
        self._choose = QPushButton(choose)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._paste = QPushButton(paste)
        self._paste.clicked.connect(self.paste)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._paste)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(about)
        layout.addLayout(buttons)
        QGuiApplication.clipboard().dataChanged.connect(self._show_clipboard)

    @property
    def choose_button(self) -> QPushButton:
        """Return the button that asks for a file."""
        return self._choose

    def paste(self) -> None:
        """Take what is on the clipboard, if it is a file or a picture."""
        self._take(QGuiApplication.clipboard().mimeData())

    def showEvent(self, event: QShowEvent) -> None:
        """Offer to paste only what can be pasted."""
        super().showEvent(event)
        self._show_clipboard()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and pictures."""
        if _holds(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped; the original stays where it is."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._take(event.mimeData())

    def _show_clipboard(self) -> None:
        if self.isVisible():
            self._paste.setEnabled(_holds(QGuiApplication.clipboard().mimeData()))

    def _take(self, held: QMimeData) -> None:
        paths = _paths(held)
        given = paths[0] if paths else encoder_of(held)
        if len(paths) > 1:
            self.several.emit()
        elif given is not None:
            self.given.emit(given)

    def _on_choose_clicked(self) -> None:
        ask_file(self, self._choose.text(), self.given.emit, kinds=self._kinds)


def _holds(held: QMimeData | None) -> bool:
    return held is not None and (bool(_paths(held)) or held.hasImage())


def _paths(held: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
