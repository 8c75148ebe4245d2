"""补充: what comes after a card was sealed, signed for itself and naming the card's hash.

A supplement adds and never alters: a signature that was pending or absent, or photos sent later. A
changed score is a new revision instead.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from app.domain.card import Card, CardHash, CardId
from app.domain.evidence import Evidence
from app.domain.form import ClauseId
from app.domain.signature import Absent, Paper, Pending, Signature
from app.errors import AppError, Code

SupplementHash = NewType("SupplementHash", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSignature:
    """A signature in place of one that was pending or absent (补签)."""

    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class LateEvidence:
    """Files behind a clause that were not there when the card was sealed."""

    clause: ClauseId
    files: tuple[Evidence, ...]


Addition = LateSignature | LateEvidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """One addition to one sealed revision."""

    card: CardId
    revision: int
    card_hash: CardHash
    at: datetime
    addition: Addition


def refuse_settled(card: Card, signature: Signature) -> None:
    """Raise unless the sealed card leaves the signature's place open.

    Raises:
        AppError: CARD_SEALED when somebody signed, or refused to, in that place.

    """
    held = next((each for each in card.signatures if each.place == signature.place), None)
    if held is not None and not isinstance(held.manner, Absent | Pending):
        raise AppError(Code.CARD_SEALED, card=card.id, revision=card.revision)


def added_files(addition: Addition) -> tuple[Evidence, ...]:
    """Return the files an addition names: its evidence, or the scan of a paper signature."""
    match addition:
        case LateEvidence():
            return addition.files
        case LateSignature(signature=Signature(manner=Paper(scan=scan))):
            return (scan,)
        case LateSignature():
            return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSupplement:
    """A supplement as it is kept: the bytes that were signed, and their CMS.

    `received_in` is the digest of the package it came in, '' for our own.
    """

    hash: SupplementHash
    supplement: Supplement
    document: bytes
    cms: bytes
    signer: str
    received_in: str = ""
