"""考核任务: a unit given to an inspector: under which card, until when, with whom."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from app.domain.card import CardId, Person
from app.domain.unit import Unit, UnitFacts
from app.errors import AppError


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One unit of an assignment package, as the office wrote it.

    `card` is the id its card will have, the same for every inspector the unit is given to in a
    `season`. `unit` is the unit as the office knows it. `team` are the assessors, the lead first.
    `last_total` and `last_date` are of the unit's last card at the office. `issued_at` and
    `number` are moment and sequence of the package.
    """

    card: CardId
    season: str
    unit: Unit
    due: date
    team: tuple[Person, ...]
    note: str = ""
    last_total: Decimal | None = None
    last_date: date | None = None
    open_hazards: tuple[str, ...] = ()
    withdrawn: bool = False
    issued_at: datetime
    number: int

    def is_newer_than(self, other: "Assignment | None") -> bool:
        """Tell whether this order for a unit replaces another, in whatever order they came."""
        if other is None:
            return True
        return (self.issued_at, self.number) > (other.issued_at, other.number)


def renewed_unit(held: Unit, sent: Unit, before: Unit | None) -> Unit:
    """Return a unit held here after the office sent it again, `before` being what it sent last.

    What was entered or corrected here stays; what still is as the office had sent it, and what
    nobody knew here, follows the office. Facts that would contradict each other stay as they are.
    """
    facts = _corrected(held.facts, before.facts if before else UnitFacts()).over(sent.facts)
    is_offices_name = before is not None and held.name == before.name
    named = replace(held, name=sent.name if is_offices_name else held.name)
    try:
        return replace(named, facts=facts).with_facts({})
    except AppError:
        return named


def _corrected(held: UnitFacts, sent: UnitFacts) -> UnitFacts:
    """Return the facts that are known here and not as they were sent."""
    return UnitFacts(
        workers=None if held.workers == sent.workers else held.workers,
        women=None if held.women == sent.women else held.women,
        migrant=None if held.migrant == sent.migrant else held.migrant,
        hazard_exposed=(
            None if held.hazard_exposed == sent.hazard_exposed else held.hazard_exposed
        ),
        high_risk=None if held.high_risk == sent.high_risk else held.high_risk,
    )
