"""Decides what 签字确认 does: who stands where, the seal with the key, the two doors after it.

One thing at a time: what is asked for while something is under way is not begun. Nothing is on
the card before its last step, which stores it.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.domain.card import CardId
from app.domain.moment import parse_date
from app.domain.signature import (
    Ink,
    Manner,
    Signatory,
    absent,
    checked_ink,
    pending,
    refused,
)
from app.errors import AppError
from app.ports.progress import Progress
from app.services.desk.desk import Changes
from app.services.desk.intake import Scan
from app.services.keys.session import OpenedKeys
from app.services.seal.confirm import Confirmation, view_confirmation
from app.services.seal.sealers import sealers
from app.services.seal.sign import Given, SigningPlan, keep_signatures, refuse_unprintable
from ui.keys import Keys
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks
from ui.views.signing import work
from ui.views.signing.job import Job
from ui.views.signing.page import Page, page_of
from ui.views.signing.places import Place, Standing
from ui.views.signing.sealer import Key, Sealer


class SigningPresenter(Presenter):
    """Keeps one card in front of those who sign it.

    `show` draws a page; `refuse` says beside what was typed why it was not taken; `taken` tells
    that it was; `progress` makes what hears how far a card's photos are.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[Page], None],
        refuse: Callable[[str], None],
        taken: Callable[[], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
        progress: Callable[[], Progress],
        keys: OpenedKeys,
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._refuse_typed = refuse
        self._taken = taken
        self._progress = progress
        self._keys = Keys(tasks, keys)
        self._sealer = Sealer(self._keys)
        self._card_id: CardId | None = None
        self._shown: Confirmation | None = None
        self._sealers: tuple[str, ...] = ()
        self._busy = ""
        self._then: Callable[[], None] | None = None

    @property
    def is_busy(self) -> bool:
        """Tell whether something is under way."""
        return bool(self._busy)

    def open(self, card_id: CardId) -> None:
        """Read a card and show it."""
        if card_id != self._card_id:
            self._card_id, self._shown, self._busy = card_id, None, ""
        self.refresh()

    def refresh(self) -> None:
        """Read the card again, which may have changed elsewhere."""
        if self._card_id is not None:
            self._read(partial(view_confirmation, card_id=self._card_id), self._on_read)

    def settle(self, then: Callable[[], None]) -> None:
        """Call `then` once nothing is under way; not if that is refused."""
        if self.is_busy:
            self._then = then
        else:
            then()

    def sign(self, place: Place, name: str, ink: Ink, *, typed: str = "") -> None:
        """Take ink drawn on the screen; `typed` is the passphrase a late one may need."""
        self._give(place, name, lambda: checked_ink(ink), typed)

    def refuse_to_sign(self, place: Place, name: str, *, why: str, witness: str) -> None:
        """Take that somebody refused to sign (拒签)."""
        self._give(place, name, lambda: refused(why=why, witness=witness, signer=name))

    def miss(self, place: Place, name: str, *, why: str, witness: str) -> None:
        """Take that nobody was there to sign (无人签字)."""
        self._give(place, name, lambda: absent(why=why, witness=witness, signer=name))

    def postpone(self, place: Place, name: str, day: str) -> None:
        """Take that a signature follows by a day (待补签)."""
        today = self._page().today
        self._give(place, name, lambda: pending(by=parse_date(day), today=today))

    def attach(
        self,
        place: Place,
        name: str,
        read: Callable[[], Scan],
        *,
        with_team: bool = False,
        typed: str = "",
    ) -> None:
        """Take the scan of a signed paper, `read` on the compute lane.

        `with_team`: the assessors who have not signed yet signed the same paper.
        """
        job = self._begin("signing.busy.scan")
        if job is None:
            return
        signers = [(place.signatory, name)]
        if with_team and self._page().sealed is None:
            signers += _team(self._page(), place)
        job.aside(read, partial(self._on_scanned, job, tuple(signers), typed))

    def seal(self, typed: str, second: work.Second | None = None) -> None:
        """Seal the card with the inspector's key, opened by a passphrase unless it is open.

        `second` is what another assessor brought, who seals at the same time.
        """
        job = self._begin("signing.busy.sealing")
        if job is not None:
            key = replace(self._key(typed), second=second)
            stamping = partial(self._on_stamping, job.card)
            self._sealer.seal(job, key, self._progress(), stamping=stamping)

    def correct(self, reason: str) -> None:
        """Begin a correction of a sealed card: what is changed will tell which."""
        job = self._begin("signing.busy.correcting")
        if job is not None:
            begin = partial(work.revised, card_id=job.card, reason=reason)
            job.warm(partial(job.store, begin))

    def lock(self) -> None:
        """Forget the opened key."""
        self._keys.lock()
        self._draw()

    def _give(
        self, place: Place, name: str, manner: Callable[[], Manner], typed: str = ""
    ) -> None:
        try:
            given = Given(signatory=place.signatory, name=name, manner=manner())
        except AppError as refusal:
            self._refuse_typed(self._labels.refusal(refusal))
            return
        job = self._begin("signing.busy.signing")
        if job is not None:
            self._sign(job, typed, (given,))

    def _on_stamping(self, card: CardId) -> None:
        """Say why sealing may take some seconds."""
        if card == self._card_id:
            self._busy = self._labels("signing.busy.stamping")
            self._draw()

    def _on_scanned(
        self, job: Job, signers: tuple[work.Signer, ...], typed: str, scan: Scan
    ) -> None:
        keep = partial(work.on_paper, scan=scan, signers=signers)
        job.at_desk(keep, partial(self._sign, job, typed))

    def _sign(self, job: Job, typed: str, given: tuple[Given, ...]) -> None:
        if self._shown is not None and self._shown.view.sealed is not None:
            self._sealer.sign_late(job, self._key(typed), given[0])
            return
        plan = partial(work.planned_signatures, card_id=job.card, given=given)
        job.at_desk(plan, partial(self._on_planned, job))

    def _on_planned(self, job: Job, plan: SigningPlan) -> None:
        keep = partial(job.store, partial(keep_signatures, plan=plan))
        job.aside(partial(refuse_unprintable, plan), lambda _: keep())

    def _key(self, typed: str) -> Key:
        return Key(credential=self._shown.credential if self._shown else None, typed=typed)

    def _begin(self, busy: str) -> Job | None:
        """Return a job to begin with, None while something is under way."""
        card = self._card_id
        if self.is_busy or card is None or self._shown is None:
            return None
        self._busy = self._labels(busy)
        self._refuse_typed("")
        self._draw()
        return Job(
            card=card,
            tasks=self._tasks,
            kept=partial(self._on_kept, card),
            refused=partial(self._stop, card),
        )

    def _on_kept(self, card: CardId, kept: tuple[object, Changes]) -> None:
        self._announce(kept[1])
        if isinstance(kept[0], AppError):  # sealed all the same
            self._tell(self._labels.refusal(kept[0]))
        if card == self._card_id:
            self._tasks.database(
                partial(view_confirmation, card_id=card),
                done=self._on_done,
                refused=partial(self._stop, card),
            )

    def _on_done(self, read: Confirmation) -> None:
        if read.view.card.id != self._card_id:
            return
        self._busy = ""
        self._on_read(read)
        self._taken()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _stop(self, card: CardId, refusal: AppError) -> None:
        if card != self._card_id:
            self._tell(self._labels.refusal(refusal))
            return
        self._busy, self._then = "", None
        self._draw()
        self._refuse_typed(self._labels.refusal(refusal))

    def _on_read(self, read: Confirmation) -> None:
        if read.view.card.id != self._card_id:
            return
        before, self._shown = self._shown, read
        if before is None or before.file != read.file:
            self._sealers = ()
            self._ask_sealers(read)
        self._draw()

    def _ask_sealers(self, read: Confirmation) -> None:
        """Find out who sealed a card: its file tells, which takes longer than the desk has."""
        if read.file is not None:
            done = partial(self._on_sealers, read)
            self._tasks.compute(partial(sealers, read.file), done=done, refused=self._refuse)

    def _on_sealers(self, read: Confirmation, names: tuple[str, ...]) -> None:
        if self._shown is not None and self._shown.file == read.file:
            self._sealers = names
            self._draw()

    def _draw(self) -> None:
        if self._shown is not None:
            self._show(self._page())

    def _page(self) -> Page:
        if self._shown is None:
            raise RuntimeError("no card is shown yet")
        is_open = self._keys.has_open(self._shown.credential, self._shown.now)
        return page_of(
            self._shown,
            self._labels,
            is_unlocked=is_open,
            sealers=self._sealers,
            busy=self._busy,
        )


def _team(page: Page, signing: Place) -> list[work.Signer]:
    """Return the assessors known by name whose places are empty, but for the one who signs."""
    return [
        (place.signatory, place.name)
        for place in page.places
        if place.signatory is not Signatory.UNIT
        and place.standing is Standing.EMPTY
        and place.name
        and place != signing
    ]
