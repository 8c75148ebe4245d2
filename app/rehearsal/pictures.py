"""Photographs and scans of nothing real: small JPEGs that say 练习 and carry a visit's time."""

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont
from PIL.ExifTags import IFD, Base

from app.domain.signature import Ink

_PHOTO = (960, 720)
_PAGE = (620, 877)  # A4 at 75 dpi
_FACE = "NotoSansSC-Bold.ttf"
_QUALITY = 78
_MARK = "练习"
_MACHINES = ("#5b6c7d", "#7d5b5b", "#4f7a64", "#8a7a4a", "#566a8f")
_INK = "#1a2a6c"
_TILT = 0.7  # degrees a sheet lies askew on the glass


def photo(fonts: Path, *, caption: str, taken: datetime, dice: Random) -> bytes:
    """Return a photograph of a workshop that never was; `taken` (local) stands in its Exif."""
    wide, high = _PHOTO
    picture = Image.linear_gradient("L").resize(_PHOTO).convert("RGB")
    picture = Image.blend(picture, Image.new("RGB", _PHOTO, "#cfd6dc"), 0.75)
    pen = ImageDraw.Draw(picture)
    floor = high * 3 // 5
    pen.rectangle((0, floor, wide, high), fill="#9a958c")
    for left in range(dice.randint(20, 80), wide - 120, dice.randint(190, 260)):
        top = floor - dice.randint(90, 260)
        body = (left, top, left + dice.randint(90, 170), floor + 30)
        pen.rounded_rectangle(body, 10, fill=dice.choice(_MACHINES), outline="#2c3138", width=4)
        pen.ellipse((left + 25, top + 20, left + 60, top + 55), fill="#d9c94a")
    for left in range(-40, wide, 80):
        stripe = ((left, high - 90), (left + 40, high - 90), (left + 80, high - 60))
        pen.polygon((*stripe, (left + 40, high - 60)), fill="#e3b505")
    pen.text((wide // 2, 190), _MARK, font=_font(fonts, 150), fill="#c8102e", anchor="mm")
    pen.rectangle((0, high - 60, wide, high), fill="#20242a")
    words = f"{_MARK}　{caption}　{taken:%Y-%m-%d %H:%M}"
    pen.text((20, high - 30), words, font=_font(fonts, 28), fill="white", anchor="lm")
    return _jpeg(picture, taken)


def scan(fonts: Path, *, title: str, ink: Ink, taken: datetime) -> bytes:
    """Return the scan of a sheet signed by hand; a frame stands where a seal would."""
    wide, _ = _PAGE
    sheet = Image.new("RGB", _PAGE, "#fbfaf6")
    pen = ImageDraw.Draw(sheet)
    pen.text((wide // 2, 70), f"{_MARK}：纸质签字页", _INK, _font(fonts, 30), anchor="mm")
    pen.text((60, 140), title, "#202020", _font(fonts, 16))
    pen.text(
        (60, 172), f"{taken:%Y-%m-%d}　被考核单位负责人（或授权人）：", "#202020", _font(fonts, 16)
    )
    scale = min((wide - 200) / ink.width, 130 / ink.height)
    for stroke in ink.strokes:
        for before, after in pairwise(stroke):
            line = [(100 + at.x * scale, 220 + at.y * scale) for at in (before, after)]
            pen.line(line, fill=_INK, width=1 + after.pressure // 260)
    pen.rectangle((360, 420, 520, 580), outline="#c8102e", width=5)
    pen.text((440, 500), f"{_MARK}\n非印章", "#c8102e", _font(fonts, 40), anchor="mm")
    return _jpeg(sheet.rotate(_TILT, Image.Resampling.BICUBIC, fillcolor="#d8d8d4"), taken)


@lru_cache
def _font(folder: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(folder / _FACE, size)


def _jpeg(picture: Image.Image, taken: datetime) -> bytes:
    exif = Image.Exif()
    stamp = f"{taken:%Y:%m:%d %H:%M:%S}"
    exif[Base.Make] = "ANKANG REHEARSAL"
    exif[Base.DateTime] = stamp
    details = exif.get_ifd(IFD.Exif)
    details[Base.DateTimeOriginal] = stamp
    details[Base.OffsetTimeOriginal] = "+08:00"
    written = BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, exif=exif)
    return written.getvalue()
