"""What the services need of a store of handovers."""

from typing import Protocol

from app.domain.card import CardId
from app.domain.handover import Handover


class HandoverStore(Protocol):
    """How copies were handed over: recorded ones for ever, one a card being written."""

    def write(self, handover: Handover) -> None:
        """Keep a handover that is being written, in place of what was written of it before.

        One with `recorded_at` is thereby closed for ever.
        """

    def written(self, card_id: CardId) -> Handover | None:
        """Return the handover of a card that is being written."""

    def recorded(self, card_id: CardId) -> tuple[Handover, ...]:
        """Return the recorded handovers of a card, in the order they were recorded."""
