"""How far a run over several prints is, and the button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.labels import Labels


class ProgressLine(QWidget):
    """A bar with its figures; `stopped` tells that the person wants no more."""

    stopped = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._figures = QLabel()
        self._figures.setObjectName("muted")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(labels("printing.progress_name"))
        stop = QPushButton(labels("printing.stop"))
        stop.clicked.connect(self.stopped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._figures)
        layout.addWidget(self._bar, stretch=1)
        layout.addWidget(stop)
        self.hide()

    def advance(self, done: int, total: int) -> None:
        """Show that so many of so many prints are done."""
        self._figures.setText(self._labels("printing.progress", done=done, total=total))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.show()
