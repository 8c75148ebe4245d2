"""One hazard on the screen: every field inline, saved as typed; its photos, steps and history."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.hazard import Field, HazardId, Side
from ui.labels import Labels
from ui.views.hazards.field_line import FieldLine
from ui.views.hazards.layouts import add_captioned, column, empty, form, row
from ui.views.hazards.page import GRADE_WORDS, Sheet
from ui.views.hazards.photo_side import PhotoChoices, PhotoSide
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.text_area import TextArea
from ui.widgets.text_field import TextField

_WORDS: dict[Field, str] = {
    Field.TEXT: "hazards.text",
    Field.PLACE: "hazards.place",
    Field.GRADE: "hazards.grade",
    Field.MEASURE: "hazards.measure",
    Field.PERSON: "hazards.person",
    Field.POST: "hazards.post",
    Field.TELEPHONE: "hazards.telephone",
    Field.DEADLINE: "hazards.deadline",
    Field.DEPARTMENT_TO: "hazards.report.to_department",
    Field.DEPARTMENT_ON: "hazards.report.on",
    Field.DEPARTMENT_HOW: "hazards.report.how",
    Field.CONGRESS_TO: "hazards.report.to_congress",
    Field.CONGRESS_ON: "hazards.report.on",
    Field.CONGRESS_HOW: "hazards.report.how",
}
_TALL = frozenset({Field.TEXT, Field.MEASURE})
_DEPARTMENT = (Field.DEPARTMENT_TO, Field.DEPARTMENT_ON, Field.DEPARTMENT_HOW)
_CONGRESS = (Field.CONGRESS_TO, Field.CONGRESS_ON, Field.CONGRESS_HOW)
# These share a caption with the field before them, which then does not say what they are.
_UNCAPTIONED = frozenset({Field.POST, Field.TELEPHONE, *_DEPARTMENT, *_CONGRESS})
_REPORTS = {"hazards.report.department": _DEPARTMENT, "hazards.report.congress": _CONGRESS}
_DEADLINES = (3, 7, 15, 30)
_ROWS = 2


class HazardSheet(QWidget):
    """Shows one hazard and forwards what is typed, chosen and given."""

    written = Signal(str, str, str)
    field_left = Signal(str, str)
    deadline_chosen = Signal(int)
    files_given = Signal(str, list)
    picture_given = Signal(str, object)
    photo_removed = Signal(str, str)
    photo_toggled = Signal(str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._shown = HazardId("")
        self._lines: dict[Field, FieldLine] = {
            name: self._new_line(name) for name in _WORDS if name is not Field.GRADE
        }
        self._grade = ChoiceRow(
            labels(_WORDS[Field.GRADE]),
            [(grade.value, labels(word)) for grade, word in GRADE_WORDS.items()],
        )
        self._grade.chosen.connect(partial(self._on_written, Field.GRADE))
        self._texts, self._measures = QVBoxLayout(), QVBoxLayout()
        self._offered: dict[Field, tuple[str, ...]] = {}
        self._sides = {side: self._new_side(side) for side in Side}
        self._choices = PhotoChoices(labels)
        self._choices.toggled.connect(self.photo_toggled)
        self._build()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a hazard; a field a person is in is only written over for another hazard."""
        is_new = sheet.id != self._shown
        if is_new:
            self.flush()  # to the hazard it was typed about
        self._shown = sheet.id
        self._show_head(sheet)
        for name, line in self._lines.items():
            line.show_value(
                sheet.values[name],
                sheet.refusals.get(name, ""),
                is_read_only=sheet.is_read_only,
                is_new=is_new,
            )
        self._grade.show_value(sheet.values[Field.GRADE])
        self._grade.setEnabled(not sheet.is_read_only)
        self._days.setEnabled(not sheet.is_read_only)
        self._reports.setVisible(sheet.is_suspected_major)
        self._offer(
            Field.TEXT, self._texts, () if sheet.values[Field.TEXT] else sheet.offers.texts
        )
        self._offer(
            Field.MEASURE,
            self._measures,
            () if sheet.values[Field.MEASURE] else sheet.offers.measures,
        )
        for side, widget in self._sides.items():
            widget.show_tiles(
                sheet.photos[side],
                sheet.photo_refusals.get(side, ""),
                is_read_only=sheet.is_read_only,
            )
        self._choices.show_tiles(sheet.choices)
        self._history.setText("\n".join(sheet.history))
        self._past.setVisible(bool(sheet.history))

    def begin(self) -> None:
        """Take the focus where writing begins."""
        self._lines[Field.TEXT].setFocus()

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        for line in self._lines.values():
            line.editor.flush()

    def _build(self) -> None:
        self._state = QLabel()
        self._state.setObjectName("group")
        self._late = QLabel()
        self._late.setObjectName("muted")
        self._late.setProperty("alert", True)
        head = row(self._state, self._late)
        head.addStretch()
        self._origin = QLabel()
        self._origin.setObjectName("muted")
        self._origin.setWordWrap(True)
        panel = QFrame()
        panel.setObjectName("panel")
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(12)
        inside.addLayout(head)
        inside.addWidget(self._origin)
        inside.addLayout(self._new_form())
        self._reports = self._new_reports()
        inside.addWidget(self._reports)
        inside.addLayout(self._new_photos())
        self._history = QLabel()
        self._history.setObjectName("muted")
        self._history.setWordWrap(True)
        self._history.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._past = QWidget()
        past = QVBoxLayout(self._past)
        past.setContentsMargins(0, 0, 0, 0)
        past.setSpacing(4)
        past.addWidget(QLabel(self._labels("hazards.history")))
        past.addWidget(self._history)
        inside.addWidget(self._past)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.addWidget(panel)
        layout.addStretch()

    def _new_form(self) -> QFormLayout:
        self._days = QWidget()
        days = QHBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(8)
        for count in _DEADLINES:
            button = QPushButton(self._labels("hazards.within", days=count))
            button.setObjectName("choice")
            button.clicked.connect(partial(self._on_days_clicked, count))
            days.addWidget(button)
        captions = form()
        for name, fields in (
            (Field.TEXT, column(self._lines[Field.TEXT], self._texts)),
            (Field.PLACE, self._lines[Field.PLACE]),
            (Field.GRADE, self._grade),
            (Field.MEASURE, column(self._lines[Field.MEASURE], self._measures)),
            (Field.PERSON, self._row(Field.PERSON, Field.POST, Field.TELEPHONE)),
            (Field.DEADLINE, row(self._lines[Field.DEADLINE], self._days)),
        ):
            add_captioned(captions, self._labels(_WORDS[name]), fields)
        return captions

    def _new_reports(self) -> QWidget:
        hint = QLabel(self._labels("hazards.report.hint"))
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        widget = QFrame()
        widget.setObjectName("photos")
        captions = form()
        for word, fields in _REPORTS.items():
            add_captioned(captions, self._labels(word), self._row(*fields))
        layout = QVBoxLayout(widget)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.addWidget(hint)
        layout.addLayout(captions)
        return widget

    def _new_photos(self) -> QVBoxLayout:
        sides = QHBoxLayout()
        sides.setSpacing(12)
        for widget in self._sides.values():
            sides.addWidget(widget, stretch=1)
        photos = QVBoxLayout()
        photos.addLayout(sides)
        photos.addWidget(self._choices)
        return photos

    def _new_side(self, side: Side) -> PhotoSide:
        widget = PhotoSide(side, self._labels)
        widget.files_given.connect(partial(self.files_given.emit, side.value))
        widget.picture_given.connect(partial(self.picture_given.emit, side.value))
        widget.removed.connect(partial(self.photo_removed.emit, side.value))
        return widget

    def _new_line(self, name: Field) -> FieldLine:
        word = self._labels(_WORDS[name])
        report = next((key for key, fields in _REPORTS.items() if name in fields), None)
        spoken = word if report is None else f"{self._labels(report)} {word}"
        editor = TextArea(name=spoken, rows=_ROWS) if name in _TALL else TextField(name=spoken)
        if name in _UNCAPTIONED:
            editor.setPlaceholderText(word)
        return FieldLine(name, editor, written=self._on_written, left=self._on_left)

    def _row(self, *names: Field) -> QLayout:
        return row(*(self._lines[name] for name in names))

    def _show_head(self, sheet: Sheet) -> None:
        self._state.setText(sheet.state)
        self._late.setText(sheet.late)
        self._origin.setText(sheet.origin)
        self._origin.setVisible(bool(sheet.origin))

    def _offer(self, name: Field, place: QVBoxLayout, texts: Sequence[str]) -> None:
        if self._offered.get(name) == tuple(texts):
            return
        self._offered[name] = tuple(texts)
        empty(place)
        before: QWidget = self._lines[name].editor
        for text in texts:
            button = QPushButton(text)
            button.setObjectName("rule")
            button.setAccessibleName(f"{self._labels('hazards.take_over')} {text}")
            button.clicked.connect(partial(self._on_offer_clicked, name, text))
            place.addWidget(button)
            QWidget.setTabOrder(before, button)  # else it comes last of the whole window
            before = button

    def _on_offer_clicked(self, name: Field, text: str) -> None:
        self._lines[name].setFocus()  # before the button is gone with its focus
        self._on_written(name, text)
        self._lines[name].editor.show_text(text)
        self._lines[name].editor.show_kept()

    def _on_days_clicked(self, count: int) -> None:
        self.deadline_chosen.emit(count)

    def _on_written(self, name: Field, typed: str) -> None:
        self.written.emit(self._shown, name.value, typed)

    def _on_left(self, name: Field) -> None:
        self.field_left.emit(self._shown, name.value)
