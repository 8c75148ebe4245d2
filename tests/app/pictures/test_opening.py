"""What is a picture, within which bounds, and how everything else is refused."""

from pathlib import Path

import pytest
from PIL import Image

from app.errors import Code
from app.pictures.facts import facts_of
from app.pictures.opening import MOST_BYTES, kind_of, opened
from app.pictures.scaling import pixels, thumbnail
from tests.pictures import HEIC, jpeg
from tests.refusals import refused

VIDEO = b"\x00\x00\x00\x18ftypmp42" + bytes(200)
PAPER = b"PK\x03\x04" + bytes(200)


@pytest.mark.parametrize(
    "content",
    [VIDEO, PAPER, b"no picture", jpeg()[:-30], jpeg()[:200], HEIC.read_bytes()[:-40]],
    ids=["mp4", "docx", "text", "cut off", "head only", "cut HEIC"],
)
def test_what_does_not_decode_to_its_end_is_refused(content: bytes) -> None:
    with refused(Code.PICTURE_UNREADABLE, name="IMG_1.jpg"):
        thumbnail(content, name="IMG_1.jpg", longest=32)


def test_an_empty_file_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.touch()
    with refused(Code.EVIDENCE_EMPTY, name="a.jpg"), opened(path, name="a.jpg"):
        pass
    with refused(Code.FILE_MISSING), opened(tmp_path / "none.jpg", name="none.jpg"):
        pass


def test_more_than_60_megabytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.jpg"
    path.write_bytes(jpeg())
    with path.open("r+b") as stream:
        stream.truncate(MOST_BYTES)
    assert thumbnail(path, name="big.jpg", longest=32)
    with path.open("r+b") as stream:
        stream.truncate(MOST_BYTES + (1 << 20))
    with refused(Code.PICTURE_TOO_LARGE, name="big.jpg", megabytes=61):
        thumbnail(path, name="big.jpg", longest=32)
    with refused(Code.PICTURE_UNREADABLE, name="film.mp4"):
        thumbnail(path, name="film.mp4", longest=32)


def test_120_megapixels_are_shown_and_more_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.jpg"
    Image.new("L", (12_000, 10_000), 90).save(path, quality=20)
    shown = pixels(path, name="wide.jpg", longest=1600)
    assert (shown.width, shown.height, len(shown.content)) == (1600, 1333, 1600 * 1333 * 4)
    Image.new("L", (12_000, 10_100)).save(path, quality=20)
    with refused(Code.PICTURE_TOO_MANY_PIXELS, megapixels=121):
        pixels(path, name="wide.jpg", longest=1600)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_small_picture_lies_as_it_was_held_and_says_nothing(kind: str) -> None:
    small = thumbnail(jpeg(orientation=6, place=True, kind=kind), name="a", longest=32)
    with opened(small, name="a") as picture:
        facts = facts_of(picture)
    assert (facts.width, facts.height) == (24, 32)
    assert (facts.media_type, facts.has_location, facts.taken_at) == ("image/jpeg", False, None)


def test_pixels_lie_as_a_screen_takes_them() -> None:
    shown = pixels(jpeg(200), name="a", longest=8)
    blue, green, red, _ = shown.content[:4]
    assert (abs(blue - 160) < 12, abs(green - 80) < 12, abs(red - 200) < 12) == (True,) * 3


def test_what_is_transparent_lies_on_white(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(path)
    assert pixels(path, name="a.png", longest=8).content[:3] == b"\xff\xff\xff"


def test_a_kind_is_told_by_content(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(jpeg())
    assert kind_of(path) == "image/jpeg"
    assert kind_of(HEIC) == "image/heif"
    path.write_bytes(VIDEO)
    assert kind_of(path) is None
