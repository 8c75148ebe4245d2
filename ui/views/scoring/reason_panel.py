"""The fields of a clause: how many points are taken or given, and why."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from ui.labels import Labels
from ui.views.scoring.lines import ClauseLine, Standing
from ui.views.scoring.screen_keys import Act, act_of
from ui.widgets.picture_mime import may_hold_pictures
from ui.widgets.text_field import TextField

_DIGITS = 6  # of points, with room
_LETTERS = 16  # of a reason in sight, at least
_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class KeyedField(TextField):
    """A field that leaves to the screen what is not typing: undo of the card, pasted pictures."""

    def event(self, event: QEvent) -> bool:
        """Let the screen have its keys first."""
        is_key = event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
        if is_key and isinstance(event, QKeyEvent) and _is_for_the_screen(event):
            event.ignore()
            return False
        return super().event(event)


class ReasonPanel(QWidget):
    """The fields; `left` says that one was left, `entered` that Enter was pressed in one."""

    points_typed = Signal(str)
    reason_typed = Signal(str)
    left = Signal()

    def __init__(self, line: ClauseLine, labels: Labels, *, named: Callable[[str], str]) -> None:
        super().__init__()
        self._labels = labels
        taken = "scoring.given" if line.is_bonus else "scoring.taken"
        self.entry = KeyedField(name=named(taken))
        self.entry.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.entry.typed.connect(self.points_typed)
        self.entry.left.connect(self._on_field_left)
        self.reason = KeyedField(name=named("scoring.reason"))
        self.reason.setPlaceholderText(labels("scoring.reason_hint"))
        self.reason.typed.connect(self.reason_typed)
        self.reason.left.connect(self._on_field_left)
        self._result = QLabel()
        self._result.setObjectName("muted")
        self._points = QWidget()
        points = QHBoxLayout(self._points)
        points.setContentsMargins(0, 0, 8, 0)
        points.addWidget(QLabel(labels(taken)))
        points.addWidget(self.entry)
        points.addWidget(QLabel(labels("scoring.points")))
        points.addWidget(self._result)
        points.addStretch()
        why = QHBoxLayout()
        why.addWidget(QLabel(labels("scoring.reason")))
        why.addWidget(self.reason, stretch=1)
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.addWidget(self._points)
        self._fields.addLayout(why, stretch=1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the reason a line of its own where it would be too short."""
        super().resizeEvent(event)
        letter = self.fontMetrics().horizontalAdvance("考")
        left = event.size().width() - self._points.sizeHint().width()
        directions = QBoxLayout.Direction
        is_narrow = left < _LETTERS * letter
        self._fields.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)

    @property
    def is_typed_in(self) -> bool:
        """Tell whether a field has the focus."""
        return self.entry.hasFocus() or self.reason.hasFocus()

    def show_line(self, line: ClauseLine, *, is_read_only: bool) -> None:
        """Show how the clause stands now."""
        self.entry.setFixedWidth(self.fontMetrics().horizontalAdvance("0" * _DIGITS) + 16)
        self.entry.show_text(line.entry)
        self.entry.setReadOnly(is_read_only)
        self.reason.show_text(line.reason)
        self.reason.setReadOnly(is_read_only)
        self.reason.setProperty("wanted", line.lacks_reason)
        self.reason.style().polish(self.reason)
        self._result.setText(
            self._labels("scoring.result", points=line.awarded) if line.awarded else ""
        )

    def arrange(self, line: ClauseLine) -> None:
        """Show the fields the clause needs, and those a person is in."""
        self.setVisible(bool(line.entry or line.reason) or self.is_typed_in)
        is_absent = line.standing is Standing.ABSENT
        self._points.setVisible(not is_absent or self.entry.hasFocus())

    def begin(self, first: str) -> None:
        """Open the points field at once: what is typed next must not be lost while saving."""
        if first:
            self.entry.setText(first)
        self.show()
        self._points.show()
        self.entry.setFocus()
        self.entry.selectAll()

    def ask_reason(self) -> None:
        """Go on to the reason."""
        self.reason.setFocus()
        self.reason.selectAll()

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        self.entry.flush()
        self.reason.flush()

    def _on_field_left(self) -> None:
        if not self.entry.text().strip():
            self.entry.show_kept()
        if not self.reason.text().strip():
            self.reason.show_kept()
        self.left.emit()


def _is_for_the_screen(event: QKeyEvent) -> bool:
    modifiers = event.modifiers()
    if modifiers & _ALT and not modifiers & _CONTROL:  # both together write € and @
        return True
    asked = act_of(event)
    if asked is not Act.PASTE:
        return asked is not None
    mime = QGuiApplication.clipboard().mimeData()
    return may_hold_pictures(mime) and not _is_text_first(mime)


def _is_text_first(mime: QMimeData) -> bool:
    """Tell whether the field should rather take it: a cell of a sheet also is a picture."""
    return mime.hasText() and not any(url.isLocalFile() for url in mime.urls())
