"""The ways a signature may be given, as they are kept, and the file a drawing surface gives."""

import json

import msgspec
import pytest
from hypothesis import given

from app.domain.signature import Ink, InkPoint, Manner, Pending
from app.errors import Code
from app.exchange.manner_wire import MannerWire, manner_from_wire, manner_to_wire, read_ink
from tests.refusals import refused
from tests.strategies import MANNERS

Number = int | float
STROKE: list[list[Number]] = [[0, 0, 0, 0.5], [300.25, -5.5, 700.4, 1]]


def ink_file(
    *strokes: list[list[Number]], width: Number = 400, height: Number = 200, **more: str
) -> bytes:
    """Return a file as a drawing surface or a script writes it."""
    return json.dumps({"strokes": strokes, "width": width, "height": height, **more}).encode()


@given(manner=MANNERS)
def test_a_manner_is_read_as_it_was_kept(manner: Manner) -> None:
    kept = msgspec.json.encode(manner_to_wire(manner))
    assert manner_from_wire(msgspec.json.decode(kept, type=MannerWire)) == manner


def test_a_signature_to_follow_without_a_day_keeps_its_old_bytes() -> None:
    assert msgspec.json.encode(manner_to_wire(Pending())) == b'{"type":"pending"}'


@pytest.mark.parametrize("day", ["", "2020-11-31", "20 November", "null"])
def test_a_day_there_is_not_is_damage(day: str) -> None:
    kept = msgspec.json.encode({"type": "pending", "by": day})
    with pytest.raises(ValueError, match=r"isoformat|out of range"):
        manner_from_wire(msgspec.json.decode(kept, type=MannerWire))


def test_ink_becomes_integers() -> None:
    """1/100 px, ms, thousandths of pressure; halves go to the even neighbour."""
    assert read_ink(ink_file(STROKE, [[1, 2, 3, 0.0004]], width=400.126)) == Ink(
        width=40_013,
        height=20_000,
        strokes=(
            (InkPoint(0, 0, 0, 500), InkPoint(30_025, -550, 700, 1000)),
            (InkPoint(100, 200, 3, 0),),
        ),
    )


def test_pressure_above_1_is_thousandths() -> None:
    ink = read_ink(ink_file([[0, 0, 0, 1], [300, 0, 9, 640]]))
    assert [point.pressure for point in ink.strokes[0]] == [1, 640]


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [[]],
        [[[5, 5, 0, 0.5]]],
        [[[5, 5, 0, 0.5], [6, 5, 9, 0.5]]],
        [[[0, 0, 0, 1]], [[300, 0, 0, 1]]],
    ],
)
def test_a_tap_is_no_signature(strokes: list[list[list[Number]]]) -> None:
    with refused(Code.INK_EMPTY):
        read_ink(ink_file(*strokes))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not JSON",
        b"\xff\xfe",
        b"null",
        b'{"strokes": []}',
        b"[" * 100_000,
        b'{"strokes": ' + b"[" * 100_000,
        ink_file(STROKE, name="测试甲"),
        ink_file(STROKE, width=0),
        ink_file(STROKE, width=0.5),
        ink_file(STROKE, height=-200),
        ink_file(STROKE, width=1e7),
        ink_file([[0, 0, 0], [300, 0, 9]]),
        ink_file([[0, 0, 0, 0.5, 1], [300, 0, 9, 0.5, 1]]),
        ink_file([[0, 0, -1, 0.5], [300, 0, 9, 0.5]]),
        ink_file([[0, 0, 1e9, 0.5], [300, 0, 9, 0.5]]),
        ink_file([[0, 0, 0, -0.5], [300, 0, 9, 0.5]]),
        ink_file([[0, 0, 0, 1001], [300, 0, 9, 0.5]]),
        ink_file([[0, 0, 0, 0.5], [3e9, 0, 9, 0.5]]),
        ink_file(STROKE).replace(b"300.25", b"1e400"),
        ink_file(STROKE).replace(b"300.25", b"NaN"),
        ink_file(STROKE).replace(b"300.25", b"Infinity"),
        ink_file(STROKE).replace(b"300.25", b'"300"'),
        ink_file([[n % 300, 0, 0, 0.5] for n in range(100_001)]),
    ],
)
def test_what_is_no_ink_file_is_refused(content: bytes) -> None:
    with refused(Code.INK_MALFORMED):
        read_ink(content)
