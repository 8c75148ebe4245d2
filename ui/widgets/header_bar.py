"""The bar at the top of the window: name, the places to go to, whether this is practice."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ui.labels import Labels
from ui.steps import Place
from ui.widgets.elided_label import ElidedLabel

_KEYS = {Place.TASKS: "F1", Place.LEDGER: "F11", Place.SENDING: "F9", Place.MORE: "F10"}


class HeaderBar(QFrame):
    """`place_asked` names the place a person wants to go to."""

    place_asked = Signal(str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.setObjectName("bar")
        brand = ElidedLabel()
        brand.setText(labels("title"))
        brand.setObjectName("brand")
        self._rehearsal = QLabel(labels("rehearsal"))
        self._rehearsal.setObjectName("rehearsal")
        self._rehearsal.hide()
        self._places = {place: self._new_button(place, labels) for place in Place}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 0)
        layout.setSpacing(4)
        layout.addWidget(brand)
        layout.addSpacing(24)
        for button in self._places.values():
            layout.addWidget(button)
        layout.addStretch()
        layout.addWidget(self._rehearsal, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.set_ready(is_ready=False)

    def set_ready(self, *, is_ready: bool) -> None:
        """Let places be chosen, once the workspace is open."""
        for button in self._places.values():
            button.setVisible(is_ready)

    def show_rehearsal(self, *, is_rehearsal: bool) -> None:
        """Say that this is practice."""
        self._rehearsal.setVisible(is_rehearsal)

    def show_place(self, name: str) -> None:
        """Mark the place a person is at; none of them while at a card."""
        for place, button in self._places.items():
            button.setChecked(place == name)

    def _new_button(self, place: Place, labels: Labels) -> QPushButton:
        button = QPushButton(labels(f"place.{place}"))
        button.setObjectName("place")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a key or click leaves it on the screen
        button.setShortcut(_KEYS[place])
        button.setToolTip(_KEYS[place])
        button.clicked.connect(partial(self._on_clicked, place))
        return button

    def _on_clicked(self, place: Place) -> None:
        self._places[place].setChecked(not self._places[place].isChecked())  # the window decides
        self.place_asked.emit(place)
