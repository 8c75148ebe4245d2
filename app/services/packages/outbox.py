"""报送 as a person sees it: each sealed card, how far it is proven to have come, since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.domain.card import CardHash, CardId
from app.domain.delivery import PackageRecord, State
from app.domain.keyring import CredentialKind
from app.domain.sealed import SealedIndex
from app.domain.supplement import SupplementHash
from app.domain.unit import Unit
from app.services.cards.view import ListedCard, list_cards
from app.services.desk.desk import Desk
from app.services.desk.standing import holder_of, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingCard:
    """A sealed card of ours. `since` is when its state was proven, `package` the last number.

    `reason` is the office's word where it was returned.
    """

    card: CardId
    unit: Unit
    day: date
    total: Decimal
    state: State
    since: datetime
    package: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """What was sealed here and what became of it; `holder` is '' before a credential is here."""

    holder: str
    office: str
    cards: tuple[OutgoingCard, ...]
    unsealed: int
    last_package: PackageRecord | None


def outbox(desk: Desk) -> Outbox:
    """Return the sealed cards of this workspace, what still lies only here first."""
    workspace = desk.workspace
    holder = holder_of(desk, CredentialKind.INSPECTOR)
    sealed: dict[str, SealedIndex] = {index.hash: index for index in workspace.cards.all_sealed()}
    sent = workspace.packages.all(outgoing=True)
    packages = {item.hash: record for record in sent for item in record.items}
    listed = list_cards(desk)
    cards = [
        _outgoing(desk, listing, index, packages)
        for listing in listed
        if (index := sealed.get(listing.line.sealed or "")) and not index.received_in
    ]
    return Outbox(
        holder=holder.common_name if holder else "",
        office=standing(desk).name.name,
        cards=tuple(sorted(cards, key=lambda card: (_ORDER[card.state], card.since))),
        unsealed=sum(listing.line.sealed is None for listing in listed),
        last_package=sent[-1] if sent else None,
    )


_ORDER = {
    state: place
    for place, state in enumerate(
        (
            State.RETURNED,
            State.SIGNED,
            State.EXPORTED,
            State.RECEIVED,
            State.ADOPTED,
            State.COMPLETE,
            State.DRAFT,
        )
    )
}


def _outgoing(
    desk: Desk,
    listing: ListedCard,
    index: SealedIndex,
    packages: Mapping[CardHash | SupplementHash, PackageRecord],
) -> OutgoingCard:
    decision = desk.workspace.decisions.get(index.hash)
    record = packages.get(index.hash)
    proofs = [index.sealed_at]
    if record is not None:
        proofs.append(record.handled_at)
    if decision is not None:
        proofs.append(decision.at)
    return OutgoingCard(
        card=index.id,
        unit=listing.line.unit,
        day=listing.line.date_to,
        total=listing.total,
        state=listing.state,
        since=proofs[-1],
        package=record.sequence if record else None,
        reason=decision.reason if decision else "",
    )
