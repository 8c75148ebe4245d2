"""Facts to be checked on arrival, each with what was told before; and the days."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.unit import Fact
from ui.labels import Labels
from ui.views.visit.dates_row import DatesRow
from ui.views.visit.page import DATES, NAME, NO, UNKNOWN, YES, VisitPage
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.notice import Notice
from ui.widgets.text_field import TextField

_COUNTS = (Fact.WORKERS, Fact.WOMEN, Fact.MIGRANT, Fact.HAZARD_EXPOSED)
_DIGITS = "00000000"
_NARROWEST = 4  # letters of a caption, however large they are
_SHARES = (2, 3, 2)  # caption, field, what was told before


class FactsGrid(QWidget):
    """A line for each fact. `typed` tells fact and text, `days_typed` the first and last day."""

    typed = Signal(str, str)
    days_typed = Signal(str, str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._told = QLabel()
        self._told.setObjectName("caption")
        self._code = QLabel()
        self._name = TextField(name=labels("visit.unit_name"))
        self._counts = {fact: self._count(fact) for fact in _COUNTS}
        self._risk = ChoiceRow(
            labels.fact(Fact.HIGH_RISK),
            [
                (YES, labels("unit.yes")),
                (NO, labels("unit.no")),
                (UNKNOWN, labels("unit.unknown")),
            ],
        )
        self._dates = DatesRow(labels)
        self._dates.typed.connect(self.days_typed)
        self._before = {fact: QLabel() for fact in Fact}
        self._refusals = {topic: Notice(kind="refusal") for topic in (NAME, *Fact, DATES)}
        self._name.typed.connect(lambda text: self.typed.emit(NAME, text))
        self._risk.chosen.connect(lambda value: self.typed.emit(Fact.HIGH_RISK.value, value))
        self._build()

    def show_page(self, page: VisitPage) -> None:
        """Show the facts of a page."""
        self._told.setText(page.told)
        self._told.setVisible(bool(page.told))
        self._code.setText(page.code)
        self._name.show_text(page.entered.facts[NAME])
        self._name.setReadOnly(page.is_read_only)
        for fact, field in self._counts.items():
            field.show_text(page.entered.facts[fact])
            field.setReadOnly(page.is_read_only)
        self._risk.show_value(page.entered.facts[Fact.HIGH_RISK])
        self._risk.setEnabled(not page.is_read_only)
        for fact, label in self._before.items():
            line = page.facts[fact]
            key = "visit.differs" if line.differs else "visit.before"
            label.setText(self._labels(key, value=line.before) if line.before else "")
            label.setProperty("alert", line.differs)
            label.style().polish(label)
        first, last = page.entered.first_day, page.entered.last_day
        self._dates.show_days(first, last, is_read_only=page.is_read_only)
        self._show_refusals(page.refusals)

    def begin(self) -> None:
        """Take the focus at the first count that is not known, else at the first."""
        fields = self._counts.values()
        next((f for f in fields if not f.text()), next(iter(fields))).setFocus()

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        for field in (self._name, *self._counts.values()):
            field.flush()
        self._dates.flush()

    def _show_refusals(self, refusals: Mapping[str, str]) -> None:
        for topic, notice in self._refusals.items():
            notice.tell(refusals.get(topic, ""))

    def _count(self, fact: Fact) -> TextField:
        field = TextField(name=self._labels.fact(fact))
        field.setFixedWidth(field.fontMetrics().horizontalAdvance(_DIGITS) * 2)
        field.setPlaceholderText(self._labels("unit.unknown"))
        field.typed.connect(lambda text: self.typed.emit(fact.value, text))
        return field

    def _build(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for column, share in enumerate(_SHARES):
            self._grid.setColumnStretch(column, share)
        self._put(self._labels("visit.unit_code"), self._code)
        self._put(self._labels("visit.unit_name"), self._name, topic=NAME)
        self._grid.addWidget(self._told, self._grid.rowCount(), 1, 1, 2)
        for fact, field in self._counts.items():
            self._put(self._caption(fact), field, topic=fact)
        self._put(self._caption(Fact.HIGH_RISK), self._risk, topic=Fact.HIGH_RISK)
        self._put(self._labels("visit.dates"), self._dates, topic=DATES)

    def _put(self, caption: str, widget: QWidget, *, topic: str = "") -> None:
        row = self._grid.rowCount()
        label = QLabel(caption)
        label.setObjectName("muted")
        label.setWordWrap(True)
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance("考" * _NARROWEST))
        label.setBuddy(widget)
        self._grid.addWidget(label, row, 0)
        if topic in self._before:
            before = self._before[Fact(topic)]
            before.setObjectName("muted")
            before.setWordWrap(True)
            self._grid.addWidget(widget, row, 1)
            self._grid.addWidget(before, row, 2)
        else:
            self._grid.addWidget(widget, row, 1, 1, 2)
        if topic:
            self._grid.addWidget(self._refusals[topic], row + 1, 0, 1, 3)

    def _caption(self, fact: Fact) -> str:
        name = self._labels.fact(fact)
        return name[:1].upper() + name[1:]
