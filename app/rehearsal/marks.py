"""Marks as an assessment would give them: most units are good, and every loss has a reason.

A unit has a quality drawn from Beta(6, 2): each clause is full with that probability, else half,
else nothing. Some cards are drawn to a score instead: full marks, and the borders of thresholds.
"""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, Decimal
from itertools import combinations
from random import Random

from app.domain.card import Mark, NotApplicable, Scored, Source
from app.domain.form import Clause, ClauseId, Form, Mode
from app.domain.guide import Guide, Rule
from app.domain.points import ZERO, points_text
from app.domain.unit import Fact, Unit

_GOOD, _POOR = 6, 2
_HALF = 0.8  # else nothing; with it a quarter of the cards reach 95, one in twenty stays below 75
_NO_ACCIDENT = 0.985
_BONUS = 0.003
_FULL_MARKS = 0.01
_ON_A_BORDER = 0.02
_BORDERS = tuple(map(Decimal, ("89.5", "90", "94.5", "95", "97.5", "98")))
_MOST_RULES = 4
_ONLY_HIGH_RISK = "属高危行业"
_ABSENT = {
    Fact.WOMEN: "单位没有女职工（女职工数为0）",
    Fact.HAZARD_EXPOSED: "单位没有接触职业病危害的岗位（接害人数为0）",
}

Losses = Mapping[ClauseId, Decimal]


def draw_marks(
    form: Form, guide: Guide, unit: Unit, *, step: Decimal, dice: Random
) -> dict[ClauseId, Mark]:
    """Return a mark for every base clause, and for the bonus where it is claimed.

    A deduction's reason quotes the guide's rules; 不涉及 stands where the unit's facts ask for it.
    """
    chance = dice.random()
    has_full_marks = chance < _FULL_MARKS
    if has_full_marks:
        losses: Losses = {}
    elif chance < _ON_A_BORDER:
        losses = _losses_to(form, _border(dice, step), step=step, dice=dice)
    else:
        losses = _losses(form, step=step, dice=dice)
    marks: dict[ClauseId, Mark] = {}
    for clause in form.base_clauses:
        marks[clause.id] = _absent(clause, unit) or _scored(
            clause, losses.get(clause.id, ZERO), guide, unit, dice=dice
        )
    if has_full_marks or dice.random() < _BONUS:
        for clause in form.bonus_clauses:
            marks[clause.id] = Scored(points=clause.points, source=Source.DEPARTMENT)
    return marks


def _losses(form: Form, *, step: Decimal, dice: Random) -> Losses:
    quality = dice.betavariate(_GOOD, _POOR)
    return {
        clause.id: clause.points - _points(clause, quality, step=step, dice=dice)
        for clause in form.base_clauses
    }


def _points(clause: Clause, quality: float, *, step: Decimal, dice: Random) -> Decimal:
    if clause.mode is Mode.ALL_OR_NOTHING:
        return clause.points if dice.random() < _NO_ACCIDENT else ZERO
    if dice.random() < quality:
        return clause.points
    if clause.points <= step or dice.random() >= _HALF:
        return ZERO
    half = clause.points / 2 / step
    return half.to_integral_value(ROUND_CEILING) * step


def _border(dice: Random, step: Decimal) -> Decimal:
    return dice.choice([border for border in _BORDERS if border % step == ZERO])


def _losses_to(form: Form, score: Decimal, *, step: Decimal, dice: Random) -> Losses:
    """Spread the points that are missing from a score over the graded clauses."""
    missing = form.base_points - score
    losses: dict[ClauseId, Decimal] = {}
    graded = [clause for clause in form.base_clauses if clause.mode is Mode.GRADED]
    for clause in dice.sample(graded, len(graded)):
        whole_steps = int(min(clause.points, missing) / step)
        losses[clause.id] = dice.randint(min(1, whole_steps), whole_steps) * step
        missing -= losses[clause.id]
    return losses


def _absent(clause: Clause, unit: Unit) -> NotApplicable | None:
    fact = clause.absent_fact
    if fact is None or getattr(unit.facts, fact) != 0:
        return None
    return NotApplicable(reason=_ABSENT[fact], source=Source.PLEDGED)


def _scored(clause: Clause, loss: Decimal, guide: Guide, unit: Unit, *, dice: Random) -> Scored:
    is_known_elsewhere = clause.mode is Mode.ALL_OR_NOTHING  # accidents are not seen on site
    source = Source.DEPARTMENT if is_known_elsewhere else Source.ON_SITE
    reason = _reason(clause, loss, guide, unit, dice=dice) if loss else ""
    return Scored(points=clause.points - loss, reason=reason, source=source)


def _reason(clause: Clause, loss: Decimal, guide: Guide, unit: Unit, *, dice: Random) -> str:
    rules = [
        rule
        for rule in guide.of(clause.id).rules
        if unit.facts.high_risk or not rule.text.startswith(_ONLY_HIGH_RISK)
    ]
    fitting = list(_fitting(rules, loss))
    if fitting:
        quoted = dice.choice(fitting)
        return "；".join(f"{rule.text}，扣{points_text(rule.points or loss)}分" for rule in quoted)
    texts = dice.choice(rules).text if rules else "现场未见相关资料"
    return f"{texts}，酌情扣{points_text(loss)}分"


def _fitting(rules: list[Rule], loss: Decimal) -> Iterator[tuple[Rule, ...]]:
    """Yield the rules that together take off exactly so many points."""
    known = [rule for rule in rules if rule.points is not None]
    for count in range(1, _MOST_RULES + 1):
        for chosen in combinations(known, count):
            if sum((rule.points or ZERO for rule in chosen), ZERO) == loss:
                yield chosen
