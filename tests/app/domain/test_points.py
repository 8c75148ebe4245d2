"""Points are exact decimals with one way of writing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.points import STEPS, is_on_step, parse_points, points_text, round_half_up
from app.errors import Code
from tests.refusals import refused

TENTHS = st.integers(-1200, 1200).map(lambda tenths: Decimal(tenths) / 10)


@pytest.mark.parametrize(
    ("text", "points"),
    [("3", "3"), ("2.5", "2.5"), (" 0 ", "0"), ("0.30", "0.3"), ("-1", "-1"), ("３", "3")],
)
def test_plain_decimals_are_points(text: str, points: str) -> None:
    assert parse_points(text) == Decimal(points)


@pytest.mark.parametrize(
    "text",
    ["", "三", "1,5", "1e1", "1E1", "NaN", "sNaN", "Infinity", "-inf", "1_0", "0x1", "3分", "1 0",
     "0.1000000000000", "9" * 13, "9" * 5000, "\ud800"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with refused(Code.POINTS_NOT_A_NUMBER, value=text):
        parse_points(text)


@pytest.mark.parametrize(
    ("points", "text"),
    [("3.00", "3"), ("2.50", "2.5"), ("100", "100"), ("1E+2", "100"), ("-0", "0"), ("-0.0", "0"),
     ("0.1", "0.1"), ("94.90", "94.9")],
)  # fmt: skip
def test_points_are_written_in_one_way(points: str, text: str) -> None:
    assert points_text(Decimal(points)) == text


@given(TENTHS)
def test_written_points_are_read_back_equal(points: Decimal) -> None:
    assert parse_points(points_text(points)) == points


@given(TENTHS)
def test_equal_points_are_written_alike(points: Decimal) -> None:
    assert points_text(points + Decimal("0.000")) == points_text(points)


@given(st.sampled_from(STEPS), st.integers(-50, 300))
def test_whole_numbers_of_steps_are_on_the_step(step: Decimal, times: int) -> None:
    assert is_on_step(step * times, step)
    assert not is_on_step(step * times + Decimal("0.05"), step)


@pytest.mark.parametrize(
    ("points", "rounded"),
    [("94.897959", "94.90"), ("94.894999", "94.89"), ("90.625", "90.63"), ("3.125", "3.13"),
     ("-3.125", "-3.13"), ("0.005", "0.01"), ("100", "100.00")],
)  # fmt: skip
def test_halves_are_rounded_away_from_zero(points: str, rounded: str) -> None:
    assert str(round_half_up(Decimal(points))) == rounded
