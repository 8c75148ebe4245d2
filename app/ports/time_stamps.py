"""What the services need of the place where the time stamp service is kept."""

from typing import Protocol

from app.domain.time_stamp import StampService


class StampServiceStore(Protocol):
    """The one time stamp service of a workspace, if there is one."""

    def get(self) -> StampService | None:
        """Return the service."""

    def set(self, service: StampService) -> None:
        """Keep the service in place of the one before."""

    def clear(self) -> None:
        """Forget the service."""
