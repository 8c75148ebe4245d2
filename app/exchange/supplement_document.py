"""A supplement (`ankang.supplement/1`): canonical bytes <-> domain; see docs/card-format.md."""

from typing import Annotated, Literal, assert_never

from app.domain.card import CardHash, CardId
from app.domain.form import ClauseId
from app.domain.supplement import (
    Addition,
    LateEvidence,
    LateSignature,
    Supplement,
    SupplementHash,
)
from app.errors import AppError, Code
from app.exchange.canonical import canonical, content_hash
from app.exchange.documents import read_document
from app.exchange.moments import moment_text, read_moment
from app.exchange.signature_wire import SignatureWire, signature_from_wire, signature_to_wire
from app.exchange.wire import (
    IS_MOMENT,
    IS_NUMBER,
    IS_SHA256,
    IS_UUID,
    EvidenceWire,
    WireStruct,
    evidence_from_wire,
    evidence_to_wire,
)


class LateSignatureWire(WireStruct, frozen=True, tag="signature"):
    """补签."""

    signature: SignatureWire


class LateEvidenceWire(WireStruct, frozen=True, tag="evidence"):
    """Files sent later."""

    clause: str
    files: tuple[EvidenceWire, ...]


class SupplementWire(WireStruct, frozen=True):
    """The whole document."""

    type: Literal["ankang.supplement/1"]
    card: Annotated[CardId, IS_UUID]
    revision: Annotated[int, IS_NUMBER]
    card_hash: Annotated[CardHash, IS_SHA256]
    at: Annotated[str, IS_MOMENT]
    addition: LateSignatureWire | LateEvidenceWire


def write_supplement(supplement: Supplement) -> bytes:
    """Return the canonical bytes of a supplement: what is signed."""
    return canonical(
        SupplementWire(
            type="ankang.supplement/1",
            card=supplement.card,
            revision=supplement.revision,
            card_hash=supplement.card_hash,
            at=moment_text(supplement.at),
            addition=_addition(supplement.addition),
        )
    )


def supplement_hash(document: bytes) -> SupplementHash:
    """Return the identity of a supplement: SHA-256 of its canonical bytes."""
    return SupplementHash(content_hash(document))


def read_supplement(document: bytes) -> Supplement:
    """Return the supplement of a document whose signature was verified before.

    Raises:
        AppError: SUPPLEMENT_DAMAGED with `where`.

    """
    try:
        wire = read_document(document, SupplementWire)
        return Supplement(
            card=wire.card,
            revision=wire.revision,
            card_hash=wire.card_hash,
            at=read_moment(wire.at),
            addition=_read_addition(wire.addition),
        )
    except (ValueError, AppError) as cause:
        raise AppError(Code.SUPPLEMENT_DAMAGED, where=str(cause)) from cause


def _addition(addition: Addition) -> LateSignatureWire | LateEvidenceWire:
    match addition:
        case LateSignature():
            return LateSignatureWire(signature=signature_to_wire(addition.signature))
        case LateEvidence():
            return LateEvidenceWire(
                clause=addition.clause, files=tuple(map(evidence_to_wire, addition.files))
            )
        case _:
            assert_never(addition)


def _read_addition(wire: LateSignatureWire | LateEvidenceWire) -> Addition:
    match wire:
        case LateSignatureWire():
            return LateSignature(signature=signature_from_wire(wire.signature))
        case LateEvidenceWire():
            return LateEvidence(
                clause=ClauseId(wire.clause), files=tuple(map(evidence_from_wire, wire.files))
            )
        case _:
            assert_never(wire)
