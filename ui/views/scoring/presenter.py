"""Decides what 考核评分 does: each stroke is saved at once, and what is shown was saved.

Saving runs on the database lane. What was typed stays on the screen until it is saved, however
many strokes are under way and whatever is refused. `saving` carries it there.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.domain.card import Card, Source, refuse_not_applicable
from app.domain.form import ClauseId
from app.domain.points import ZERO, parse_points, points_text
from app.errors import AppError
from app.services.cards.assess import (
    Cleared,
    Entry,
    Inapplicable,
    Points,
    fill_section,
    jot,
)
from app.services.desk.desk import Changes
from app.services.photos.clause_evidence import (
    Prepared,
    attach_prepared,
    prepare_evidence,
    prepare_pasted,
)
from ui.views.scoring.filters import Filter, clauses_in
from ui.views.scoring.history import Kind, Words
from ui.views.scoring.ledger import Part
from ui.views.scoring.lines import Standing
from ui.views.scoring.saving import Saving

_SOURCES = tuple(Source)


class ScoringPresenter(Saving):
    """Keeps one card in front of the inspector.

    `show` draws a page, `go_to` brings a clause into sight, `tell` says a sentence about the
    whole card, `announce` passes on what changed to the other screens.
    """

    # -- where one is

    def enter(self, clause_id: ClauseId) -> None:
        """Come to a clause: what was written at the one left is learned."""
        if clause_id == self._current:
            return
        self._end_visit()
        self._current = clause_id
        self._visit += 1
        self._reason_before = self._line(clause_id).reason
        self._draw()

    def choose_filter(self, chosen: Filter) -> None:
        """Show only some clauses; the current one stays."""
        self._filter = chosen
        self._draw()

    def next_open(self, after: ClauseId | None) -> ClauseId | None:
        """Return the next open base clause inside the filter, in the form's order, going round.

        A clause whose mark is on its way to be saved is not open any more.
        """
        inside = clauses_in(self._filter, self._card_view) & self._open()
        order = [clause.id for clause in self._card_view.form.clauses]
        start = 0 if after is None else order.index(after) + 1
        ahead = (*order[start:], *order[:start])
        return next((id_ for id_ in ahead if id_ in inside and id_ != after), None)

    def tell_none_left(self) -> None:
        """Say that nothing is open inside the filter, and how much is outside."""
        others = len(self._open() - {self._current})
        if self._filter is not Filter.ALL and others:
            self._tell(self._labels("scoring.none_left_here", others=others))

    # -- marks

    def give_full(self, clause_id: ClauseId) -> None:
        """Give a clause all its points (满分)."""
        full = points_text(self._clause(clause_id).points)
        self._mark(Points(clause=clause_id, points=full), self._words(clause_id, "did_full"))

    def fill_section(self) -> None:
        """Give every open clause of the current section full points."""
        section = self._fillable()
        if section is None or self._is_locked():
            return
        open_here = self._open()
        clauses = tuple(clause.id for clause in section.clauses if clause.id in open_here)
        words = Words(
            said=self._labels("scoring.did_section", section=section.name, count=len(clauses)),
            clauses=clauses,
        )
        for clause_id in clauses:
            self._ledger.forget(clause_id)
        work = partial(fill_section, card_id=self._card_view.card.id, section_id=section.id)
        self._send(Part.MARK, work, words)

    def deduct(self, clause_id: ClauseId) -> None:
        """Begin a deduction (扣分), or a bonus; the points field then holds how many."""
        line = self._line(clause_id)
        if line.standing is not Standing.PART:
            self.type_points(clause_id, line.first_entry)

    def set_absent(self, clause_id: ClauseId) -> None:
        """Mark a clause 不涉及, its reason being the unit's fact; a bonus is not given."""
        clause = self._clause(clause_id)
        if self._line(clause_id).is_bonus:
            words = self._words(clause_id, "did_bonus", points="0")
            self._mark(Points(clause=clause_id, points=points_text(ZERO)), words)
            return
        try:
            refuse_not_applicable(clause, self._card_view.card.unit)
        except AppError as refusal:
            self._refuse_stroke((clause_id, Part.MARK), refusal)
            return
        if self._line(clause_id).standing is not Standing.ABSENT:
            fact = self._labels.fact(clause.absent_fact or "")
            reason = self._labels("scoring.absent_reason", fact=fact)
            entry = Inapplicable(clause=clause_id, reason=reason)
            self._mark(entry, self._words(clause_id, "did_absent"))

    def clear(self, clause_id: ClauseId) -> None:
        """Make a clause open again."""
        self._mark(Cleared(clause=clause_id), self._words(clause_id, "did_clear"))

    def type_points(self, clause_id: ClauseId, typed: str) -> None:
        """Take points as typed: how many are taken off, of a bonus how many are given."""
        if not typed.strip():  # on the way to another figure
            return
        stroke = (clause_id, Part.MARK)
        self._ledger.type(stroke, typed)
        try:
            points = parse_points(typed)
        except AppError as refusal:
            self._refuse_stroke(stroke, refusal, typed=True)
            return
        full, is_bonus = self._clause(clause_id).points, self._line(clause_id).is_bonus
        entry = Points(clause=clause_id, points=points_text(points if is_bonus else full - points))
        did = "did_bonus" if is_bonus else "did_part"
        words = self._words(clause_id, did, Kind.POINTS, points=points_text(points))
        self._send(Part.MARK, self._jotting(entry), words)

    def type_reason(self, clause_id: ClauseId, typed: str) -> None:
        """Take a reason as typed; 不涉及 is never without one, so an empty one waits there."""
        if not typed.strip() and self._line(clause_id).standing is Standing.ABSENT:
            return
        self._ledger.type((clause_id, Part.REASON), typed)
        words = self._words(clause_id, "did_reason", Kind.REASON)
        self._send(
            Part.REASON, self._jotting(Points(clause=clause_id, reason=typed.strip())), words
        )

    def follow_rule(self, clause_id: ClauseId, place: int) -> None:
        """Deduct by a rule of the guide: its points and its words as the reason."""
        rules = self._card_view.guide.of(clause_id).rules
        if place >= len(rules):
            return
        rule, full = rules[place], self._clause(clause_id).points
        words, points = self._words(clause_id, "did_reason"), None
        if rule.points is not None:
            points = points_text(max(ZERO, full - rule.points))
            taken = points_text(min(full, rule.points))
            words = self._words(clause_id, "did_part", points=taken)
        self._mark(Points(clause=clause_id, points=points, reason=rule.text), words)

    def cycle_source(self, clause_id: ClauseId) -> None:
        """Say where the points come from: the next of 现场核实, 单位承诺, 部门核实待核."""
        mark = self._card_view.card.marks.get(clause_id)
        if mark is None:
            return
        stroke = (clause_id, Part.SOURCE)
        held = _SOURCES.index(Source(self._ledger.typed(stroke, mark.source)))
        source = _SOURCES[(held + 1) % len(_SOURCES)]
        self._ledger.type(stroke, source)
        words = self._words(
            clause_id, "did_source", source=self._labels(f"scoring.source_{source}")
        )
        self._send(Part.SOURCE, self._jotting(Points(clause=clause_id, source=source)), words)

    # -- evidence

    def attach_file(self, clause_id: ClauseId, path: Path) -> None:
        """Put a file behind a clause."""
        if not self._is_locked():
            work = partial(prepare_evidence, self._room, path)
            self._take_in(self._tasks.transfer, clause_id, work)

    def attach_pasted(self, clause_id: ClauseId, encode: Callable[[], bytes]) -> None:
        """Put a pasted picture behind a clause; `encode` makes a file of it, off the window."""
        if self._is_locked():
            return
        name = self._labels("scoring.pasted_name", number=self._card_view.form.number(clause_id))

        def work() -> Prepared:
            return prepare_pasted(self._room, encode(), name=name)

        self._take_in(self._tasks.compute, clause_id, work)

    def _attach(self, clause_id: ClauseId, prepared: Prepared) -> None:
        card_id = self._card_view.card.id
        work = partial(attach_prepared, card_id=card_id, clause_id=clause_id, prepared=prepared)
        self._send(Part.FILES, work, self._words(clause_id, "did_photo"))

    # -- undo

    def undo(self) -> None:
        """Take the newest step back; something typed and refused goes first."""
        if self._is_locked():
            return
        if self._ledger.unsaved_at(self._current) and self._current is not None:
            self._ledger.forget(self._current)
            self._draw()
            return
        self._history.undo()
        self._draw()

    def redo(self) -> None:
        """Do what was taken back again."""
        if not self._is_locked():
            self._history.redo()
            self._draw()

    def _is_locked(self) -> bool:
        is_locked = self._card_view.sealed is not None
        if is_locked:
            self._tell(self._labels("scoring.sealed"))
        return is_locked

    def _mark(self, entry: Entry, words: Words) -> None:
        """Send a stroke that settles a clause: what was typed or refused before is forgotten."""
        clause_id = ClauseId(entry.clause)
        self._ledger.forget(clause_id)
        self._send(Part.MARK, self._jotting(entry), words)

    def _try_again(self, clause_id: ClauseId, part: Part, typed: str) -> None:
        if part is Part.MARK:
            self.type_points(clause_id, typed)
        elif part is Part.REASON:
            self.type_reason(clause_id, typed)

    def _jotting(self, entry: Entry) -> "partial[tuple[Card, Changes]]":
        return partial(jot, card_id=self._card_view.card.id, entry=entry)
