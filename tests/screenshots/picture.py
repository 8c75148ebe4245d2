"""A picture of the window as a small PNG with a palette; one that is the same stays untouched."""

from dataclasses import asdict
from operator import sub
from pathlib import Path

from PIL import Image, ImageChops, ImageColor
from PySide6.QtGui import QImage, QPixmap

from ui.theme import worn

_COLOURS = 160
_NEARLY = 8  # of 255
LARGEST = 100_000  # bytes


def write_picture(pixmap: QPixmap, path: Path) -> int:
    """Write what was grabbed and return its size in bytes."""
    picture = _picture(pixmap).quantize(_COLOURS, dither=Image.Dither.NONE)
    _correct(picture)
    if not (path.exists() and _is_same(picture, path)):
        picture.save(path, optimize=True)
    return path.stat().st_size


def _correct(picture: Image.Image) -> None:
    """Put the interface's own colours in the place of those that nearly are them."""
    flat = picture.getpalette() or []
    palette = [tuple(flat[place : place + 3]) for place in range(0, len(flat), 3)]
    for own in map(ImageColor.getrgb, asdict(worn()).values()):
        distances = [max(map(abs, map(sub, own, colour))) for colour in palette]
        if palette and min(distances) <= _NEARLY:
            palette[distances.index(min(distances))] = own
    picture.putpalette([part for colour in palette for part in colour])


def _picture(pixmap: QPixmap) -> Image.Image:
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB888)
    size = (image.width(), image.height())
    pixels = bytes(image.constBits())
    return Image.frombytes("RGB", size, pixels, "raw", "RGB", image.bytesPerLine())


def _is_same(picture: Image.Image, path: Path) -> bool:
    with Image.open(path) as before:
        if before.size != picture.size:
            return False
        return (
            ImageChops.difference(before.convert("RGB"), picture.convert("RGB")).getbbox() is None
        )
