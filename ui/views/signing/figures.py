"""What is signed, in figures: 得分（百分制）, 额外加分, 总得分."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ui.labels import Labels
from ui.views.signing.page import Page
from ui.widgets.figure import Figure

_CAPTIONS = ("scoring.base", "scoring.bonus", "scoring.total")


class FiguresBar(QFrame):
    """The three figures side by side, the total set apart."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.setObjectName("panel")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 8, 20, 8)
        layout.setSpacing(32)
        self._figures = [
            Figure(labels(key), kind="total" if key == _CAPTIONS[-1] else "figure")
            for key in _CAPTIONS
        ]
        for figure in self._figures:
            layout.addWidget(figure)
        layout.addStretch()

    def show_page(self, page: Page) -> None:
        """Show the figures of a card."""
        for figure, (_, number) in zip(self._figures, page.figures, strict=True):
            figure.show_number(number)
