"""Carries strokes of 考核评分 to the disk and draws what became of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from app.domain.card import Card, CardId, Source, open_clauses
from app.domain.checks import Finding
from app.domain.delivery import Delivery, state_of
from app.domain.form import Clause, ClauseId, Section
from app.domain.scoring import totals
from app.errors import AppError
from app.services.cards.phrases import Suggestions, forget_phrase, learn_phrase, suggestions
from app.services.cards.view import CardView, check_card, view_card
from app.services.desk.desk import Changes, Desk
from app.services.photos.clause_evidence import Prepared
from app.services.photos.photo_intake import PhotoRoom, photo_room
from ui.labels import Labels
from ui.presenter import Presenter
from ui.tasks import Tasks
from ui.views.scoring.filters import Filter, clauses_in
from ui.views.scoring.history import History, Kind, Move, Step, Words
from ui.views.scoring.ledger import Ledger, Part, Stroke
from ui.views.scoring.lines import ClauseLine, Standing, clause_lines, source_word
from ui.views.scoring.page import Page, Setting, page_of

Work = Callable[[Desk], tuple[Card, Changes]]


class Lane(Protocol):
    """A lane that takes files in."""

    def __call__(
        self,
        work: Callable[[], Prepared],
        *,
        done: Callable[[Prepared], None],
        refused: Callable[[AppError], None],
    ) -> None:
        """Run work there; one of the others is called later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A card as read, with what stands around it."""

    view: CardView
    phrases: Suggestions
    findings: tuple[Finding, ...]
    room: PhotoRoom


class Saving(Presenter):
    """Keeps the card, its strokes under way and its history; what a stroke means is not said here.

    `settle` waits for all of them, also for files not taken in yet.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[Page], None],
        go_to: Callable[[ClauseId], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__(tasks, labels, tell=tell, announce=announce)
        self._show = show
        self._go_to = go_to
        self._history = History(self._play)
        self._filter = Filter.ALL
        self._forget(None)

    def _forget(self, card_id: CardId | None) -> None:
        self._card_id = card_id
        self._view: CardView | None = None
        self._held_room: PhotoRoom | None = None
        self._ledger = Ledger()
        self._phrases: Suggestions = {}
        self._findings: tuple[Finding, ...] = ()
        self._lines: Mapping[ClauseId, ClauseLine] = {}
        self._current: ClauseId | None = None
        self._visit = 0
        self._reason_before = ""
        self._files = 0
        self._settling: list[Callable[[], None]] = []

    @property
    def has_unsaved(self) -> bool:
        """Tell whether a stroke was refused and would be lost on leaving."""
        return self._ledger.has_unsaved

    @property
    def chosen_filter(self) -> Filter:
        """Return the filter chosen."""
        return self._filter

    def open(self, card_id: CardId) -> None:
        """Read a card and show it; until then nothing else may be asked.

        The history of a card's revision is kept while no other is opened.
        """
        self._forget(card_id)
        self._read(partial(_open, card_id=card_id), self._on_read)

    def settle(self, then: Callable[[], None]) -> None:
        """Try once more what was typed and refused; call `then` once all is answered."""
        if self._files:
            self._settling.append(then)
            return
        self._end_visit()
        for clause_id, part, typed in self._ledger.unsaved():
            self._try_again(clause_id, part, typed)
        self._tasks.database(_nothing, done=lambda _: then(), refused=lambda _: then())

    def forget_phrase(self, clause_id: ClauseId, text: str) -> None:
        """Offer a reason for a clause no more."""
        self._change(
            partial(forget_phrase, clause=clause_id, text=text), lambda _: self._read_phrases()
        )

    def _try_again(self, clause_id: ClauseId, part: Part, typed: str) -> None:
        raise NotImplementedError

    def _attach(self, clause_id: ClauseId, prepared: Prepared) -> None:
        raise NotImplementedError

    # -- strokes

    def _send(self, part: Part, work: Work, words: Words) -> None:
        step, card_id = Step(), self._card_view.card.id
        number = self._ledger.send(words.clauses, part)
        strokes = tuple((clause_id, part) for clause_id in words.clauses)
        self._history.add(words, step)
        self._tasks.database(
            partial(step.run, card_id=card_id, work=work),
            done=partial(self._on_kept, strokes, number, step),
            refused=partial(self._on_refused, card_id, strokes, number, step),
        )
        self._draw()

    def _play(self, move: Move) -> None:
        for clause_id in move.clauses:
            self._ledger.forget(clause_id)
        strokes, card_id = ((move.clauses[0], Part.MARK),), self._card_view.card.id
        number = self._ledger.send(move.clauses[:1], Part.MARK)
        self._tasks.database(
            partial(move.run, card_id=card_id),
            done=partial(self._on_kept, strokes, number, None),
            refused=partial(self._on_unmoved, card_id, move, number),
        )
        self._go_to(move.clauses[0])

    def _take_in(self, lane: Lane, clause_id: ClauseId, work: Callable[[], Prepared]) -> None:
        """Take a file in on the lane it waits for, then go on with it; `settle` waits."""
        card_id = self._card_view.card.id
        self._files += 1
        lane(
            work,
            done=partial(self._on_taken, card_id, clause_id),
            refused=partial(self._on_not_taken, card_id, clause_id),
        )
        self._draw()

    # -- answers

    def _on_read(self, opened: _Opened) -> None:
        if opened.view.card.id == self._card_id:
            self._view, self._held_room = opened.view, opened.room
            self._history.begin(opened.view.card)
            self._phrases, self._findings = opened.phrases, opened.findings
            self._draw()

    def _on_kept(
        self,
        strokes: tuple[Stroke, ...],
        number: int,
        step: Step | None,
        kept: tuple[Card, Changes],
    ) -> None:
        card, changes = kept
        self._announce(changes)
        if card.id != self._card_id:
            return
        for stroke in strokes:
            if self._ledger.answer(stroke, number):
                self._ledger.forget(*stroke)
        if step is not None:
            self._close(step)
        self._view = _with_card(self._card_view, card)
        if card.id in changes.unsigned:
            self._tell(self._labels("scoring.signatures_removed"))
        self._draw()
        self._check()

    def _on_refused(
        self,
        card_id: CardId,
        strokes: tuple[Stroke, ...],
        number: int,
        step: Step,
        refusal: AppError,
    ) -> None:
        if card_id != self._card_id:
            return
        self._close(step)
        for stroke in strokes:
            if self._ledger.answer(stroke, number):  # else a newer one is under way and counts
                self._refuse_stroke(stroke, refusal, typed=True)

    def _on_unmoved(self, card_id: CardId, move: Move, number: int, refusal: AppError) -> None:
        if card_id != self._card_id:
            return
        self._ledger.answer((move.clauses[0], Part.MARK), number)
        self._history.revert(move)
        self._refuse_stroke((move.clauses[0], Part.MARK), refusal)

    def _on_taken(self, card_id: CardId, clause_id: ClauseId, prepared: Prepared) -> None:
        if card_id == self._card_id:
            self._attach(clause_id, prepared)
            self._file_is_answered()

    def _on_not_taken(self, card_id: CardId, clause_id: ClauseId, refusal: AppError) -> None:
        if card_id == self._card_id:
            self._refuse_stroke((clause_id, Part.FILES), refusal)
            self._file_is_answered()

    def _file_is_answered(self) -> None:
        self._files = max(self._files - 1, 0)  # the card may have been opened anew
        if not self._files:
            waiting, self._settling = self._settling, []
            for then in waiting:
                self.settle(then)

    def _close(self, step: Step) -> None:
        step.is_void = not step.changes
        self._history.drop_void()

    def _refuse_stroke(self, stroke: Stroke, refusal: AppError, *, typed: bool = False) -> None:
        self._ledger.refuse(stroke, self._labels.refusal(refusal), typed=typed)
        self._draw()

    # -- phrases and hints, off the path of a stroke

    def _end_visit(self) -> None:
        """Learn the reason written at the clause that is left, unless it is a rule."""
        clause_id = self._current
        if clause_id is None or self._view is None:
            return
        line, before = self._line(clause_id), self._reason_before
        self._reason_before = line.reason
        if line.reason == before or not line.reason.strip() or line.refusal:
            return
        rules = {rule.text for rule in self._card_view.guide.of(clause_id).rules}
        if line.standing is Standing.PART and line.reason not in rules:
            self._change(
                partial(learn_phrase, clause=clause_id, text=line.reason),
                lambda _: self._read_phrases(),
            )

    def _read_phrases(self) -> None:
        clauses = [clause.id for clause in self._card_view.form.clauses]
        self._read(partial(suggestions, clauses=clauses), self._on_phrases)

    def _on_phrases(self, phrases: Suggestions) -> None:
        self._phrases = phrases
        self._draw()

    def _check(self) -> None:
        if not self._ledger.is_saving and self._card_id is not None:
            card_id = self._card_id
            self._read(partial(check_card, card_id=card_id), partial(self._on_checked, card_id))

    def _on_checked(self, card_id: CardId, findings: tuple[Finding, ...]) -> None:
        if card_id == self._card_id and findings != self._findings:
            self._findings = findings
            self._draw()

    # -- drawing

    def _draw(self) -> None:
        if self._view is None:
            return
        fresh = clause_lines(self._view, self._phrases, self._labels)
        self._lines = {id_: self._laid_over(line) for id_, line in fresh.items()}
        self._show(page_of(self._view, self._labels, clauses=self._lines, setting=self._setting()))

    def _laid_over(self, saved: ClauseLine) -> ClauseLine:
        """Lay over a saved line what was typed since, and what was refused."""
        source = self._ledger.typed((saved.id, Part.SOURCE), "")
        return replace(
            saved,
            entry=self._ledger.typed((saved.id, Part.MARK), saved.entry),
            reason=self._ledger.typed((saved.id, Part.REASON), saved.reason),
            source=source_word(Source(source), self._labels) if source else saved.source,
            refusal=self._ledger.refusal(saved.id),
        )

    def _setting(self) -> Setting:
        inside = clauses_in(self._filter, self._card_view)
        section = self._fillable()
        return Setting(
            saving=self._saving(),
            shown=inside if self._current is None else inside | {self._current},
            undo=self._history.undo_text,
            redo=self._history.redo_text,
            fillable=section.name if section else "",
            findings=self._findings,
        )

    def _saving(self) -> str:
        if self.has_unsaved:
            return self._labels("scoring.unsaved")
        is_busy = self._ledger.is_saving or self._files
        return self._labels("scoring.saving" if is_busy else "scoring.saved")

    # -- asked of the card

    @property
    def _card_view(self) -> CardView:
        if self._view is None:
            raise RuntimeError("no card is shown yet")
        return self._view

    @property
    def _room(self) -> PhotoRoom:
        if self._held_room is None:
            raise RuntimeError("no card is shown yet")
        return self._held_room

    def _clause(self, clause_id: ClauseId) -> Clause:
        return self._card_view.form.clause(clause_id)

    def _line(self, clause_id: ClauseId) -> ClauseLine:
        return self._lines[clause_id]

    def _open(self) -> frozenset[ClauseId]:
        """Return the open base clauses, but those whose mark is on its way."""
        return frozenset(
            clause.id
            for clause in open_clauses(self._card_view.card, self._card_view.form)
            if not self._ledger.is_awaited((clause.id, Part.MARK))
        )

    def _fillable(self) -> Section | None:
        """Return the current section if it is of the base and a clause of it is open."""
        if self._current is None:
            return None
        section = self._card_view.form.section_of(self._current)
        is_open = not self._open().isdisjoint(clause.id for clause in section.clauses)
        return section if is_open and not section.bonus else None

    def _words(
        self, clause_id: ClauseId, did: str, kind: Kind = Kind.ALONE, **facts: str
    ) -> Words:
        number = self._card_view.form.number(clause_id)
        said = self._labels(f"scoring.{did}", number=number, **facts)
        return Words(said=said, clauses=(clause_id,), kind=kind, visit=self._visit)


def _open(desk: Desk, card_id: CardId) -> _Opened:
    view = view_card(desk, card_id)
    return _Opened(
        view=view,
        phrases=suggestions(desk, [clause.id for clause in view.form.clauses]),
        findings=check_card(desk, card_id),
        room=photo_room(desk),
    )


def _with_card(view: CardView, card: Card) -> CardView:
    """Return the view of a draft after a stroke."""
    state = state_of(
        is_open=bool(open_clauses(card, view.form)), is_sealed=False, delivery=Delivery()
    )
    return replace(view, card=card, totals=totals(card, view.form), state=state)


def _nothing(_: Desk) -> None:
    """Ask nothing of the workspace: only wait for one's turn."""
