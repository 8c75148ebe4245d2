"""From marks to cells, subtotals and totals.

One rule holds under every policy: the sum of the printed cells is the printed 总得分. Under
`rescale` the 折算得分 stands beside it and never in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.domain.card import Card, Mark, NotApplicable, Policy, Scored
from app.domain.form import Clause, ClauseId, Form, Row, Section
from app.domain.points import ZERO, points_text, round_half_up

_FULL_BASE = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The 得分 cell of a row: its text ('' open, '/' 不涉及) and what it adds to the total."""

    row: Row
    text: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The figures of a card. `total` is `base` + `bonus` and the sum of the cells.

    `converted` is the base as ranked: 折算得分 under `rescale`, else the base itself.
    """

    cells: tuple[Cell, ...]
    base: Decimal
    bonus: Decimal
    converted: Decimal

    @property
    def total(self) -> Decimal:
        """Return 总得分: base and bonus together."""
        return self.base + self.bonus

    def of_section(self, section: Section) -> Decimal:
        """Return what the cells of a section add up to."""
        return sum((cell.points for cell in self.cells if cell.row in section.rows), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What was scored before 不涉及 counts anything: points given, of points that apply."""

    given: Decimal
    applicable: Decimal


def awarded(clause: Clause, mark: Mark | None, policy: Policy) -> Decimal | None:
    """Return what a clause adds to its cell; None where nothing is to be printed."""
    match mark:
        case Scored():
            return mark.points
        case NotApplicable():
            return clause.points if policy is Policy.FULL else None
        case None:
            return None


def totals(card: Card, form: Form) -> Totals:
    """Return cells and sums of a card, open clauses counting nothing."""
    return totals_of(card.marks, card.terms.policy, form)


def assessed(card: Card, form: Form) -> Assessed:
    """Return the figures of the base clauses that apply to the unit."""
    return Assessed(
        given=_sum(form.base_clauses, card.marks, Policy.ZERO),
        applicable=_applicable(card.marks, form),
    )


def totals_of(marks: Mapping[ClauseId, Mark], policy: Policy, form: Form) -> Totals:
    """Return cells and sums of marks under a policy."""
    base = _sum(form.base_clauses, marks, policy)
    return Totals(
        cells=tuple(_cell(row, marks, policy) for row in form.rows),
        base=base,
        bonus=_sum(form.bonus_clauses, marks, policy),
        converted=_converted(base, marks, policy, form),
    )


def _cell(row: Row, marks: Mapping[ClauseId, Mark], policy: Policy) -> Cell:
    given = [awarded(clause, marks.get(clause.id), policy) for clause in row.clauses]
    counted = [points for points in given if points is not None]
    points = sum(counted, ZERO)
    if counted:
        text = points_text(points)
    else:
        text = "" if any(clause.id not in marks for clause in row.clauses) else "/"
    return Cell(row=row, text=text, points=points)


def _sum(clauses: tuple[Clause, ...], marks: Mapping[ClauseId, Mark], policy: Policy) -> Decimal:
    given = (awarded(clause, marks.get(clause.id), policy) for clause in clauses)
    return sum((points for points in given if points is not None), ZERO)


def _converted(
    base: Decimal, marks: Mapping[ClauseId, Mark], policy: Policy, form: Form
) -> Decimal:
    if policy is not Policy.RESCALE:
        return base
    applicable = _applicable(marks, form)
    if not applicable or applicable == form.base_points:
        return base
    return round_half_up(base / applicable * _FULL_BASE)


def _applicable(marks: Mapping[ClauseId, Mark], form: Form) -> Decimal:
    left_out = (
        clause.points
        for clause in form.base_clauses
        if isinstance(marks.get(clause.id), NotApplicable)
    )
    return form.base_points - sum(left_out, ZERO)
