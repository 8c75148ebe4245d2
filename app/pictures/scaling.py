"""Smaller pictures for the eye: upright, in RGB, never decoded larger than they are shown."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from app.pictures.facts import is_sideways
from app.pictures.opening import opened

_QUALITY = 82
_QUALITIES = (85, 70, 55, 40)
_STRIP = 256  # rows brought to the screen's form at a time: Pillow needs twice their memory
_PAPER = "white"  # under what is transparent


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A picture as a screen takes it: rows of blue, green, red and one unused byte."""

    width: int
    height: int
    content: bytearray


def upright(picture: Image.Image, longest: int) -> Image.Image:
    """Return an open picture at most `longest` pixels in each direction, the way it was held.

    A JPEG is decoded at a half, a quarter or an eighth where that is enough: 120 megapixels then
    take the memory of two.
    """
    return upright_within(picture, (longest, longest))


def upright_within(picture: Image.Image, room: tuple[int, int]) -> Image.Image:
    """Return an open picture the way it was held, no wider and no higher than its room."""
    wide, high = room
    box = (high, wide) if is_sideways(picture) else room
    picture.draft("RGB", box)
    picture.thumbnail(box, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return on_paper(ImageOps.exif_transpose(picture))


def thumbnail(source: Path | bytes, *, name: str, longest: int) -> bytes:
    """Return a small JPEG without any facts of the original; raises as `opened`."""
    with opened(source, name=name) as picture:
        return jpeg(upright(picture, longest), quality=_QUALITY)


def pixels(source: Path | bytes, *, name: str, longest: int) -> Pixels:
    """Return a picture ready for the screen; raises as `opened`."""
    with opened(source, name=name) as picture:
        shown = upright(picture, longest)
    return Pixels(width=shown.width, height=shown.height, content=_for_screen(shown))


def jpeg(picture: Image.Image, *, quality: int, exif: Image.Exif | None = None) -> bytes:
    """Return a picture as JPEG, with no facts but those given."""
    written = BytesIO()
    kept = b"" if exif is None else exif.tobytes()
    # Pillow 13 copies a comment of the original unless it is given another.
    picture.save(written, "JPEG", quality=quality, exif=kept, comment=b"")
    return written.getvalue()


def jpeg_within(picture: Image.Image, most: int) -> bytes:
    """Return a JPEG without any facts, of so many bytes at most if lower quality can do it."""
    content = b""
    for quality in _QUALITIES:
        content = jpeg(picture, quality=quality)
        if len(content) <= most:
            break
    return content


def on_paper(picture: Image.Image) -> Image.Image:
    """Return a picture in RGB; what is transparent lies on white."""
    if picture.mode == "RGB":
        return picture
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, _PAPER)
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _for_screen(picture: Image.Image) -> bytearray:
    content = bytearray(picture.width * picture.height * 4)
    row = picture.width * 4
    for top in range(0, picture.height, _STRIP):
        end = min(top + _STRIP, picture.height)
        strip = picture.crop((0, top, picture.width, end))
        content[top * row : end * row] = strip.tobytes("raw", "BGRX")
    return content
