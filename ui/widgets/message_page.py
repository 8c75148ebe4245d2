"""A page with one sentence in its middle: waiting, or why there is nothing to show.

The first paint waits for it: what is centred is so by the style sheet, because Qt's own names take
15 ms to import.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class MessagePage(QWidget):
    """A sentence, and a button to try again where that may help."""

    asked_again = Signal()

    def __init__(self, *, again: str) -> None:
        super().__init__()
        self._sentence = QLabel()
        self._sentence.setObjectName("waiting")
        self._sentence.setWordWrap(True)
        self._again = QPushButton(again)
        self._again.setObjectName("primary")
        self._again.clicked.connect(self.asked_again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(96, 0, 96, 0)
        layout.setSpacing(24)
        layout.addStretch(2)
        layout.addWidget(self._sentence)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(self._again)
        middle.addStretch()
        layout.addLayout(middle)
        layout.addStretch(3)

    def wait(self, sentence: str) -> None:
        """Say what is going on."""
        self._sentence.setText(sentence)
        self._again.hide()

    def refuse(self, sentence: str) -> None:
        """Say why it does not go on."""
        self._sentence.setText(sentence)
        self._again.show()
        self._again.setFocus()
