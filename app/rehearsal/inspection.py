"""What an inspector does with a visit, by a person's services: score, photograph, sign, seal."""

from collections.abc import Mapping
from datetime import timedelta

from app.crypto.identity import SigningIdentity
from app.domain.card import Card, CardId, Mark, NotApplicable, Person, Scored
from app.domain.form import ClauseId
from app.domain.points import points_text
from app.domain.sealed import SealedCard
from app.domain.signature import Manner, Paper, Pending, Signatory, absent, refused
from app.domain.visit import Host, Opinion, Recusal
from app.domain.visit import Visit as VisitFacts
from app.rehearsal.chance import dice
from app.rehearsal.ink import handwriting
from app.rehearsal.pictures import photo, scan
from app.rehearsal.visits import Visit, Way
from app.services.cards.assess import Entry, Inapplicable, Points, attach, new_card, record
from app.services.cards.visit import set_assessors, set_opinion, set_visit
from app.services.desk.desk import Desk
from app.services.desk.intake import take_scan
from app.services.seal.seal import keep_sealed, plan_seal, seal
from app.services.seal.sign import sign_card
from app.services.units.register import find_unit

_BETWEEN_PHOTOS = timedelta(minutes=11)
_POST = "安全生产管理部负责人"
_WHY_OBJECTS = "个别扣分项的资料存放在总部，请准予补充后复核"
_WHY_REFUSED = "对个别扣分项有异议，拒绝签字"
_WHY_ABSENT = "单位负责人外出，未授权他人签字"


def begin(desk: Desk, visit: Visit) -> CardId:
    """Begin a visit's card, for the unit as it is registered here, and record who met whom."""
    unit = find_unit(desk, code=visit.unit.key.code, sub_unit=visit.unit.key.sub_unit)
    card, _ = new_card(desk, unit, on=visit.begun.date())
    set_assessors(desk, card.id, [Person(name=name) for name in visit.team])
    host = Host(name=visit.representative, post=_POST)
    received = VisitFacts(received_by=(host,), credentials_shown=True, recusal=Recusal())
    set_visit(desk, card.id, received)
    return card.id


def score(desk: Desk, card_id: CardId, marks: Mapping[ClauseId, Mark]) -> Card:
    """Enter marks."""
    card, _ = record(desk, card_id, [_entry(clause, mark) for clause, mark in marks.items()])
    return card


def photograph(desk: Desk, card_id: CardId, visit: Visit, *, seed: int) -> None:
    """Put a photograph behind each clause the visit has one of."""
    for number, clause in enumerate(visit.photographed, start=1):
        taken = visit.begun + number * _BETWEEN_PHOTOS
        picture = photo(
            desk.resources / "fonts",
            caption=clause,
            taken=taken,
            dice=dice(seed, "photo", *_places(visit), clause),
        )
        with desk.workspace.staging() as folder:
            path = folder / f"IMG_{taken:%Y%m%d_%H%M%S}.jpg"
            path.write_bytes(picture)
            attach(desk, card_id, clause, [path])


def ask_opinion(desk: Desk, card_id: CardId, visit: Visit) -> None:
    """Ask for the unit's word on its scores: who refuses to sign objects."""
    objects = visit.way is Way.REFUSED
    set_opinion(desk, card_id, Opinion(objects=objects, text=_WHY_OBJECTS if objects else ""))


def sign(desk: Desk, card_id: CardId, visit: Visit, *, seed: int) -> None:
    """Have a card signed: the team in ink, the unit in its own way."""
    roles = [Signatory.LEAD] + [Signatory.MEMBER] * (len(visit.team) - 1)
    for role, name in zip(roles, visit.team, strict=True):
        ink = handwriting(name, dice(seed, "ink", *_places(visit), name))
        sign_card(desk, card_id, signatory=role, name=name, manner=ink)
    sign_card(
        desk,
        card_id,
        signatory=Signatory.UNIT,
        name=visit.representative,
        manner=_manner(desk, visit, seed=seed),
    )


def close(desk: Desk, card_id: CardId, identity: SigningIdentity) -> SealedCard:
    """Seal a signed card with a key that was opened once for all."""
    plan = plan_seal(desk, card_id)
    sealed, _ = keep_sealed(desk, plan, seal(plan, identity))
    return sealed


def _entry(clause: ClauseId, mark: Mark) -> Entry:
    match mark:
        case Scored():
            points = points_text(mark.points)
            return Points(clause=clause, points=points, reason=mark.reason, source=mark.source)
        case NotApplicable():
            return Inapplicable(clause=clause, reason=mark.reason)


def _manner(desk: Desk, visit: Visit, *, seed: int) -> Manner:
    name, witness = visit.representative, visit.witness
    ink = handwriting(name, dice(seed, "ink", *_places(visit), name))
    match visit.way:
        case Way.INK:
            return ink
        case Way.PAPER:
            sheet = scan(
                desk.resources / "fonts", title=visit.unit.name, ink=ink, taken=visit.begun
            )
            with desk.workspace.staging() as folder:
                path = folder / f"签字页_{visit.begun:%Y%m%d}.jpg"
                path.write_bytes(sheet)
                return Paper(scan=take_scan(desk, path))
        case Way.REFUSED:
            return refused(why=_WHY_REFUSED, witness=witness, signer=name)
        case Way.ABSENT:
            return absent(why=_WHY_ABSENT, witness=witness, signer=name)
        case Way.PENDING:
            return Pending()


def _places(visit: Visit) -> tuple[str, str]:
    return (visit.unit.key.code, visit.unit.key.sub_unit)
