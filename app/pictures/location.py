"""Copies that do not tell where: everything a camera wrote beside the picture is left out.

A JPEG is copied segment by segment, its picture bit for bit; only known good segments are kept, so
that no maker's note, preview or trailer carries the place along. Other kinds become a JPEG.
"""

import re
from pathlib import Path

from PIL import Image, ImageOps
from PIL.ExifTags import IFD, Base

from app.pictures.facts import exif_of, tags_of
from app.pictures.opening import JPEG, media_type, opened
from app.pictures.scaling import jpeg, on_paper

_QUALITY = 92
_HEAD = b"\xff\xd8"
_END, _SCAN = 0xD9, 0xDA
_SAID = frozenset({*range(0xE0, 0xF0), 0xFE})  # what programs say beside the picture
_COLOURS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # needed to show it right
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_TIMES = (Base.DateTimeOriginal, Base.OffsetTimeOriginal, Base.SubsecTimeOriginal)


def without_location(source: Path, *, name: str) -> bytes:
    """Return a JPEG of the same picture that says when and how it was held, and nothing else.

    Raises:
        AppError: as `opened`.

    """
    with opened(source, name=name) as picture:
        kept = times_of(picture)
        if media_type(picture) == JPEG:
            kept[Base.Orientation] = exif_of(picture).get(Base.Orientation, 1)
            return _copied(source.read_bytes(), kept)
        return jpeg(on_paper(ImageOps.exif_transpose(picture)), quality=_QUALITY, exif=kept)


def times_of(picture: Image.Image) -> Image.Exif:
    """Return an Exif that says only when an open picture was taken."""
    told = tags_of(exif_of(picture), IFD.Exif)
    kept = Image.Exif()
    for tag in _TIMES:
        if tag in told:
            kept.get_ifd(IFD.Exif)[tag] = told[tag]
    return kept


def _copied(content: bytes, exif: Image.Exif) -> bytes:
    """Copy the picture of a JPEG under another Exif; ValueError when it is none."""
    written = bytearray(_HEAD + _segment(0xE1, exif.tobytes()))
    place = len(_HEAD)
    while content[place] == 0xFF:  # noqa: PLR2004 - what every marker begins with
        marker = content[place + 1]
        if marker == 0xFF:  # noqa: PLR2004 - fill
            place += 1
            continue
        if marker == _END:
            return bytes(written + content[place : place + 2])
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        if marker not in _SAID or _is_colour(marker, content[place + 4 : end]):
            written += content[place:end]
        place = end
    raise ValueError(place)


def _end_of_scan(content: bytes, start: int) -> int:
    found = _NEXT_MARKER.search(content, start)
    if found is None:
        raise ValueError(start)
    return found.start()


def _is_colour(marker: int, content: bytes) -> bool:
    return marker in _COLOURS and content.startswith(_COLOURS[marker])


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content
