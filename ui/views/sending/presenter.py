"""Decides what 报送 lists and writes: sealed cards into one file for the office."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.delivery import State
from app.domain.keyring import CredentialKind
from app.domain.moment import CHINA, local_date
from app.domain.points import points_text
from app.errors import AppError
from app.ports.progress import Progress
from app.services.desk.desk import Changes, Desk, Noun
from app.services.keys.session import OpenedKeys
from app.services.packages.outbox import Outbox, OutgoingCard, outbox
from ui.keys import Held, Keys, held_at
from ui.labels import Labels
from ui.models.outgoing import OutgoingLine
from ui.presenter import Presenter
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.keys.unlock import Unlocked
    from app.services.packages.submit import Consignment

_ONLY_HERE = (State.SIGNED, State.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is shown: who hands in to whom, the cards, and a sentence for each state there is."""

    about: str
    lines: tuple[OutgoingLine, ...]
    counts: str
    note: str
    may_send: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A package somebody asked for."""

    path: Path
    photos: bool
    progress: Progress


class SendingPresenter(Presenter):
    """`show` draws the page, `ask_words` shows the line for the passphrase, or hides it.

    `written` hears of a package that stands on its medium.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        keys: OpenedKeys,
        show: Callable[[Page], None],
        ask_words: Callable[[bool], None],
        written: Callable[[Path], None],
        refuse: Callable[[str], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._keys = Keys(tasks, keys)
        self._show = show
        self._ask_words = ask_words
        self._written = written
        self._refuse_here = refuse
        self._is_busy = False

    def refresh(self) -> None:
        """Read what there is to hand in, and whether the key was opened today."""
        self._read(_look, self._on_looked)

    def note(self, changes: Changes) -> None:
        """Read again when what is listed has changed."""
        if changes.nouns & {Noun.CARDS, Noun.PACKAGES, Noun.DECISIONS, Noun.TRUST}:
            self.refresh()

    def suggest_name(self, then: Callable[[str], None]) -> None:
        """Say under which name the next file would be kept; refused when there is nothing."""
        self._tasks.database(_next_name, done=then, refused=self._on_refused)

    def send(self, path: Path, words: str, *, photos: bool, progress: Progress) -> None:
        """Write what was never exported into a package; a second call while busy does nothing."""
        if self._is_busy:
            return
        self._is_busy = True
        asked = _Asked(path=path, photos=photos, progress=progress)
        self._tasks.database(
            partial(held_at, kind=CredentialKind.INSPECTOR),
            done=partial(self._on_credential, asked, words),
            refused=self._on_refused,
        )

    def lock(self) -> None:
        """Forget the key that was opened today."""
        self._keys.lock()
        self.refresh()

    def _on_credential(self, asked: _Asked, words: str, held: Held) -> None:
        self._keys.open(
            held, words, done=partial(self._on_opened, asked), refused=self._on_refused
        )

    def _on_opened(self, asked: _Asked, unlocked: "Unlocked") -> None:
        self._ask_words(False)
        self._tasks.database(
            partial(_plan, unlocked=unlocked, photos=asked.photos),
            done=partial(self._pack, asked, unlocked),
            refused=self._on_refused,
        )

    def _pack(self, asked: _Asked, unlocked: "Unlocked", consignment: "Consignment") -> None:
        self._tasks.compute(
            partial(_pack, consignment, unlocked, asked),
            done=partial(self._on_packed, asked, consignment),
            refused=self._on_refused,
        )

    def _on_packed(self, asked: _Asked, consignment: "Consignment", digest: str) -> None:
        self._tasks.database(
            partial(_note, consignment=consignment, digest=digest),
            done=partial(self._on_noted, asked, consignment),
            refused=self._on_refused,
        )

    def _on_noted(self, asked: _Asked, consignment: "Consignment", changes: Changes) -> None:
        self._is_busy = False
        self._announce(changes)
        cards = len({item.card for item in consignment.items})
        self._tell(
            self._labels(
                "sending.written",
                count=cards,
                number=consignment.head.sequence,
                path=str(asked.path),
            )
        )
        self._written(asked.path)

    def _on_refused(self, refusal: AppError) -> None:
        self._is_busy = False
        self._refuse_here(self._labels.refusal(refusal))

    def _on_looked(self, looked: tuple[Outbox, Held | None]) -> None:
        box, held = looked
        self._ask_words(held is not None and not self._keys.has_open(held.credential, held.now))
        self._show(self._page(box))

    def _page(self, box: Outbox) -> Page:
        here = sum(card.state in _ONLY_HERE for card in box.cards)
        return Page(
            about=self._labels("sending.about", holder=box.holder, office=box.office)
            if box.holder
            else "",
            lines=tuple(map(self._line, box.cards)),
            counts=self._counts(box),
            note="" if box.holder else self._labels("sending.no_credential"),
            may_send=bool(box.holder and here),
        )

    def _counts(self, box: Outbox) -> str:
        words = [
            self._labels("sending.count", state=self._labels.state(state), count=count)
            for state in State
            if (count := sum(card.state is state for card in box.cards))
        ]
        if box.unsealed:
            words.append(self._labels("sending.unsealed", count=box.unsealed))
        return "　".join(words)

    def _line(self, card: OutgoingCard) -> OutgoingLine:
        since = card.since.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
        package = (
            self._labels("sending.package", number=card.package)
            if card.package
            else self._labels("sending.only_here")
        )
        return OutgoingLine(
            card=card.card,
            name=self._labels.unit(card.unit),
            total=points_text(card.total),
            state=card.state,
            state_word=self._labels.state(card.state),
            since=since,
            proof=card.reason or package,
        )


def _look(desk: Desk) -> tuple[Outbox, Held | None]:
    has_key = desk.workspace.credentials.get(CredentialKind.INSPECTOR) is not None
    return outbox(desk), held_at(desk, CredentialKind.INSPECTOR) if has_key else None


def _next_name(desk: Desk) -> str:
    """Return a name for people: 报送_张三_20201106_3家_第07号."""
    from app.services.packages.submit import choose_cards

    box = outbox(desk)
    chosen = choose_cards(desk, ())
    number = box.last_package.sequence + 1 if box.last_package else 1
    day = local_date(desk.clock.now()).strftime("%Y%m%d")
    units = len({sealed.index.unit for sealed in chosen})
    return f"报送_{box.holder}_{day}_{units}家_第{number:02}号.akp"


def _plan(desk: Desk, *, unlocked: "Unlocked", photos: bool) -> "Consignment":
    from app.services.packages.submit import choose_cards, plan_submission

    return plan_submission(desk, choose_cards(desk, ()), unlocked, photos=photos)


def _pack(consignment: "Consignment", unlocked: "Unlocked", asked: _Asked) -> str:
    from app.services.packages.submit import pack

    return pack(consignment, asked.path, unlocked, progress=asked.progress)


def _note(desk: Desk, *, consignment: "Consignment", digest: str) -> Changes:
    from app.services.packages.submit import note_sent

    return note_sent(desk, consignment, digest)
