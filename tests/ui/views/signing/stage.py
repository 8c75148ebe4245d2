"""A presenter of 签字确认 on a card of a founded office, and what it showed and said."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PIL import Image

from app.domain.card import Card, CardId
from app.domain.signature import Signatory, Signature
from app.ports.progress import Progress, Unheard
from app.services.desk.desk import Changes
from app.services.desk.intake import Scan, read_scan
from app.services.keys.session import OpenedKeys
from app.services.seal.confirm import view_confirmation
from tests.app.services.field import Founded, Seat, fresh_copy
from tests.fakes import InlineTasks
from ui.labels import Labels
from ui.views.signing.page import Page
from ui.views.signing.places import Place
from ui.views.signing.presenter import SigningPresenter


@dataclass
class Stage:
    """What a person at 签字确认 has: pages shown, refusals beside the fields, sentences told."""

    seat: Seat
    labels: Labels
    folder: Path
    keys: OpenedKeys = field(default_factory=OpenedKeys)
    pages: list[Page] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)
    taken: list[None] = field(default_factory=list)
    progress: Progress = field(default_factory=Unheard)

    def __post_init__(self) -> None:
        self.tasks = InlineTasks(self.seat.desk)
        self.presenter = SigningPresenter(
            self.tasks,
            self.labels,
            show=self.pages.append,
            refuse=self.refusals.append,
            taken=partial(self.taken.append, None),
            tell=self.told.append,
            announce=self.changes.append,
            progress=lambda: self.progress,
            keys=self.keys,
        )

    def open(self, card_id: CardId) -> Page:
        self.presenter.open(card_id)
        return self.page

    def open_complete(self, place: int = 0) -> CardId:
        """Show a card with every clause settled and one deduction."""
        card_id = self.seat.open_card(place)
        self.seat.score(card_id, S1_R1_C1="1")
        self.open(card_id)
        return card_id

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def refusal(self) -> str:
        return self.refusals[-1]

    @property
    def card(self) -> Card:
        return view_confirmation(self.seat.desk, self.page.card).view.card

    def place(self, signatory: Signatory) -> Place:
        return next(place for place in self.page.places if place.signatory is signatory)

    def given(self, signatory: Signatory) -> Signature:
        return next(held for held in self.card.signatures if held.signatory is signatory)

    def scan(self) -> partial[Scan]:
        """Return how the scan of a signed paper is read."""
        path = self.folder / "签字页.png"
        Image.new("RGB", (8, 8), "#f4f0e0").save(path)
        return partial(read_scan, path)


@contextmanager
def staged(founded: Founded, labels: Labels, folder: Path) -> Iterator[Stage]:
    """Sit down at the first inspector's desk."""
    with fresh_copy(founded, "first", folder / "seat") as seat:
        yield Stage(seat=seat, labels=labels, folder=folder)
