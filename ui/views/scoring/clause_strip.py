"""One clause on the screen: its text, buttons with one key each, points and reason inline."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.form import Clause
from ui.labels import Labels
from ui.views.scoring.page import ClauseLine, Standing
from ui.widgets.notice import Notice
from ui.widgets.text_field import TextField

_ENTRY_WIDTH = 64


class ClauseStrip(QFrame):
    """Shows a clause and forwards its strokes; a key works from anywhere in the strip.

    `kind` is `official` where the clause is the whole row and `piece` where the row stands above.
    """

    full = Signal()
    full_by_key = Signal()
    part = Signal()
    absent = Signal()
    cleared = Signal()
    points_typed = Signal(str)
    reason_typed = Signal(str)
    rule_chosen = Signal(int)
    moved = Signal(int)
    next_asked = Signal()

    def __init__(self, clause: Clause, line: ClauseLine, labels: Labels, *, kind: str) -> None:
        super().__init__()
        self.setObjectName("clause")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(clause.text)
        self._labels = labels
        self._text = clause.text
        self._line = line
        self._is_current = False
        self._is_read_only = False
        self._build(line, kind)

    def show_line(self, line: ClauseLine, *, is_read_only: bool) -> None:
        """Show how the clause stands now."""
        self._line = line
        self._is_read_only = is_read_only
        for button, standing in self._buttons.items():
            button.setChecked(line.standing is standing)
            button.setEnabled(not is_read_only)
        self._clear.setEnabled(not is_read_only and line.standing is not Standing.OPEN)
        self._entry.show_text(line.entry)
        self._entry.setReadOnly(is_read_only)
        self._reason.show_text(line.reason)
        self._reason.setReadOnly(is_read_only)
        self._reason.setProperty("wanted", line.lacks_reason)
        self._reason.style().polish(self._reason)
        self._result.setText(
            self._labels("scoring.result", points=line.awarded) if line.awarded else ""
        )
        self._refusal.tell(line.refusal)
        self._arrange()

    def set_current(self, *, is_current: bool) -> None:
        """Show whether the inspector works here."""
        self._is_current = is_current
        self.setProperty("current", is_current)
        self.style().polish(self)
        self._arrange()

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        self._entry.flush()
        self._reason.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the strokes of a clause by key."""
        stroke = self._strokes().get(Qt.Key(event.key()))
        is_plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        }
        if stroke is None or not is_plain:
            super().keyPressEvent(event)
        else:
            stroke()

    def _strokes(self) -> dict[Qt.Key, Callable[[], None]]:
        moves: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Up: lambda: self.moved.emit(-1),
            Qt.Key.Key_Down: lambda: self.moved.emit(1),
            Qt.Key.Key_Return: self._on_enter,
            Qt.Key.Key_Enter: self._on_enter,
        }
        if not self.hasFocus():
            moves[Qt.Key.Key_Escape] = self.setFocus
        if self._is_read_only:
            return moves
        return moves | {
            Qt.Key.Key_F: self.full_by_key.emit,
            Qt.Key.Key_D: self._begin_part,
            Qt.Key.Key_N: self.absent.emit,
            Qt.Key.Key_Delete: self.cleared.emit,
        }

    def _build(self, line: ClauseLine, kind: str) -> None:
        text = QLabel(self._text)
        text.setObjectName(kind)
        text.setIndent(0)
        text.setWordWrap(True)
        full = self._button("scoring.full", self.full.emit)
        part = self._button("scoring.award" if line.is_bonus else "scoring.part", self._begin_part)
        absent = self._button("scoring.absent", self.absent.emit)
        self._buttons = {full: Standing.FULL, part: Standing.PART, absent: Standing.ABSENT}
        policy = absent.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the buttons of all clauses stand in columns
        absent.setSizePolicy(policy)
        if not line.may_be_absent:
            absent.hide()
        self._clear = QPushButton(self._labels("scoring.clear"))
        self._clear.setObjectName("quiet")
        self._clear.setAccessibleName(self._named("scoring.clear"))
        self._clear.clicked.connect(self._on_clear_clicked)

        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(text, stretch=1)
        for button in (*self._buttons, self._clear):
            top.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        self._panel = self._new_panel(line)
        self._rules = self._new_rules(line)
        self._refusal = Notice(kind="refusal")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        for part_ in (self._panel, self._rules, self._refusal):
            layout.addWidget(part_)

    def _button(self, key: str, stroke: Callable[[], None]) -> QPushButton:
        button = QPushButton(self._labels(key))
        button.setObjectName("choice")
        button.setCheckable(True)
        button.setAccessibleName(self._named(key))
        button.clicked.connect(lambda: self._on_choice_clicked(button, stroke))
        return button

    def _new_panel(self, line: ClauseLine) -> QWidget:
        taken = "scoring.given" if line.is_bonus else "scoring.taken"
        self._entry = TextField(name=self._named(taken))
        self._entry.setFixedWidth(_ENTRY_WIDTH)
        self._entry.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._entry.typed.connect(self.points_typed)
        self._entry.left.connect(self._on_field_left)
        self._reason = TextField(name=self._named("scoring.reason"))
        self._reason.setPlaceholderText(self._labels("scoring.reason_hint"))
        self._reason.typed.connect(self.reason_typed)
        self._reason.left.connect(self._on_field_left)
        self._result = QLabel()
        self._result.setObjectName("muted")
        self._points = QWidget()
        points = QHBoxLayout(self._points)
        points.setContentsMargins(0, 0, 8, 0)
        points.addWidget(QLabel(self._labels(taken)))
        points.addWidget(self._entry)
        points.addWidget(QLabel(self._labels("scoring.points")))
        points.addWidget(self._result)
        panel = QWidget()
        layout = QHBoxLayout(panel)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._points)
        layout.addWidget(QLabel(self._labels("scoring.reason")))
        layout.addWidget(self._reason, stretch=1)
        return panel

    def _new_rules(self, line: ClauseLine) -> QWidget:
        rules = QWidget()
        layout = QVBoxLayout(rules)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for place, rule in enumerate(line.rules):
            button = QPushButton(rule)
            button.setObjectName("rule")
            button.setAccessibleName(f"{self._labels('scoring.by_rule')} {rule}")
            button.clicked.connect(lambda _, chosen=place: self.rule_chosen.emit(chosen))
            layout.addWidget(button)
        return rules

    def _named(self, key: str) -> str:
        return f"{self._labels(key)} {self._text}"

    def _arrange(self) -> None:
        """Show the fields the clause needs, and those a person is in."""
        line, is_typing = self._line, self._entry.hasFocus()
        is_written = bool(line.entry or line.reason)
        self._panel.setVisible(is_written or is_typing or self._reason.hasFocus())
        self._points.setVisible(line.standing is not Standing.ABSENT or is_typing)
        is_deducted = line.standing is Standing.PART
        self._rules.setVisible(is_deducted and self._is_current and not self._is_read_only)

    def _begin_part(self) -> None:
        """Open the points field at once: what is typed next must not be lost while saving."""
        if self._line.standing is not Standing.PART:
            self._entry.setText(self._line.first_entry)
        self._panel.show()
        self._points.show()
        self._entry.setFocus()
        self._entry.selectAll()
        self.part.emit()

    def _on_choice_clicked(self, button: QPushButton, stroke: Callable[[], None]) -> None:
        button.setChecked(self._line.standing is self._buttons[button])  # only what is saved
        stroke()

    def _on_clear_clicked(self) -> None:
        self.setFocus()  # before the button, now of no use, hands the focus to the next clause
        self.cleared.emit()

    def _on_enter(self) -> None:
        """Go from the points to the reason, from anywhere else to the next open clause."""
        if self._entry.hasFocus() and not self._line.is_bonus:
            self._reason.setFocus()
            self._reason.selectAll()
        else:
            self.flush()
            self.next_asked.emit()

    def _on_field_left(self) -> None:
        for field in (self._entry, self._reason):
            if not field.text().strip():
                field.show_kept()
        self._arrange()
