"""The hazards in the order they are to be dealt with, each as its lines are shown."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardLine:
    """One hazard as shown: what was found, how far it is, how urgent; '' is not shown.

    `late` says by how many days it is overdue, `due` the deadline otherwise; `where` is the unit,
    and the year for what an earlier year left behind.
    """

    id: str
    title: str
    state: str
    grade: str
    due: str
    late: str
    where: str
    is_settled: bool

    @property
    def spoken(self) -> str:
        """Return the whole line as it is read aloud."""
        return " ".join(
            filter(None, (self.state, self.late, self.title, self.grade, self.due, self.where))
        )


class HazardModel(QAbstractListModel):
    """A read-only list over a tuple of hazards."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[HazardLine, ...] = ()

    def show(self, lines: tuple[HazardLine, ...]) -> None:
        """Show other lines; where they are of the same hazards, the selection stays."""
        if [line.id for line in lines] != [line.id for line in self._lines]:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return
        before, self._lines = self._lines, lines
        for row, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, hazard_id: str) -> int | None:
        """Return where a hazard stands."""
        return next((row for row, line in enumerate(self._lines) if line.id == hazard_id), None)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of hazards."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what was found, the whole line for painting, or what is read aloud."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case Qt.ItemDataRole.UserRole:
                return line
            case _:
                return None
