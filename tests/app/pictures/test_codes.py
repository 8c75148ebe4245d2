"""Codes are found on pictures that were not made to be read: turned, small, dim, inverted."""

from io import BytesIO

import pytest
from PIL import Image, ImageOps

from app.errors import Code
from app.pictures.codes import codes_in, codes_on
from app.reports.typeset.qr import modules
from tests.paper import jpeg, photographed
from tests.refusals import refused

PREFIX = "AKP1:"
TEXT = PREFIX + ("0123456789ABCDEF $%*+-./:" * 40)[:675]  # version 17, as a usual card has it
_MM_40 = 236  # pixels at 150 dpi
_PLACE = (900, 1300)


def sheet(*texts: str, side: int = _MM_40) -> Image.Image:
    """Return A4 at 150 dpi in grey with codes of 40 mm on it."""
    page = Image.new("L", (1240, 1754), 255)
    for number, text in enumerate(texts):
        rows = modules(text)
        bits = bytes(0 if dark else 255 for row in rows for dark in row)
        code = Image.frombytes("L", (len(rows), len(rows)), bits)
        code = code.resize((len(rows) * 8, len(rows) * 8), Image.Resampling.NEAREST)
        place = (_PLACE[0], _PLACE[1] - number * 400)
        page.paste(code.resize((side, side), Image.Resampling.BOX), place)
    return page


@pytest.mark.parametrize("angle", [0, 7, 33, 90, 180, 270])
@pytest.mark.parametrize("blur", [0.5, 1.0])
def test_a_turned_blurred_and_noisy_page_is_read(angle: float, blur: float) -> None:
    content = photographed(sheet(TEXT), angle=angle, blur=blur)
    assert codes_on(content, name="照片.jpg", prefix=PREFIX) == (TEXT,)


def test_a_small_code_is_read_at_twice_the_size() -> None:
    content = photographed(sheet(TEXT, side=190), angle=3, blur=0.7)
    assert codes_on(content, name="照片.jpg", prefix=PREFIX) == (TEXT,)


def test_only_codes_that_begin_so_are_told_and_each_once() -> None:
    page = sheet(TEXT, "https://example.org/unrelated", TEXT)
    assert codes_on(jpeg(page), name="照片.jpg", prefix=PREFIX) == (TEXT,)
    other = PREFIX + "ANOTHER CARD"
    assert set(codes_on(jpeg(sheet(TEXT, other)), name="x.jpg", prefix=PREFIX)) == {TEXT, other}
    assert codes_on(jpeg(sheet("https://example.org")), name="x.jpg", prefix=PREFIX) == ()


def test_white_on_black_and_what_lies_on_nothing_are_read() -> None:
    page = sheet(TEXT)
    assert codes_on(jpeg(ImageOps.invert(page)), name="x.jpg", prefix=PREFIX) == (TEXT,)
    clear = Image.new("LA", page.size, (0, 0))
    clear.putalpha(ImageOps.invert(page))
    written = BytesIO()
    clear.save(written, "PNG")
    assert codes_on(written.getvalue(), name="x.png", prefix=PREFIX) == (TEXT,)


def test_rendered_pixels_are_read() -> None:
    page = sheet(TEXT).convert("RGB")
    rows = page.tobytes("raw", "BGRX")
    assert codes_in(rows, width=page.width, height=page.height, prefix=PREFIX) == (TEXT,)


def test_what_is_no_picture_is_refused() -> None:
    with refused(Code.PICTURE_UNREADABLE, name="x.jpg"):
        codes_on(b"AKP1:ABC", name="x.jpg", prefix=PREFIX)
    with refused(Code.EVIDENCE_EMPTY):
        codes_on(b"", name="x.jpg", prefix=PREFIX)
