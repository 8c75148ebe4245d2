"""A line to type a passphrase into: hidden unless shown, never kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from ui.labels import Labels
from ui.widgets.text_field import TextField


class PassphraseField(QWidget):
    """A hidden line and a switch to see it: Chinese can be composed only while it is seen.

    `entered` tells that Enter was pressed.
    """

    entered = Signal()

    def __init__(self, labels: Labels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = TextField(name=labels("passphrase.name"))
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.returnPressed.connect(self.entered)
        self._reveal = QPushButton(labels("passphrase.reveal"))
        self._reveal.setObjectName("option")
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._on_reveal_toggled)
        self.setFocusProxy(self._line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._line, stretch=1)
        layout.addWidget(self._reveal)

    def text(self) -> str:
        """Return what was typed."""
        self._line.flush()
        return self._line.text()

    def setPlaceholderText(self, text: str) -> None:
        """Say in the empty line what is asked for."""
        self._line.setPlaceholderText(text)

    def clear(self) -> None:
        """Forget what was typed, and hide again."""
        self._line.clear()
        self._reveal.setChecked(False)

    def _on_reveal_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
