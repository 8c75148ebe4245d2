"""The places to sign, as shown: who is expected, who stands there, and in which manner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.card import Card
from app.domain.moment import CHINA
from app.domain.signature import (
    Absent,
    Ink,
    Manner,
    Paper,
    Pending,
    Refused,
    Signatory,
    Signature,
)
from app.services.seal.confirm import Confirmation
from ui.labels import SEPARATOR, Labels


class Standing(StrEnum):
    """How a place stands."""

    EMPTY = "empty"
    INK = "ink"
    PAPER = "paper"
    REFUSED = "refused"
    ABSENT = "absent"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place to sign. `is_open` tells whether somebody may sign there now."""

    signatory: Signatory
    name: str
    role: str
    standing: Standing
    text: str
    ink: Ink | None
    is_open: bool


def places_of(read: Confirmation, labels: Labels, *, is_sealed: bool) -> tuple[Place, ...]:
    """Return 考核组组长, the members, then the unit."""
    given = {signature.place: signature for signature in read.view.card.signatures}
    late = {signature.place: signature for signature in read.late}
    places = []
    for signatory, name in _expected(read.view.card, is_sealed=is_sealed):
        place = (signatory, name if signatory is Signatory.MEMBER else "")
        signature = late.get(place, given.get(place))
        is_late = place in late
        places.append(
            Place(
                signatory=signatory,
                name=signature.name if signature else name,
                role=labels(f"signing.role.{signatory}"),
                standing=_standing(signature),
                text=_text(read, signature, labels, is_late=is_late),
                ink=_ink(signature),
                is_open=not is_sealed or (not is_late and _is_owed(signature)),
            )
        )
    return tuple(places)


def local_time(moment: datetime) -> str:
    """Return a moment as people in China read it."""
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def _expected(card: Card, *, is_sealed: bool) -> list[tuple[Signatory, str]]:
    """Return for whom a place stands, and who is expected there; '' is nobody in particular."""
    assessors = [person.name for person in card.assessors]
    signed = [each.name for each in card.signatures if each.signatory is Signatory.MEMBER]
    members = list(dict.fromkeys([*assessors[1:], *signed]))
    if not members and not is_sealed:
        members = [""]
    hosts = card.visit.received_by if card.visit else ()
    return [
        (Signatory.LEAD, assessors[0] if assessors else ""),
        *((Signatory.MEMBER, name) for name in members),
        (Signatory.UNIT, hosts[0].name if hosts else ""),
    ]


def _is_owed(signature: Signature | None) -> bool:
    """Tell whether a sealed card takes a signature here (补签 of who was pending or absent)."""
    return signature is None or isinstance(signature.manner, Pending | Absent)


def _standing(signature: Signature | None) -> Standing:
    if signature is None:
        return Standing.EMPTY
    kinds: Sequence[tuple[type[Manner], Standing]] = (
        (Ink, Standing.INK),
        (Paper, Standing.PAPER),
        (Refused, Standing.REFUSED),
        (Absent, Standing.ABSENT),
        (Pending, Standing.PENDING),
    )
    return next(standing for kind, standing in kinds if isinstance(signature.manner, kind))


def _ink(signature: Signature | None) -> Ink | None:
    return signature.manner if signature and isinstance(signature.manner, Ink) else None


def _text(
    read: Confirmation, signature: Signature | None, labels: Labels, *, is_late: bool
) -> str:
    if signature is None:
        return labels("signing.empty")
    parts = [_manner(signature.manner, labels), local_time(signature.at)]
    if is_late:
        parts.append(labels("signing.late"))
    elif read.is_carried(signature):
        parts.append(labels("signing.carried"))
    return SEPARATOR.join(parts)


def _manner(manner: Manner, labels: Labels) -> str:
    match manner:
        case Refused() | Absent():
            kind = "refused" if isinstance(manner, Refused) else "absent"
            return labels(f"signing.said.{kind}", why=manner.why, witness=manner.witness)
        case Pending(by=None):
            return labels("signing.said.pending")
        case Pending():
            return labels("signing.said.pending_by", day=str(manner.by))
        case Ink():
            return labels("signing.said.ink")
        case Paper():
            return labels("signing.said.paper", file=manner.scan.name)
