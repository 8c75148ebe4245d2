"""What a reason may be taken from: the guide's rules, and phrases written before."""

from collections.abc import Callable
from functools import partial
from itertools import zip_longest

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.labels import Labels
from ui.views.scoring.lines import ClauseLine
from ui.widgets.key_button import KeyLine

_LETTERS = 40  # for both columns
PHRASE_KEYS = "ABCDE"


class Offers(QWidget):
    """Two lists, a key for each line; side by side where there is room.

    `left` says that an arrow went out at the top.
    """

    rule_chosen = Signal(int)
    phrase_chosen = Signal(str)
    phrase_dropped = Signal(str)
    left = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._rules, self._phrases = _Column(labels("scoring.by_rule")), _Column()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(12)
        self._columns.addWidget(self._rules, stretch=3)
        self._columns.addWidget(self._phrases, stretch=2)
        self._phrases.set_title(labels("scoring.by_phrase"))
        self._shown: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def show_line(self, line: ClauseLine) -> None:
        """Show what is offered for a clause."""
        phrases = () if line.is_bonus else line.phrases[: len(PHRASE_KEYS)]
        if (line.rules, phrases) == self._shown:
            return
        self._shown = (line.rules, phrases)
        self._rules.fill(line.rules, str, self._new_rule)
        self._phrases.fill(phrases, _phrase_key, self._new_phrase)

    @property
    def is_entered(self) -> bool:
        """Tell whether a line has the focus."""
        return any(line.hasFocus() for line in (*self._phrases.lines, *self._rules.lines))

    def phrase(self, place: int) -> str:
        """Return a phrase shown, '' when there is none."""
        phrases = self._shown[1]
        return phrases[place] if place < len(phrases) else ""

    def enter(self) -> None:
        """Take the focus: the phrases first, they are below the reason that is written."""
        for column in (self._phrases, self._rules):
            if column.lines:
                column.lines[0].setFocus()
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the lists below each other where they would be too narrow."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _LETTERS * self.fontMetrics().horizontalAdvance("考")
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)

    def _new_rule(self, place: int, text: str, key: str) -> KeyLine:
        line = self._new_line(text, key)
        line.setAccessibleName(f"{self._labels('scoring.by_rule')} {text}")
        line.clicked.connect(partial(self.rule_chosen.emit, place))
        return line

    def _new_phrase(self, place: int, text: str, key: str) -> KeyLine:
        del place
        line = self._new_line(text, key)
        line.setAccessibleName(f"{self._labels('scoring.by_phrase')} {text}")
        line.setToolTip(self._labels("scoring.drop_phrase"))
        line.clicked.connect(partial(self.phrase_chosen.emit, text))
        line.dropped.connect(partial(self.phrase_dropped.emit, text))
        return line

    def _new_line(self, text: str, key: str) -> KeyLine:
        line = KeyLine(text, f"Alt+{key}")
        line.moved.connect(partial(self._move, line))
        return line

    def _move(self, line: KeyLine, step: int) -> None:
        lines = [*self._phrases.lines, *self._rules.lines]
        place = lines.index(line) + step
        if place < 0:
            self.left.emit()
        elif place < len(lines):
            lines[place].setFocus()


class _Column(QWidget):
    """A title and lines below each other."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.lines: list[KeyLine] = []
        self._title = QLabel(title)
        self._title.setObjectName("caption")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._title)
        self._layout.addStretch()

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def fill(
        self,
        texts: tuple[str, ...],
        key: Callable[[int], str],
        make: Callable[[int, str, str], KeyLine],
    ) -> None:
        """Show other lines, in place of those that differ."""
        before, self.lines = self.lines, []
        for place, (old, text) in enumerate(zip_longest(before, texts)):
            if text is not None and old is not None and old.text() == text:
                self.lines.append(old)
                continue
            if old is not None:
                self._layout.removeWidget(old)
                old.deleteLater()
            if text is not None:
                line = make(place, text, key(place + 1))
                self.lines.append(line)
                self._layout.insertWidget(place + 1, line)
        self.setVisible(bool(texts))


def _phrase_key(place: int) -> str:
    return PHRASE_KEYS[place - 1]
