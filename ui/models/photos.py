"""Photos and clauses as lists: small pictures are asked for when seen, and few are held."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_HELD = 60  # small pictures; a screen shows some twenty


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLine:
    """One photo as shown: its key, name, time, the codes of its clauses, and all of it aloud."""

    key: str
    name: str
    time: str
    codes: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLine:
    """One clause as shown: its id, code, text and how many files stand behind it."""

    id: str
    code: str
    text: str
    files: int
    spoken: str


class PhotoModel(QAbstractListModel):
    """A read-only list of photos. `wanted` names one whose small picture is seen and not held."""

    wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[PhotoLine, ...] = ()
        self._rows: dict[str, int] = {}
        self._pictures: OrderedDict[str, QImage] = OrderedDict()

    def show(self, lines: tuple[PhotoLine, ...]) -> bool:
        """Show other lines; tell whether they are other photos (and the selection is gone)."""
        before, keys = self._lines, [line.key for line in lines]
        if keys != list(self._rows):
            self.beginResetModel()
            self._lines, self._rows = lines, {key: row for row, key in enumerate(keys)}
            self.endResetModel()
            return True
        self._lines = lines
        for row, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))
        return False

    def key(self, row: int) -> str:
        """Return the key of a row, '' where there is none."""
        return self._lines[row].key if 0 <= row < len(self._lines) else ""

    def row(self, key: str) -> int:
        """Return the row of a key, -1 where there is none."""
        return self._rows.get(key, -1)

    def put_picture(self, key: str, picture: QImage) -> None:
        """Hold a small picture, and let go of the one not seen for longest."""
        self._pictures[key] = picture
        self._pictures.move_to_end(key)
        if len(self._pictures) > _HELD:
            self._pictures.popitem(last=False)
        row = self.row(key)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def picture(self, key: str) -> QImage | None:
        """Return a small picture if it is held."""
        return self._pictures.get(key)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of photos."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, the small picture, the line for painting, or what is read aloud."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.DecorationRole:
                return self._seen(line.key)
            case _:
                return None

    def _seen(self, key: str) -> QImage | None:
        held = self._pictures.get(key)
        if held is None:
            self.wanted.emit(key)
        else:
            self._pictures.move_to_end(key)
        return held


class ClauseModel(QAbstractListModel):
    """A read-only list of the clauses of a form with their codes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ClauseLine, ...] = ()

    def show(self, lines: tuple[ClauseLine, ...]) -> None:
        """Show other lines; where only figures differ, the selection stays."""
        before = self._lines
        if [line.id for line in before] != [line.id for line in lines]:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()
            return
        self._lines = lines
        for row, (old, new) in enumerate(zip(before, lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def row(self, clause_id: str) -> int:
        """Return the row of a clause, -1 where there is none."""
        return next((row for row, line in enumerate(self._lines) if line.id == clause_id), -1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of clauses."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, the whole line for painting, or what is read aloud."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case Qt.ItemDataRole.UserRole:
                return line
            case _:
                return None
