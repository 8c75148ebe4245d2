"""What 签字确认 asks of the lanes; what imports pyHanko is imported late, after `Job.warm`."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.crypto.passphrase import passphrase_of_text
from app.domain.card import Card, CardId
from app.domain.signature import Paper, Signatory
from app.errors import AppError
from app.files import read_whole
from app.ports.progress import Progress
from app.services.desk.desk import Changes, Desk
from app.services.desk.intake import Scan, keep_scan
from app.services.seal.sign import Given, SigningPlan, plan_signatures

if TYPE_CHECKING:
    from app.domain.supplement import SealedSupplement
    from app.services.keys.unlock import Unlocked
    from app.services.seal.seal import Seal, SealPlan
    from app.services.seal.supplement import SupplementPlan

Signer = tuple[Signatory, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """The credential (.akid) another assessor brought, and his passphrase as typed."""

    path: Path
    typed: str


def on_paper(desk: Desk, scan: Scan, signers: tuple[Signer, ...]) -> tuple[Given, ...]:
    """Keep a scan and return the signatures that stand on it."""
    kept = Paper(scan=keep_scan(desk, scan))
    return tuple(Given(signatory=signatory, name=name, manner=kept) for signatory, name in signers)


def planned_signatures(desk: Desk, card_id: CardId, given: tuple[Given, ...]) -> SigningPlan:
    """Return a card with signatures; raises as `plan_signatures`."""
    return plan_signatures(desk, card_id, given)


def planned_seal(desk: Desk, card_id: CardId) -> "SealPlan":
    """Return what sealing needs; raises as `plan_seal`."""
    from app.services.seal.seal import plan_seal

    return plan_seal(desk, card_id)


def sealed(
    plan: "SealPlan", unlocked: "Unlocked", progress: Progress, second: Second | None
) -> "Seal":
    """Seal a card (compute); `progress` hears of its photos; raises as `open_brought`, `seal`."""
    from app.services.keys.unlock import open_brought
    from app.services.seal.seal import seal

    if second is None:
        return seal(plan, unlocked.identity, progress=progress)
    brought = open_brought(read_whole(second.path), passphrase_of_text(second.typed))
    return seal(plan, unlocked.identity, second=brought, progress=progress)


def kept_seal(desk: Desk, plan: "SealPlan", made: "Seal") -> "tuple[AppError | None, Changes]":
    """Store a seal and return why it has no time stamp; raises as `keep_sealed`."""
    from app.services.seal.seal import keep_sealed

    return made.unstamped, keep_sealed(desk, plan, made)[1]


def planned_late(desk: Desk, card_id: CardId, given: Given) -> "SupplementPlan":
    """Return a supplement that adds a signature; raises as `plan_late_signature`."""
    from app.services.seal.supplement import plan_late_signature

    return plan_late_signature(desk, card_id, given)


def sealed_late(plan: "SupplementPlan", unlocked: "Unlocked") -> "SealedSupplement":
    """Seal a supplement (compute); raises as `seal_supplement`."""
    from app.services.seal.supplement import seal_supplement

    return seal_supplement(plan, unlocked.identity)


def revised(desk: Desk, card_id: CardId, reason: str) -> tuple[Card, Changes]:
    """Begin the next revision; raises as `revise_card`."""
    from app.services.seal.seal import revise_card

    return revise_card(desk, card_id, reason=reason)


def kept_late(desk: Desk, made: "SealedSupplement") -> tuple[None, Changes]:
    """Store a supplement; raises as `keep_supplement`."""
    from app.services.seal.supplement import keep_supplement

    return None, keep_supplement(desk, made)[1]
