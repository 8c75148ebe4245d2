"""The frame every screen stands in: heading, what it is about, body, buttons at the foot."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.services.keys.session import OpenedKeys
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.widgets.question import ask

if TYPE_CHECKING:
    from app.domain.card import CardId
    from app.services.desk.desk import Changes

_MARGIN = 24
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a screen has around it: lanes, words, a line to tell a sentence, the other screens.

    `keys` are those opened today, lent to every screen.
    """

    runner: TaskRunner
    labels: Labels
    tell: Callable[[str], None]
    announce: "Callable[[Changes], None]"
    keys: OpenedKeys = field(default_factory=OpenedKeys)


class Screen(QWidget):
    """One screen of the program.

    `ready` says that what was asked for can be shown, `left` that the person wants to go back,
    `step_asked` names another screen of the same card (a value of `ui.steps.Step`).
    Put the content into `body`; `add_button` fills the foot, the default action at the right.
    """

    ready = Signal()
    left = Signal()
    step_asked = Signal(str)

    def __init__(self, around: Around, *, title: str) -> None:
        super().__init__()
        self._around = around
        self._labels = around.labels
        self._default: QPushButton | None = None
        self._heading = QLabel(title)
        self._heading.setObjectName("heading")
        self._heading.setWordWrap(True)
        self._about = QLabel()
        self._about.setObjectName("muted")
        self._about.hide()
        self.head = QHBoxLayout()
        self.head.setSpacing(16)
        self.head.addWidget(self._heading)
        self.head.addWidget(self._about)
        self.head.addStretch()
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._foot = QFrame()
        self._foot.setObjectName("foot")
        self._foot.hide()
        self._at_left, self._at_right = QHBoxLayout(), QHBoxLayout()
        buttons = QHBoxLayout(self._foot)
        buttons.setContentsMargins(_MARGIN, 8, _MARGIN, 8)
        buttons.setSpacing(12)
        buttons.addLayout(self._at_left)
        buttons.addStretch()
        buttons.addLayout(self._at_right)
        inside = QVBoxLayout()
        inside.setContentsMargins(_MARGIN, 16, _MARGIN, 12)
        inside.setSpacing(12)
        inside.addLayout(self.head)
        inside.addLayout(self.body, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside, stretch=1)
        layout.addWidget(self._foot)

    def enter(self) -> None:
        """Take the focus and show what is kept now."""
        self.setFocus()

    def leave(self, then: Callable[[], None]) -> None:
        """Save what is open and call `then`; do not call it when the person stays."""
        then()

    def note(self, changes: "Changes") -> None:
        """Take note of what changed elsewhere."""

    def show_about(self, text: str) -> None:
        """Say beside the heading what the screen is about: the unit, the office."""
        self._about.setText(text)
        self._about.setVisible(bool(text))

    def ask_discard(self, key: str, then: Callable[[], object]) -> None:
        """Ask whether what is not saved may be lost; `then` is called only if it may."""
        ask(
            self,
            self._labels(key),
            yes=self._labels("discard"),
            no=self._labels("stay"),
            then=then,
        )

    def add_button(
        self, key: str, asked: Callable[[], None], *, kind: str = "", at_left: bool = False
    ) -> QPushButton:
        """Put a button at the foot; `kind` is 'primary' for the one default action."""
        button = QPushButton(self._labels(key))
        if kind:
            button.setObjectName(kind)
        if kind == "primary":
            self._default = button
        button.clicked.connect(lambda _: asked())
        (self._at_left if at_left else self._at_right).addWidget(button)
        self._foot.show()
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button one is at with Enter, the default one with Ctrl; leave with Escape."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._default is not None:
                self._default.click()
        elif event.key() in _ENTER and isinstance(focused, QPushButton) and focused.hasFocus():
            focused.click()
        else:
            super().keyPressEvent(event)


class CardScreen(Screen):
    """A screen of one card.

    `part_asked` names another step and what to show there, `place_asked` a place
    (a value of `ui.steps.Place`).
    """

    part_asked = Signal(str, str)
    place_asked = Signal(str)

    def open(self, card_id: "CardId") -> None:
        """Read the card; `ready` follows, or a refusal is told."""
        raise NotImplementedError

    def open_at(self, card_id: "CardId", detail: str) -> None:
        """Read the card and begin at a clause, a print, whatever the screen knows; '' for none."""
        del detail
        self.open(card_id)
