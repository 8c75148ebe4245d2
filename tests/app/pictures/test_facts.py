"""What pictures say of themselves, and what is made of damaged sayings."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.pictures.facts import PictureFacts, facts_of
from app.pictures.opening import opened
from tests.pictures import HEIC, jpeg


def facts(source: bytes | Path) -> PictureFacts:
    with opened(source, name="test") as picture:
        return facts_of(picture)


def test_a_phones_picture_says_when_where_and_how_it_was_held() -> None:
    told = facts(jpeg(5, orientation=6, place=True))
    assert (told.width, told.height, told.orientation) == (48, 64, 6)
    assert told.taken_at == datetime(2020, 11, 6, 2, 5, tzinfo=UTC)
    assert told.has_location


def test_heic_is_read_like_any_other() -> None:
    told = facts(HEIC)
    assert (told.media_type, told.width, told.height) == ("image/heif", 96, 64)
    assert told.taken_at == datetime(2020, 11, 6, 2, 20, 30, tzinfo=UTC)
    assert told.has_location


@pytest.mark.parametrize(
    ("offset", "hour"), [("+08:00", 2), ("+09:00", 1), ("", 2), ("nonsense", 2)]
)
def test_without_a_zone_a_picture_was_taken_in_china(offset: str, hour: int) -> None:
    assert facts(jpeg(offset=offset)).taken_at == datetime(2020, 11, 6, hour, tzinfo=UTC)


def test_a_picture_may_say_nothing() -> None:
    told = facts(jpeg(taken=None))
    assert (told.taken_at, told.has_location) == (None, False)


def test_damaged_exif_is_as_good_as_none() -> None:
    whole = jpeg(place=True)
    start = whole.index(b"Exif\0\0")
    for place in range(start + 6, start + 120, 3):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        assert facts(damaged).media_type == "image/jpeg"
