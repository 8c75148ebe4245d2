"""What a picture says of itself: kind, size as held, when it was taken, whether it tells where."""

from dataclasses import dataclass
from datetime import datetime, timezone

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from app.domain.moment import CHINA
from app.pictures.opening import BROKEN, media_type

_UPRIGHT = 1
_SIDEWAYS = frozenset({5, 6, 7, 8})
_PLACE = frozenset(
    {GPS.GPSLatitude, GPS.GPSLongitude, GPS.GPSDestLatitude, GPS.GPSAreaInformation}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """Facts of one picture. `width` and `height` are as it was held; `orientation` is Exif's.

    `taken_at` is None when the picture does not say; without a zone it was taken in China.
    """

    media_type: str
    width: int
    height: int
    orientation: int
    taken_at: datetime | None
    has_location: bool


def facts_of(picture: Image.Image) -> PictureFacts:
    """Read the facts of an open picture; damaged ones are as good as none."""
    exif = exif_of(picture)
    orientation = _orientation(exif)
    width, height = picture.size
    if orientation in _SIDEWAYS:
        width, height = height, width
    return PictureFacts(
        media_type=media_type(picture),
        width=width,
        height=height,
        orientation=orientation,
        taken_at=_taken_at(exif),
        has_location=_has_location(picture, exif),
    )


def is_sideways(picture: Image.Image) -> bool:
    """Tell whether an open picture lies on its side in the file."""
    return _orientation(exif_of(picture)) in _SIDEWAYS


def exif_of(picture: Image.Image) -> Image.Exif:
    """Return the Exif of an open picture; empty when it is damaged."""
    try:
        return picture.getexif()
    except BROKEN:
        return Image.Exif()


def _orientation(exif: Image.Exif) -> int:
    told = exif.get(Base.Orientation)
    return told if isinstance(told, int) else _UPRIGHT


def _taken_at(exif: Image.Exif) -> datetime | None:
    """Return when the shutter fell, to a fraction of a second where a burst needs it."""
    details = tags_of(exif, IFD.Exif)
    stamp = str(details.get(Base.DateTimeOriginal, "")).strip(" \x00")
    try:
        moment = datetime.strptime(stamp, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - zone below
    except ValueError:
        return None
    fraction = str(details.get(Base.SubsecTimeOriginal, "")).strip(" \x00")
    if fraction.isascii() and fraction.isdigit():
        moment = moment.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    return moment.replace(tzinfo=_zone(str(details.get(Base.OffsetTimeOriginal, ""))))


def _zone(offset: str) -> timezone:
    try:
        told = datetime.strptime(offset.strip(" \x00"), "%z").utcoffset()
    except ValueError:
        return CHINA
    return CHINA if told is None else timezone(told)


def _has_location(picture: Image.Image, exif: Image.Exif) -> bool:
    xmp = picture.info.get("xmp", b"")
    told = xmp if isinstance(xmp, bytes) else str(xmp).encode()
    return b"GPSL" in told or not _PLACE.isdisjoint(tags_of(exif, IFD.GPSInfo))


def tags_of(exif: Image.Exif, ifd: IFD) -> dict[int, object]:
    """Return one part of an Exif; empty when it is damaged."""
    try:
        return dict(exif.get_ifd(ifd))
    except BROKEN:
        return {}
