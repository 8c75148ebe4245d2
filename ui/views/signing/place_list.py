"""The places to sign as a list of big buttons; the next signature goes to the current one."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.labels import Labels
from ui.views.signing.places import Place, Standing
from ui.widgets.ink_brush import InkPicture


class _PlaceButton(QPushButton):
    """One place: for whom, who, how it stands, and the ink."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("signer")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._role, self._name, self._text = QLabel(), QLabel(), QLabel()
        self._role.setObjectName("caption")
        self._name.setObjectName("signer_name")
        self._picture = InkPicture()
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._role, self._name, self._text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setWordWrap(True)
            words.addWidget(label)
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(12)
        layout.addLayout(words, stretch=1)
        layout.addWidget(self._picture)

    def show_place(self, place: Place, nobody: str) -> None:
        """Show another state of the place."""
        self._role.setText(place.role)
        self._name.setText(place.name or nobody)
        self._text.setText(place.text)
        self._text.setObjectName("owed" if _is_owed(place) else "muted")
        self._text.style().polish(self._text)
        self._picture.show_ink(place.ink)
        self.setAccessibleName(" ".join((place.role, place.name or nobody, place.text)))

    def sizeHint(self) -> QSize:
        """Return the room its words take."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the least room its words take."""
        return self._row.minimumSize()


class PlaceList(QFrame):
    """`chosen` tells the number of the place a person chose."""

    chosen = Signal(int)

    def __init__(self, labels: Labels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(labels("signing.places"))
        self._nobody = labels("signing.nobody")
        self._group = QButtonGroup(self)
        self._buttons: list[_PlaceButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._add(0)

    def show_places(self, places: tuple[Place, ...], current: int) -> None:
        """Show the places, one of them current."""
        while len(self._buttons) > len(places):
            gone = self._buttons.pop()
            self._group.removeButton(gone)
            gone.deleteLater()
        while len(self._buttons) < len(places):
            self._add(len(self._buttons))
        for button, place in zip(self._buttons, places, strict=True):
            button.show_place(place, self._nobody)
        self._buttons[current].setChecked(True)

    def take_focus(self, current: int) -> None:
        """Give the focus to a place."""
        self._buttons[current].setFocus()

    def _add(self, number: int) -> None:
        button = _PlaceButton()
        button.clicked.connect(partial(self._on_clicked, number))
        self._group.addButton(button)
        self._buttons.append(button)
        self._layout.addWidget(button)
        if number:  # else it comes last of the whole window
            QWidget.setTabOrder(self._buttons[number - 1], button)

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(number)


def _is_owed(place: Place) -> bool:
    return place.standing in (Standing.EMPTY, Standing.PENDING)
