"""The figures of a card in one bar: base, bonus, total, converted where the office converts."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.labels import Labels
from ui.views.scoring.page import Figures
from ui.widgets.figure import Figure


class FiguresBar(QFrame):
    """Shows the figures of what was saved."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._base = Figure(labels("scoring.base"))
        self._bonus = Figure(labels("scoring.bonus"))
        self._total = Figure(labels("scoring.total"), kind="total")
        self._converted = Figure(labels("scoring.converted"))
        self._progress = Figure(labels("scoring.marked"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(28)
        for figure in (self._base, self._bonus, self._total, self._converted, self._progress):
            layout.addWidget(figure)

    def show_figures(self, figures: Figures) -> None:
        """Show other figures."""
        self._base.show_number(figures.base)
        self._bonus.show_number(figures.bonus)
        self._total.show_number(figures.total)
        self._converted.show_number(figures.converted)
        self._converted.setVisible(bool(figures.converted))
        self._progress.show_number(figures.progress)
