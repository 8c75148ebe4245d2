"""The screen 签字确认: the places to sign at the left, what is said of one at the right."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.card import CardId
from app.domain.signature import Ink
from app.services.desk.desk import Noun
from app.services.desk.intake import scan_of
from ui.steps import Step
from ui.views.signing.figures import FiguresBar
from ui.views.signing.ink_page import InkPage
from ui.views.signing.notes import Notes
from ui.views.signing.page import Page
from ui.views.signing.place_list import PlaceList
from ui.views.signing.place_panel import ABSENT, PlacePanel
from ui.views.signing.places import Place
from ui.views.signing.presenter import SigningPresenter
from ui.views.signing.seal_panel import SealPanel
from ui.views.signing.sealed_panel import SealedPanel
from ui.widgets.columns import Columns
from ui.widgets.notice import Notice
from ui.widgets.picture_mime import Encode
from ui.widgets.progress_row import ProgressRow
from ui.widgets.screen import Around, CardScreen
from ui.widgets.state_chip import StateChip

if TYPE_CHECKING:
    from app.services.desk.desk import Changes


class SigningView(CardScreen):
    """Shows who stands where and forwards what is given."""

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("signing.title"))
        self._progress = ProgressRow(around.labels)
        self._presenter = SigningPresenter(
            around.runner.bound_to(self),
            around.labels,
            show=self._show,
            refuse=self._refuse,
            taken=self._on_taken,
            tell=around.tell,
            announce=around.announce,
            progress=partial(self._progress.begin, around.labels("signing.shots")),
            keys=around.keys,
        )
        self._page: Page | None = None
        self._current = 0
        self._is_opening = False
        self._ink_page: InkPage | None = None
        self._build()
        self._say: Callable[[str], None] = self._panel.refusal.tell

    def open(self, card_id: CardId) -> None:
        """Read a card; `ready` follows."""
        self._is_opening = True
        if self._page is None or self._page.card != card_id:
            self._page = None
            self._panel.reset()
            self._seal.forget()
            self._sealed.reset()
        self._presenter.open(card_id)

    def enter(self) -> None:
        """Begin where the next signature goes; once all are given, at the seal; then go on."""
        page = self._page
        if page is None:
            return
        if page.sealed and not any(place.is_open for place in page.places):
            self._print.setFocus()
        elif page.is_ready and page.lock.has_credential:
            self._seal.take_focus()
        else:
            self._places.take_focus(self._current)

    def leave(self, then: Callable[[], None]) -> None:
        """Let go once nothing is under way; asks where something typed would be lost."""
        if not self._has_open_work():
            self._presenter.settle(then)
            return
        self.ask_discard("signing.discard", partial(self._presenter.settle, then))

    def note(self, changes: "Changes") -> None:
        """Read the card again when cards changed elsewhere."""
        if Noun.CARDS in changes.nouns and self._page is not None:
            self._presenter.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste a scan, or do the default action, from anywhere; leave with Escape."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.matches(QKeySequence.StandardKey.Paste):
            self._panel.paste()
        elif is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._do_default()
        else:
            super().keyPressEvent(event)

    def _has_open_work(self) -> bool:
        """Tell whether something typed or drawn would be lost."""
        has_drawn = self._ink_page is not None and self._ink_page.has_drawn
        return has_drawn or self._panel.has_typed or self._sealed.has_typed

    def _build(self) -> None:
        self._chip = StateChip()
        self._busy = QLabel()
        self._busy.setObjectName("muted")
        self.head.addWidget(self._busy)
        self.head.addWidget(self._chip)
        self._new_parts()
        left = _column((self._notes, self._places, self._sealed, self._meaning))
        right = _column((self._figures, self._panel, self._seal))
        self._scroll = scroll = QScrollArea()
        scroll.setObjectName("form")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(Columns([(left, 1), (right, 1)]))
        self.body.addWidget(scroll)
        self.body.addWidget(self._progress)
        self._ink = self.add_button("signing.ink", self._begin_ink)
        self._print = self.add_button(
            "signing.print", partial(self.step_asked.emit, Step.PRINTING), kind="primary"
        )

    def _new_parts(self) -> None:
        self._figures = FiguresBar(self._labels)
        self._notes = Notes(self._labels)
        self._notes.step_asked.connect(self.step_asked)
        self._places = PlaceList(self._labels)
        self._places.chosen.connect(self._choose)
        self._panel = PlacePanel(self._labels)
        self._panel.scan_given.connect(self._on_scan_given)
        self._panel.unsigned.connect(self._on_unsigned)
        self._panel.postponed.connect(self._on_postponed)
        self._seal = SealPanel(self._labels)
        self._seal.seal_asked.connect(self._on_seal_asked)
        self._seal.lock_asked.connect(self._on_lock_asked)
        self._seal.grown.connect(lambda: QTimer.singleShot(0, self._show_seal))
        self._sealed = SealedPanel(self._labels)
        self._sealed.correct_asked.connect(self._on_correct_asked)
        self._meaning = Notice(kind="statement")

    def _show(self, page: Page) -> None:
        is_new = self._page is None
        self._page = page
        if is_new:
            self._current = page.first_empty
        self._current = min(self._current, len(page.places) - 1)
        self.show_about(page.about)
        self._chip.show_state(page.state, page.state_word)
        self._busy.setText(page.busy)
        self._meaning.tell(page.meaning)
        for part in (self._figures, self._notes, self._seal, self._sealed):
            part.show_page(page)
        self._show_places(page)
        self._show_foot(page)
        is_inking = self._ink_page is not None and self._ink_page.isVisible()
        if page.busy and self.isVisible() and not is_inking:
            self.setFocus()  # what has it is of no use for a while
        if self._is_opening:
            self._is_opening = False
            self.ready.emit()

    def _show_places(self, page: Page) -> None:
        self._places.show_places(page.places, self._current)
        self._panel.show_place(page.places[self._current], page)
        self._panel.setVisible(any(place.is_open for place in page.places))
        may_sign = page.places[self._current].is_open and not page.holds and not page.busy
        self._ink.setEnabled(may_sign)
        self._ink.setVisible(any(place.is_open for place in page.places))

    def _show_foot(self, page: Page) -> None:
        """Show one default action: to print, until both sides have had their say; then to seal."""
        key = "signing.to_printing" if page.sealed else "signing.print"
        self._print.setText(self._labels(key))
        leads_on = page.is_ready and page.lock.has_credential
        self._print.setObjectName("" if leads_on else "primary")
        self._print.style().polish(self._print)

    def _do_default(self) -> None:
        page = self._page
        if page is not None and page.is_ready and page.lock.has_credential:
            self._seal.ask()
        else:
            self._print.click()

    def _choose(self, number: int) -> None:
        self._current = number
        if self._page is not None:
            self._panel.refusal.tell("")
            self._show_places(self._page)

    def _begin_ink(self) -> None:
        page = self._page
        if page is None:
            return
        if not self._panel.name.strip():
            self._panel.refusal.tell(self._labels("signing.name_first"))
            self._panel.focus_name()
            return
        if page.sealed and not page.lock.is_open and not self._seal.typed:
            self._seal.refusal.tell(self._labels("signing.passphrase_first"))
            self._seal.take_focus()
            return
        if self._ink_page is None:
            self._ink_page = InkPage(self._labels, self.window())
            self._ink_page.given.connect(self._on_ink_given)
            self._ink_page.closed.connect(self.enter)
            self.destroyed.connect(self._ink_page.deleteLater)
        self._ink_page.begin(page.places[self._current], self._panel.name, page)

    def _on_ink_given(self, ink: Ink) -> None:
        if self._ink_page is not None:
            self._say = self._ink_page.refuse
            self._presenter.sign(self._place, self._panel.name, ink, typed=self._seal.typed)

    def _on_scan_given(self, given: Path | Encode, with_team: bool) -> None:  # noqa: FBT001 - a signal
        self._say = self._panel.refusal.tell
        read = partial(scan_of, given, pasted=self._labels("signing.scan.pasted"))
        self._presenter.attach(
            self._place, self._panel.name, read, with_team=with_team, typed=self._seal.typed
        )

    def _on_unsigned(self, way: str, why: str, witness: str) -> None:
        self._say = self._panel.refusal.tell
        give = self._presenter.miss if way == ABSENT else self._presenter.refuse_to_sign
        give(self._place, self._panel.name, why=why, witness=witness)

    def _on_postponed(self, day: str) -> None:
        self._say = self._panel.refusal.tell
        self._presenter.postpone(self._place, self._panel.name, day)

    def _on_seal_asked(self) -> None:
        self._say = self._seal.refusal.tell
        self._presenter.seal(self._seal.typed, self._seal.second)

    def _show_seal(self) -> None:
        """Scroll to the seal, once the column around it has grown too."""
        self._scroll.ensureWidgetVisible(self._seal)

    def _on_lock_asked(self) -> None:
        self._presenter.lock()
        self._seal.take_focus()

    def _on_correct_asked(self, reason: str) -> None:
        self._say = self._sealed.refusal.tell
        self._presenter.correct(reason)

    def _on_taken(self) -> None:
        self._panel.reset()
        self._sealed.reset()
        page = self._page
        if page is not None:
            if page.lock.is_open:
                self._seal.forget()
            self._current = page.first_empty
            self._show_places(page)
        if self._ink_page is not None:
            self._ink_page.close_page()
        self._regain()

    def _refuse(self, sentence: str) -> None:
        self._progress.hide()
        self._say(sentence)
        if sentence:
            self._regain()

    def _regain(self) -> None:
        """Take the focus back that was given up while something was under way."""
        if self.hasFocus():
            self.enter()

    @property
    def _place(self) -> Place:
        if self._page is None:
            raise RuntimeError("no card is shown yet")
        return self._page.places[self._current]


def _column(parts: Sequence[QWidget]) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 12, 0)
    layout.setSpacing(12)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch()
    return column
