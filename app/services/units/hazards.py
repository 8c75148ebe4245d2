"""隐患与建议: raising hazards, writing about them, and following them to their end."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.card import Card, CardId
from app.domain.evidence import Evidence, Sha256
from app.domain.form import ClauseId, Form
from app.domain.guide import Guide
from app.domain.hazard import (
    Act,
    Doer,
    Field,
    Hazard,
    HazardId,
    Side,
    Step,
    in_order,
)
from app.domain.keyring import CredentialKind
from app.domain.moment import local_date
from app.domain.rectification import take_step, with_field, with_photo, without_photo
from app.domain.trail import AuditEntry
from app.domain.unit import UnitKey
from app.errors import AppError, Code
from app.services.cards.assess import find_card
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.forms import guide_with_hash
from app.services.desk.standing import holder_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardList:
    """Hazards as they are to be dealt with today, and the names of their units."""

    today: date
    hazards: tuple[Hazard, ...]
    unit_names: Mapping[UnitKey, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardHazards:
    """The hazards of a card's unit, earlier years' too, and what the card says around them."""

    card: Card
    form: Form
    guide: Guide
    list: HazardList


def hazards_of_card(desk: Desk, card_id: str) -> CardHazards:
    """Return the hazards of a card's unit; AppError CARD_UNKNOWN."""
    card, form = find_card(desk, card_id)
    return CardHazards(
        card=card,
        form=form,
        guide=guide_with_hash(desk, card.terms.guide, card.terms.form),
        list=hazards_of_unit(desk, card.unit.key),
    )


def hazards_of_unit(desk: Desk, key: UnitKey) -> HazardList:
    """Return every hazard of a unit: overdue ones first, then what earlier years left open."""
    return _listed(desk, desk.workspace.hazards.of_unit(key))


def unsettled_hazards(desk: Desk) -> HazardList:
    """Return what is left to be done over all units, overdue ones first."""
    return _listed(desk, desk.workspace.hazards.unsettled())


def draft_hazard(
    desk: Desk, unit: UnitKey, *, card_id: CardId | None = None, clause: ClauseId | None = None
) -> Hazard:
    """Return a blank hazard; it is kept with the first thing written about it."""
    return Hazard(
        id=HazardId(desk.ids.new()),
        unit=unit,
        card_id=card_id,
        clause=clause,
        steps=(Step(act=Act.RAISE, by=_doer(desk, card_id)),),
    )


def write_hazard(desk: Desk, hazard: Hazard, name: Field, typed: str) -> tuple[Hazard, Changes]:
    """Keep one field as typed, and with the first one the hazard; raises as `with_field`."""
    by = _doer(desk, hazard.card_id)
    return _keep(desk, hazard, lambda one: with_field(one, name, typed, by=by), what=name)


def add_photos(
    desk: Desk, hazard: Hazard, side: Side, photos: Sequence[Evidence]
) -> tuple[Hazard, Changes]:
    """Put photos that are kept already on one side of a hazard; AppError HAZARD_SETTLED."""

    def with_all(one: Hazard) -> Hazard:
        for photo in photos:
            one = with_photo(one, side, photo)
        return one

    return _keep(desk, hazard, with_all, what=f"photo.{side}")


def remove_photo(desk: Desk, hazard: Hazard, side: Side, sha256: Sha256) -> tuple[Hazard, Changes]:
    """Take a photo off a hazard; its file stays. AppError HAZARD_SETTLED."""
    return _keep(desk, hazard, lambda one: without_photo(one, side, sha256), what=f"photo.{side}")


def step_hazard(
    desk: Desk, hazard_id: str, act: Act, *, remark: str = ""
) -> tuple[Hazard, Changes]:
    """Take a hazard one step on; AppError HAZARD_UNKNOWN, and raises as `take_step`."""
    before = desk.workspace.hazards.get(hazard_id)
    if before is None:
        raise AppError(Code.HAZARD_UNKNOWN, hazard=hazard_id)
    after = take_step(before, act, remark=remark, by=_doer(desk, before.card_id))
    entry = AuditEntry(action="hazard.step", subject=before.id, details={"act": act.value})
    with desk.workspace.change(entry):
        desk.workspace.hazards.save(before, after)
    return after, changed(Noun.HAZARDS)


def _keep(
    desk: Desk, hazard: Hazard, change: Callable[[Hazard], Hazard], *, what: str
) -> tuple[Hazard, Changes]:
    """Store what became of a hazard; only the first change that says something keeps a draft."""
    store = desk.workspace.hazards
    held = store.get(hazard.id)
    before = hazard if held is None else held
    after = change(before)
    if after == before:
        return before, changed()
    if held is None:
        raised = replace(before.steps[0], by=_doer(desk, hazard.card_id))
        after = replace(after, steps=(raised, *after.steps[1:]))
    # What was written stays out of the trail: it names people, and no line of it can be purged.
    action = "hazard.raise" if held is None else "hazard.write"
    with desk.workspace.change(
        AuditEntry(action=action, subject=hazard.id, details={"what": what})
    ):
        if held is None:
            store.add(after)
        else:
            store.save(held, after)
    return after, changed(Noun.HAZARDS)


def _listed(desk: Desk, hazards: Iterable[Hazard]) -> HazardList:
    today = local_date(desk.clock.now())
    ordered = in_order(hazards, today)
    names = {key: _name(desk, key) for key in {hazard.unit for hazard in ordered}}
    return HazardList(today=today, hazards=ordered, unit_names=names)


def _name(desk: Desk, key: UnitKey) -> str:
    unit = desk.workspace.units.get(key)
    return key.code if unit is None else unit.name


def _doer(desk: Desk, card_id: CardId | None) -> Doer:
    """Return who works here now: the credential's holder, else the card's first assessor."""
    holder = holder_of(desk, CredentialKind.INSPECTOR)
    card = desk.workspace.cards.get(card_id) if holder is None and card_id else None
    assessors = card.assessors if card else ()
    name = holder.common_name if holder else next((each.name for each in assessors), "")
    return Doer(who=name, at=desk.clock.now())
