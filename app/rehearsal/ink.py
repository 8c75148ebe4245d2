"""Handwriting of nobody: strokes as a pen would draw them, curved, with pauses and pressure.

It reads as no name.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from app.domain.signature import Ink, InkPoint, Stroke

_BOX = 9000  # 1/100 px: the square a character is written in
_MARGIN = 1500
_STEPS = 8  # points between two anchors
_MS_A_STEP = (7, 12)
_PAUSE_MS = (60, 190)
_WANDER = 0.07
_JOINED = 0.5  # 连笔: the pen stays on the paper between two strokes
_LIFTED = 0.08  # its pressure there
_FEWEST, _MOST = 3, 5

_Anchor = tuple[float, float, float]  # x and y in the box, pressure, all 0 to 1

# 横, 竖, 撇, 捺, 横折钩, 竖弯, 点, 提
_SHAPES: tuple[tuple[_Anchor, ...], ...] = (
    ((0.08, 0.38, 0.75), (0.5, 0.33, 0.5), (0.92, 0.27, 0.7)),
    ((0.5, 0.04, 0.7), (0.53, 0.5, 0.75), (0.49, 0.96, 0.4)),
    ((0.62, 0.08, 0.85), (0.48, 0.5, 0.6), (0.1, 0.92, 0.12)),
    ((0.3, 0.2, 0.35), (0.58, 0.58, 0.8), (0.95, 0.9, 0.15)),
    ((0.2, 0.26, 0.6), (0.78, 0.2, 0.7), (0.76, 0.6, 0.6), (0.66, 0.9, 0.5), (0.52, 0.78, 0.1)),
    ((0.2, 0.3, 0.7), (0.16, 0.72, 0.65), (0.5, 0.93, 0.6), (0.88, 0.74, 0.2)),
    ((0.42, 0.12, 0.3), (0.56, 0.3, 0.9)),
    ((0.12, 0.7, 0.8), (0.4, 0.52, 0.3)),
)


def handwriting(name: str, dice: Random) -> Ink:
    """Return a drawn signature as wide as a name is long."""
    strokes: list[Stroke] = []
    clock = 0
    for place in range(len(name)):
        for anchors in _character(dice):
            stroke = tuple(_drawn(anchors, left=_MARGIN + place * _BOX, start=clock, dice=dice))
            strokes.append(stroke)
            clock = stroke[-1].t + dice.randint(*_PAUSE_MS)
    return Ink(
        width=2 * _MARGIN + len(name) * _BOX, height=2 * _MARGIN + _BOX, strokes=tuple(strokes)
    )


def _character(dice: Random) -> Iterator[Sequence[_Anchor]]:
    """Yield the strokes of one character; some flow into the next."""
    flowing: list[_Anchor] = []
    for shape in dice.sample(_SHAPES, dice.randint(_FEWEST, _MOST)):
        wandered = [_wandered(anchor, dice) for anchor in shape]
        if flowing:
            (x, y, _), (to_x, to_y, _) = flowing[-1], wandered[0]
            flowing.append(((x + to_x) / 2, (y + to_y) / 2, _LIFTED))
        flowing += wandered
        if dice.random() >= _JOINED:
            yield flowing
            flowing = []
    if flowing:
        yield flowing


def _wandered(anchor: _Anchor, dice: Random) -> _Anchor:
    x, y, pressure = anchor
    return (
        x + dice.uniform(-_WANDER, _WANDER),
        y + dice.uniform(-_WANDER, _WANDER),
        pressure * dice.uniform(0.8, 1.1),
    )


def _drawn(
    anchors: Sequence[_Anchor], *, left: int, start: int, dice: Random
) -> Iterator[InkPoint]:
    """Yield the points of a stroke: a Catmull-Rom curve through its anchors."""
    clock = start
    around = (anchors[0], *anchors, anchors[-1])
    for place, _ in enumerate(pairwise(anchors)):
        for step in range(_STEPS):
            x, y, pressure = (
                _curve(along, step / _STEPS)
                for along in zip(*around[place : place + 4], strict=True)
            )
            yield _point(left + x * _BOX, _MARGIN + y * _BOX, clock, pressure)
            clock += dice.randint(*_MS_A_STEP)
    x, y, pressure = anchors[-1]
    yield _point(left + x * _BOX, _MARGIN + y * _BOX, clock, pressure)


def _curve(along: Sequence[float], share: float) -> float:
    """Return where a Catmull-Rom curve stands between the second and the third of four values."""
    first, second, third, fourth = along
    return (
        second
        + (third - first) / 2 * share
        + (first - 2.5 * second + 2 * third - fourth / 2) * share**2
        + (1.5 * (second - third) + (fourth - first) / 2) * share**3
    )


def _point(x: float, y: float, clock: int, pressure: float) -> InkPoint:
    return InkPoint(round(x), round(y), clock, round(min(max(pressure, 0.0), 1.0) * 1000))
