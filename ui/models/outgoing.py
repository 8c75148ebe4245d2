"""The list of 报送 as a table: one line for each sealed card."""

from dataclasses import dataclass

from PySide6.QtCore import Qt

from app.domain.card import CardId
from app.domain.delivery import State
from ui.models.lines import Index, RowTable

STATE_COLUMN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingLine:
    """One card as shown: since when it is what it is, and what proves it."""

    card: CardId
    name: str
    total: str
    state: State
    state_word: str
    since: str
    proof: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Return what the columns show."""
        return (self.name, self.total, self.state_word, self.since, self.proof)


class OutgoingModel(RowTable[OutgoingLine]):
    """A table of sealed cards."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, its state for the chip."""
        if not index.isValid():
            return None
        line = self.at(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return line.texts[index.column()]
        if role == Qt.ItemDataRole.UserRole and index.column() == STATE_COLUMN:
            return line.state
        return None
