"""How each clause stands on the screen of 考核评分, as text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from app.domain.card import Mark, NotApplicable, Scored, Source, lacks_reason
from app.domain.form import Clause, ClauseId, Mode
from app.domain.guide import Rule
from app.domain.points import points_text
from app.services.cards.view import CardView
from ui.labels import Labels

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
    is what a deduction or a bonus begins with. `source` is '' while the clause is open; `origin`
    is what is said of it to everybody who looks: '' where it was seen on the spot.
    """

    id: ClauseId
    number: str
    is_bonus: bool
    may_be_absent: bool
    standing: Standing
    awarded: str
    entry: str
    first_entry: str
    reason: str
    lacks_reason: bool
    rules: tuple[str, ...]
    source: str = ""
    origin: str = ""
    photos: str = ""
    phrases: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def is_plain_origin(self) -> bool:
        """Tell whether the origin says no more than the source does."""
        return self.origin == self.source


def clause_lines(
    view: CardView, phrases: Mapping[ClauseId, tuple[str, ...]], labels: Labels
) -> dict[ClauseId, ClauseLine]:
    """Return every clause of a card as shown."""
    bonus = {clause.id for clause in view.form.bonus_clauses}
    rules = {entry.clause: entry.rules for entry in view.guide.clauses}
    return {
        clause.id: _line(
            clause,
            view,
            is_bonus=clause.id in bonus,
            rules=_rule_texts(rules.get(clause.id, ()), labels),
            phrases=phrases.get(clause.id, ()),
            labels=labels,
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


def source_word(source: Source, labels: Labels) -> str:
    """Return how a source is called: 现场核实, 单位承诺, 部门核实待核."""
    return labels(f"scoring.source_{source}")


def _line(
    clause: Clause,
    view: CardView,
    *,
    is_bonus: bool,
    rules: tuple[str, ...],
    phrases: tuple[str, ...],
    labels: Labels,
) -> ClauseLine:
    mark = view.card.marks.get(clause.id)
    points = mark.points if isinstance(mark, Scored) else None
    whole = clause.mode is Mode.ALL_OR_NOTHING
    photos = len(view.card.evidence.get(clause.id, ()))
    return ClauseLine(
        id=clause.id,
        number=view.form.number(clause.id),
        is_bonus=is_bonus,
        may_be_absent=clause.absent_fact is not None,
        standing=standing_of(clause, mark),
        awarded="" if points is None else points_text(points),
        entry="" if points in {None, clause.points} else _entry(clause, points, is_bonus=is_bonus),
        first_entry=points_text(clause.points if whole else min(_ONE, clause.points)),
        reason=mark.reason if mark else "",
        lacks_reason=not is_bonus and lacks_reason(clause, mark),
        rules=() if is_bonus else rules,
        source=source_word(mark.source, labels) if mark else "",
        origin=_origin(mark, labels, is_checked_later=is_bonus or whole),
        photos=labels("scoring.photos", count=photos) if photos else "",
        phrases=phrases,
    )


def _entry(clause: Clause, points: Decimal | None, *, is_bonus: bool) -> str:
    if points is None:
        return ""
    return points_text(points if is_bonus else clause.points - points)


def _origin(mark: Mark | None, labels: Labels, *, is_checked_later: bool) -> str:
    if mark is None or mark.source is Source.ON_SITE:
        return ""
    return labels("scoring.to_check") if is_checked_later else source_word(mark.source, labels)


def _rule_texts(rules: Iterable[Rule], labels: Labels) -> tuple[str, ...]:
    return tuple(
        rule.text
        if rule.points is None
        else labels("scoring.rule", text=rule.text, points=points_text(rule.points))
        for rule in rules
    )
