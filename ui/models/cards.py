"""The list of 考核任务 as a table: one line for each card, and for each unit without one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.delivery import State
from app.domain.task import Task, Urgency

Index = QModelIndex | QPersistentModelIndex
STATE_COLUMN = 2
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
URGENCY_ROLE = Qt.ItemDataRole.UserRole + 2
_DAY_COLUMN = 1
_FIRST_FIGURE = 3  # the columns from here on hold figures
_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
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


class TaskModel(QAbstractTableModel):
    """A read-only table over a tuple of tasks; only what is looked at is put into words."""

    def __init__(
        self,
        headings: Sequence[str],
        describe: Callable[[Task], TaskLine],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._describe = describe
        self._tasks: tuple[Task, ...] = ()
        self._lines: dict[int, TaskLine] = {}

    def show(self, tasks: tuple[Task, ...]) -> None:
        """Show other tasks."""
        self.beginResetModel()
        self._tasks = tasks
        self._lines.clear()
        self.endResetModel()

    def task(self, row: int) -> Task:
        """Return a task by its row."""
        return self._tasks[row]

    def row_of(self, task: Task) -> int:
        """Return the row of the same card, else of the same unit, else 0."""
        same_unit = 0
        for row, other in reversed(tuple(enumerate(self._tasks))):
            if other.unit == task.unit:
                if other.card == task.card:
                    return row
                same_unit = row
        return same_unit

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of tasks."""
        return 0 if parent.isValid() else len(self._tasks)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, its note, its state for the chip, its alignment."""
        if not index.isValid():
            return None
        line, column = self._line(index.row()), index.column()
        known: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: line.texts[column],
            Qt.ItemDataRole.TextAlignmentRole: _aligned(column),
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

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(section)
            case _:
                return None

    def _line(self, row: int) -> TaskLine:
        if row not in self._lines:
            self._lines[row] = self._describe(self._tasks[row])
        return self._lines[row]


def _aligned(column: int) -> Qt.AlignmentFlag:
    return _RIGHT if column >= _FIRST_FIGURE else _LEFT
