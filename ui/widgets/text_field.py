"""A line of text that reports itself while it is typed and never loses a composition.

Chinese is composed before it is committed. Where the platform's input method does not commit on
leaving a field, what was visible is committed here.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

_PAUSE_MS = 150


class TextField(QLineEdit):
    """A one-line field. `typed` tells the text after a short pause, on Enter and on leaving."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._composed = ""
        self._shown = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._report)
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.connect(self.flush)

    def show_text(self, text: str) -> None:
        """Show what is kept; what a person is still typing stays as it is."""
        self._shown = text
        if not self.hasFocus() and not self._pause.isActive() and self.text() != text:
            self.setText(text)

    def show_kept(self) -> None:
        """Go back to what is kept."""
        self._pause.stop()
        self.setText(self._shown)

    def flush(self) -> None:
        """Commit an open composition and report what was not reported yet."""
        commit_composition(self, lambda: self._composed)
        if self._pause.isActive():
            self._report()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        super().inputMethodEvent(event)
        self._composed = event.preeditString()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Report everything before the focus is gone."""
        self.flush()
        super().focusOutEvent(event)
        self.left.emit()

    def _on_text_edited(self) -> None:
        self._pause.start()

    def _report(self) -> None:
        self._pause.stop()
        self.typed.emit(self.text())


def commit_composition(field: QWidget, composed: Callable[[], str]) -> None:
    """Commit what is being composed in a field; `composed` tells what still is."""
    if not composed():
        return
    QGuiApplication.inputMethod().commit()
    if left := composed():  # the platform did not: keep what was visible
        event = QInputMethodEvent()
        event.setCommitString(left)
        QApplication.sendEvent(field, event)
        QGuiApplication.inputMethod().reset()
