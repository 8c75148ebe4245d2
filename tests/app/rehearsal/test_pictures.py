"""Pictures of nothing: real JPEGs with the time of the visit, the same from the same dice."""

from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image
from PIL.ExifTags import IFD, Base

from app.domain.moment import CHINA
from app.rehearsal.chance import dice
from app.rehearsal.ink import handwriting
from app.rehearsal.pictures import photo, scan
from tests.forms import RESOURCES

FONTS = RESOURCES / "fonts"
TAKEN = datetime(2020, 11, 6, 9, 30, 12, tzinfo=CHINA)


def made_photo(seed: int = 1) -> bytes:
    return photo(FONTS, caption="S4-R8-C1", taken=TAKEN, dice=dice(seed, "photo"))


def made_scan() -> bytes:
    ink = handwriting("王伟", dice(1, "ink"))
    return scan(FONTS, title="深圳市拟岚电子有限公司", ink=ink, taken=TAKEN)


@pytest.mark.parametrize("content", [made_photo(), made_scan()], ids=["photo", "scan"])
def test_a_picture_is_a_small_jpeg_with_its_time(content: bytes) -> None:
    with Image.open(BytesIO(content)) as picture:
        picture.verify()
        exif = picture.getexif()
    assert picture.format == "JPEG"
    assert len(content) < 80_000
    assert exif[Base.DateTime] == "2020:11:06 09:30:12"
    assert exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] == "2020:11:06 09:30:12"
    assert exif.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal] == "+08:00"


def test_the_same_dice_take_the_same_photograph() -> None:
    assert made_photo() == made_photo()
    assert made_photo() != made_photo(2)
    assert made_scan() == made_scan()


def test_a_photograph_says_in_red_that_it_is_practice() -> None:
    with Image.open(BytesIO(made_photo())) as picture:
        middle = picture.crop((300, 100, 660, 280)).convert("RGB")
    reds = sum(
        count
        for count, colour in middle.getcolors(middle.width * middle.height) or ()
        if isinstance(colour, tuple) and colour[0] > 170 and max(colour[1:]) < 80
    )
    assert reds > 5_000
