"""What every list and table of lines does alike: read-only, and quiet where little has changed."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NOWHERE = QModelIndex()


class Line(Protocol):
    """One line of a list: what it is about, what it shows first, all of it read aloud."""

    @property
    def key(self) -> str:
        """Return what stays while the rest of the line changes."""
        ...

    @property
    def title(self) -> str:
        """Return what it shows first."""
        ...

    @property
    def spoken(self) -> str:
        """Return the whole line as it is read aloud."""
        ...


LineT = TypeVar("LineT", bound=Line)
RowT = TypeVar("RowT")


class LineList(QAbstractListModel, Generic[LineT]):
    """A list over a tuple of lines; under `UserRole` is the whole line, for painting."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[LineT, ...] = ()

    def show(self, lines: tuple[LineT, ...]) -> bool:
        """Show other lines; tell whether they are about others, and the selection is gone."""
        before = self._lines
        if [line.key for line in before] != [line.key for line in lines]:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return True
        self._lines = lines
        for row, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))
        return False

    def row(self, key: str) -> int:
        """Return the row of a line, -1 where there is none."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, the whole line, or what is read aloud."""
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


class RowTable(QAbstractTableModel, Generic[RowT]):
    """A table over a tuple of rows under fixed headings; what a cell shows is the heir's."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._rows: tuple[RowT, ...] = ()

    def show(self, rows: tuple[RowT, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> RowT:
        """Return what a row is about."""
        return self._rows[row]

    def aligned(self, column: int) -> Qt.AlignmentFlag:
        """Return how a column stands: at the left, where the heir does not say otherwise."""
        del column
        return LEFT

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

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
                return self.aligned(section)
            case _:
                return None
