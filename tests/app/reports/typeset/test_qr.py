"""The modules of a QR code are read back by a reader; 600 characters are version 15, level M."""

import pytest
import zxingcpp
from PIL import Image

from app.reports.typeset.qr import modules

QUIET, SCALE = 4, 4


def drawn(rows: tuple[tuple[bool, ...], ...]) -> Image.Image:
    """Draw modules as a grey picture with a quiet zone."""
    side = len(rows) + 2 * QUIET
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                picture.putpixel((x + QUIET, y + QUIET), 0)
    return picture.resize((side * SCALE, side * SCALE), Image.Resampling.NEAREST)


@pytest.mark.parametrize(("length", "version"), [(25, 2), (600, 15), (601, 16)])
def test_modules_are_the_code_of_a_text(length: int, version: int) -> None:
    text = "AKP1:" + ("0123456789ABCXYZ $%*+-./:" * 40)[: length - 5]
    rows = modules(text)
    assert len(rows) == 17 + 4 * version
    assert {len(row) for row in rows} == {len(rows)}
    (read,) = zxingcpp.read_barcodes(drawn(rows))
    assert (read.text, read.ec_level) == (text, "M")


def test_the_corner_is_dark_and_no_quiet_zone_is_given() -> None:
    rows = modules("AKP1:A")
    assert all(rows[0][:7])
    assert not any(row[7] for row in rows[:8])
