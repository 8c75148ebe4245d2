"""What was found, and whether it is to be taken: a sentence with two buttons, in place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton


class FoundBar(QFrame):
    """`taken` says yes; no only hides the bar."""

    taken = Signal()

    def __init__(self, *, yes: str, no: str) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        take = QPushButton(yes)
        take.clicked.connect(lambda _: self.taken.emit())
        self._leave = QPushButton(no)
        self._leave.clicked.connect(lambda _: self.hide())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._sentence, stretch=1)
        layout.addWidget(take)
        layout.addWidget(self._leave)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show what was found; '' hides the bar."""
        self._sentence.setText(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            self._leave.setFocus()
