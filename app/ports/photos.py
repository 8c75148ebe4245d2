"""What the services need of a memory for photos: trays, and the copies made of photos."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.evidence import Sha256
from app.domain.photo import Photo
from app.domain.unit import UnitKey


class PhotoStore(Protocol):
    """Photos by their hash; their bytes lie in the evidence store, kept before the row."""

    def add(self, photo: Photo) -> bool:
        """Keep a new photo; False, and nothing happens, when its hash is known."""

    def get(self, sha256: Sha256) -> Photo | None:
        """Return a photo or copy by its hash."""

    def knows(self, name: str, size: int) -> bool:
        """Tell whether a photo of this name and size ever arrived."""

    def of_unit(self, unit: UnitKey | None) -> tuple[Photo, ...]:
        """Return the photos and copies of a unit, or of nobody yet, as they were taken."""

    def move(self, photos: Sequence[Sha256], unit: UnitKey | None) -> None:
        """Put photos, with all their copies, into another unit's tray or nobody's."""
