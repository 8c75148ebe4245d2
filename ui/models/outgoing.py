"""The list of 报送 as a table: one line for each sealed card."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.card import CardId
from app.domain.delivery import State

Index = QModelIndex | QPersistentModelIndex
STATE_COLUMN = 2
_NOWHERE = QModelIndex()


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


class OutgoingModel(QAbstractTableModel):
    """A read-only table over a tuple of lines."""

    def __init__(self, headings: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._lines: tuple[OutgoingLine, ...] = ()

    def show(self, lines: tuple[OutgoingLine, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, its state for the chip."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return line.texts[index.column()]
        if role == Qt.ItemDataRole.UserRole and index.column() == STATE_COLUMN:
            return line.state
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None
