"""Ink must show a stroke; a refusal or an absence needs a reason and a witness."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.signature import (
    Absent,
    Ink,
    InkPoint,
    Refused,
    Stroke,
    absent,
    checked_ink,
    refused,
)
from app.errors import Code
from tests import refusals

COORDINATES = st.integers(0, 60_000)


def stroke(*places: tuple[int, int]) -> Stroke:
    return tuple(InkPoint(x, y, 8 * number, 500) for number, (x, y) in enumerate(places))


def ink(*strokes: Stroke) -> Ink:
    return Ink(width=60_000, height=20_000, strokes=strokes)


@pytest.mark.parametrize(
    "empty",
    [
        ink(),
        ink(()),
        ink(stroke((3000, 3000))),
        ink(*[stroke((3000 * place, 3000)) for place in range(20)]),
        ink(stroke((3000, 3000), (3000, 3000), (3000, 3000))),
        ink(stroke((3000, 3000), (3400, 3300)), stroke((9000, 9000), (9300, 9300))),
    ],
    ids=["nothing", "a stroke of nothing", "one dot", "twenty dots", "a long press", "two taps"],
)
def test_ink_without_a_stroke_is_refused(empty: Ink) -> None:
    with refusals.refused(Code.INK_EMPTY):
        checked_ink(empty)


def test_ink_is_drawn_from_10_pixels_on() -> None:
    drawn = ink(stroke((3000, 3000), (3600, 3000)), stroke((0, 0), (0, 400)))
    assert checked_ink(drawn) is drawn
    with refusals.refused(Code.INK_EMPTY):
        checked_ink(ink(stroke((3000, 3000), (3999, 3000))))


@given(st.lists(st.tuples(COORDINATES, COORDINATES), max_size=30))
def test_dots_never_make_a_signature_however_many(places: list[tuple[int, int]]) -> None:
    with refusals.refused(Code.INK_EMPTY):
        checked_ink(ink(*[stroke(place) for place in places]))


@pytest.mark.parametrize(("make", "made"), [(refused, Refused), (absent, Absent)])
def test_reason_and_witness_are_kept_clean(
    make: Callable[..., object], made: Callable[..., object]
) -> None:
    manner = make(why=" 对扣分\n有异议 ", witness="阿依古丽.买买提", signer="测试丙")
    assert manner == made(why="对扣分 有异议", witness="阿依古丽·买买提")


@pytest.mark.parametrize("make", [refused, absent])
def test_a_reason_is_needed(make: Callable[..., object]) -> None:
    with refusals.refused(Code.REASON_MISSING):
        make(why=" ", witness="测试乙", signer="测试丙")


@pytest.mark.parametrize("make", [refused, absent])
@pytest.mark.parametrize("witness", ["", " ", "测试丙", " 测试丙 "])
def test_somebody_else_must_have_seen_it(make: Callable[..., object], witness: str) -> None:
    with refusals.refused(Code.WITNESS_MISSING):
        make(why="不在单位", witness=witness, signer="测试丙")
