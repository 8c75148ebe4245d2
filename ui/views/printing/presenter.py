"""Decides what 打印与交付 shows: which print of which card, its pages, what is ticked.

A document is planned on the database lane, drawn and rendered on the compute lane; an answer that
comes after another print was chosen is dropped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from app.domain.card import CardId
from app.errors import AppError, Cancelled
from app.ports.progress import Progress
from app.services.cards.view import view_card
from app.services.desk.desk import Changes, Desk, Noun
from app.services.prints.print_files import Order
from app.services.prints.prints import Planned, Print, offered, plan_print
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks
from ui.views.printing.page import PrintLine, PrintPage, Sight
from ui.views.printing.pixels import rendered, sizes_of
from ui.views.printing.run import Ending, PrintRun, Taker

if TYPE_CHECKING:
    from app.reports.file.raster import PageSize, Raster


_CONCERN = frozenset({Noun.CARDS, Noun.UNITS, Noun.OFFICE, Noun.HAZARDS})
_OF_THE_FILE = frozenset({Noun.HANDOVERS, Noun.DECISIONS})  # told by the 归档目录 alone


@dataclass(slots=True)
class _Document:
    """The print in front of the person, once it is drawn."""

    which: Print
    planned: Planned | None = None
    pdf: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class _First:
    """The first card: its unit, whether it can be handed in, its prints that say something."""

    unit: str = ""
    is_sealed: bool = False
    offered: tuple[Print, ...] = ()


@dataclass(slots=True)
class _State:
    cards: tuple[CardId, ...] = ()
    hazards: tuple[str, ...] = ()
    first: _First = field(default_factory=_First)
    ticked: set[Print] = field(default_factory=set)
    is_ticked_by_hand: bool = False
    document: _Document = field(default_factory=lambda: _Document(Print.CARD))


@dataclass(frozen=True, slots=True)
class _WhileWanted:
    """Passes on how far work is, and stops it when nobody wants it any more."""

    progress: Progress
    is_wanted: Callable[[], bool]

    def advance(self, done: int, total: int) -> None:
        """Take note of `done` of `total`; raises `Cancelled`."""
        if not self.is_wanted():
            raise Cancelled
        self.progress.advance(done, total)


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

    def open(
        self,
        cards: Sequence[CardId],
        which: Print,
        *,
        hazards: Sequence[str] = (),
        opened: Callable[[], None],
    ) -> None:
        """Read the first card and show one print of it; `opened` is called when it is there.

        `hazards` are those of a 整改建议书, none for all that it is about.
        """
        state = _State(cards=tuple(cards), hazards=tuple(hazards), ticked={which})
        self._read(
            partial(_first_of, card_id=cards[0], labels=self._labels),
            partial(self._on_read, state, which, opened),
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
        """Read and draw anew after something printed changed elsewhere."""
        is_index = self._state.document.which is Print.ARCHIVE
        concern = _CONCERN | _OF_THE_FILE if is_index else _CONCERN
        if self._state.cards and changes.nouns & concern:
            work = partial(_first_of, card_id=self._state.cards[0], labels=self._labels)
            self._read(work, partial(self._on_read_again, self._state))

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
            Order(card=card, which=which, hazards=self._chosen(which))
            for card in self._state.cards
            for which in self._prints
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
            run = PrintRun(self._tasks, self.orders, taker, self._sight.progress())
            self._run = run
            self._show()
            run.begin(advance=self._sight.show_progress, done=partial(self._on_ended, said))

    def stop(self) -> None:
        """Stop the run before its next print."""
        if self._run is not None:
            self._run.stop()

    @property
    def _prints(self) -> tuple[Print, ...]:
        """Return what is offered: of several cards everything, as another may have it."""
        state = self._state
        if len(state.cards) > 1:
            return tuple(Print)
        chosen = {Print.RECTIFICATION} if state.hazards else set()
        return tuple(which for which in Print if which in {*state.first.offered, *chosen})

    def _chosen(self, which: Print) -> tuple[str, ...]:
        return self._state.hazards if which is Print.RECTIFICATION else ()

    def _on_read(
        self, state: _State, which: Print, opened: Callable[[], None], first: _First
    ) -> None:
        self._state = state
        state.first = first
        self._load(which)
        opened()

    def _on_read_again(self, state: _State, first: _First) -> None:
        if state is self._state:
            state.first = first
            seen = state.document.which
            which = seen if seen in self._prints else Print.CARD
            if not state.is_ticked_by_hand:
                state.ticked = {which}
            self._load(which)

    def _load(self, which: Print) -> None:
        document = _Document(which)
        self._state.document = document
        self._show()
        self._tasks.database(
            partial(
                plan_print,
                card_id=self._state.cards[0],
                which=which,
                hazards=self._chosen(which),
            ),
            done=partial(self._on_planned, document),
            refused=partial(self._on_refused, document),
        )

    def _on_planned(self, document: _Document, planned: Planned) -> None:
        document.planned = planned
        if document is self._state.document:
            self._tasks.compute(
                partial(_drawn, planned, self._watch(document)),
                done=partial(self._on_drawn, document),
                refused=partial(self._on_refused, document),
            )

    def _watch(self, document: _Document) -> Progress:
        """Return what tells how far a document is, and stops it once another was chosen."""
        return _WhileWanted(self._sight.progress(), lambda: document is self._state.document)

    def _on_drawn(self, document: _Document, drawn: "tuple[bytes, tuple[PageSize, ...]]") -> None:
        if document is self._state.document:
            document.pdf, sizes = drawn
            self._sight.show_document(sizes)

    def _on_rendered(self, document: _Document, number: int, raster: "Raster") -> None:
        if document is self._state.document:
            self._sight.show_page(number, raster)

    def _on_refused(self, document: _Document, refusal: AppError) -> None:
        if document is self._state.document:
            if self._run is None:
                self._sight.end_progress()
            self._sight.show_refusal(self._labels.refusal(refusal))

    def _show(self) -> None:
        state = self._state
        many = len(state.cards)
        self._sight.show(
            PrintPage(
                about=self._labels("printing.several", unit=state.first.unit, count=many)
                if many > 1
                else "",
                lines=tuple(self._line(which) for which in self._prints),
                current=state.document.which,
                is_several=len(self.orders) > 1,
                can_print=bool(self.orders) and self._run is None,
                is_sealed=state.first.is_sealed,
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
        if ending.empty:
            sentence = self._labels("printing.empty", sentence=sentence, count=ending.empty)
        if not ending.refusals:
            return sentence
        refusal = self._labels.refusal(ending.refusals[0])
        if ending.taken == 0:
            return refusal
        return self._labels(
            "printing.refused", sentence=sentence, count=len(ending.refusals), first=refusal
        )


def _first_of(desk: Desk, *, card_id: CardId, labels: Labels) -> _First:
    view = view_card(desk, card_id)
    return _First(
        unit=labels.unit(view.card.unit),
        is_sealed=view.sealed is not None,
        offered=offered(desk, card_id),
    )


def _drawn(planned: Planned, progress: Progress) -> "tuple[bytes, tuple[PageSize, ...]]":
    pdf = planned.draw(progress)
    return pdf, sizes_of(pdf)
