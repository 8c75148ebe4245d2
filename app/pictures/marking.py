"""Marked copies: arrows, boxes and a stamp drawn on a copy of a photo, never on the photo."""

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.domain.photo import WHOLE, Arrow, Box, Point, Shape
from app.pictures.location import times_of
from app.pictures.opening import opened
from app.pictures.scaling import jpeg, upright

_LONGEST = 4096  # pixels: a sheet of A4 at 350 dpi
_QUALITY = 90
_INK, _HALO = "#E0201B", "white"
_HEAD_ANGLE = pi / 7
_FACE = "NotoSansSC-Bold.ttf"
_BAND, _WORDS = (0, 0, 0, 150), "white"

_At = tuple[float, float]


def marked(
    source: Path, *, name: str, shapes: Sequence[Shape], stamp: Sequence[str], fonts: Path
) -> bytes:
    """Return a JPEG with shapes drawn and lines of text burned in at its foot.

    It is at most 4,096 pixels long, upright, and tells when it was taken but not where.

    Raises:
        AppError: as `opened`.

    """
    with opened(source, name=name) as picture:
        times = times_of(picture)
        sheet = upright(picture, _LONGEST)
    for shape in shapes:
        _draw(sheet, shape)
    if stamp:
        _stamp(sheet, stamp, fonts / _FACE)
    return jpeg(sheet, quality=_QUALITY, exif=times)


def _draw(sheet: Image.Image, shape: Shape) -> None:
    pen = ImageDraw.Draw(sheet)
    width = max(3, max(sheet.size) // 200)
    start, to = _at(sheet, shape.start), _at(sheet, shape.to)
    for ink, wide in ((_HALO, width * 2), (_INK, width)):
        match shape:
            case Box():
                corners = ((start[0], start[1]), (to[0], start[1]), to, (start[0], to[1]))
                _line(pen, (*corners, corners[0], corners[1]), ink, wide)
            case Arrow():
                for points in ((start, to), _head(start, to, width * 6)):
                    _line(pen, points, ink, wide)


def _line(pen: ImageDraw.ImageDraw, points: Sequence[_At], ink: str, width: int) -> None:
    for before, after in pairwise(points):
        pen.line((before, after), fill=ink, width=width)
    for x, y in points:
        pen.circle((x, y), width / 2, fill=ink)


def _head(start: _At, to: _At, length: float) -> tuple[_At, _At, _At]:
    """Return the three points of an arrow's head."""
    along = atan2(start[1] - to[1], start[0] - to[0])
    left, right = (
        (to[0] + length * cos(angle), to[1] + length * sin(angle))
        for angle in (along - _HEAD_ANGLE, along + _HEAD_ANGLE)
    )
    return left, to, right


def _at(sheet: Image.Image, point: Point) -> _At:
    return point.x * sheet.width / WHOLE, point.y * sheet.height / WHOLE


def _stamp(sheet: Image.Image, lines: Sequence[str], face: Path) -> None:
    size = max(14, min(sheet.size) // 32)
    font = ImageFont.truetype(face, size)
    margin = size // 2
    text = "\n".join(line for each in lines for line in _wrapped(each, font, sheet.width - size))
    pen = ImageDraw.Draw(sheet, "RGBA")
    high = pen.multiline_textbbox((0, 0), text, font=font)[3]
    pen.rectangle((0, sheet.height - high - 2 * margin, *sheet.size), fill=_BAND)
    pen.multiline_text((margin, sheet.height - high - margin), text, _WORDS, font)


def _wrapped(line: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Cut a line where the picture ends; Chinese may be cut anywhere."""
    lines = [""]
    for letter in line:
        if lines[-1] and font.getlength(lines[-1] + letter) > room:
            lines.append("")
        lines[-1] += letter
    return lines
