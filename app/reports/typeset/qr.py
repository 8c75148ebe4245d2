"""A text as the dark and light modules of a QR code (ISO/IEC 18004), error correction level M.

Level M mends 15 % of the code: a crease, a stamp's edge. Text of capitals, digits and " $%*+-./:"
takes 5.5 bits a character; version 15 (77 modules) holds 600 of them.
"""

from functools import lru_cache
from math import isqrt
from typing import cast

import zxingcpp

_DARK = 0


@lru_cache(maxsize=4)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of the QR code of a text from the top, True for dark; no quiet zone."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = code.to_image(scale=1, add_quiet_zones=False)
    pixels = memoryview(cast("bytes", image)).tobytes()  # zxing-cpp 3.1 types no buffer protocol
    side = isqrt(len(pixels))
    return tuple(
        tuple(pixel == _DARK for pixel in pixels[start : start + side])
        for start in range(0, len(pixels), side)
    )
