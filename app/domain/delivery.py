"""How far a card has come. Delivery is derived from packages and receipts, never set."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.card import CardHash, CardId
from app.domain.supplement import SupplementHash


class State(StrEnum):
    """The farthest a card has come, in the order of the words."""

    DRAFT = "draft"
    COMPLETE = "complete"
    SIGNED = "signed"
    EXPORTED = "exported"
    RECEIVED = "received"
    ADOPTED = "adopted"
    RETURNED = "returned"


class Verdict(StrEnum):
    """What a receipt, or the office's own decision, says of a sealed card."""

    RECEIVED = "received"
    ADOPTED = "adopted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is proven of one sealed revision: written and read back, and the office's last word."""

    exported: bool = False
    verdict: Verdict | None = None


def state_of(*, is_open: bool, is_sealed: bool, delivery: Delivery) -> State:
    """Return the one word for a card: only what is proven."""
    if not is_sealed:
        return State.DRAFT if is_open else State.COMPLETE
    if delivery.verdict is not None:
        return State(delivery.verdict.value)
    return State.EXPORTED if delivery.exported else State.SIGNED


class Outcome(StrEnum):
    """What became of one record of a package."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    SET_ASIDE = "set_aside"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageItem:
    """One record of a package: its card, what became of it, and why (a code or a text).

    `hash` is that of the sealed card, or of a supplement to it.
    """

    card: CardId
    revision: int
    hash: CardHash | SupplementHash
    outcome: Outcome
    reason: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRecord:
    """A package written or taken in. `digest` (of its tag manifest) is its identity."""

    digest: str
    package_id: str
    kind: str
    outgoing: bool
    stream: str
    sequence: int
    previous: str
    peer: str
    created_at: datetime
    handled_at: datetime
    audit_head: str
    items: tuple[PackageItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The office's last word on a sealed card; on the inspector's side, as the receipt told it.

    A supplement is received and never judged for itself.
    """

    hash: CardHash | SupplementHash
    verdict: Verdict
    reason: str
    at: datetime
