"""Keys a person opened today: in memory only, until midnight in China or until locked.

Unlocking once a day is enough (field.md), and nothing opened is ever stored. A program makes one
and lends it to its screens; it is used on the GUI thread alone.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from app.domain.moment import local_date

if TYPE_CHECKING:  # the crypto behind it takes half a second to import
    from app.services.keys.unlock import Unlocked


class OpenedKeys:
    """The keys opened, each under its certificate: a renewed credential is opened anew."""

    def __init__(self) -> None:
        self._held: dict[bytes, tuple[Unlocked, datetime]] = {}

    def keep(self, unlocked: "Unlocked", now: datetime) -> None:
        """Hold a key until the day is over."""
        self._held[unlocked.identity.certificate] = (unlocked, now)

    def of(self, certificate: bytes | None, now: datetime) -> "Unlocked | None":
        """Return the key of a certificate if it was opened today."""
        if certificate is None or certificate not in self._held:
            return None
        unlocked, opened = self._held[certificate]
        if local_date(opened) == local_date(now):
            return unlocked
        del self._held[certificate]
        return None

    def lock(self) -> None:
        """Forget every key."""
        self._held.clear()
