"""Handwriting of nobody: what a pen leaves, and enough of it to count as a signature."""

from itertools import pairwise
from math import hypot

import pytest

from app.domain.signature import Ink, checked_ink
from app.rehearsal.chance import dice
from app.rehearsal.ink import handwriting

NAMES = ("王伟", "欧阳晓雨", "阿依古丽·买买提", "Erika Muster")


@pytest.fixture(params=NAMES)
def ink(request: pytest.FixtureRequest) -> Ink:
    return handwriting(str(request.param), dice(1, str(request.param)))


def test_the_same_dice_write_the_same() -> None:
    assert handwriting("王伟", dice(1, "a")) == handwriting("王伟", dice(1, "a"))
    assert handwriting("王伟", dice(1, "a")) != handwriting("王伟", dice(1, "b"))


def test_it_counts_as_a_signature(ink: Ink) -> None:
    assert checked_ink(ink) == ink


def test_it_stays_on_the_surface(ink: Ink) -> None:
    points = [point for stroke in ink.strokes for point in stroke]
    assert all(0 <= point.x <= ink.width and 0 <= point.y <= ink.height for point in points)


def test_time_runs_and_the_pen_is_lifted(ink: Ink) -> None:
    points = [point for stroke in ink.strokes for point in stroke]
    assert all(before.t < after.t for before, after in pairwise(points))
    assert len(ink.strokes) > 1


def test_strokes_are_smooth_and_pressure_changes(ink: Ink) -> None:
    for stroke in ink.strokes:
        longest = max(hypot(b.x - a.x, b.y - a.y) for a, b in pairwise(stroke))
        assert longest < 2_000  # 20 px: no straight jump across a character
        assert len({point.pressure for point in stroke}) > 3
        assert all(0 <= point.pressure <= 1_000 for point in stroke)
