"""Signatures on a card: who confirmed it and in which manner. No key is involved here.

Ink is kept as strokes in integers so that it can be redrawn at any size and enter signed bytes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from math import hypot

from app.domain.evidence import Evidence
from app.domain.names import clean_name, clean_text
from app.errors import AppError, Code

_SHORTEST_INK = 1000  # 10 px: a tap of pen or mouse wanders less


class Signatory(StrEnum):
    """For whom a signature stands: 考核组组长, 考核组成员, 被考核单位负责人（或授权人）."""

    LEAD = "lead"
    MEMBER = "member"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class InkPoint:
    """A point of a stroke: x, y in 1/100 px, t in ms since the first point, pressure 0 to 1000."""

    x: int
    y: int
    t: int
    pressure: int


Stroke = tuple[InkPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """A signature drawn on a surface of `width` x `height` (1/100 px)."""

    width: int
    height: int
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Signed (and sealed) on paper; the scan is kept like evidence."""

    scan: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """拒签: the reason given and who saw it."""

    why: str
    witness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Nobody entitled to sign was there: why, and who saw it."""

    why: str
    witness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """待补签: to follow as a supplement, by a day agreed on where there is one."""

    by: date | None = None


Manner = Ink | Paper | Refused | Absent | Pending


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature with what it was given for.

    `header_hash` and `scores_hash` (SHA-256, hex) are the two parts of the card as they stood at
    `at`; a signature carried through a 文字更正 keeps the scores of today and the header of then.
    """

    signatory: Signatory
    name: str
    at: datetime
    manner: Manner
    header_hash: str
    scores_hash: str

    @property
    def place(self) -> tuple[Signatory, str]:
        """Return what a newer signature must match to replace this; members sign side by side."""
        return (self.signatory, self.name if self.signatory is Signatory.MEMBER else "")


def checked_ink(ink: Ink) -> Ink:
    """Return ink that shows a stroke; AppError INK_EMPTY for none or taps under 10 px in all."""
    length = sum(
        hypot(after.x - before.x, after.y - before.y)
        for stroke in ink.strokes
        for before, after in pairwise(stroke)
    )
    if length < _SHORTEST_INK:
        raise AppError(Code.INK_EMPTY)
    return ink


def refused(*, why: str, witness: str, signer: str) -> Refused:
    """Return a refusal; AppError REASON_MISSING, WITNESS_MISSING (nobody, or the signer)."""
    return Refused(why=_reason(why), witness=_witness(witness, signer))


def absent(*, why: str, witness: str, signer: str) -> Absent:
    """Return an absence; raises as `refused`."""
    return Absent(why=_reason(why), witness=_witness(witness, signer))


def pending(*, by: date, today: date) -> Pending:
    """Return a signature to follow by a day; AppError DATE_PAST for one before today."""
    if by < today:
        raise AppError(Code.DATE_PAST, date=by.isoformat())
    return Pending(by=by)


def _reason(why: str) -> str:
    reason = clean_text(why)
    if not reason:
        raise AppError(Code.REASON_MISSING, clause="")
    return reason


def _witness(witness: str, signer: str) -> str:
    if not witness.strip() or clean_name(witness) == clean_name(signer):
        raise AppError(Code.WITNESS_MISSING)
    return clean_name(witness)
