"""Photos in the tray (待归类照片): what is known of each, and what is drawn on a copy of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.card import CardId
from app.domain.evidence import Evidence, Sha256
from app.domain.unit import UnitKey

WHOLE = 10_000  # positions in a picture are counted in ten-thousandths of its sides


class TimeSource(StrEnum):
    """What `taken_at` rests on: the camera's word, the file's time, or the moment of arrival."""

    CAMERA = "camera"
    FILE = "file"
    ARRIVAL = "arrival"


class Copy(StrEnum):
    """Why a copy was made of a photo: to leave its location out, or to draw on it."""

    PLACELESS = "placeless"
    MARKED = "marked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The photo a copy was made of, and why."""

    sha256: Sha256
    copy: Copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One photo of this workspace, or a copy of one. `file` is what the evidence store keeps.

    `unit` and `card` say whose tray it lies in, None while nobody said so. `width` and `height`
    are as it was held; `orientation` is Exif's.
    """

    file: Evidence
    taken_at: datetime
    time_source: TimeSource
    arrived_at: datetime
    width: int
    height: int
    orientation: int
    has_location: bool
    unit: UnitKey | None = None
    card: CardId | None = None
    origin: Origin | None = None
    note: str = ""

    @property
    def sha256(self) -> Sha256:
        """Return the hash it is kept under."""
        return self.file.sha256

    @property
    def root(self) -> Sha256:
        """Return the hash of the original: its own, unless it is a copy."""
        return self.file.sha256 if self.origin is None else self.origin.sha256


def in_order(photos: Iterable[Photo]) -> tuple[Photo, ...]:
    """Return photos as they were taken; those of one moment by their names."""
    return tuple(sorted(photos, key=lambda photo: (photo.taken_at, photo.file.name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place in a picture: 0 to 10,000 from its left and from its top edge."""

    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """An arrow whose head is at `to`."""

    start: Point
    to: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle between two opposite corners."""

    start: Point
    to: Point


Shape = Arrow | Box
