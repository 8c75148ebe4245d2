"""What 单位情况 shows of a card, as text: what is kept, with what was typed since laid over it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.card import Card, Person
from app.domain.checks import Hint
from app.domain.unit import Fact
from app.domain.visit import Recusal, Visit, VisitMode
from app.services.cards.visit import Arrival, Before, Told
from ui.labels import Labels

NAME = "name"
DATES, TEAM, HOSTS, MODE, PHOTOS, CREDENTIALS, RECUSAL, TRANSCRIPT = (
    "dates",
    "team",
    "hosts",
    "mode",
    "photos",
    "credentials",
    "recusal",
    "transcript",
)
YES, NO, UNKNOWN = "yes", "no", ""
FREE, CONFLICT = "free", "conflict"
_FEWEST = 2
_MOST_KNOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Everything that stands in the fields. `facts` holds the name too; '' is not known.

    `scan` is the name of the paper's scan. `credentials` is YES, NO, `recusal` FREE, CONFLICT, or
    '' while nothing was said.
    """

    facts: Mapping[str, str]
    first_day: str
    last_day: str
    team: tuple[Person, ...]
    hosts: tuple[Person, ...]
    mode: VisitMode
    photos_allowed: bool
    credentials: str
    recusal: str
    conflict: str
    is_paper: bool
    typed_by: str
    checked_by: str
    scan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """What was told of a fact before, and whether something else stands there now."""

    before: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPage:
    """The whole screen. `refusals` stand beside the topic (a fact, or one of the above)."""

    code: str
    is_read_only: bool
    notice: str
    told: str
    entered: Entered
    facts: Mapping[str, FactLine]
    known: tuple[Person, ...]
    warnings: tuple[str, ...]
    refusals: Mapping[str, str]
    saving: str


def entered_of(card: Card) -> Entered:
    """Return the fields of what is kept."""
    visit = card.visit or Visit()
    return Entered(
        facts={NAME: card.unit.name, **card.unit.facts.typed},
        first_day=card.date_from.isoformat(),
        last_day=card.date_to.isoformat(),
        team=card.assessors,
        hosts=tuple(Person(name=host.name, post=host.post) for host in visit.received_by),
        mode=visit.mode,
        photos_allowed=visit.photos_allowed,
        credentials="" if card.visit is None else YES if visit.credentials_shown else NO,
        recusal=_declared(visit.recusal),
        conflict=visit.recusal.conflict if visit.recusal else "",
        is_paper=visit.transcript is not None,
        typed_by=visit.transcript.typed_by if visit.transcript else "",
        checked_by=visit.transcript.checked_by if visit.transcript else "",
        scan=visit.transcript.scan.name if visit.transcript and visit.transcript.scan else "",
    )


def page_of(
    arrival: Arrival,
    entered: Entered,
    labels: Labels,
    *,
    refusals: Mapping[str, str],
    saving: str,
) -> VisitPage:
    """Return the page of a card with what stands in its fields."""
    key = arrival.card.unit.key
    named = {person.name for person in entered.team}
    return VisitPage(
        code=f"{key.code}　{key.sub_unit}".strip(),
        is_read_only=arrival.is_sealed,
        notice=labels("visit.sealed") if arrival.is_sealed else "",
        told=_told(arrival.before, labels),
        entered=entered,
        facts={fact: _line(arrival.before, fact, entered.facts[fact], labels) for fact in Fact},
        known=tuple(p for p in arrival.known if p.name not in named)[:_MOST_KNOWN],
        warnings=() if arrival.is_sealed else tuple(_warnings(entered, labels)),
        refusals=refusals,
        saving="" if arrival.is_sealed else saving,
    )


def with_fact(entered: Entered, name: str, typed: str) -> Entered:
    """Return the fields with one fact, or the name, as typed."""
    return replace(entered, facts={**entered.facts, name: typed})


def _declared(recusal: Recusal | None) -> str:
    if recusal is None:
        return ""
    return CONFLICT if recusal.conflict else FREE


def _told(before: Before | None, labels: Labels) -> str:
    match before:
        case None:
            return ""
        case Before(told=Told.ASSIGNMENT):
            return labels("visit.told_assignment", date=before.on.isoformat())
        case _:
            return labels("visit.told_card", date=before.on.isoformat())


def _line(before: Before | None, fact: Fact, now: str, labels: Labels) -> FactLine:
    told = UNKNOWN if before is None else before.facts.typed[fact]
    if told == UNKNOWN:
        return FactLine(before="", differs=False)
    shown = labels(f"unit.{told}") if fact is Fact.HIGH_RISK else told
    return FactLine(before=shown, differs=now not in {UNKNOWN, told})


def _warnings(entered: Entered, labels: Labels) -> list[str]:
    warnings = []
    if len({person.name.strip() for person in entered.team} - {""}) < _FEWEST:
        warnings.append(labels("visit.warn_alone", hint=labels.hint(Hint.ONE_ASSESSOR)))
    if entered.recusal == CONFLICT:
        warnings.append(labels("visit.warn_conflict"))
    return warnings
