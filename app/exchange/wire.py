"""What all wire structs share: strictness, what a text or number may be, the evidence entry."""

from typing import Annotated

import msgspec
from msgspec import Meta

from app.domain.evidence import Evidence, Sha256

IS_UUID = Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
IS_SHA256 = Meta(pattern=r"^[0-9a-f]{64}\Z")
IS_MOMENT = Meta(pattern=r"^[0-9T:.-]{19,26}Z\Z")
IS_POINTS = Meta(pattern=r"^(0|[1-9][0-9]{0,3})(\.[0-9]?[1-9])?\Z")
IS_NUMBER = Meta(ge=1, lt=1 << 31)
IS_COUNT = Meta(ge=0, lt=1 << 31)
IS_SIZE = Meta(ge=1, lt=1 << 53)
IS_TEXT = Meta(max_length=500, pattern=r"^[^\x00-\x1f\x7f-\x9f]*\Z")
IS_SAID = Meta(max_length=500, pattern=r"^[^\x00-\x1f\x7f-\x9f]+\Z")

Text = Annotated[str, IS_TEXT]
Said = Annotated[str, IS_SAID]
Hash = Annotated[str, IS_SHA256]
Points = Annotated[str, IS_POINTS]


class WireStruct(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A document or a part of one: immutable, and refusing fields it does not know."""


class EvidenceWire(WireStruct, frozen=True):
    """One kept file; `size` in bytes."""

    sha256: Hash
    name: Text
    media_type: Text
    size: Annotated[int, IS_SIZE]


def evidence_to_wire(evidence: Evidence) -> EvidenceWire:
    """Return the wire form of a kept file."""
    return EvidenceWire(
        sha256=evidence.sha256,
        name=evidence.name,
        media_type=evidence.media_type,
        size=evidence.size,
    )


def evidence_from_wire(wire: EvidenceWire) -> Evidence:
    """Return the kept file of a wire form."""
    return Evidence(
        sha256=Sha256(wire.sha256), name=wire.name, media_type=wire.media_type, size=wire.size
    )
