"""交付: how and when the unit got its copy of a card (留存联), and who took it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from app.domain.card import CardId
from app.domain.names import clean_name, clean_text
from app.errors import AppError, Code

HandoverId = NewType("HandoverId", str)


class HandoverManner(StrEnum):
    """How a copy went over: 当面交付, 邮寄, 电子发送, 拒收留置 (a refused copy left there)."""

    IN_PERSON = "in_person"
    POST = "post"
    ELECTRONIC = "electronic"
    LEFT_BEHIND = "left_behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverNote:
    """What a person writes down of a handover."""

    manner: HandoverManner = HandoverManner.IN_PERSON
    recipient: str = ""
    day: date
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The handing over of one revision's copy. `recorded_at` is None while it is being written.

    `copy` is the hash whose check code the copy bears.
    """

    id: HandoverId
    card: CardId
    revision: int
    copy: str
    note: HandoverNote
    recorded_at: datetime | None = None


def complete_note(note: HandoverNote, *, today: date) -> HandoverNote:
    """Return a note as it may be recorded for good.

    Raises:
        AppError: NAME_EMPTY (who took it is not said), NAME_TOO_LONG, TEXT_NOT_PRINTABLE,
            HANDOVER_DAY (a day to come), HANDOVER_WITNESS_MISSING (left behind, and not said
            where and who saw it).

    """
    remark = clean_text(note.remark)
    if note.day > today:
        raise AppError(Code.HANDOVER_DAY, day=note.day.isoformat())
    is_left = note.manner is HandoverManner.LEFT_BEHIND
    if is_left and not remark:
        raise AppError(Code.HANDOVER_WITNESS_MISSING)
    nobody_took_it = is_left and not note.recipient.strip()
    return HandoverNote(
        manner=note.manner,
        recipient="" if nobody_took_it else clean_name(note.recipient),
        day=note.day,
        remark=remark,
    )
