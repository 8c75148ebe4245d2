"""Pixels become a PNG that shows the same."""

from io import BytesIO

import pytest
from PIL import Image

from app.pictures.pixels import png_of


@pytest.mark.parametrize(("alpha", "mode"), [(255, "RGB"), (128, "RGBA")])
def test_a_png_shows_the_pixels_it_was_made_of(alpha: int, mode: str) -> None:
    pixels = bytes(value for place in range(6) for value in (place * 40, 7, 200, alpha))
    with Image.open(BytesIO(png_of(pixels, width=3, height=2))) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", (3, 2), mode)
        assert picture.convert("RGBA").tobytes() == pixels
