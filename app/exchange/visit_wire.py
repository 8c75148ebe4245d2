"""The visit and the unit's opinion on the wire, as cards of `ankang.card/2` hold them."""

from app.domain.visit import Host, Opinion, Recusal, Transcript, Visit, VisitMode
from app.exchange.wire import (
    EvidenceWire,
    Said,
    Text,
    WireStruct,
    evidence_from_wire,
    evidence_to_wire,
)


class PersonWire(WireStruct, frozen=True):
    """An assessor, or who received them."""

    name: Said
    post: Text


class RecusalWire(WireStruct, frozen=True):
    """What was declared; '' is no conflict."""

    conflict: Text


class TranscriptWire(WireStruct, frozen=True):
    """Who typed a card from paper and who compared it."""

    typed_by: Said
    checked_by: Text
    scan: EvidenceWire | None


class VisitWire(WireStruct, frozen=True):
    """The visit."""

    mode: VisitMode
    received_by: tuple[PersonWire, ...]
    photos_allowed: bool
    credentials_shown: bool
    recusal: RecusalWire | None
    transcript: TranscriptWire | None


class OpinionWire(WireStruct, frozen=True):
    """The unit's word on the scores."""

    objects: bool
    text: Text


def visit_to_wire(visit: Visit) -> VisitWire:
    """Return the wire form of a visit."""
    return VisitWire(
        mode=visit.mode,
        received_by=tuple(PersonWire(name=h.name, post=h.post) for h in visit.received_by),
        photos_allowed=visit.photos_allowed,
        credentials_shown=visit.credentials_shown,
        recusal=None if visit.recusal is None else RecusalWire(conflict=visit.recusal.conflict),
        transcript=None if visit.transcript is None else _transcript_to_wire(visit.transcript),
    )


def visit_from_wire(wire: VisitWire) -> Visit:
    """Return the visit of a wire form; AppError for one that cannot be."""
    return Visit(
        mode=wire.mode,
        received_by=tuple(Host(name=each.name, post=each.post) for each in wire.received_by),
        photos_allowed=wire.photos_allowed,
        credentials_shown=wire.credentials_shown,
        recusal=None if wire.recusal is None else Recusal(conflict=wire.recusal.conflict),
        transcript=None if wire.transcript is None else _transcript_from_wire(wire.transcript),
    )


def opinion_to_wire(opinion: Opinion) -> OpinionWire:
    """Return the wire form of an opinion."""
    return OpinionWire(objects=opinion.objects, text=opinion.text)


def opinion_from_wire(wire: OpinionWire) -> Opinion:
    """Return the opinion of a wire form; AppError for an objection without words."""
    return Opinion(objects=wire.objects, text=wire.text)


def _transcript_to_wire(transcript: Transcript) -> TranscriptWire:
    return TranscriptWire(
        typed_by=transcript.typed_by,
        checked_by=transcript.checked_by,
        scan=None if transcript.scan is None else evidence_to_wire(transcript.scan),
    )


def _transcript_from_wire(wire: TranscriptWire) -> Transcript:
    return Transcript(
        typed_by=wire.typed_by,
        checked_by=wire.checked_by,
        scan=None if wire.scan is None else evidence_from_wire(wire.scan),
    )
