"""Ink is redrawn in its cell: the whole of it, its shape kept, wider where the pen pressed."""

from itertools import pairwise

import pytest

from app.domain.signature import Ink, InkPoint
from app.reports.typeset.ink import polylines
from app.reports.typeset.page import Rect
from tests.scorecards import synthetic_ink

CELL = Rect(100.0, 200.0, 250.0, 240.0)


def drawn(*strokes: tuple[InkPoint, ...]) -> list[tuple[float, tuple[tuple[float, float], ...]]]:
    return list(polylines(Ink(width=10_000, height=5_000, strokes=strokes), CELL))


def test_ink_fills_its_cell_and_does_not_leave_it() -> None:
    points = [at for _, line in polylines(synthetic_ink(), CELL) for at in line]
    xs, ys = zip(*points, strict=True)
    assert CELL.left - 1e-6 <= min(xs) < max(xs) <= CELL.right + 1e-6
    assert CELL.bottom - 1e-6 <= min(ys) < max(ys) <= CELL.top + 1e-6
    assert (max(xs) - min(xs)) == pytest.approx(CELL.width)


def test_the_shape_of_ink_is_kept() -> None:
    square = tuple(InkPoint(x, y, 0, 500) for x, y in ((0, 0), (900, 0), (900, 900), (0, 900)))
    ((_, line),) = drawn(square)
    xs, ys = zip(*line, strict=True)
    assert max(xs) - min(xs) == pytest.approx(max(ys) - min(ys))


def test_what_was_drawn_at_the_top_stands_at_the_top() -> None:
    ((_, line),) = drawn((InkPoint(0, 0, 0, 500), InkPoint(0, 900, 9, 500)))
    assert line[0][1] > line[1][1]


def test_a_hard_stroke_is_wider_than_a_soft_one() -> None:
    soft = (InkPoint(0, 0, 0, 0), InkPoint(900, 0, 9, 0))
    hard = (InkPoint(0, 500, 20, 1000), InkPoint(900, 500, 29, 1000))
    (thin, _), (thick, _) = drawn(soft, hard)
    assert thin < thick


def test_pieces_of_a_stroke_join() -> None:
    lines = drawn(tuple(InkPoint(100 * n, 0, n, 100 * n) for n in range(11)))
    assert len(lines) > 1
    for (_, before), (_, after) in pairwise(lines):
        assert before[-1] == after[0]


def test_a_dot_is_drawn() -> None:
    lines = drawn(
        (InkPoint(0, 0, 0, 500), InkPoint(900, 0, 9, 500)), (InkPoint(450, 300, 20, 500),)
    )
    assert lines[-1][1][0] == lines[-1][1][1]
