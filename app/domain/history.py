"""What a stroke did to a card, clause by clause: so that it can be taken back and done again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.card import Card, Mark, NotApplicable, refuse_not_applicable, refuse_points
from app.domain.evidence import Evidence
from app.domain.form import Clause, ClauseId, Form


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """What became of one clause: its mark before and after, the files that came and went."""

    clause: ClauseId
    before: Mark | None
    after: Mark | None
    came: tuple[Evidence, ...] = ()
    went: tuple[Evidence, ...] = ()

    @property
    def reversed(self) -> "ClauseChange":
        """Return the change that takes this one back."""
        return ClauseChange(
            clause=self.clause,
            before=self.after,
            after=self.before,
            came=self.went,
            went=self.came,
        )


def changes_between(before: Card, after: Card) -> tuple[ClauseChange, ...]:
    """Return what differs between two states of a card, clause by clause."""
    touched = {*before.marks, *after.marks, *before.evidence, *after.evidence}
    changes = (_change(clause, before, after) for clause in sorted(touched))
    return tuple(each for each in changes if each.before != each.after or each.came or each.went)


def apply(card: Card, form: Form, changes: Iterable[ClauseChange]) -> Card:
    """Return the card with changes made, leaving alone what they did not touch.

    Raises:
        AppError: CLAUSE_UNKNOWN, and all that `refuse_points` and `refuse_not_applicable` raise:
            the office's step or the unit's facts may have changed since.

    """
    marks, evidence = dict(card.marks), dict(card.evidence)
    for change in changes:
        clause = form.clause(change.clause)
        if change.before != change.after:
            marks.pop(clause.id, None)
            if change.after is not None:
                _refuse(card, clause, change.after)
                marks[clause.id] = change.after
        held = tuple(each for each in evidence.pop(clause.id, ()) if each not in change.went)
        files = (*held, *(each for each in change.came if each not in held))
        if files:
            evidence[clause.id] = files
    if marks == card.marks and evidence == card.evidence:
        return card
    return replace(card, marks=marks, evidence=evidence, signatures=())


def _refuse(card: Card, clause: Clause, mark: Mark) -> None:
    if isinstance(mark, NotApplicable):
        refuse_not_applicable(clause, card.unit)
    else:
        refuse_points(clause, mark.points, card.terms.step)


def _change(clause: ClauseId, before: Card, after: Card) -> ClauseChange:
    old, new = before.evidence.get(clause, ()), after.evidence.get(clause, ())
    return ClauseChange(
        clause=clause,
        before=before.marks.get(clause),
        after=after.marks.get(clause),
        came=tuple(each for each in new if each not in old),
        went=tuple(each for each in old if each not in new),
    )
