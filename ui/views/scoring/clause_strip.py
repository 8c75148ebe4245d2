"""One clause on the screen: its text, buttons with one key each, points and reason inline."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app.domain.form import Clause
from ui.labels import Labels
from ui.views.scoring.lines import ClauseLine, Standing
from ui.views.scoring.offers import PHRASE_KEYS, Offers
from ui.views.scoring.reason_panel import ReasonPanel
from ui.views.scoring.remarks import Remarks
from ui.widgets.key_button import KeyButton
from ui.widgets.notice import Notice
from ui.widgets.picture_mime import may_hold_pictures

_LETTERS = 26  # of the official text in a line, at least: else the buttons stand below it
_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    _SHIFT,
    _SHIFT | Qt.KeyboardModifier.KeypadModifier,
)
_ORDINALS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
Strokes = dict[Qt.Key, Callable[[], None]]


class ClauseStrip(QFrame):
    """Shows a clause and forwards its strokes; a key works from anywhere in the strip.

    `kind` is `official` where the clause is the whole row and `piece` where the row stands above.
    `dropped` brings the mime data of what was dropped.
    """

    full = Signal()
    full_by_key = Signal()
    section_full = Signal()
    part = Signal()
    absent = Signal()
    cleared = Signal()
    points_typed = Signal(str)
    reason_typed = Signal(str)
    rule_chosen = Signal(int)
    phrase_dropped = Signal(str)
    source_asked = Signal()
    photos_asked = Signal()
    hazard_asked = Signal()
    dropped = Signal(object)
    moved = Signal(int)
    next_asked = Signal()
    written = Signal()

    def __init__(self, clause: Clause, line: ClauseLine, labels: Labels, *, kind: str) -> None:
        super().__init__()
        self.setObjectName("clause")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{line.number} {clause.title}")
        self.setAcceptDrops(True)
        self._labels = labels
        self._text = clause.title
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
        self._panel.show_line(line, is_read_only=is_read_only)
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
        self._panel.flush()

    def event(self, event: QEvent) -> bool:
        """Claim the keys of a clause before any shortcut of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._stroke(event) is None:
                return super().event(event)
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the strokes of a clause by key."""
        stroke = self._stroke(event)
        if stroke is None:
            super().keyPressEvent(event)
        else:
            stroke()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the text where that would be squeezed."""
        super().resizeEvent(event)
        wanted = _LETTERS * self.fontMetrics().horizontalAdvance("考")
        is_narrow = event.size().width() - self._marking.sizeHint().width() < wanted
        directions = QBoxLayout.Direction
        self._top.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures."""
        if not self._is_read_only and may_hold_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put what was dropped behind the clause."""
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def _stroke(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what a key means here; None where it means nothing."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if modifiers & ~Qt.KeyboardModifier.KeypadModifier == _ALT and not self._is_read_only:
            return self._offered(key)
        if modifiers not in _PLAIN:
            return None
        if key == Qt.Key.Key_F and modifiers & _SHIFT and not self._is_read_only:
            return self.section_full.emit
        if key in _ORDINALS and self._offers.isVisible():
            return self._offered(key)
        return self._strokes().get(key)

    def _offered(self, key: Qt.Key) -> Callable[[], None] | None:
        """Return the choice of a rule (1 to 9) or a phrase (A to E)."""
        place = key - Qt.Key.Key_1
        if key in _ORDINALS:
            is_there = place < len(self._line.rules)
            return partial(self._on_rule_chosen, place) if is_there else None
        phrase = self._offers.phrase(key - Qt.Key.Key_A) if key in _PHRASES else ""
        is_asked = phrase and self._offers.isVisible()
        return partial(self._on_phrase_chosen, phrase) if is_asked else None

    def _strokes(self) -> Strokes:
        strokes: Strokes = {
            Qt.Key.Key_Up: self._on_up,
            Qt.Key.Key_Down: self._on_down,
            Qt.Key.Key_Return: self._on_enter,
            Qt.Key.Key_Enter: self._on_enter,
        }
        if not self.hasFocus():
            strokes[Qt.Key.Key_Escape] = self.setFocus
        if self._panel.is_typed_in:
            return strokes
        strokes[Qt.Key.Key_H] = self.hazard_asked.emit
        if self._is_read_only:
            return strokes
        return strokes | {
            Qt.Key.Key_F: self.full_by_key.emit,
            Qt.Key.Key_D: self._begin_part,
            Qt.Key.Key_N: self.absent.emit,
            Qt.Key.Key_S: self.source_asked.emit,
            Qt.Key.Key_Delete: self.cleared.emit,
        }

    def _build(self, line: ClauseLine, kind: str) -> None:
        number = QLabel(line.number)
        number.setObjectName("number")
        number.setAlignment(Qt.AlignmentFlag.AlignTop)
        text = QLabel(self._text)
        text.setObjectName(kind)
        text.setIndent(0)
        text.setWordWrap(True)
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(number)
        words.addWidget(text, stretch=1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(8)
        self._top.addLayout(words, stretch=1)
        self._marking = self._new_buttons(line)
        self._top.addLayout(self._marking)
        self._remarks = Remarks(self._labels, named=self._named)
        self._remarks.source_asked.connect(self.source_asked)
        self._remarks.photos_asked.connect(self.photos_asked)
        self._remarks.hazard_asked.connect(self.hazard_asked)
        self._panel = ReasonPanel(line, self._labels, named=self._named)
        self._panel.points_typed.connect(self.points_typed)
        self._panel.reason_typed.connect(self.reason_typed)
        self._panel.left.connect(self._arrange)
        self._offers = Offers(self._labels)
        self._offers.rule_chosen.connect(self._on_rule_chosen)
        self._offers.phrase_chosen.connect(self._on_phrase_chosen)
        self._offers.phrase_dropped.connect(self._on_phrase_dropped)
        self._offers.left.connect(self._panel.ask_reason)
        self._refusal = Notice(kind="refusal")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        layout.addLayout(self._top)
        for part in (self._panel, self._offers, self._remarks, self._refusal):
            layout.addWidget(part)

    def _new_buttons(self, line: ClauseLine) -> QHBoxLayout:
        full = self._new_button("scoring.full", "F", self.full.emit)
        given = "scoring.award" if line.is_bonus else "scoring.part"
        part = self._new_button(given, "D", self._begin_part)
        absent = self._new_button("scoring.absent", "N", self.absent.emit)
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
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (*self._buttons, self._clear):
            buttons.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        buttons.addStretch()
        return buttons

    def _new_button(self, key: str, stroke: str, asked: Callable[[], None]) -> KeyButton:
        button = KeyButton(self._labels(key), stroke)
        button.setObjectName("choice")
        button.setCheckable(True)
        button.setAccessibleName(self._named(key))
        button.clicked.connect(partial(self._on_choice_clicked, button, asked))
        return button

    def _named(self, key: str) -> str:
        return f"{self._labels(key)} {self._line.number}"

    def _arrange(self) -> None:
        """Show the fields the clause needs, and those a person is in."""
        line = self._line
        self._panel.arrange(line)
        self._remarks.show_line(line, is_current=self._is_current, is_read_only=self._is_read_only)
        is_begun = self._panel.is_typed_in or self._offers.is_entered
        is_deducted = line.standing is Standing.PART or is_begun  # also while that is being saved
        is_offered = is_deducted and line.standing is not Standing.ABSENT
        may_offer = self._is_current and not self._is_read_only and not line.is_bonus
        if is_offered and may_offer:
            self._offers.show_line(line)
        self._offers.setVisible(is_offered and may_offer)

    def _begin_part(self) -> None:
        is_begun = self._line.standing is Standing.PART
        self._panel.begin("" if is_begun else self._line.first_entry)
        self._arrange()
        self.part.emit()

    def _on_choice_clicked(self, button: KeyButton, asked: Callable[[], None]) -> None:
        button.setChecked(self._line.standing is self._buttons[button])  # only what is saved
        asked()

    def _on_clear_clicked(self) -> None:
        self.setFocus()  # before the button, now of no use, hands the focus to the next clause
        self.cleared.emit()

    def _on_rule_chosen(self, place: int) -> None:
        self.setFocus()  # what was typed is reported first
        self.rule_chosen.emit(place)

    def _on_phrase_chosen(self, phrase: str) -> None:
        self.setFocus()
        self.reason_typed.emit(phrase)

    def _on_phrase_dropped(self, phrase: str) -> None:
        self._panel.ask_reason()
        self.phrase_dropped.emit(phrase)

    def _on_enter(self) -> None:
        """Go from the points to the reason, from the reason or anywhere else on.

        Who is done writing goes on to the next open clause, and no further: never off the screen.
        """
        if self._panel.entry.hasFocus() and not self._line.is_bonus:
            self._panel.ask_reason()
            return
        if self._panel.is_typed_in:
            self.setFocus()
            self.written.emit()
        else:
            self.next_asked.emit()

    def _on_up(self) -> None:
        self.moved.emit(-1)

    def _on_down(self) -> None:
        if self._panel.is_typed_in and self._offers.isVisible():
            self._offers.enter()
        else:
            self.moved.emit(1)


_PHRASES = range(Qt.Key.Key_A, Qt.Key.Key_A + len(PHRASE_KEYS))
