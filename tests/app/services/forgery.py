"""What a dishonest inspector could send: his own cards changed and everything signed anew."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import msgspec

from app.crypto.age import AgeRecipient
from app.crypto.cms import sign_detached
from app.crypto.identity import SigningIdentity
from app.domain.card import Card, CardHash, files_of
from app.domain.evidence import Sha256
from app.domain.points import points_text
from app.domain.scoring import totals
from app.domain.sealed import SealedCard
from app.exchange.canonical import canonical, content_hash
from app.exchange.card_document import card_hash, part_hashes, write_card
from app.exchange.head import NO_PREVIOUS, Head, Kind
from app.exchange.naming import SUBMISSION, card_names, evidence_name
from app.exchange.submission import CardRecord, SubmissionIndex, submission_bytes
from app.exchange.wire import EvidenceWire, evidence_to_wire
from app.exchange.writer import Entry, FileEntry, write_package
from app.reports.card.scorecard import Scorecard
from app.reports.seal.seal import Record, Sealing, sealed_scorecard
from app.reports.typeset.fonts import load_fonts
from app.services.desk.forms import current_guide, guide_name
from app.services.desk.standing import inspectors_office
from app.services.seal.seal import signed_card
from tests.app.services.field import OFFICE_CODE, Field, Seat
from tests.forms import RESOURCES, national_form

Wire = dict[str, "Wire | list[Wire] | str | int | bool | None"]
_STREAM = "0175a4f4-00ff-7000-8000-0000000000ff"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One card as it will lie in a package; `base` and `bonus` are what the index claims."""

    card: Card
    document: bytes
    cms: bytes
    pdf: bytes
    base: str
    bonus: str
    evidence: tuple[EvidenceWire, ...] = ()

    @property
    def record(self) -> CardRecord:
        pdf = EvidenceWire(
            sha256=content_hash(self.pdf),
            name="card.pdf",
            media_type="application/pdf",
            size=len(self.pdf),
        )
        return CardRecord(
            id=self.card.id,
            revision=self.card.revision,
            hash=CardHash(content_hash(self.document)),
            base=self.base,
            bonus=self.bonus,
            pdf=pdf,
            evidence=self.evidence,
        )


def honest(field: Field, sealed: SealedCard, seat: Seat | None = None) -> Piece:
    """Return a sealed card as the program itself would pack it."""
    desk = (seat or field.first).desk
    card = signed_card(desk, sealed)
    return Piece(
        card=card,
        document=sealed.document,
        cms=sealed.cms,
        pdf=desk.workspace.evidence.path(sealed.pdf.sha256).read_bytes(),
        base=points_text(sealed.index.base),
        bonus=points_text(sealed.index.bonus),
        evidence=tuple(map(evidence_to_wire, files_of(card))),
    )


def resigned(piece: Piece, document: bytes, identity: SigningIdentity) -> Piece:
    """Return a piece with another document, signed; its PDF stays the old one."""
    return replace(piece, document=document, cms=sign_detached(document, identity))


def rewritten(piece: Piece, change: Callable[[Wire], None], identity: SigningIdentity) -> Piece:
    """Return a piece whose JSON was changed by hand; part hashes are put right, then signed."""
    wire: Wire = msgspec.json.decode(piece.document, type=dict)
    change(wire)
    wire["header_hash"] = content_hash(canonical(wire["header"]))
    wire["scores_hash"] = content_hash(canonical(wire["scores"]))
    signatures = wire["signatures"]
    assert isinstance(signatures, list)
    for signature in signatures:
        signature["over"] = {"header": wire["header_hash"], "scores": wire["scores_hash"]}
    return resigned(piece, canonical(wire), identity)


def redrawn(field: Field, card: Card, identity: SigningIdentity) -> Piece:
    """Return a card written, signed and printed without any of the program's own checks."""
    sums = totals(card, national_form())
    hashes = part_hashes(card, national_form())
    signatures = tuple(
        replace(each, header_hash=hashes.header, scores_hash=hashes.scores)
        for each in card.signatures
    )
    signed = replace(card, signatures=signatures)
    document = write_card(signed, national_form())
    cms = sign_detached(document, identity)
    return Piece(
        card=signed,
        document=document,
        cms=cms,
        pdf=print_of(field, signed, document, cms, identity),
        base=points_text(sums.converted),
        bonus=points_text(sums.bonus),
        evidence=tuple(map(evidence_to_wire, files_of(signed))),
    )


def redated(field: Field, sealed: SealedCard) -> Piece:
    """Return another card of the same revision: it says it began a day earlier."""
    piece = honest(field, sealed)
    earlier = replace(piece.card, date_from=piece.card.date_from - timedelta(days=1))
    return redrawn(field, earlier, field.first.keys.identity)


def print_of(
    field: Field, card: Card, document: bytes, cms: bytes, identity: SigningIdentity
) -> bytes:
    """Return the sealed print of a card around any record."""
    scorecard = Scorecard(
        card=card,
        form=national_form(),
        hash=card_hash(document),
        scores_hash=part_hashes(card, national_form()).scores,
        guide=guide_name(current_guide(field.first.desk)),
    )
    return sealed_scorecard(
        scorecard,
        load_fonts(RESOURCES / "fonts"),
        record=Record(document=document, cms=cms),
        sealing=Sealing(identity=identity, moment=field.clock.now()),
    )


def packed(
    field: Field,
    *pieces: Piece,
    seat: Seat | None = None,
    identity: SigningIdentity | None = None,
    recipient: str = OFFICE_CODE,
    rehearsal: bool = False,
    photos: bool = True,
    sequence: int = 1,
) -> Path:
    """Write pieces into a package by hand."""
    sender = seat or field.first
    index = SubmissionIndex(photos=photos, cards=tuple(piece.record for piece in pieces))
    head = Head(
        package_id=field.first.desk.ids.new(),
        kind=Kind.SUBMISSION,
        rehearsal=rehearsal,
        stream=_STREAM,
        sequence=sequence,
        previous=NO_PREVIOUS,
        recipient=recipient,
        created=field.clock.now(),
        audit_head="0" * 64,
        counts=index.counts,
        totals=index.totals,
    )
    entries: list[Entry | FileEntry] = [Entry(name=SUBMISSION, content=submission_bytes(index))]
    for piece in pieces:
        names = card_names(piece.card.id, piece.card.revision)
        entries += [
            Entry(name=names.document, content=piece.document),
            Entry(name=names.cms, content=piece.cms),
            Entry(name=names.pdf, content=piece.pdf),
        ]
    evidence = sender.desk.workspace.evidence
    if photos:
        entries += [
            FileEntry(
                name=evidence_name(Sha256(file.sha256)),
                path=evidence.path(Sha256(file.sha256)),
                size=file.size,
                sha256=file.sha256,
            )
            for file in index.carried.values()
        ]
    path = field.folder / f"forged-{len(list(field.folder.iterdir()))}.akp"
    office = inspectors_office(sender.desk)
    write_package(
        path,
        head=head,
        entries=entries,
        identity=identity or sender.keys.identity,
        recipients=(AgeRecipient(office.recipient), sender.keys.age.recipient),
    )
    return path
