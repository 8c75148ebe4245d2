"""Decides what 单位情况 does: each statement is saved as it is made; refused ones stay shown."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from app.domain.card import Card, CardId, Person
from app.domain.moment import parse_date
from app.domain.unit import Fact
from app.domain.visit import Host, Recusal, Visit, VisitMode
from app.errors import AppError
from app.services.cards.visit import Arrival, arrive, set_assessors, set_dates
from app.services.desk.desk import Changes, Desk
from app.services.desk.intake import Scan
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks
from ui.views.visit import work
from ui.views.visit.page import (
    CONFLICT,
    CREDENTIALS,
    DATES,
    FREE,
    HOSTS,
    MODE,
    NAME,
    NO,
    PHOTOS,
    RECUSAL,
    TEAM,
    TRANSCRIPT,
    YES,
    Entered,
    VisitPage,
    entered_of,
    page_of,
    with_fact,
)
from ui.views.visit.statements import Kept, Statement, Statements

_FACTS = frozenset({NAME, *(fact.value for fact in Fact)})


class VisitPresenter(Presenter):
    """Keeps one card's header in front of the inspector. `show` draws a page."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[VisitPage], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._card_id: CardId | None = None
        self._arrival: Arrival | None = None
        self._statements = Statements()

    @property
    def has_unsaved(self) -> bool:
        """Tell whether a statement was refused and would be lost on leaving."""
        return self._statements.has_refused

    def open(self, card_id: CardId) -> None:
        """Read a card and show it; until then nothing else may be asked."""
        self._card_id = card_id
        self._arrival = None
        self._statements = Statements()
        self._read(partial(arrive, card_id=card_id), self._on_read)

    def settle(self, then: Callable[[], None]) -> None:
        """Try once more what was refused; call `then` once all is answered."""
        self._try_again(None)
        self._tasks.database(_nothing, done=lambda _: then(), refused=lambda _: then())

    def confirm(self, then: Callable[[], None]) -> None:
        """Keep that all was found as it stands here, also what nobody touched; then go on."""
        if self._now.is_sealed:
            then()
            return
        card_id = self._now.card.id
        self._change(
            lambda desk: work.amend(desk, card_id, lambda visit: visit),
            lambda _: self.settle(then),
        )

    def type_fact(self, name: str, typed: str) -> None:
        """Take a fact of the unit, or its name, as typed."""
        key, card_id = self._now.card.unit.key, self._now.card.id
        self._state(
            name,
            lambda entered: with_fact(entered, name, typed),
            lambda desk: work.set_fact(desk, card_id, key, {name: typed}),
        )

    def type_dates(self, first: str, last: str) -> None:
        """Take 考核时间 as typed."""
        card_id = self._now.card.id
        self._state(
            DATES,
            lambda entered: replace(entered, first_day=first, last_day=last),
            lambda desk: set_dates(desk, card_id, first=parse_date(first), last=parse_date(last)),
        )

    def name_team(self, team: tuple[Person, ...]) -> None:
        """Take the assessors as typed, the lead first."""
        card_id = self._now.card.id
        self._state(
            TEAM,
            lambda entered: replace(entered, team=team),
            lambda desk: set_assessors(desk, card_id, team),
        )

    def add_colleague(self, person: Person) -> None:
        """Put an assessor of another card into the first free place."""
        team = list(self._entered().team)
        free = next((at for at, each in enumerate(team) if not each.name.strip()), len(team))
        team[free : free + 1] = [person]
        self.name_team(tuple(team))

    def name_hosts(self, hosts: tuple[Person, ...]) -> None:
        """Take who received the team as typed."""
        named = tuple(Host(name=h.name, post=h.post) for h in hosts if h.name.strip())
        self._amend(
            HOSTS,
            lambda entered: replace(entered, hosts=hosts),
            lambda visit: replace(visit, received_by=named),
        )

    def choose_mode(self, mode: VisitMode) -> None:
        """Take how the unit is assessed."""
        self._amend(
            MODE,
            lambda entered: replace(entered, mode=mode),
            lambda visit: replace(visit, mode=mode),
        )

    def allow_photos(self, *, allowed: bool) -> None:
        """Take whether the unit lets photos be taken."""
        self._amend(
            PHOTOS,
            lambda entered: replace(entered, photos_allowed=allowed),
            lambda visit: replace(visit, photos_allowed=allowed),
        )

    def show_credentials(self, *, shown: bool) -> None:
        """Take whether the assessors showed their credentials."""
        self._amend(
            CREDENTIALS,
            lambda entered: replace(entered, credentials=YES if shown else NO),
            lambda visit: replace(visit, credentials_shown=shown),
        )

    def declare(self, recusal: str, conflict: str) -> None:
        """Take what was declared of 回避: FREE, or CONFLICT in words, which may be to come."""
        kept = Recusal() if recusal == FREE else None
        if recusal == CONFLICT and conflict.strip():
            kept = Recusal(conflict=conflict)
        self._amend(
            RECUSAL,
            lambda entered: replace(entered, recusal=recusal, conflict=conflict),
            lambda visit: replace(visit, recusal=kept),
        )

    def transcribe(self, *, is_paper: bool, typed_by: str, checked_by: str) -> None:
        """Take whether the card was typed from paper (纸质补录), by whom, and who compared it."""
        self._amend(
            TRANSCRIPT,
            lambda entered: replace(
                entered, is_paper=is_paper, typed_by=typed_by, checked_by=checked_by
            ),
            lambda visit: (
                work.transcribed(visit, typed_by, checked_by)
                if is_paper
                else replace(visit, transcript=None)
            ),
        )

    def attach_paper(self, read: Callable[[], Scan]) -> None:
        """Take the scan of the paper, `read` on the compute lane."""
        self._tasks.compute(
            read, done=partial(self._on_scanned, self._now.card.id), refused=self._refuse
        )

    def _amend(
        self,
        topic: str,
        lay: Callable[[Entered], Entered],
        amend: Callable[[Visit], Visit],
    ) -> None:
        card_id = self._now.card.id
        self._state(topic, lay, lambda desk: work.amend(desk, card_id, amend))

    def _state(
        self, topic: str, lay: Callable[[Entered], Entered], keep: Callable[[Desk], Kept]
    ) -> None:
        self._send(topic, self._statements.put(topic, lay, keep))
        self._draw()

    def _send(self, topic: str, statement: Statement) -> None:
        self._tasks.database(
            statement.keep,
            done=partial(self._on_kept, topic, statement.number),
            refused=partial(self._on_refused, self._now.card.id, topic, statement.number),
        )

    def _try_again(self, topics: Collection[str] | None) -> None:
        for topic, statement in self._statements.refused(topics):
            self._send(topic, statement)

    def _on_read(self, arrival: Arrival) -> None:
        if arrival.card.id == self._card_id:
            self._arrival = arrival
            self._draw()

    def _on_kept(self, topic: str, number: int, kept: Kept) -> None:
        card, changes = kept
        self._announce(changes)
        if card.id != self._card_id:
            return
        is_newest = self._statements.keep(topic, number)
        if card.id in changes.unsigned:
            self._tell(self._labels("visit.signatures_removed"))
        self._take(card)
        if is_newest and topic in _FACTS:  # a fact that contradicted it may be right now
            self._try_again(_FACTS)

    def _on_refused(self, card_id: CardId, topic: str, number: int, refusal: AppError) -> None:
        said = self._labels.refusal(refusal)
        if card_id == self._card_id and self._statements.refuse(topic, number, said):
            self._draw()

    def _on_scanned(self, card_id: CardId, scan: Scan) -> None:
        self._change(lambda desk: work.attach(desk, card_id, scan), self._take)

    def _take(self, card: Card) -> None:
        if card.id == self._card_id and self._arrival is not None:  # else it is being read anew
            self._arrival = replace(self._arrival, card=card)
            self._draw()

    def _draw(self) -> None:
        page = page_of(
            self._now,
            self._entered(),
            self._labels,
            refusals=self._statements.refusals,
            saving=self._saving(),
        )
        self._show(page)

    def _entered(self) -> Entered:
        return self._statements.over(entered_of(self._now.card))

    def _saving(self) -> str:
        if self.has_unsaved:
            return self._labels("visit.unsaved")
        return self._labels("visit.saved" if self._statements.is_settled else "visit.saving")

    @property
    def _now(self) -> Arrival:
        if self._arrival is None:
            raise RuntimeError("no card is shown yet")
        return self._arrival


def _nothing(_: Desk) -> None:
    """Ask nothing of the workspace: only wait for one's turn."""
