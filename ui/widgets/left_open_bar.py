"""What was open when the program ended, each with a button to go on there."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton

from ui.labels import Labels
from ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from app.services.workplace.whereabouts import OpenCard

_MOST = 3


class LeftOpenBar(QFrame):
    """`asked` carries the `Whereabouts` a person wants to go on at."""

    asked = Signal(object)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.setObjectName("leftopen")
        self._labels = labels
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(24, 6, 24, 6)
        self._layout.setColumnStretch(0, 1)
        self.hide()

    def show_cards(self, cards: "tuple[OpenCard, ...]") -> None:
        """List what was open; nothing is shown for nothing."""
        for row, card in enumerate(cards[:_MOST]):
            unit, step = self._labels.unit(card.unit), self._labels(f"step.{card.where.step}")
            line = ElidedLabel()
            line.setText(self._labels("left_open", unit=unit, step=step))
            self._layout.addWidget(line, row, 0)
            button = QPushButton(self._labels("left_open_go_on"))
            button.setAccessibleName(f"{self._labels('left_open_go_on')} {unit}")
            button.clicked.connect(partial(self.asked.emit, card.where))
            self._layout.addWidget(button, row, 1)
        if cards:
            close = QPushButton(self._labels("left_open_hide"))
            close.setObjectName("quiet")
            close.clicked.connect(self.hide)
            self._layout.addWidget(close, 0, 2)
        self.setVisible(bool(cards))
