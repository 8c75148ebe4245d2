"""The keys of 考核评分 that are not about one clause; they work in a text field too."""

from enum import Enum, auto

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

from ui.views.scoring.filters import Filter


class Act(Enum):
    """What such a key asks for."""

    UNDO = auto()
    REDO = auto()
    PASTE = auto()
    PHOTOS = auto()
    HINTS = auto()
    SECTION_UP = auto()
    SECTION_DOWN = auto()


_NONE = Qt.KeyboardModifier.NoModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ACTS = {
    QKeyCombination(modifiers, key).toCombined(): act
    for modifiers, key, act in (
        (_CONTROL, Qt.Key.Key_Z, Act.UNDO),
        (_CONTROL | _SHIFT, Qt.Key.Key_Z, Act.REDO),
        (_CONTROL, Qt.Key.Key_Y, Act.REDO),
        (_CONTROL, Qt.Key.Key_V, Act.PASTE),
        (_ALT, Qt.Key.Key_P, Act.PHOTOS),
        (_ALT, Qt.Key.Key_W, Act.HINTS),
        (_NONE, Qt.Key.Key_PageUp, Act.SECTION_UP),
        (_NONE, Qt.Key.Key_PageDown, Act.SECTION_DOWN),
    )
}
_FILTERS = {
    QKeyCombination(_CONTROL, Qt.Key(Qt.Key.Key_1 + place)).toCombined(): chosen
    for place, chosen in enumerate(Filter)
}


def act_of(event: QKeyEvent) -> Act | Filter | None:
    """Return what a key asks of the screen, None when nothing."""
    keys = QKeyCombination(event.modifiers(), Qt.Key(event.key())).toCombined()
    return _ACTS.get(keys) or _FILTERS.get(keys)
