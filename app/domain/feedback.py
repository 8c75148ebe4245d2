"""现场反馈: what was taken off a card, by which rule and on which photos; what the unit signs."""

from dataclasses import dataclass
from decimal import Decimal

from app.domain.card import Card, NotApplicable, Policy, Scored
from app.domain.evidence import Evidence
from app.domain.form import Clause, Form
from app.domain.guide import Guide, Rule
from app.domain.scoring import Totals, totals
from app.domain.unit import Fact
from app.domain.visit import Opinion


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """Points taken off a clause. `number` is how people name it; `rule` None for a free reason."""

    clause: Clause
    number: str
    off: Decimal
    reason: str
    rule: Rule | None
    photos: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inapplicability:
    """A clause that was 不涉及: by which fact of the unit, None for a form that names none."""

    clause: Clause
    number: str
    fact: Fact | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What is told the unit before it signs; clauses in the order of the form, base ones only."""

    card: Card
    deductions: tuple[Deduction, ...]
    inapplicable: tuple[Inapplicability, ...]
    totals: Totals
    policy: Policy
    open_clauses: int
    opinion: Opinion | None


def feedback(card: Card, form: Form, guide: Guide) -> Feedback:
    """Return what was taken off a card; a bonus that was not given is not taken off."""
    deductions, inapplicable = [], []
    for clause in form.base_clauses:
        mark = card.marks.get(clause.id)
        match mark:
            case Scored() if mark.points < clause.points:
                deductions.append(
                    Deduction(
                        clause=clause,
                        number=form.number(clause.id),
                        off=clause.points - mark.points,
                        reason=mark.reason,
                        rule=_rule(guide, clause, mark.reason),
                        photos=card.evidence.get(clause.id, ()),
                    )
                )
            case NotApplicable():
                inapplicable.append(
                    Inapplicability(
                        clause=clause,
                        number=form.number(clause.id),
                        fact=clause.absent_fact,
                        reason=mark.reason,
                    )
                )
            case _:
                continue
    return Feedback(
        card=card,
        deductions=tuple(deductions),
        inapplicable=tuple(inapplicable),
        totals=totals(card, form),
        policy=card.terms.policy,
        open_clauses=sum(clause.id not in card.marks for clause in form.base_clauses),
        opinion=card.opinion,
    )


def _rule(guide: Guide, clause: Clause, reason: str) -> Rule | None:
    """Return the rule a reason came from: choosing one writes its words."""
    return next((rule for rule in guide.of(clause.id).rules if rule.text == reason), None)
