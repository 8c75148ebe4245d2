"""The figures of a sealed card in a QR code (`ankang.proof/1`), signed by the inspector's key.

Text: `AKP1:` + base45 (RFC 9285) of zlib (RFC 1950) of COSE_Sign1. The inspector's compact
credential travels in it, so the office's CA certificate is all it takes to verify a page. Whether
the signer may sign cards, and did so in time, is judged in `app.services.seal.paper_proof`.
Format: docs/paper-proof.md.
"""

import zlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from base45 import b45decode, b45encode
from msgspec import UNSET, Meta, UnsetType

from app.crypto.cose import payload_of, sign_cose, verify_cose
from app.crypto.identity import SigningIdentity
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.domain.card import CardId
from app.errors import AppError, Code
from app.exchange.cbor_wire import Day, day_of, days_of, from_cbor, printable, to_cbor
from app.exchange.compact_credential import CompactCredential, claimed_credential, is_issued_by

PREFIX = "AKP1:"
CONTEXT = b"ankang.proof/1"
LONGEST_UNIT = 60
FORM_DIGITS, HASH_DIGITS = 16, 32  # hexadecimal, of the two hashes
# Version 40 of QR holds 3,391 such characters with level M; what is longer is no code of ours.
_LONGEST_TEXT = 3400
_MOST_BYTES = 2300
_AS_IT_IS = 0  # level of zlib: keys and signatures do not shrink, and so there is one spelling
_HUNDREDTHS = 100

Points = Annotated[int, Meta(ge=0, le=1_000_000)]


class _Wire(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={
        "card": "1",
        "revision": "2",
        "rehearsal": "3",
        "unit": "4",
        "form": "5",
        "date": "6",
        "sections": "7",
        "base": "8",
        "bonus": "9",
        "converted": "10",
        "card_hash": "11",
        "credential": "12",
    },
):
    card: Annotated[bytes, Meta(min_length=16, max_length=16)]
    revision: Annotated[int, Meta(ge=1, le=1_000_000)]
    rehearsal: bool
    unit: Annotated[str, Meta(min_length=1, max_length=LONGEST_UNIT)]
    form: Annotated[bytes, Meta(min_length=FORM_DIGITS // 2, max_length=FORM_DIGITS // 2)]
    date: Day
    sections: Annotated[tuple[Points, ...], Meta(min_length=1, max_length=40)]
    base: Points
    bonus: Points
    converted: Points | UnsetType = UNSET
    card_hash: Annotated[bytes, Meta(min_length=HASH_DIGITS // 2, max_length=HASH_DIGITS // 2)]
    credential: Annotated[bytes, Meta(max_length=1000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the code on a sealed card says.

    `unit` is the name as printed, cut to 60 characters with … as the last. `form` and `card_hash`
    are the first 16 and 32 hexadecimal digits of the hashes. `date` is the last day of the
    assessment. `sections` are in the order of the form. `converted` is None where it is the base.
    """

    card: CardId
    revision: int
    rehearsal: bool
    unit: str
    form: str
    date: date
    sections: tuple[Decimal, ...]
    base: Decimal
    bonus: Decimal
    converted: Decimal | None
    card_hash: str

    @property
    def total(self) -> Decimal:
        """Return 总得分."""
        return self.base + self.bonus


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """Figures whose two signatures hold, the credential of who signed, and the CA behind it."""

    figures: Figures
    credential: CompactCredential
    office: TrustedOffice


def write_proof(figures: Figures, identity: SigningIdentity) -> str:
    """Return the text of the code; the identity must hold its compact credential."""
    message = sign_cose(
        to_cbor(_to_wire(figures, identity.compact)), identity.key, context=CONTEXT
    )
    return PREFIX + _base45(zlib.compress(message, _AS_IT_IS))


def read_proof(text: str, trust: TrustAnchors) -> Witnessed:
    """Return what a code says, after the CA's signature and the inspector's were verified.

    Raises:
        AppError: PROOF_DAMAGED, SIGNATURE_INVALID, SIGNER_UNKNOWN (no trusted CA signed the
            credential), REVOCATION_DAMAGED.

    """
    message = _message(text)
    wire = from_cbor(payload_of(message), _Wire)
    credential = claimed_credential(wire.credential)
    office = trust.issuing(lambda ca: is_issued_by(wire.credential, ca))
    if office is None:
        raise AppError(Code.SIGNER_UNKNOWN, name=credential.name, organisation=credential.office)
    verify_cose(message, credential.key, context=CONTEXT)
    return Witnessed(figures=_from_wire(wire), credential=credential, office=office)


def _message(text: str) -> bytes:
    if not text.startswith(PREFIX) or len(text) > _LONGEST_TEXT:
        raise AppError(Code.PROOF_DAMAGED)
    encoded = text.removeprefix(PREFIX)
    try:
        packed = b45decode(encoded)
        unpacking = zlib.decompressobj()
        message = unpacking.decompress(packed, _MOST_BYTES)
    except (ValueError, zlib.error) as cause:
        raise AppError(Code.PROOF_DAMAGED) from cause
    if (
        not unpacking.eof
        or zlib.compress(message, _AS_IT_IS) != packed
        or _base45(packed) != encoded
    ):
        raise AppError(Code.PROOF_DAMAGED)
    return message


def _base45(packed: bytes) -> str:
    encoded: bytes = b45encode(packed)
    return encoded.decode()


def _to_wire(figures: Figures, credential: bytes) -> _Wire:
    return _Wire(
        card=UUID(figures.card).bytes,
        revision=figures.revision,
        rehearsal=figures.rehearsal,
        unit=figures.unit,
        form=bytes.fromhex(figures.form),
        date=days_of(figures.date),
        sections=tuple(map(_hundredths, figures.sections)),
        base=_hundredths(figures.base),
        bonus=_hundredths(figures.bonus),
        converted=UNSET if figures.converted is None else _hundredths(figures.converted),
        card_hash=bytes.fromhex(figures.card_hash),
        credential=credential,
    )


def _from_wire(wire: _Wire) -> Figures:
    if sum(wire.sections) != wire.base + wire.bonus:
        raise AppError(Code.PROOF_DAMAGED)
    return Figures(
        card=CardId(str(UUID(bytes=wire.card))),
        revision=wire.revision,
        rehearsal=wire.rehearsal,
        unit=printable(wire.unit),
        form=wire.form.hex(),
        date=day_of(wire.date),
        sections=tuple(map(_points, wire.sections)),
        base=_points(wire.base),
        bonus=_points(wire.bonus),
        converted=None if wire.converted is UNSET else _points(wire.converted),
        card_hash=wire.card_hash.hex(),
    )


def _hundredths(points: Decimal) -> int:
    return int(points * _HUNDREDTHS)


def _points(hundredths: int) -> Decimal:
    return Decimal(hundredths) / _HUNDREDTHS
