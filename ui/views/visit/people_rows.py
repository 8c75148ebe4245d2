"""People by name and post, one a line: who came, who received them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.domain.card import Person
from ui.labels import Labels
from ui.widgets.text_field import TextField

_MOST = 6


class PeopleRows(QWidget):
    """At least `fewest` lines; `caption` gives the words before line 0, 1, ...

    `named` tells all lines as they stand, empty ones too.
    """

    named = Signal(object)

    def __init__(self, labels: Labels, *, fewest: int, caption: Callable[[int], str]) -> None:
        super().__init__()
        self._labels = labels
        self._caption = caption
        self._rows: list[tuple[TextField, TextField]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 2)
        self._more = QPushButton(labels("visit.more_people"))
        self._more.setObjectName("quiet")
        self._more.setAccessibleName(labels("visit.add_person", who=caption(fewest)))
        self._more.setToolTip(labels("visit.add_person", who=caption(fewest)))
        self._more.clicked.connect(self._on_more_clicked)
        for _ in range(fewest):
            self._add_row()

    @property
    def last_stop(self) -> QWidget:
        """Return what the Tab key comes to last."""
        return self._more

    def show_people(self, people: tuple[Person, ...], *, is_read_only: bool) -> None:
        """Show who is kept; a line somebody types in stays as it is."""
        while len(self._rows) < len(people):
            self._add_row()
        nobody = Person(name="")
        for place, (name, post) in enumerate(self._rows):
            person = people[place] if place < len(people) else nobody
            name.show_text(person.name)
            post.show_text(person.post)
            name.setReadOnly(is_read_only)
            post.setReadOnly(is_read_only)
        self._more.setVisible(not is_read_only and len(self._rows) < _MOST)

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        for row in self._rows:
            for field in row:
                field.flush()

    def _add_row(self) -> None:
        place = len(self._rows)
        caption = QLabel(self._caption(place))
        caption.setObjectName("muted")
        name = self._field("visit.person_name", place)
        post = self._field("visit.person_post", place)
        caption.setBuddy(name)
        self._rows.append((name, post))
        for column, widget in enumerate((caption, name, post, self._more)):
            self._grid.addWidget(widget, place, column)
        QWidget.setTabOrder(name, post)
        QWidget.setTabOrder(post, self._more)

    def _field(self, key: str, place: int) -> TextField:
        field = TextField(name=f"{self._caption(place)} {self._labels(key)}")
        field.setPlaceholderText(self._labels(key))
        field.typed.connect(self._on_typed)
        return field

    def _on_typed(self) -> None:
        self.named.emit(
            tuple(Person(name=name.text(), post=post.text()) for name, post in self._rows)
        )

    def _on_more_clicked(self) -> None:
        self._add_row()
        self._more.setVisible(len(self._rows) < _MOST)
        self._rows[-1][0].setFocus()
