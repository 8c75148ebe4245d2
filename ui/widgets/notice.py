"""A sentence in its own band: what happened, or what stands in the way."""

from PySide6.QtWidgets import QLabel, QWidget


class Notice(QLabel):
    """One sentence, read aloud by its text; hidden while there is nothing to say."""

    def __init__(self, *, kind: str = "notice", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(kind)
        self.setWordWrap(True)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show a sentence; '' hides the band."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
