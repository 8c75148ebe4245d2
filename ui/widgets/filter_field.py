"""A field above a list that filters it: typing narrows, the arrow keys still move in the list."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.widgets.text_field import TextField

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FilterField(TextField):
    """`sought` tells what stands there with every key, also what is still being composed.

    So a list is filtered by pinyin while an input method shows its candidates.
    """

    sought = Signal(str)

    def __init__(
        self, *, name: str, over: QAbstractItemView, parent: QWidget | None = None
    ) -> None:
        super().__init__(name=name, parent=parent)
        self._list = over
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._tell)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Filter by what is being composed."""
        before = self._composed
        super().inputMethodEvent(event)
        if self._composed != before:
            self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, or clear the field with Escape."""
        if event.key() in _MOVES:
            QCoreApplication.sendEvent(self._list, _again(event))
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def type_on(self, text: str) -> None:
        """Take over what was typed while the list had the focus."""
        self.setFocus()
        self.insert(text)

    def _tell(self) -> None:
        text = self.text()
        left = _before(text, self.cursorPosition())
        self.sought.emit(left + self._composed + text[len(left) :])


def _before(text: str, place: int) -> str:
    """Return what stands before a place, which Qt counts in UTF-16."""
    return text.encode("utf-16-le")[: 2 * place].decode("utf-16-le")


def _again(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers())
