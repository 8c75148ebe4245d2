"""The sections (考核项目) of a card with how far each is and what it has so far."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """One section as shown: its official title, clauses marked of all, points so far of all."""

    title: str
    marked: int
    clauses: int
    progress: str
    points: str

    @property
    def is_done(self) -> bool:
        """Tell whether no clause is open."""
        return self.marked == self.clauses


class SectionModel(QAbstractListModel):
    """A read-only list over a tuple of sections."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[SectionLine, ...] = ()

    def show(self, lines: tuple[SectionLine, ...]) -> None:
        """Show other lines; where only figures differ, the selection stays."""
        if len(lines) != len(self._lines):
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return
        before, self._lines = self._lines, lines
        for row, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of sections."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, the whole line for painting, or what is read aloud."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{line.title} {line.progress} {line.points}"
            case Qt.ItemDataRole.UserRole:
                return line
            case _:
                return None
