"""Small pictures fit their room, lie as they were held, and carry nothing of the original."""

import re
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from app.pictures.opening import opened
from app.pictures.scaling import jpeg_within, upright_within
from tests.pictures import HEIC, jpeg


def fitted(content: bytes, room: tuple[int, int] = (60, 40)) -> Image.Image:
    with opened(content, name="a.jpg") as picture:
        return upright_within(picture, room)


@pytest.mark.parametrize(
    ("size", "orientation", "wanted"),
    [
        ((640, 480), 1, (53, 40)),
        ((640, 480), 6, (30, 40)),
        ((480, 640), 8, (53, 40)),
        ((1000, 100), 1, (60, 6)),
        ((100, 1000), 1, (4, 40)),
        ((1, 1), 1, (1, 1)),
        ((60, 40), 3, (60, 40)),
    ],
)
def test_a_picture_fits_its_room_as_it_was_held(
    size: tuple[int, int], orientation: int, wanted: tuple[int, int]
) -> None:
    assert fitted(jpeg(size=size, orientation=orientation)).size == wanted


def test_the_corner_that_was_up_left_is_up_left() -> None:
    """The dark blue corner of the made-up photo turns with the camera."""
    upright, turned = (fitted(jpeg(size=(64, 48), orientation=each)) for each in (1, 6))
    assert _is_blue(upright, 2, 2)
    assert not _is_blue(upright, upright.width - 3, 2)
    assert _is_blue(turned, turned.width - 3, 2)
    assert not _is_blue(turned, 2, 2)


def _is_blue(picture: Image.Image, x: int, y: int) -> bool:
    pixel = picture.getpixel((x, y))
    assert isinstance(pixel, tuple)
    return pixel[2] > pixel[0] + 60


def test_a_heic_becomes_a_jpeg() -> None:
    content = jpeg_within(fitted(HEIC.read_bytes()), 10_000)
    with Image.open(BytesIO(content)) as small:
        assert (small.format, small.mode) == ("JPEG", "RGB")


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_no_jpeg_is_cmyk_whatever_it_was_made_of(mode: str) -> None:
    stream = BytesIO()
    Image.new(mode, (80, 60)).save(stream, "JPEG")
    with Image.open(BytesIO(jpeg_within(fitted(stream.getvalue()), 10_000))) as small:
        assert small.mode == "RGB"


def test_nothing_the_camera_wrote_is_left() -> None:
    with Image.open(BytesIO(jpeg(place=True))) as original:
        stream = BytesIO()
        original.save(
            stream,
            "JPEG",
            exif=original.getexif(),
            comment=b"where it was",
            icc_profile=b"profile " * 40,
            xmp=b"<x:xmpmeta/> GPSLatitude",
        )
    small = jpeg_within(fitted(stream.getvalue()), 10_000)
    markers = set(re.findall(rb"\xff[\xe0-\xef\xfe]", small))
    assert markers == {b"\xff\xe0"}
    with Image.open(BytesIO(small)) as picture:
        assert not picture.getexif()
        assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_what_would_be_too_large_is_kept_in_lower_quality() -> None:
    noise = Image.frombytes("RGB", (200, 200), Random(1).randbytes(120_000))  # noqa: S311 - noise
    free, bound = jpeg_within(noise, 1_000_000), jpeg_within(noise, 20_000)
    assert len(bound) <= 20_000 < len(free)
