"""Decides what 打印与交付 shows: which print of which card, its pages, what is ticked.

A document is planned on the database lane, drawn and rendered on the compute lane; an answer that
comes after another print was chosen is dropped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from app.domain.card import CardId
from app.errors import AppError
from app.services.desk import Changes, Desk, Noun
from app.services.prints import Planned, Print, plan_print
from app.services.view import view_card
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks
from ui.views.printing.pixels import rendered, sizes_of
from ui.views.printing.run import Ending, Order, PrintRun, Taker

if TYPE_CHECKING:
    from app.reports.raster import PageSize, Raster


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintLine:
    """A print in the list: its name, what it is for, whether it will be printed."""

    which: Print
    title: str
    purpose: str
    is_ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPage:
    """What the screen shows around the pages."""

    about: str
    lines: tuple[PrintLine, ...]
    current: Print
    is_several: bool  # more than one file would come of what is ticked
    can_print: bool  # something is ticked and nothing is under way
    is_sealed: bool  # the (first) card can be handed in


@dataclass(slots=True)
class _Document:
    """The print in front of the person, once it is drawn."""

    which: Print
    planned: Planned | None = None
    pdf: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What the presenter lets be seen: the screen, the document, a page, a refusal, a run."""

    show: Callable[[PrintPage], None]
    show_document: "Callable[[Sequence[PageSize]], None]"
    show_page: "Callable[[int, Raster], None]"
    show_refusal: Callable[[str], None]
    show_progress: Callable[[int, int], None]
    end_progress: Callable[[], None]


@dataclass(slots=True)
class _State:
    cards: tuple[CardId, ...] = ()
    unit: str = ""
    is_sealed: bool = False
    ticked: set[Print] = field(default_factory=set)
    is_ticked_by_hand: bool = False
    document: _Document = field(default_factory=lambda: _Document(Print.CARD))


class PrintingPresenter(Presenter):
    """Keeps the prints of one card, or of several, in front of the person."""

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        sight: Sight,
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._sight = sight
        self._state = _State()
        self._run: PrintRun | None = None

    def open(self, cards: Sequence[CardId], which: Print, *, opened: Callable[[], None]) -> None:
        """Read the first card and show one print of it; `opened` is called when it is there."""
        self._read(
            partial(_first_of, card_id=cards[0], labels=self._labels),
            partial(self._on_read, tuple(cards), which, opened),
        )

    def choose(self, which: Print) -> None:
        """Show another print; until ticks are set by hand, what is seen is what is printed."""
        if which is not self._state.document.which:
            if not self._state.is_ticked_by_hand:
                self._state.ticked = {which}
            self._load(which)

    def tick(self, which: Print, *, on: bool) -> None:
        """Choose whether a print will be printed or saved."""
        (self._state.ticked.add if on else self._state.ticked.discard)(which)
        self._state.is_ticked_by_hand = True
        self._show()

    def note(self, changes: Changes) -> None:
        """Draw anew after the card changed elsewhere."""
        if self._state.cards and changes.nouns & {Noun.CARDS, Noun.UNITS, Noun.OFFICE}:
            self._load(self._state.document.which)

    def want(self, number: int, width: int) -> None:
        """Render a page of the document shown, so many pixels wide.

        While another document is on its way the old one is still seen: nothing is rendered then.
        """
        document = self._state.document
        if not document.pdf:
            return
        self._tasks.compute(
            partial(rendered, document.pdf, number, width),
            done=partial(self._on_rendered, document, number),
            refused=partial(self._on_refused, document),
        )

    @property
    def orders(self) -> tuple[Order, ...]:
        """Return what is ticked, card after card."""
        return tuple(
            Order(card=card, which=which)
            for card in self._state.cards
            for which in Print
            if which in self._state.ticked
        )

    @property
    def suggested_name(self) -> str:
        """Return the file name for what is ticked when it is one print of the card shown."""
        planned = self._state.document.planned
        is_shown = self._state.ticked == {self._state.document.which}
        return planned.name if planned is not None and is_shown else ""

    def start(self, taker: Taker, *, said: str) -> None:
        """Draw all that is ticked for a taker; `said` names the sentence for a good end."""
        if self._run is None and self.orders:
            run = PrintRun(self._tasks, self.orders, taker)
            self._run = run
            self._show()
            run.begin(advance=self._sight.show_progress, done=partial(self._on_ended, said))

    def stop(self) -> None:
        """Stop the run before its next print."""
        if self._run is not None:
            self._run.stop()

    def _on_read(
        self,
        cards: tuple[CardId, ...],
        which: Print,
        opened: Callable[[], None],
        first: tuple[str, bool],
    ) -> None:
        unit, is_sealed = first
        self._state = _State(cards=cards, unit=unit, is_sealed=is_sealed, ticked={which})
        self._load(which)
        opened()

    def _load(self, which: Print) -> None:
        document = _Document(which)
        self._state.document = document
        self._show()
        self._tasks.database(
            partial(plan_print, card_id=self._state.cards[0], which=which),
            done=partial(self._on_planned, document),
            refused=partial(self._on_refused, document),
        )

    def _on_planned(self, document: _Document, planned: Planned) -> None:
        document.planned = planned
        if document is self._state.document:
            self._tasks.compute(
                partial(_drawn, planned),
                done=partial(self._on_drawn, document),
                refused=partial(self._on_refused, document),
            )

    def _on_drawn(self, document: _Document, drawn: "tuple[bytes, tuple[PageSize, ...]]") -> None:
        if document is self._state.document:
            document.pdf, sizes = drawn
            self._sight.show_document(sizes)

    def _on_rendered(self, document: _Document, number: int, raster: "Raster") -> None:
        if document is self._state.document:
            self._sight.show_page(number, raster)

    def _on_refused(self, document: _Document, refusal: AppError) -> None:
        if document is self._state.document:
            self._sight.show_refusal(self._labels.refusal(refusal))

    def _show(self) -> None:
        state = self._state
        many = len(state.cards)
        self._sight.show(
            PrintPage(
                about=self._labels("printing.several", unit=state.unit, count=many)
                if many > 1
                else "",
                lines=tuple(self._line(which) for which in Print),
                current=state.document.which,
                is_several=len(self.orders) > 1,
                can_print=bool(self.orders) and self._run is None,
                is_sealed=state.is_sealed,
            )
        )

    def _line(self, which: Print) -> PrintLine:
        return PrintLine(
            which=which,
            title=self._labels(f"printing.title.{which}"),
            purpose=self._labels(f"printing.purpose.{which}"),
            is_ticked=which in self._state.ticked,
        )

    def _on_ended(self, said: str, ending: Ending) -> None:
        self._run = None
        self._sight.end_progress()
        self._show()
        self._tell(self._sentence(said, ending))

    def _sentence(self, said: str, ending: Ending) -> str:
        key = "printing.stopped" if ending.is_stopped else said
        sentence = self._labels(key, count=ending.taken)
        if not ending.refusals:
            return sentence
        refusal = self._labels.refusal(ending.refusals[0])
        if ending.taken == 0:
            return refusal
        return self._labels(
            "printing.refused", sentence=sentence, count=len(ending.refusals), first=refusal
        )


def _first_of(desk: Desk, *, card_id: CardId, labels: Labels) -> tuple[str, bool]:
    view = view_card(desk, card_id)
    return labels.unit(view.card.unit), view.sealed is not None


def _drawn(planned: Planned) -> "tuple[bytes, tuple[PageSize, ...]]":
    pdf = planned.draw()
    return pdf, sizes_of(pdf)
