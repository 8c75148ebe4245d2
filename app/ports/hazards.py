"""What the services need of a memory for hazards (隐患)."""

from collections.abc import Mapping
from typing import Protocol

from app.domain.hazard import Hazard
from app.domain.unit import UnitKey


class HazardStore(Protocol):
    """Hazards of all units; none is ever deleted."""

    def add(self, hazard: Hazard) -> None:
        """Keep a new hazard."""

    def save(self, before: Hazard, after: Hazard) -> None:
        """Keep what differs between two states of a hazard; its history only grows."""

    def get(self, hazard_id: str) -> Hazard | None:
        """Return the hazard of this id."""

    def of_unit(self, key: UnitKey) -> tuple[Hazard, ...]:
        """Return every hazard of a unit, oldest first."""

    def unsettled(self) -> tuple[Hazard, ...]:
        """Return the hazards of all units neither closed nor withdrawn: by unit, oldest first."""

    def open_counts(self) -> Mapping[UnitKey, int]:
        """Return how many such hazards each unit has; units without one are left out."""
