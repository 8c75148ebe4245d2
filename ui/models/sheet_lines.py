"""The lines of a sheet of units as a table: what stands there and what would become of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.task import Urgency

Index = QModelIndex | QPersistentModelIndex
NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
URGENCY_ROLE = Qt.ItemDataRole.UserRole + 2
_RESULT_COLUMN = 2
_NOWHERE = QModelIndex()
_ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line as shown; `arrival` is the value it can be filtered by."""

    number: str
    name: str
    code: str
    arrival: str
    word: str
    explanation: str
    is_refused: bool


class SheetModel(QAbstractTableModel):
    """A read-only table over a tuple of lines."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._lines: tuple[SheetLine, ...] = ()

    def show(self, lines: tuple[SheetLine, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def line(self, row: int) -> SheetLine:
        """Return a line by its row."""
        return self._lines[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, the note below it; a refused line's result is urgent."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        text = (line.number, line.name, line.word, line.explanation)[column]
        is_urgent = column == _RESULT_COLUMN and line.is_refused
        known: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: "" if is_urgent else text,
            Qt.ItemDataRole.AccessibleTextRole: text,
            Qt.ItemDataRole.ToolTipRole: text,
            Qt.ItemDataRole.TextAlignmentRole: _ALIGNED,
            NOTE_ROLE: text if is_urgent else line.code if column == 1 else "",
            URGENCY_ROLE: Urgency.LATE if is_urgent else Urgency.NONE,
        }
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
                return _ALIGNED
            case _:
                return None
