"""How a signature's manner is written: ink as integers, the others as short texts.

Also reads the ink file of a drawing surface: `{"strokes": [[[x, y, t_ms, pressure], ...], ...],
"width": W, "height": H}` in px, pressure 0 to 1 (or thousandths, when any exceeds 1).
"""

from datetime import date
from typing import Annotated, assert_never

import msgspec
from msgspec import UNSET, Meta, UnsetType

from app.domain.signature import (
    Absent,
    Ink,
    InkPoint,
    Manner,
    Paper,
    Pending,
    Refused,
    checked_ink,
)
from app.errors import AppError, Code
from app.exchange.wire import (
    EvidenceWire,
    Said,
    WireStruct,
    evidence_from_wire,
    evidence_to_wire,
)

_HUNDREDTHS = 100
_THOUSANDTHS = 1000
_FARTHEST = 1_000_000
_LONGEST_MS = 86_400_000
_MOST_POINTS = 100_000


_Length = Annotated[int, Meta(ge=1, le=_FARTHEST * _HUNDREDTHS)]
_Place = Annotated[int, Meta(ge=-_FARTHEST * _HUNDREDTHS, le=_FARTHEST * _HUNDREDTHS)]
_Time = Annotated[int, Meta(ge=0, le=_LONGEST_MS)]
_Pressure = Annotated[int, Meta(ge=0, le=_THOUSANDTHS)]


class InkWire(WireStruct, frozen=True, tag="ink"):
    """Strokes of (x, y, t, pressure): 1/100 px, ms, 0 to 1000."""

    width: _Length
    height: _Length
    strokes: tuple[tuple[tuple[_Place, _Place, _Time, _Pressure], ...], ...]


class PaperWire(WireStruct, frozen=True, tag="paper"):
    """Signed on paper; the scan."""

    scan: EvidenceWire


class RefusedWire(WireStruct, frozen=True, tag="refused"):
    """拒签."""

    why: Said
    witness: Said


class AbsentWire(WireStruct, frozen=True, tag="absent"):
    """Nobody there to sign."""

    why: Said
    witness: Said


class PendingWire(WireStruct, frozen=True, tag="pending"):
    """待补签; `by` is left out, not null, where no day was agreed on: older bytes stay."""

    by: str | UnsetType = UNSET


MannerWire = InkWire | PaperWire | RefusedWire | AbsentWire | PendingWire


class InkFile(WireStruct, frozen=True):
    """The file a drawing surface or a script gives."""

    strokes: list[list[tuple[float, float, float, float]]]
    width: float
    height: float


def manner_to_wire(manner: Manner) -> MannerWire:
    """Return the wire form of a manner."""
    match manner:
        case Ink():
            return InkWire(
                width=manner.width,
                height=manner.height,
                strokes=tuple(
                    tuple((p.x, p.y, p.t, p.pressure) for p in stroke) for stroke in manner.strokes
                ),
            )
        case Paper():
            return PaperWire(scan=evidence_to_wire(manner.scan))
        case Refused():
            return RefusedWire(why=manner.why, witness=manner.witness)
        case Absent():
            return AbsentWire(why=manner.why, witness=manner.witness)
        case Pending():
            return PendingWire(by=UNSET if manner.by is None else manner.by.isoformat())
        case _:
            assert_never(manner)


def manner_from_wire(wire: MannerWire) -> Manner:
    """Return the manner of a wire form.

    Raises AppError INK_EMPTY for ink without a stroke, ValueError for a day there is not.
    """
    match wire:
        case InkWire():
            return checked_ink(
                Ink(
                    width=wire.width,
                    height=wire.height,
                    strokes=tuple(
                        tuple(InkPoint(*point) for point in stroke) for stroke in wire.strokes
                    ),
                )
            )
        case PaperWire():
            return Paper(scan=evidence_from_wire(wire.scan))
        case RefusedWire():
            return Refused(why=wire.why, witness=wire.witness)
        case AbsentWire():
            return Absent(why=wire.why, witness=wire.witness)
        case PendingWire():
            return Pending(by=None if wire.by is UNSET else date.fromisoformat(wire.by))
        case _:
            assert_never(wire)


def read_ink(content: bytes) -> Ink:
    """Return the ink of an ink file.

    Raises:
        AppError: INK_MALFORMED with `where` (not this JSON, no surface, coordinates or times out
            of all bounds, over 100,000 points), INK_EMPTY.

    """
    try:
        file = msgspec.json.decode(content, type=InkFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise AppError(Code.INK_MALFORMED, where=str(cause)) from cause
    points = [point for stroke in file.strokes for point in stroke]
    _refuse_ink("width, height", not 1 <= min(file.width, file.height) <= _FARTHEST)
    _refuse_ink("width, height", max(file.width, file.height) > _FARTHEST)
    _refuse_ink("strokes", len(points) > _MOST_POINTS)
    _refuse_ink("x, y", any(max(abs(x), abs(y)) > _FARTHEST for x, y, _, _ in points))
    _refuse_ink("t_ms", any(not 0 <= t <= _LONGEST_MS for _, _, t, _ in points))
    _refuse_ink("pressure", any(not 0 <= p <= _THOUSANDTHS for *_, p in points))
    scale = 1 if any(pressure > 1 for *_, pressure in points) else _THOUSANDTHS
    return checked_ink(
        Ink(
            width=round(file.width * _HUNDREDTHS),
            height=round(file.height * _HUNDREDTHS),
            strokes=tuple(
                tuple(
                    InkPoint(
                        round(x * _HUNDREDTHS),
                        round(y * _HUNDREDTHS),
                        round(t),
                        round(pressure * scale),
                    )
                    for x, y, t, pressure in stroke
                )
                for stroke in file.strokes
            ),
        )
    )


def _refuse_ink(where: str, fails: bool) -> None:  # noqa: FBT001 - reads as an assertion
    if fails:
        raise AppError(Code.INK_MALFORMED, where=where)
