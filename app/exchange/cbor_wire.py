"""Small signed documents as CBOR maps with whole numbers as keys, in deterministic form only.

A document is a `msgspec.Struct` whose fields are renamed to numbers ("1", "2" ...). Each has one
spelling (RFC 8949, 4.2.3): what would be written in other bytes is refused, so reading needs no
rules for duplicate keys, long numbers, tags or floats.
"""

from datetime import date, timedelta
from typing import Annotated, TypeVar

import cbor2
import msgspec
from msgspec import Meta

from app.crypto.cbor import CBOR_ERRORS, plain
from app.domain.names import clean_text
from app.errors import AppError, Code

_EPOCH = date(1970, 1, 1)

Day = Annotated[int, Meta(ge=0, le=200_000)]  # since 1970-01-01, until about 2517
Wire = TypeVar("Wire", bound=msgspec.Struct)


def to_cbor(wire: msgspec.Struct) -> bytes:
    """Return the one form of a document."""
    named = msgspec.to_builtins(wire, builtin_types=(bytes,))
    return cbor2.dumps({int(key): value for key, value in named.items()}, canonical=True)


def from_cbor(content: bytes, wire: type[Wire]) -> Wire:
    """Return a document of this type.

    Raises:
        AppError: PROOF_DAMAGED for anything that `to_cbor` would not have written.

    """
    try:
        numbered = plain(content)
        if not isinstance(numbered, dict):
            raise AppError(Code.PROOF_DAMAGED)
        named = {str(key): value for key, value in numbered.items()}
        document = msgspec.convert(named, type=wire, builtin_types=(bytes,))
        is_sound = to_cbor(document) == content
    except CBOR_ERRORS as cause:
        raise AppError(Code.PROOF_DAMAGED) from cause
    if not is_sound:
        raise AppError(Code.PROOF_DAMAGED)
    return document


def days_of(day: date) -> int:
    """Return the days since 1970-01-01 (as RFC 8943 counts them)."""
    return (day - _EPOCH).days


def day_of(days: int) -> date:
    """Return the day of such a count."""
    return _EPOCH + timedelta(days=days)


def printable(text: str) -> str:
    """Return a text as it is; AppError PROOF_DAMAGED unless it could stand on a card."""
    try:
        is_clean = clean_text(text) == text
    except AppError as cause:
        raise AppError(Code.PROOF_DAMAGED) from cause
    if not is_clean:
        raise AppError(Code.PROOF_DAMAGED)
    return text
