"""Several lines of text that report themselves while typed and never lose a composition.

The twin of `ui.widgets.text_field.TextField`. Tab leaves it; Enter begins a new line.
"""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ui.widgets.text_field import commit_composition

_PAUSE_MS = 150


class TextArea(QPlainTextEdit):
    """A field `rows` lines high. `typed` tells the text after a short pause and on leaving."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, *, name: str, rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows = rows
        self._composed = ""
        self._shown = ""
        self._told = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._report)
        self.textChanged.connect(self._on_text_changed)

    def text(self) -> str:
        """Return what stands in the field."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show what is kept; what a person is still typing stays as it is."""
        self._shown = text
        if not self.hasFocus() and not self._pause.isActive():
            self._put(text)

    def show_kept(self) -> None:
        """Go back to what is kept."""
        self._pause.stop()
        self._put(self._shown)

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

    def sizeHint(self) -> QSize:
        """Return room for its lines in the present font."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the same height: none of its lines may be taken away."""
        return QSize(super().minimumSizeHint().width(), self._height())

    def _height(self) -> int:
        margins = self.contentsMargins()
        inside = self.fontMetrics().lineSpacing() * self._rows
        around = 2 * round(self.document().documentMargin()) + 2 * self.frameWidth()
        return inside + around + margins.top() + margins.bottom()

    def _put(self, text: str) -> None:
        if self.text() != text:
            self._told = text
            self.setPlainText(text)

    def _on_text_changed(self) -> None:
        """Wait for a pause; Qt calls a composition a change too, and what is shown anew."""
        if self.text() != self._told:
            self._pause.start()

    def _report(self) -> None:
        self._pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.typed.emit(self._told)
