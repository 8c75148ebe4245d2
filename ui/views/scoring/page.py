"""What 考核评分 shows of a card, as text; drawn by the view, asked for by the presenter."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from app.domain.card import (
    Card,
    CardId,
    Mark,
    NotApplicable,
    Policy,
    Scored,
    lacks_reason,
    open_clauses,
)
from app.domain.delivery import State
from app.domain.form import Clause, ClauseId, Form, Mode, Section
from app.domain.guide import Guide
from app.domain.points import points_text
from app.domain.scoring import Totals
from app.services.view import CardView
from ui.labels import Labels
from ui.models.sections import SectionLine

_ONE = Decimal(1)  # on every step an office may set


class Standing(Enum):
    """How a clause stands: open, all its points, some of them, 不涉及."""

    OPEN = auto()
    FULL = auto()
    PART = auto()
    ABSENT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLine:
    """One clause as shown.

    `entry` stands in the points field: how many are taken off, or given as a bonus; `first_entry`
    is what a deduction or a bonus begins with.
    """

    id: ClauseId
    is_bonus: bool
    may_be_absent: bool
    standing: Standing
    awarded: str
    entry: str
    first_entry: str
    reason: str
    lacks_reason: bool
    rules: tuple[str, ...]
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of what was saved; `converted` is '' unless the office's policy converts."""

    base: str
    bonus: str
    total: str
    converted: str
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole screen. `cells` are the 得分 cells by row."""

    card: CardId
    form: Form
    unit: str
    day: str
    state: State
    state_word: str
    is_read_only: bool
    notice: str
    saving: str
    sections: tuple[SectionLine, ...]
    clauses: Mapping[ClauseId, ClauseLine]
    cells: Mapping[str, str]
    figures: Figures


def page_of(
    view: CardView, labels: Labels, *, clauses: Mapping[ClauseId, ClauseLine], saving: str
) -> Page:
    """Return the page of a card around its clauses."""
    return Page(
        card=view.card.id,
        form=view.form,
        unit=labels.unit(view.card.unit),
        day=view.card.date_to.isoformat(),
        state=view.state,
        state_word=labels.state(view.state),
        is_read_only=view.sealed is not None,
        notice=_notice(view, labels),
        saving=saving,
        sections=tuple(_section(section, view, labels) for section in view.form.sections),
        clauses=clauses,
        cells={cell.row.id: cell.text for cell in view.totals.cells},
        figures=_figures(view.card, view.form, view.totals, labels),
    )


def _notice(view: CardView, labels: Labels) -> str:
    if view.sealed is None:
        return ""
    if view.state is State.RETURNED:
        return labels("scoring.returned", reason=view.reason)
    return labels("scoring.sealed")


def clause_lines(view: CardView, labels: Labels) -> dict[ClauseId, ClauseLine]:
    """Return every clause of a card as shown."""
    bonus = {clause.id for clause in view.form.bonus_clauses}
    return {
        clause.id: _clause_line(
            clause,
            view.card.marks.get(clause.id),
            is_bonus=clause.id in bonus,
            rules=_rules(view.guide, clause, labels),
        )
        for clause in view.form.clauses
    }


def standing_of(clause: Clause, mark: Mark | None) -> Standing:
    """Return how a clause stands."""
    match mark:
        case None:
            return Standing.OPEN
        case NotApplicable():
            return Standing.ABSENT
        case Scored():
            return Standing.FULL if mark.points == clause.points else Standing.PART


def _clause_line(
    clause: Clause, mark: Mark | None, *, is_bonus: bool, rules: tuple[str, ...]
) -> ClauseLine:
    points = mark.points if isinstance(mark, Scored) else None
    whole = clause.mode is Mode.ALL_OR_NOTHING
    return ClauseLine(
        id=clause.id,
        is_bonus=is_bonus,
        may_be_absent=clause.absent_fact is not None,
        standing=standing_of(clause, mark),
        awarded="" if points is None else points_text(points),
        entry="" if points in {None, clause.points} else _entry(clause, points, is_bonus=is_bonus),
        first_entry=points_text(clause.points if whole else min(_ONE, clause.points)),
        reason=mark.reason if mark else "",
        lacks_reason=not is_bonus and lacks_reason(clause, mark),
        rules=() if is_bonus else rules,
    )


def _entry(clause: Clause, points: Decimal | None, *, is_bonus: bool) -> str:
    if points is None:
        return ""
    return points_text(points if is_bonus else clause.points - points)


def _rules(guide: Guide, clause: Clause, labels: Labels) -> tuple[str, ...]:
    return tuple(
        rule.text
        if rule.points is None
        else labels("scoring.rule", text=rule.text, points=points_text(rule.points))
        for rule in guide.of(clause.id).rules
    )


def _section(section: Section, view: CardView, labels: Labels) -> SectionLine:
    marked = sum(clause.id in view.card.marks for clause in section.clauses)
    clauses = len(section.clauses)
    rows = {row.id for row in section.rows}
    got = sum((c.points for c in view.totals.cells if c.row.id in rows), Decimal(0))
    return SectionLine(
        title=section.title,
        marked=marked,
        clauses=clauses,
        progress=labels("scoring.progress", done=marked, all=clauses),
        points=labels(
            "scoring.section_points", points=points_text(got), all=points_text(section.points)
        ),
    )


def _figures(card: Card, form: Form, totals: Totals, labels: Labels) -> Figures:
    clauses = len(form.base_clauses)
    converts = card.terms.policy is Policy.RESCALE
    return Figures(
        base=points_text(totals.base),
        bonus=points_text(totals.bonus),
        total=points_text(totals.total),
        converted=points_text(totals.converted) if converts else "",
        progress=labels("scoring.of", done=clauses - len(open_clauses(card, form)), all=clauses),
    )
