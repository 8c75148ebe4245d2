"""Decides what 考核评分 does: each stroke is saved at once, and what is shown was saved.

Saving runs on the database lane. What was typed stays on the screen until it is saved, however
many strokes are under way and whatever is refused.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from functools import partial

from app.domain.card import Card, CardId, open_clauses, refuse_not_applicable
from app.domain.delivery import Delivery, state_of
from app.domain.form import Clause, ClauseId
from app.domain.points import ZERO, parse_points, points_text
from app.domain.scoring import totals
from app.errors import AppError
from app.services.assess import Cleared, Entry, Inapplicable, Points, jot
from app.services.desk import Changes, Desk
from app.services.view import CardView, view_card
from ui.labels import SEPARATOR, Labels
from ui.tasks import Tasks
from ui.views.scoring.page import ClauseLine, Page, Standing, clause_lines, page_of


class _Part(Enum):
    """Which part of a clause a stroke is about; each is refused and put right by itself."""

    MARK = auto()
    REASON = auto()


_Stroke = tuple[ClauseId, _Part]
_NONE_AWAITED = 0


class ScoringPresenter:
    """Keeps one card in front of the inspector.

    `show` draws a page, `tell` says a sentence about the whole card, `announce` passes on what
    changed to the other screens.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        show: Callable[[Page], None],
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        self._tasks = tasks
        self._labels = labels
        self._show = show
        self._tell = tell
        self._announce = announce
        self._forget(None)

    def _forget(self, card_id: CardId | None) -> None:
        self._card_id = card_id
        self._view: CardView | None = None
        self._lines: dict[ClauseId, ClauseLine] = {}
        self._sent = 0
        self._answered = 0
        self._awaited: dict[_Stroke, int] = {}
        self._typed: dict[_Stroke, str] = {}
        self._refusals: dict[_Stroke, str] = {}
        self._unsaved: set[_Stroke] = set()

    @property
    def has_unsaved(self) -> bool:
        """Tell whether a stroke was refused and would be lost on leaving."""
        return bool(self._unsaved)

    def open(self, card_id: CardId) -> None:
        """Read a card and show it; until then nothing else may be asked."""
        self._forget(card_id)
        self._tasks.database(
            partial(view_card, card_id=card_id),
            done=self._on_read,
            refused=lambda refusal: self._tell(self._labels.refusal(refusal)),
        )

    def settle(self, then: Callable[[], None]) -> None:
        """Try once more what was typed and refused; call `then` once all is answered."""
        for (clause_id, part), typed in list(self._typed.items()):
            if (clause_id, part) in self._unsaved:
                again = self.type_points if part is _Part.MARK else self.type_reason
                again(clause_id, typed)
        self._tasks.database(_nothing, done=lambda _: then(), refused=lambda _: then())

    def next_open(self, after: ClauseId | None) -> ClauseId | None:
        """Return the next open base clause in the order of the form, going round.

        A clause whose mark is on its way to be saved is not open any more.
        """
        waiting = {
            clause.id
            for clause in open_clauses(self._read.card, self._read.form)
            if self._awaited.get((clause.id, _Part.MARK), _NONE_AWAITED) == _NONE_AWAITED
        }
        order = [clause.id for clause in self._read.form.clauses]
        start = 0 if after is None else order.index(after) + 1
        ahead = (*order[start:], *order[:start])
        return next((id_ for id_ in ahead if id_ in waiting and id_ != after), None)

    def give_full(self, clause_id: ClauseId) -> None:
        """Give a clause all its points (满分)."""
        self._mark(Points(clause=clause_id, points=points_text(self._clause(clause_id).points)))

    def deduct(self, clause_id: ClauseId) -> None:
        """Begin a deduction (扣分), or a bonus; the points field then holds how many."""
        line = self._lines[clause_id]
        if line.standing is not Standing.PART:
            self.type_points(clause_id, line.first_entry)

    def set_absent(self, clause_id: ClauseId) -> None:
        """Mark a clause 不涉及, its reason being the unit's fact; a bonus is not given."""
        clause = self._clause(clause_id)
        if self._lines[clause_id].is_bonus:
            self._mark(Points(clause=clause_id, points=points_text(ZERO)))
            return
        try:
            refuse_not_applicable(clause, self._read.card.unit)
        except AppError as refusal:
            self._refuse((clause_id, _Part.MARK), refusal)
            return
        if self._lines[clause_id].standing is not Standing.ABSENT:
            fact = self._labels.fact(clause.absent_fact or "")
            reason = self._labels("scoring.absent_reason", fact=fact)
            self._mark(Inapplicable(clause=clause_id, reason=reason))

    def clear(self, clause_id: ClauseId) -> None:
        """Make a clause open again."""
        self._mark(Cleared(clause=clause_id))

    def type_points(self, clause_id: ClauseId, typed: str) -> None:
        """Take points as typed: how many are taken off, of a bonus how many are given."""
        if not typed.strip():  # on the way to another figure
            return
        stroke = (clause_id, _Part.MARK)
        self._typed[stroke] = typed
        try:
            points = parse_points(typed)
        except AppError as refusal:
            self._unsaved.add(stroke)
            self._refuse(stroke, refusal)
            return
        full = self._clause(clause_id).points
        given = points if self._lines[clause_id].is_bonus else full - points
        self._send(stroke, Points(clause=clause_id, points=points_text(given)))

    def type_reason(self, clause_id: ClauseId, typed: str) -> None:
        """Take a reason as typed; an empty one is on the way to another."""
        if typed.strip():
            self._typed[clause_id, _Part.REASON] = typed
            self._send((clause_id, _Part.REASON), Points(clause=clause_id, reason=typed))

    def follow_rule(self, clause_id: ClauseId, place: int) -> None:
        """Deduct by a rule of the guide: its points and its words as the reason."""
        rule = self._read.guide.of(clause_id).rules[place]
        points = None
        if rule.points is not None:
            points = points_text(max(ZERO, self._clause(clause_id).points - rule.points))
        self._mark(Points(clause=clause_id, points=points, reason=rule.text))

    def _mark(self, entry: Entry) -> None:
        """Send a stroke that settles a clause: what was typed or refused before is forgotten."""
        clause_id = ClauseId(entry.clause)
        for part in _Part:
            self._forget_stroke((clause_id, part))
        self._send((clause_id, _Part.MARK), entry)

    def _forget_stroke(self, stroke: _Stroke) -> None:
        self._awaited[stroke] = _NONE_AWAITED
        self._typed.pop(stroke, None)
        self._refusals.pop(stroke, None)
        self._unsaved.discard(stroke)

    def _send(self, stroke: _Stroke, entry: Entry) -> None:
        self._sent += 1
        self._awaited[stroke] = self._sent
        card_id, number = self._read.card.id, self._sent
        self._tasks.database(
            partial(jot, card_id=card_id, entry=entry),
            done=partial(self._on_kept, stroke, number),
            refused=partial(self._on_refused, card_id, stroke, number),
        )
        self._draw()

    def _on_read(self, view: CardView) -> None:
        if view.card.id == self._card_id:
            self._view = view
            self._draw()

    def _on_kept(self, stroke: _Stroke, number: int, kept: tuple[Card, Changes]) -> None:
        card, changes = kept
        self._announce(changes)
        if card.id != self._card_id:
            return
        self._answered = number
        if self._awaited[stroke] == number:
            self._forget_stroke(stroke)
        self._view = _with_card(self._read, card)
        if card.id in changes.unsigned:
            self._tell(self._labels("scoring.signatures_removed"))
        self._draw()

    def _on_refused(
        self, card_id: CardId, stroke: _Stroke, number: int, refusal: AppError
    ) -> None:
        if card_id != self._card_id:
            return
        self._answered = number
        if self._awaited[stroke] == number:  # else a newer one is under way, and only that counts
            self._unsaved.add(stroke)
            self._refuse(stroke, refusal)

    def _refuse(self, stroke: _Stroke, refusal: AppError) -> None:
        self._awaited[stroke] = _NONE_AWAITED
        self._refusals[stroke] = self._labels.refusal(refusal)
        self._draw()

    def _draw(self) -> None:
        fresh = clause_lines(self._read, self._labels)
        self._lines = {id_: self._line(line) for id_, line in fresh.items()}
        self._show(page_of(self._read, self._labels, clauses=self._lines, saving=self._saving()))

    def _line(self, saved: ClauseLine) -> ClauseLine:
        """Lay over a saved line what was typed since, and what was refused."""
        refusals = (self._refusals.get((saved.id, part)) for part in _Part)
        return replace(
            saved,
            entry=self._typed.get((saved.id, _Part.MARK), saved.entry),
            reason=self._typed.get((saved.id, _Part.REASON), saved.reason),
            refusal=SEPARATOR.join(filter(None, refusals)),
        )

    def _saving(self) -> str:
        if self.has_unsaved:
            return self._labels("scoring.unsaved")
        return self._labels("scoring.saving" if self._sent > self._answered else "scoring.saved")

    @property
    def _read(self) -> CardView:
        if self._view is None:
            raise RuntimeError("no card is shown yet")
        return self._view

    def _clause(self, clause_id: ClauseId) -> Clause:
        return self._read.form.clause(clause_id)


def _with_card(view: CardView, card: Card) -> CardView:
    """Return the view of a draft after a stroke."""
    state = state_of(
        is_open=bool(open_clauses(card, view.form)), is_sealed=False, delivery=Delivery()
    )
    return replace(view, card=card, totals=totals(card, view.form), state=state)


def _nothing(_: Desk) -> None:
    """Ask nothing of the workspace: only wait for one's turn."""
