"""What the services need to keep of assignments: those given to us, and those given out."""

from collections.abc import Mapping
from typing import Protocol

from app.domain.assignment import Assignment
from app.domain.card import CardId
from app.domain.unit import UnitKey


class AssignmentStore(Protocol):
    """Units given to the inspector here, and at an office those it gave to each inspector."""

    def put(self, assignment: Assignment) -> None:
        """Keep what was given to us, in place of an earlier order for the unit."""

    def of(self, key: UnitKey) -> Assignment | None:
        """Return what was given to us of a unit."""

    def all(self) -> tuple[Assignment, ...]:
        """Return what was given to us, also what was taken back, soonest due first."""

    def put_issued(self, inspector: str, assignment: Assignment) -> None:
        """Keep what was given to an inspector (serial of his certificate), as `put`."""

    def issued_to(self, inspector: str) -> tuple[Assignment, ...]:
        """Return what was given to an inspector, soonest due first."""

    def issued_cards(self, season: str) -> Mapping[UnitKey, CardId]:
        """Return the card each unit given to anybody has in a season."""
