"""单位情况 and 现场反馈: who came and how, what was said before, the unit's word on the scores."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.domain.card import (
    Card,
    Person,
    with_assessors,
    with_dates,
    with_opinion,
    with_visit,
)
from app.domain.feedback import Feedback, feedback
from app.domain.moment import local_date
from app.domain.names import clean_line, clean_name
from app.domain.unit import UnitFacts
from app.domain.visit import Opinion, Visit, cleaned_opinion, cleaned_visit
from app.exchange.card_document import read_card
from app.services.cards.assess import find_card, is_sealed, open_card, save_card
from app.services.cards.view import view_card
from app.services.desk.desk import Changes, Desk
from app.services.desk.forms import form_with_hash


class Told(StrEnum):
    """Where the facts of a unit were told before: in the assignment, on its last card."""

    ASSIGNMENT = "assignment"
    LAST_CARD = "last_card"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The unit's facts as they were told before, and when."""

    facts: UnitFacts
    told: Told
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A card as one finds it at the unit's gate. `known` are assessors of other cards."""

    card: Card
    is_sealed: bool
    before: Before | None
    known: tuple[Person, ...]


def arrive(desk: Desk, card_id: str) -> Arrival:
    """Return a card with what was said before; AppError CARD_UNKNOWN."""
    card, _ = find_card(desk, card_id)
    return Arrival(
        card=card,
        is_sealed=is_sealed(desk, card),
        before=_before(desk, card),
        known=desk.workspace.cards.assessors(),
    )


def set_visit(desk: Desk, card_id: str, visit: Visit) -> tuple[Card, Changes]:
    """Keep what is known of the visit.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, and as `cleaned_visit`.

    """
    before, _ = open_card(desk, card_id)
    after = with_visit(before, cleaned_visit(visit))
    return save_card(desk, before, after, action="card.visit")


def set_assessors(desk: Desk, card_id: str, assessors: Sequence[Person]) -> tuple[Card, Changes]:
    """Keep who assesses, the lead (考核组组长) first; who has no name is left out.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, NAME_TOO_LONG, TEXT_NOT_PRINTABLE.

    """
    before, _ = open_card(desk, card_id)
    people = tuple(
        replace(person, name=clean_name(person.name), post=clean_line(person.post))
        for person in assessors
        if person.name.strip()
    )
    return save_card(desk, before, with_assessors(before, people), action="card.assessors")


def set_dates(desk: Desk, card_id: str, *, first: date, last: date) -> tuple[Card, Changes]:
    """Keep 考核时间; AppError CARD_UNKNOWN, CARD_SEALED, DATES_REVERSED."""
    before, _ = open_card(desk, card_id)
    after = with_dates(before, first=first, last=last)
    return save_card(desk, before, after, action="card.dates")


def set_opinion(desk: Desk, card_id: str, opinion: Opinion | None) -> tuple[Card, Changes]:
    """Keep the unit's word on the scores; None takes it back.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, and as `cleaned_opinion`.

    """
    before, _ = open_card(desk, card_id)
    after = with_opinion(before, opinion and cleaned_opinion(opinion))
    return save_card(desk, before, after, action="card.opinion")


def feedback_of(desk: Desk, card_id: str) -> Feedback:
    """Return what is told the unit of its card; AppError CARD_UNKNOWN, GUIDE_UNKNOWN."""
    view = view_card(desk, card_id)
    return feedback(view.card, view.form, view.guide)


def _before(desk: Desk, card: Card) -> Before | None:
    assigned = desk.workspace.assignments.of(card.unit.key)
    if assigned is None or assigned.unit.facts == UnitFacts():
        return _on_last_card(desk, card)
    on = local_date(assigned.issued_at)
    return Before(facts=assigned.unit.facts, told=Told.ASSIGNMENT, on=on)


def _on_last_card(desk: Desk, card: Card) -> Before | None:
    store = desk.workspace.cards
    others = [index for index in store.sealed_of_unit(card.unit.key) if index.id != card.id]
    sealed = store.sealed(max(others, key=lambda index: index.sealed_at).hash) if others else None
    if sealed is None:
        return None
    last = read_card(sealed.document, form_with_hash(desk, sealed.index.terms.form))
    return Before(facts=last.unit.facts, told=Told.LAST_CARD, on=last.date_to)
