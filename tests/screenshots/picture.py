"""A picture of the window as a small PNG with a palette; one that is the same stays untouched."""

from dataclasses import asdict
from pathlib import Path

from PIL import Image, ImageChops, ImageColor
from PySide6.QtGui import QImage, QPixmap

from ui.theme import worn

_COLOURS = 256
LARGEST = 100_000  # bytes


def write_picture(pixmap: QPixmap, path: Path) -> int:
    """Write what was grabbed and return its size in bytes."""
    whole = _picture(pixmap)
    picture = whole.quantize(palette=_palette(whole), dither=Image.Dither.NONE)
    if not (path.exists() and _is_same(picture, path)):
        picture.save(path, optimize=True)
    return path.stat().st_size


def _palette(picture: Image.Image) -> Image.Image:
    """Choose the colours: the interface's own as they are, the rest by what is seen."""
    own = [ImageColor.getrgb(colour) for colour in asdict(worn()).values()]
    seen = picture.quantize(_COLOURS - len(own)).getpalette() or []
    holder = Image.new("P", (1, 1))
    holder.putpalette([*(part for colour in own for part in colour), *seen])
    return holder


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
