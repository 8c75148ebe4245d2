"""What a stranger's file may cost: the process that reads it is ended, ours goes on."""

from time import monotonic

import pytest
from PIL import Image

from app.errors import Code
from app.pictures.codes import codes_on
from app.reports.typeset.qr import modules
from app.services.desk.printed_codes import codes_apart
from tests.app.pictures.test_codes import PREFIX, TEXT, sheet
from tests.paper import jpeg
from tests.refusals import refused

# A pattern of one point, a thousand of which stand side by side on each point of the page.
ENDLESS = """\
%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 {box}]/Contents 4 0 R
 /Resources<</Pattern<</P 5 0 R>>>>>> endobj
4 0 obj <</Length 41>> stream
/Pattern cs /P scn 0 0 600 800 re f
endstream endobj
5 0 obj <</Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001
 /Resources<<>>/Length 12>> stream
0 0 1 1 re f
endstream endobj
trailer <</Size 6/Root 1 0 R>>
%%EOF
"""


def test_a_page_that_never_ends_is_given_up_and_the_next_one_is_read() -> None:
    begun = monotonic()
    with refused(Code.PICTURE_TOO_HARD, name="x.pdf"):
        codes_apart(ENDLESS.format(box="600 800").encode(), name="x.pdf", prefix="", seconds=2)
    assert 2 < monotonic() - begun < 20
    assert codes_apart(jpeg(sheet(TEXT)), name="a.jpg", prefix=PREFIX) == (TEXT,)


@pytest.mark.parametrize("box", [".000000001 1", "1 .000000001", ".001 1000000", "1000000 .001"])
def test_a_page_no_wider_than_a_hair_is_not_drawn(box: str) -> None:
    """It would be as many pixels long as memory holds."""
    content = ENDLESS.format(box=box).encode()
    assert codes_apart(content, name="x.pdf", prefix="", seconds=5) == ()


def test_of_very_many_codes_only_the_first_are_told() -> None:
    page = Image.new("L", (1200, 1200), 255)
    for number in range(100):
        rows = modules(f"{PREFIX}{number}")
        bits = bytes(0 if dark else 255 for row in rows for dark in row)
        code = Image.frombytes("L", (len(rows), len(rows)), bits)
        place = (20 + number % 10 * 118, 20 + number // 10 * 118)
        page.paste(code.resize((84, 84), Image.Resampling.NEAREST), place)
    assert len(codes_on(jpeg(page), name="x.jpg", prefix=PREFIX)) == 100
    assert len(codes_apart(jpeg(page), name="x.jpg", prefix=PREFIX)) == 50


def test_a_refusal_comes_back_as_it_was_given() -> None:
    with refused(Code.PICTURE_UNREADABLE, name="照片.jpg"):
        codes_apart(b"no picture", name="照片.jpg", prefix=PREFIX)
