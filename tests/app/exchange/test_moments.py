"""A moment has one spelling."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.moments import moment_text, read_moment


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.timezones()))  # noqa: DTZ001 - hypothesis adds the zone
def test_a_moment_is_read_back_as_the_same_moment(moment: datetime) -> None:
    assert read_moment(moment_text(moment)) == moment.astimezone(UTC)


def test_a_moment_is_written_in_utc_without_an_empty_fraction() -> None:
    in_china = datetime(2020, 11, 6, 16, 30, tzinfo=timezone(timedelta(hours=8)))
    assert moment_text(in_china) == "2020-11-06T08:30:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "2020-11-06T08:30:00+00:00",
        "2020-11-06T16:30:00+08:00",
        "2020-11-06T08:30:00",
        "2020-11-06 08:30:00Z",
        "2020-11-06T08:30:00.000Z",
        "20201106T083000Z",
        "2020-11-31T08:30:00Z",
        "",
    ],
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"moment|isoformat|range"):
        read_moment(text)


def test_a_moment_without_time_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment_text(datetime(2020, 11, 6, tzinfo=UTC).replace(tzinfo=None))
