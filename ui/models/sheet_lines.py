"""The lines of a sheet of units as a table: what stands there and what would become of it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from app.domain.task import Urgency
from ui.models.lines import LEFT, Index, RowTable

NOTE_ROLE = Qt.ItemDataRole.UserRole + 1
URGENCY_ROLE = Qt.ItemDataRole.UserRole + 2
_RESULT_COLUMN = 2


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


class SheetModel(RowTable[SheetLine]):
    """A table of the lines of a sheet."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, the note below it; a refused line's result is urgent."""
        if not index.isValid():
            return None
        line, column = self.at(index.row()), index.column()
        text = (line.number, line.name, line.word, line.explanation)[column]
        is_urgent = column == _RESULT_COLUMN and line.is_refused
        known: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: "" if is_urgent else text,
            Qt.ItemDataRole.AccessibleTextRole: text,
            Qt.ItemDataRole.ToolTipRole: text,
            Qt.ItemDataRole.TextAlignmentRole: LEFT,
            NOTE_ROLE: text if is_urgent else line.code if column == 1 else "",
            URGENCY_ROLE: Urgency.LATE if is_urgent else Urgency.NONE,
        }
        return known.get(role)
