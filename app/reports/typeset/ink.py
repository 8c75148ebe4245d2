"""A drawn signature as vectors: sharp at every size, wider where the pen pressed."""

from collections.abc import Iterator
from itertools import groupby, pairwise

from app.domain.signature import Ink, InkPoint, Stroke
from app.reports.typeset.page import Rect

_THIN, _THICK = 0.5, 2.2  # points, at no and at full pressure
_LEVELS = 6  # pressure is drawn in so many widths
_FULL_PRESSURE = 1000

Polyline = tuple[tuple[float, float], ...]


def polylines(ink: Ink, rect: Rect) -> Iterator[tuple[float, Polyline]]:
    """Yield line widths and points of a signature fitted into a rectangle, its shape kept."""
    points = [point for stroke in ink.strokes for point in stroke]
    left, top = min(point.x for point in points), min(point.y for point in points)
    wide = max(point.x for point in points) - left
    high = max(point.y for point in points) - top
    scale = min(rect.width / max(wide, 1), rect.height / max(high, 1))
    x0 = rect.left + (rect.width - wide * scale) / 2
    y0 = rect.top - (rect.height - high * scale) / 2
    for stroke in ink.strokes:
        for width, run in _runs(stroke):
            yield (
                width,
                tuple((x0 + (at.x - left) * scale, y0 - (at.y - top) * scale) for at in run),
            )


def _runs(stroke: Stroke) -> Iterator[tuple[float, Stroke]]:
    """Yield the pieces of a stroke drawn in one width; each begins where the last ends.

    A stroke of one point is a dot: a line of no length, round at its ends.
    """
    steps_of_all = list(pairwise(stroke)) or [(point, point) for point in stroke]
    for level, pairs in groupby(steps_of_all, key=lambda pair: _level(*pair)):
        steps = list(pairs)
        width = _THIN + (_THICK - _THIN) * level / _LEVELS
        yield width, (steps[0][0], *(after for _, after in steps))


def _level(before: InkPoint, after: InkPoint) -> int:
    return (before.pressure + after.pressure) * _LEVELS // (2 * _FULL_PRESSURE)
