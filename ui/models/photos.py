"""Photos and clauses as lists: small pictures are asked for when seen, and few are held."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from ui.models.lines import Index, LineList

_HELD = 60  # small pictures; a screen shows some twenty


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLine:
    """One photo as shown: the file's name, its time, the codes of its clauses, all of it aloud."""

    key: str
    title: str
    time: str
    codes: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLine:
    """One clause as shown: its key, code, text and how many files stand behind it."""

    key: str
    code: str
    title: str
    files: int
    spoken: str


class PhotoModel(LineList[PhotoLine]):
    """A list of photos. `wanted` names one whose small picture is seen and not held."""

    wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: OrderedDict[str, QImage] = OrderedDict()

    def key(self, row: int) -> str:
        """Return the key of a row, '' where there is none."""
        return self._lines[row].key if 0 <= row < len(self._lines) else ""

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

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the small picture, or what any line has."""
        if role == Qt.ItemDataRole.DecorationRole and index.isValid():
            return self._seen(self._lines[index.row()].key)
        return super().data(index, role)

    def _seen(self, key: str) -> QImage | None:
        held = self._pictures.get(key)
        if held is None:
            self.wanted.emit(key)
        else:
            self._pictures.move_to_end(key)
        return held


class ClauseModel(LineList[ClauseLine]):
    """A list of the clauses of a form with their codes."""
