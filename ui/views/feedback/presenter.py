"""Decides what 现场反馈 does: tells what was taken off, keeps the unit's word as it is given."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.domain.card import Card, CardId
from app.domain.feedback import Feedback
from app.domain.visit import Opinion
from app.errors import AppError, Code
from app.services.cards.assess import find_card, is_sealed
from app.services.cards.visit import feedback_of, set_opinion
from app.services.desk.desk import Changes, Desk
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks
from ui.views.feedback.page import OBJECTS, UNSAID, FeedbackPage, chosen, page_of


class FeedbackPresenter(Presenter):
    """Keeps one card's feedback in front of both sides. `show` draws a page."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[FeedbackPage], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._forget(None)

    def _forget(self, card_id: CardId | None) -> None:
        self._card_id = card_id
        self._heard: Feedback | None = None
        self._is_sealed = False
        self._stated: tuple[str, str] | None = None
        self._refusal = ""
        self._sent = 0

    @property
    def is_recorded(self) -> bool:
        """Tell whether the unit's word is kept as it stands on the screen."""
        return self._stated is None and self._now.opinion is not None

    @property
    def has_unsaved(self) -> bool:
        """Tell whether something stated would be lost on leaving."""
        return bool(self._refusal) and self._stated is not None

    def open(self, card_id: CardId) -> None:
        """Read a card and show it; until then nothing else may be asked."""
        self._forget(card_id)
        self._read(partial(_hear, card_id=card_id), self._on_heard)

    def settle(self, then: Callable[[], None]) -> None:
        """Try once more what was refused; call `then` once it is kept or refused again."""
        if self.has_unsaved and self._stated is not None:
            self._state(*self._stated)
        self._tasks.database(_nothing, done=lambda _: then(), refused=lambda _: then())

    def choose(self, choice: str) -> None:
        """Take □无异议 or □有异议."""
        _, text = self._standing()
        self._state(choice, text)

    def type_text(self, text: str) -> None:
        """Take the unit's words as they are typed."""
        choice, _ = self._standing()
        if choice:
            self._state(choice, text)

    def ask_for_opinion(self) -> None:
        """Say what is missing before the unit's word can be kept."""
        if self._standing()[0] == UNSAID:
            self._refusal = self._labels("feedback.choose")
            self._draw()

    def _state(self, choice: str, text: str) -> None:
        """Keep what was stated; an objection without words takes back what was kept before."""
        self._sent += 1
        self._stated = (choice, text)
        objects = choice == OBJECTS
        is_unsaid = objects and not text.strip()
        self._refusal = self._labels.refusal(AppError(Code.OPINION_MISSING)) if is_unsaid else ""
        opinion = None if is_unsaid else Opinion(objects=objects, text=text)
        card_id, number = self._now.card.id, self._sent
        self._tasks.database(
            partial(set_opinion, card_id=card_id, opinion=opinion),
            done=partial(self._on_kept, number),
            refused=partial(self._on_refused, card_id, number),
        )
        self._draw()

    def _on_heard(self, heard: tuple[Feedback, bool]) -> None:
        feedback, is_card_sealed = heard
        if feedback.card.id == self._card_id:
            self._heard, self._is_sealed = feedback, is_card_sealed
            self._draw()

    def _on_kept(self, number: int, kept: tuple[Card, Changes]) -> None:
        card, changes = kept
        self._announce(changes)
        if card.id != self._card_id:
            return
        self._heard = replace(self._now, card=card, opinion=card.opinion)
        if self._sent == number and not self._refusal:
            self._stated = None
        if card.id in changes.unsigned:
            self._tell(self._labels("feedback.signatures_removed"))
        self._draw()

    def _on_refused(self, card_id: CardId, number: int, refusal: AppError) -> None:
        if card_id == self._card_id and self._sent == number:
            self._refusal = self._labels.refusal(refusal)
            self._draw()

    def _standing(self) -> tuple[str, str]:
        return chosen(self._now.opinion) if self._stated is None else self._stated

    def _draw(self) -> None:
        page = page_of(
            self._now,
            self._labels,
            stated=self._standing(),
            refusal=self._refusal,
            is_sealed=self._is_sealed,
            is_recorded=self.is_recorded,
        )
        self._show(page)

    @property
    def _now(self) -> Feedback:
        if self._heard is None:
            raise RuntimeError("no card is shown yet")
        return self._heard


def _hear(desk: Desk, *, card_id: CardId) -> tuple[Feedback, bool]:
    card, _ = find_card(desk, card_id)
    return feedback_of(desk, card_id), is_sealed(desk, card)


def _nothing(_: Desk) -> None:
    """Ask nothing of the workspace: only wait for one's turn."""
