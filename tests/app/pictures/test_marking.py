"""Arrows, boxes and stamps are on the copy, where they were drawn, and nowhere else."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from app.domain.photo import Arrow, Box, Point
from app.pictures.facts import facts_of
from app.pictures.marking import marked
from app.pictures.opening import opened
from tests.forms import RESOURCES
from tests.pictures import jpeg

FONTS = RESOURCES / "fonts"
SIZE = (800, 600)


def lay(folder: Path, **facts: int) -> Path:
    path = folder / "a.jpg"
    path.write_bytes(jpeg(size=SIZE, place=True, orientation=facts.get("orientation", 1)))
    return path


def red_at(picture: Image.Image, x: int, y: int) -> bool:
    seen = picture.getpixel((x, y))
    assert isinstance(seen, tuple)
    return seen[0] > 180 and seen[1] < 90


def test_a_box_and_an_arrow_stand_where_they_were_drawn(tmp_path: Path) -> None:
    path = lay(tmp_path)
    before = path.read_bytes()
    box = Box(start=Point(x=5000, y=5000), to=Point(x=9000, y=9000))
    arrow = Arrow(start=Point(x=1000, y=6000), to=Point(x=4000, y=6000))
    copy = marked(path, name="a", shapes=(box, arrow), stamp=(), fonts=FONTS)
    with Image.open(BytesIO(copy)) as picture:
        for x, y in ((400, 300), (720, 420), (560, 540), (200, 360), (310, 360)):
            assert red_at(picture, x, y), (x, y)
        assert not red_at(picture, 560, 420)
    assert path.read_bytes() == before


def test_a_copy_is_upright_says_when_and_not_where(tmp_path: Path) -> None:
    path = lay(tmp_path, orientation=6)
    with opened(marked(path, name="a", shapes=(), stamp=("x",), fonts=FONTS), name="a") as made:
        facts = facts_of(made)
    assert (facts.width, facts.height, facts.orientation) == (600, 800, 1)
    assert facts.taken_at is not None
    assert not facts.has_location


def test_a_stamp_is_burned_in_at_the_foot_however_long_it_is(tmp_path: Path) -> None:
    lines = ("深圳市测试1号机械有限公司" * 6, "2020-11-06 10:00:00 UTC+08:00")
    copy = marked(lay(tmp_path), name="a", shapes=(), stamp=lines, fonts=FONTS)
    with Image.open(BytesIO(copy)) as made, Image.open(tmp_path / "a.jpg") as before:
        foot, top = (0, 480, 800, 600), (0, 0, 800, 400)
        white = made.crop(foot).convert("L").point(lambda value: 255 * (value > 230))
        assert (white.getbbox() or (0, 0, 0, 0))[2] > 600
        assert (
            made.crop(top).convert("L").getextrema() == before.crop(top).convert("L").getextrema()
        )
