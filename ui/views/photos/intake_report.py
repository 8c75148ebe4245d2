"""What an intake did not take, one sentence a file, until it was read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout

from ui.labels import Labels
from ui.widgets.notice import Notice

_LINES = 5


class IntakeReport(QFrame):
    """A list of sentences, hidden while there is none and once it was put away."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._labels = labels
        self._title = Notice(kind="refusal")
        self._sentences: tuple[str, ...] = ()
        self._list = QListWidget()
        self._list.setObjectName("report")
        self._list.setAccessibleName(labels("photos.refused_files"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        away = QPushButton(labels("photos.understood"))
        away.clicked.connect(self._on_away_clicked)
        top = QHBoxLayout()
        top.addWidget(self._title, stretch=1)
        top.addWidget(away)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addLayout(top)
        layout.addWidget(self._list)
        self.hide()

    def show_sentences(self, sentences: tuple[str, ...]) -> None:
        """Show other sentences."""
        if sentences == self._sentences:
            return
        self._sentences = sentences
        self._title.tell(self._labels("photos.not_taken", files=len(sentences)))
        self._list.clear()
        self._list.addItems(sentences)
        lines = min(len(sentences) * 2, _LINES)
        self._list.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 16)
        self.setVisible(bool(sentences))

    def _on_away_clicked(self) -> None:
        self.hide()
