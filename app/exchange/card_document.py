"""The signed card (`ankang.card/1`, `/2`): canonical bytes <-> `Card`, with a hash for each part.

The header part (unit, dates, assessors, office, visit) and the score part (form, terms, every
clause, totals, the unit's opinion) have a hash each, so that a 文字更正 can leave the score part,
and the unit's signature over it, standing. Format: docs/card-format.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec
from msgspec import UNSET

from app.domain.card import (
    Card,
    CardHash,
    CardId,
    Mark,
    NotApplicable,
    OfficeName,
    Person,
    Previous,
    Scored,
    Source,
    Terms,
)
from app.domain.evidence import Evidence
from app.domain.form import ClauseId, Form, FormHash, GuideHash
from app.domain.points import STEPS, parse_points, points_text
from app.domain.scoring import Totals, totals
from app.domain.signature import Pending, Signatory, Signature
from app.errors import AppError, Code
from app.exchange.canonical import canonical, content_hash
from app.exchange.card_wire import (
    CardType,
    CardWire,
    ClauseWire,
    HeaderWire,
    OfficeWire,
    PreviousWire,
    ScoresWire,
    TotalsWire,
)
from app.exchange.signature_wire import signature_from_wire, signature_to_wire
from app.exchange.unit_wire import unit_from_wire, unit_to_wire
from app.exchange.visit_wire import (
    PersonWire,
    opinion_from_wire,
    opinion_to_wire,
    visit_from_wire,
    visit_to_wire,
)
from app.exchange.wire import evidence_from_wire, evidence_to_wire

FIRST_TYPE: CardType = "ankang.card/1"
SECOND_TYPE: CardType = "ankang.card/2"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartHashes:
    """SHA-256 (hex) of the canonical form of the two parts."""

    header: str
    scores: str


def part_hashes(card: Card, form: Form) -> PartHashes:
    """Return the hashes a signature given now would stand over."""
    return PartHashes(
        header=content_hash(canonical(_header(card))),
        scores=content_hash(canonical(_scores(card, form))),
    )


def unsealed_hash(parts: PartHashes) -> CardHash:
    """Return the hash whose first digits are the check code of a card that is not sealed.

    It is made of the hashes a signature is given over: the paper keeps its code while people sign.
    """
    return CardHash(content_hash(canonical({"header": parts.header, "scores": parts.scores})))


def write_card(card: Card, form: Form) -> bytes:
    """Return the canonical bytes of a card: what is signed.

    Raises:
        AppError: CARD_DOCUMENT_DAMAGED with `where`: a text or number that no reader would take.

    """
    hashes = part_hashes(card, form)
    document = canonical(
        CardWire(
            type=_type(card),
            header=_header(card),
            header_hash=hashes.header,
            scores=_scores(card, form),
            scores_hash=hashes.scores,
            signatures=tuple(map(signature_to_wire, card.signatures)),
            previous=_previous(card.previous),
        )
    )
    _decode(document)
    return document


def card_hash(document: bytes) -> CardHash:
    """Return the identity of a sealed card: SHA-256 of its canonical bytes."""
    return CardHash(content_hash(document))


def form_of(document: bytes) -> FormHash:
    """Return the hash of the form a document was filled on; AppError CARD_DOCUMENT_DAMAGED."""
    return FormHash(_decode(document).scores.form)


def read_card(document: bytes, form: Form) -> Card:
    """Return the card of a document whose signature was verified before.

    The document must be canonical and prove itself: its type, both part hashes, the clauses of the
    form in its order, and the totals are computed again and compared. Each signature must stand
    over the scores of this document, and over its header unless a 文字更正 carried it here.

    Raises:
        AppError: CARD_DOCUMENT_DAMAGED with `where`; FORM_UNKNOWN when it was filled on another.

    """
    wire = _decode(document)
    if wire.scores.form != form.hash:
        raise AppError(Code.FORM_UNKNOWN, form=wire.scores.form)
    try:
        card = _card(wire)
    except ValueError as cause:
        raise AppError(Code.CARD_DOCUMENT_DAMAGED, where=str(cause)) from cause
    except AppError as cause:
        raise AppError(Code.CARD_DOCUMENT_DAMAGED, where=cause.code) from cause
    _refuse_otherwise("step", card.terms.step in STEPS)
    _refuse_otherwise("previous", (card.revision == 1) == (card.previous is None))
    _refuse_otherwise(
        "clauses", [c.id for c in wire.scores.clauses] == [c.id for c in form.clauses]
    )
    _refuse_otherwise("totals", wire.scores.totals == _totals(totals(card, form)))
    hashes = part_hashes(card, form)
    _refuse_otherwise("header_hash", wire.header_hash == hashes.header)
    _refuse_otherwise("scores_hash", wire.scores_hash == hashes.scores)
    _refuse_otherwise("signatures", all(_stands(each, card, hashes) for each in card.signatures))
    _refuse_otherwise("canonical form", write_card(card, form) == document)
    return card


def _stands(signature: Signature, card: Card, hashes: PartHashes) -> bool:
    if signature.scores_hash != hashes.scores:
        return False
    is_carried = (
        signature.signatory is Signatory.UNIT
        and card.previous is not None
        and card.previous.scores_hash == hashes.scores
    )
    return is_carried or signature.header_hash == hashes.header


def _refuse_otherwise(where: str, holds: bool) -> None:  # noqa: FBT001 - reads as an assertion
    if not holds:
        raise AppError(Code.CARD_DOCUMENT_DAMAGED, where=where)


def _decode(document: bytes) -> CardWire:
    try:
        return msgspec.json.decode(document, type=CardWire)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise AppError(Code.CARD_DOCUMENT_DAMAGED, where=str(cause)) from cause


def _type(card: Card) -> CardType:
    """Return the oldest type that holds all the card says; so there is one spelling still."""
    is_dated = any(isinstance(held.manner, Pending) and held.manner.by for held in card.signatures)
    is_first = card.visit is None and card.opinion is None and not is_dated
    return FIRST_TYPE if is_first else SECOND_TYPE


def _header(card: Card) -> HeaderWire:
    return HeaderWire(
        id=card.id,
        revision=card.revision,
        rehearsal=card.rehearsal,
        office=OfficeWire(code=card.office.code, name=card.office.name),
        season=card.season,
        unit=unit_to_wire(card.unit),
        date_from=card.date_from.isoformat(),
        date_to=card.date_to.isoformat(),
        assessors=tuple(PersonWire(name=p.name, post=p.post) for p in card.assessors),
        visit=UNSET if card.visit is None else visit_to_wire(card.visit),
    )


def _scores(card: Card, form: Form) -> ScoresWire:
    return ScoresWire(
        id=card.id,
        form=card.terms.form,
        guide=card.terms.guide,
        step=points_text(card.terms.step),
        policy=card.terms.policy,
        clauses=tuple(
            _clause(clause.id, card.marks.get(clause.id), card.evidence.get(clause.id, ()))
            for clause in form.clauses
        ),
        totals=_totals(totals(card, form)),
        opinion=UNSET if card.opinion is None else opinion_to_wire(card.opinion),
    )


def _clause(clause_id: ClauseId, mark: Mark | None, evidence: tuple[Evidence, ...]) -> ClauseWire:
    kept = tuple(evidence_to_wire(each) for each in evidence)
    match mark:
        case Scored():
            return ClauseWire(
                id=clause_id,
                status="scored",
                points=points_text(mark.points),
                reason=mark.reason,
                source=mark.source,
                evidence=kept,
            )
        case NotApplicable():
            return ClauseWire(
                id=clause_id,
                status="not_applicable",
                points=None,
                reason=mark.reason,
                source=mark.source,
                evidence=kept,
            )
        case None:
            return ClauseWire(
                id=clause_id, status="open", points=None, reason="", source=None, evidence=kept
            )


def _totals(sums: Totals) -> TotalsWire:
    return TotalsWire(
        base=points_text(sums.base),
        bonus=points_text(sums.bonus),
        total=points_text(sums.total),
        converted=points_text(sums.converted),
    )


def _previous(previous: Previous | None) -> PreviousWire | None:
    if previous is None:
        return None
    return PreviousWire(
        hash=previous.hash, scores_hash=previous.scores_hash, reason=previous.reason
    )


def _card(wire: CardWire) -> Card:
    header, scores = wire.header, wire.scores
    return Card(
        id=CardId(header.id),
        revision=header.revision,
        rehearsal=header.rehearsal,
        office=OfficeName(code=header.office.code, name=header.office.name),
        season=header.season,
        terms=Terms(
            form=FormHash(scores.form),
            guide=GuideHash(scores.guide),
            step=parse_points(scores.step),
            policy=scores.policy,
        ),
        unit=unit_from_wire(header.unit),
        date_from=date.fromisoformat(header.date_from),
        date_to=date.fromisoformat(header.date_to),
        assessors=tuple(Person(name=p.name, post=p.post) for p in header.assessors),
        marks=_marks(scores.clauses),
        evidence={
            ClauseId(clause.id): tuple(evidence_from_wire(each) for each in clause.evidence)
            for clause in scores.clauses
            if clause.evidence
        },
        signatures=tuple(map(signature_from_wire, wire.signatures)),
        previous=_read_previous(wire.previous),
        visit=None if header.visit is UNSET else visit_from_wire(header.visit),
        opinion=None if scores.opinion is UNSET else opinion_from_wire(scores.opinion),
    )


def _marks(clauses: tuple[ClauseWire, ...]) -> Mapping[ClauseId, Mark]:
    marks: dict[ClauseId, Mark] = {}
    for clause in clauses:
        source = clause.source or Source.ON_SITE
        if clause.status == "scored":
            marks[ClauseId(clause.id)] = Scored(
                points=parse_points(clause.points or ""), reason=clause.reason, source=source
            )
        elif clause.status == "not_applicable":
            marks[ClauseId(clause.id)] = NotApplicable(reason=clause.reason, source=source)
    return marks


def _read_previous(wire: PreviousWire | None) -> Previous | None:
    if wire is None:
        return None
    return Previous(hash=CardHash(wire.hash), scores_hash=wire.scores_hash, reason=wire.reason)
