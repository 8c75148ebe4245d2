"""QR codes on pictures: photographed, scanned, turned, uneven in light.

zxing-cpp looks in every direction, at half the size and for white on black by itself. What it does
not do comes after: a sharper picture, and a larger one for codes of two or three pixels a module.
"""

from pathlib import Path

import zxingcpp
from PIL import Image, ImageFilter

from app.pictures.opening import opened
from app.pictures.scaling import upright

_LONGEST = 6000  # pixels: A4 at 500 dpi
_MOST_PIXELS = 20_000_000  # of an enlarged picture: A4 at 150 dpi three times as large
_PASSES = ((1, False), (1, True), (2, False), (2, True), (3, True))  # how large, sharpened or not


def codes_on(source: Path | bytes, *, name: str, prefix: str) -> tuple[str, ...]:
    """Return the texts of the QR codes that begin with a prefix, each once; raises as `opened`."""
    with opened(source, name=name) as picture:
        grey = upright(picture, _LONGEST).convert("L")
    return _found(grey, prefix)


def codes_in(pixels: bytes, *, width: int, height: int, prefix: str) -> tuple[str, ...]:
    """Return the same of rows of blue, green, red and one unused byte, as PDFium renders."""
    page = Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", 0, 1)
    return _found(page.convert("L"), prefix)


def _found(grey: Image.Image, prefix: str) -> tuple[str, ...]:
    for scale, is_sharpened in _PASSES:
        if grey.width * grey.height * scale**2 > _MOST_PIXELS and scale > 1:
            continue
        texts = _read(_prepared(grey, scale, is_sharpened=is_sharpened))
        ours = dict.fromkeys(text for text in texts if text.startswith(prefix))
        if ours:
            return tuple(ours)
    return ()


def _prepared(grey: Image.Image, scale: int, *, is_sharpened: bool) -> Image.Image:
    size = (grey.width * scale, grey.height * scale)
    larger = grey if scale == 1 else grey.resize(size, Image.Resampling.BICUBIC)
    if not is_sharpened:
        return larger
    return larger.filter(ImageFilter.UnsharpMask(radius=2 * scale, percent=200, threshold=0))


def _read(grey: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.QRCode))
    return [code.text for code in found]
