"""A figure under its caption."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout


class Figure(QFrame):
    """A caption and a number; `kind` (an object name of the style sheet) sets the total apart."""

    def __init__(self, caption: str, *, kind: str = "figure") -> None:
        super().__init__()
        self.setAccessibleName(caption)
        above = QLabel(caption)
        above.setObjectName("caption")
        self._number = QLabel()
        self._number.setObjectName(kind)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(above)
        layout.addWidget(self._number)

    def show_number(self, number: str) -> None:
        """Show another number."""
        self._number.setText(number)
