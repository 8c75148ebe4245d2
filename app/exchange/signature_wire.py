"""One signature on the wire, as cards and supplements hold it."""

from typing import Annotated

from app.domain.signature import Signatory, Signature
from app.exchange.manner_wire import MannerWire, manner_from_wire, manner_to_wire
from app.exchange.moments import moment_text, read_moment
from app.exchange.wire import IS_MOMENT, Hash, Said, WireStruct


class OverWire(WireStruct, frozen=True):
    """The two parts a signature was given over."""

    header: Hash
    scores: Hash


class SignatureWire(WireStruct, frozen=True):
    """One signature; `at` is UTC."""

    role: Signatory
    name: Said
    at: Annotated[str, IS_MOMENT]
    over: OverWire
    manner: MannerWire


def signature_to_wire(signature: Signature) -> SignatureWire:
    """Return the wire form of a signature."""
    return SignatureWire(
        role=signature.signatory,
        name=signature.name,
        at=moment_text(signature.at),
        over=OverWire(header=signature.header_hash, scores=signature.scores_hash),
        manner=manner_to_wire(signature.manner),
    )


def signature_from_wire(wire: SignatureWire) -> Signature:
    """Return the signature of a wire form; ValueError for a role or time it cannot have."""
    return Signature(
        signatory=wire.role,
        name=wire.name,
        at=read_moment(wire.at),
        manner=manner_from_wire(wire.manner),
        header_hash=wire.over.header,
        scores_hash=wire.over.scores,
    )
