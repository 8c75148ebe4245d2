"""Copies that do not tell where: the picture is the same, nothing else travels with it."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from app.pictures.facts import facts_of
from app.pictures.location import without_location
from app.pictures.opening import opened
from tests.pictures import HEIC, jpeg


def lay(folder: Path, content: bytes) -> Path:
    path = folder / "photo"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_jpeg_keeps_every_bit_of_its_picture_and_its_time(
    tmp_path: Path, orientation: int
) -> None:
    whole = jpeg(7, place=True, orientation=orientation)
    copy = without_location(lay(tmp_path, whole), name="a")
    with opened(whole, name="a") as before, opened(copy, name="a") as after:
        assert before.tobytes() == after.tobytes()
        assert facts_of(after).taken_at == facts_of(before).taken_at
        assert facts_of(after).orientation == orientation
        assert not facts_of(after).has_location


def test_what_a_maker_wrote_beside_the_picture_does_not_travel(tmp_path: Path) -> None:
    xmp = b"http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>0,0.01N</exif:GPSLatitude>"
    said = b"\xff\xe1" + (len(xmp) + 2).to_bytes(2, "big") + xmp
    whole = jpeg(place=True)
    whole = whole[:2] + said + whole[2:] + b"trailer GPSLatitude"
    path = lay(tmp_path, whole)
    with opened(path, name="a") as picture:
        assert facts_of(picture).has_location
    copy = without_location(path, name="a")
    for secret in (b"GPS", b"made up", b"trailer", b"xap"):
        assert secret not in copy
    assert path.read_bytes() == whole


def test_a_progressive_jpeg_with_a_profile_keeps_its_colours(tmp_path: Path) -> None:
    written = BytesIO()
    Image.radial_gradient("L").convert("RGB").save(
        written, "JPEG", progressive=True, icc_profile=b"a made-up profile", comment=b"where"
    )
    copy = without_location(lay(tmp_path, written.getvalue()), name="a")
    with Image.open(BytesIO(copy)) as after, Image.open(written) as before:
        assert after.info["icc_profile"] == b"a made-up profile"
        assert "comment" not in after.info
        assert after.tobytes() == before.tobytes()


def test_heic_and_png_become_a_jpeg_that_says_when(tmp_path: Path) -> None:
    for path in (HEIC, lay(tmp_path, jpeg(place=True, orientation=8, kind="PNG"))):
        with opened(path, name="a") as before:
            told, shown = facts_of(before), ImageOps.exif_transpose(before).convert("RGB")
        with opened(without_location(path, name="a"), name="a") as after:
            facts = facts_of(after)
            near = after.convert("RGB").getpixel((10, 10))
        assert (facts.media_type, facts.has_location) == ("image/jpeg", False)
        assert (facts.width, facts.height) == (told.width, told.height)
        assert facts.taken_at == told.taken_at
        was = shown.getpixel((10, 10))
        assert isinstance(near, tuple)
        assert isinstance(was, tuple)
        assert all(abs(one - other) < 16 for one, other in zip(near, was, strict=True))
