"""How far a long piece of work is, and a button to stop it; hidden while nothing is under way."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from ui.labels import Labels
from ui.tasks import Gauge


class ProgressRow(QFrame):
    """Watches one gauge at a time, or is told of steps; `stopped` says that enough is enough."""

    stopped = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._gauge: Gauge | None = None
        self._what = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(labels("progress"))
        self.stop = QPushButton(labels("stop"))
        self.stop.clicked.connect(self._on_stop_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._what)
        layout.addWidget(self._bar, stretch=1)
        layout.addWidget(self.stop)
        self.hide()

    def begin(self, what: str) -> Gauge:
        """Watch a new piece of work in place of another, and return its gauge."""
        self.hide()
        self._what.setText(what)
        self._bar.setRange(0, 0)
        self._gauge = Gauge(self)
        self._gauge.advanced.connect(self._on_advanced)
        return self._gauge

    def show_step(self, what: str, done: int, total: int) -> None:
        """Show how far work is that has no gauge."""
        self._what.setText(what)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self.show()

    def _on_advanced(self, done: int, total: int) -> None:
        if self.sender() is not self._gauge:  # told before it was stopped, or another begun
            return
        self.show_step(self._what.text(), done, total)
        self.setVisible(done < total)

    def _on_stop_clicked(self) -> None:
        if self._gauge is not None:
            self._gauge.stop()
            self._gauge = None
        self.hide()
        self.stopped.emit()
