"""The list of 考核任务 as a table: one line for each card, and for each unit without one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from app.domain.delivery import State
from app.domain.task import Task, Urgency
from ui.models.lines import LEFT, Index, RowTable

STATE_COLUMN = 2
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
URGENCY_ROLE = Qt.ItemDataRole.UserRole + 2
_DAY_COLUMN = 1
_FIRST_FIGURE = 3  # the columns from here on hold figures
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task as it is shown: a text and a note below it for each column.

    `urgency` is of the note below the day, `tip` the whole of the unit's name, `spoken` the whole
    line as it is read aloud.
    """

    texts: tuple[str, ...]
    notes: tuple[str, ...]
    state: State | None
    urgency: Urgency
    tip: str
    spoken: str


class TaskModel(RowTable[Task]):
    """A table of tasks; only what is looked at is put into words."""

    def __init__(
        self,
        headings: Sequence[str],
        describe: Callable[[Task], TaskLine],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(headings, parent)
        self._describe = describe
        self._lines: dict[int, TaskLine] = {}

    def show(self, rows: tuple[Task, ...]) -> None:
        """Show other tasks."""
        self.beginResetModel()
        self._rows = rows
        self._lines.clear()
        self.endResetModel()

    def aligned(self, column: int) -> Qt.AlignmentFlag:
        """Return how a column stands: figures at the right."""
        return _RIGHT if column >= _FIRST_FIGURE else LEFT

    def row_of(self, task: Task) -> int:
        """Return the row of the same card, else of the same unit, else 0."""
        same_unit = 0
        for row, other in reversed(tuple(enumerate(self._rows))):
            if other.unit == task.unit:
                if other.card == task.card:
                    return row
                same_unit = row
        return same_unit

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, its note, its state for the chip, its alignment."""
        if not index.isValid():
            return None
        line, column = self._line(index.row()), index.column()
        known: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: line.texts[column],
            Qt.ItemDataRole.TextAlignmentRole: self.aligned(column),
            NOTE_ROLE: line.notes[column],
        }
        if column == 0:
            known[Qt.ItemDataRole.ToolTipRole] = line.tip
            known[Qt.ItemDataRole.AccessibleTextRole] = line.spoken
        elif column == _DAY_COLUMN:
            known[URGENCY_ROLE] = line.urgency
        elif column == STATE_COLUMN:
            known[Qt.ItemDataRole.UserRole] = line.state
        return known.get(role)

    def _line(self, row: int) -> TaskLine:
        if row not in self._lines:
            self._lines[row] = self._describe(self.at(row))
        return self._lines[row]
