"""The list of 考核任务 as a table: one line for each card, and for each unit without one."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.card import CardId
from app.domain.delivery import State
from app.domain.unit import UnitKey

Index = QModelIndex | QPersistentModelIndex
STATE_COLUMN = 2
_POINTS_COLUMN = 3
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One line as shown. `card` and `state` are None for a unit that was not assessed yet."""

    card: CardId | None
    unit: UnitKey
    name: str
    day: str
    state: State | None
    state_word: str
    points: str

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """Return what the four columns show: 单位, 日期, 状态, 得分."""
        return (self.name, self.day, self.state_word, self.points)


class TaskModel(QAbstractTableModel):
    """A read-only table over a tuple of lines."""

    def __init__(self, headings: tuple[str, str, str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._lines: tuple[TaskLine, ...] = ()

    def show(self, lines: tuple[TaskLine, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> TaskLine:
        """Return a line by its row."""
        return self._lines[row]

    def row_of(self, line: TaskLine) -> int:
        """Return the row of the same card, else of the same unit, else 0."""
        for row, other in enumerate(self._lines):
            if other.card == line.card and other.unit == line.unit:
                return row
        units = [other.unit for other in self._lines]
        return units.index(line.unit) if line.unit in units else 0

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, its state for the chip, its alignment."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.texts[index.column()]
            case Qt.ItemDataRole.ToolTipRole if index.column() == 0:
                return line.name
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == _POINTS_COLUMN:
                return _RIGHT
            case Qt.ItemDataRole.UserRole if index.column() == STATE_COLUMN:
                return line.state
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            case Qt.ItemDataRole.TextAlignmentRole if section == _POINTS_COLUMN:
                return _RIGHT
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None
