"""签字确认 as shown: what holds a card up, who stands where, what a revision changed."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.card import Correction, correction
from app.domain.checks import Finding
from app.domain.keyring import Credential, CredentialKind
from app.domain.revision import Change, changes
from app.domain.signature import Signature
from app.domain.supplement import LateSignature
from app.exchange.card_document import PartHashes, part_hashes, read_card
from app.services.cards.view import CardView, check_card, view_card
from app.services.desk.desk import Desk
from app.services.seal.sealers import SealedFile, sealed_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A card at the moment it is to be signed or sealed, or after.

    `hashes` are its two parts as they are now; `correction` and `changes` compare a revision with
    the one before it. `credential` is the inspector's, None before there is one; `file` the sealed
    file of a sealed card.
    """

    view: CardView
    hashes: PartHashes
    findings: tuple[Finding, ...]
    correction: Correction | None
    changes: tuple[Change, ...]
    credential: Credential | None
    file: SealedFile | None
    now: datetime

    @property
    def late(self) -> tuple[Signature, ...]:
        """Return the signatures that came after the card was sealed (补签)."""
        additions = (held.supplement.addition for held in self.view.supplements)
        return tuple(each.signature for each in additions if isinstance(each, LateSignature))

    def is_carried(self, signature: Signature) -> bool:
        """Tell whether a signature was given for the revision before and still stands."""
        return signature.header_hash != self.hashes.header


def view_confirmation(desk: Desk, card_id: str) -> Confirmation:
    """Return a card with all that signing it needs to know; AppError CARD_UNKNOWN."""
    view = view_card(desk, card_id)
    hashes = part_hashes(view.card, view.form)
    return Confirmation(
        view=view,
        hashes=hashes,
        findings=check_card(desk, card_id),
        correction=correction(view.card, hashes.scores),
        changes=_changes(desk, view),
        credential=desk.workspace.credentials.get(CredentialKind.INSPECTOR),
        file=sealed_file(desk, view.sealed.hash) if view.sealed else None,
        now=desk.clock.now(),
    )


def _changes(desk: Desk, view: CardView) -> tuple[Change, ...]:
    previous = view.card.previous
    sealed = desk.workspace.cards.sealed(previous.hash) if previous else None
    if sealed is None:
        return ()
    return changes(read_card(sealed.document, view.form), view.card, view.form)
