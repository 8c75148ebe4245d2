"""The pages of one print with the buttons to look closer; a sentence where there are none."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.labels import Labels
from ui.widgets.page_view import PageView

_PER_CENT = 100
_AFTER_SMALLER = 3  # in the bar: number, stretch, smaller


class PageArea(QFrame):
    """Shows a document. `wanted` asks for a page (from 0) so many pixels wide."""

    wanted = Signal(int, int)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._pages = PageView(name=labels("printing.pages"))
        self._pages.wanted.connect(self.wanted)
        self._pages.moved.connect(self._on_moved)
        self._message = QLabel()
        self._message.setObjectName("message")
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setMargin(32)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._pages)
        self._stack.addWidget(self._message)
        self._number = QLabel()
        self._number.setObjectName("muted")
        self._scale = QLabel()
        self._scale.setObjectName("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._new_bar())
        layout.addWidget(self._stack, stretch=1)

    def show_document(self, sizes: Sequence[QSizeF]) -> None:
        """Show another document from its beginning; sizes are in points."""
        self._stack.setCurrentWidget(self._pages)
        self._pages.show_document(sizes)

    def show_page(self, number: int, image: QImage) -> None:
        """Show a page that was wanted."""
        self._pages.show_page(number, image)

    def show_message(self, sentence: str) -> None:
        """Say why there are no pages."""
        self._pages.show_document(())
        self._message.setText(sentence)
        self._stack.setCurrentWidget(self._message)

    def _new_bar(self) -> QWidget:
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._number)
        layout.addStretch()
        for name, act, keys in (
            ("smaller", self._pages.zoom_out, ["Ctrl+-"]),
            ("larger", self._pages.zoom_in, ["Ctrl++", "Ctrl+="]),
            ("fit", self._pages.fit_width, ["Ctrl+0"]),
            ("true_size", self._pages.show_true_size, ["Ctrl+1"]),
        ):
            layout.addWidget(self._button(name, act, keys))
        layout.insertWidget(_AFTER_SMALLER, self._scale)
        return bar

    def _button(self, name: str, act: Callable[[], None], keys: list[str]) -> QPushButton:
        button = QPushButton(self._labels(f"printing.{name}"))
        button.setObjectName("tool")
        button.setAccessibleName(self._labels(f"printing.{name}_name"))
        button.setToolTip(f"{button.accessibleName()}　{keys[0]}")
        button.clicked.connect(act)
        shortcut = QShortcut(self)
        shortcut.setKeys([QKeySequence(each) for each in keys])
        shortcut.activated.connect(act)
        return button

    def _on_moved(self) -> None:
        count = self._pages.page_count
        number = self._labels("printing.page", number=self._pages.page + 1, count=count)
        self._number.setText(number if count else "")
        self._scale.setText(f"{round(self._pages.scale * _PER_CENT)} %" if count else "")
