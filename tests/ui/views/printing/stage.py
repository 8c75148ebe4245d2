"""What the presenter of 打印与交付 lets be seen, and cards for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.card import CardId
from app.ports.progress import Progress, Unheard
from app.services.cards.assess import new_card
from app.services.desk.desk import Desk
from app.services.prints.prints import Print
from app.services.units.register import add_unit
from tests.forms import SYNTHETIC_CODES
from ui.views.printing.page import PrintPage
from ui.views.printing.presenter import PrintingPresenter

if TYPE_CHECKING:
    from app.reports.file.raster import PageSize, Raster


@dataclass
class Seen:
    """What was let be seen."""

    pages: list[PrintPage] = field(default_factory=list)
    documents: "list[Sequence[PageSize]]" = field(default_factory=list)
    rasters: "list[tuple[int, Raster]]" = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    progress: list[tuple[int, int]] = field(default_factory=list)
    ended: int = 0
    watch: Progress = field(default_factory=Unheard)
    said: list[str] = field(default_factory=list)

    def end(self) -> None:
        self.ended += 1


def begin(desk: Desk, place: int = 0, *, name: str = "") -> CardId:
    """Begin a card."""
    unit, _ = add_unit(
        desk, name=name or f"测试{place + 1}号工厂", code=SYNTHETIC_CODES[place], sub_unit=""
    )
    return new_card(desk, unit)[0].id


def open_one(presenter: PrintingPresenter, *cards: CardId, which: Print = Print.CARD) -> None:
    presenter.open(cards, which, opened=lambda: None)
