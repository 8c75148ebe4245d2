"""Handovers of the unit's copy: recorded ones for ever, and the one being written."""

from datetime import date

from app.domain.card import CardId
from app.domain.handover import Handover, HandoverId, HandoverManner, HandoverNote
from db.engine import Connection, Row
from db.stores.columns import time_of, time_text, whole

_COLUMNS = "id, card_id, revision, copy, manner, recipient, day, remark, recorded_at"
_WRITE = f"""
    INSERT INTO handover ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        revision = excluded.revision, copy = excluded.copy, manner = excluded.manner,
        recipient = excluded.recipient, day = excluded.day, remark = excluded.remark,
        recorded_at = excluded.recorded_at
"""
_WRITTEN = f"SELECT {_COLUMNS} FROM handover WHERE card_id = ? AND recorded_at IS NULL"
_RECORDED = f"""
    SELECT {_COLUMNS} FROM handover WHERE card_id = ? AND recorded_at IS NOT NULL
    ORDER BY number
"""


class HandoverStore:
    """Fulfils `app.ports.handover.HandoverStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, handover: Handover) -> None:
        """Keep a handover in place of what was written of it before."""
        note, recorded_at = handover.note, handover.recorded_at
        self._connection.execute(
            _WRITE,
            (
                handover.id,
                handover.card,
                handover.revision,
                handover.copy,
                note.manner,
                note.recipient,
                note.day.isoformat(),
                note.remark,
                None if recorded_at is None else time_text(recorded_at),
            ),
        )

    def written(self, card_id: CardId) -> Handover | None:
        """Return the handover of a card that is being written."""
        return self._connection.one(_handover, _WRITTEN, (card_id,))

    def recorded(self, card_id: CardId) -> tuple[Handover, ...]:
        """Return the recorded handovers of a card, in the order they were recorded."""
        return self._connection.each(_handover, _RECORDED, (card_id,))


def _handover(row: Row) -> Handover:
    recorded_at = row["recorded_at"]
    return Handover(
        id=HandoverId(str(row["id"])),
        card=CardId(str(row["card_id"])),
        revision=whole(row["revision"]),
        copy=str(row["copy"]),
        note=HandoverNote(
            manner=HandoverManner(str(row["manner"])),
            recipient=str(row["recipient"]),
            day=date.fromisoformat(str(row["day"])),
            remark=str(row["remark"]),
        ),
        recorded_at=None if recorded_at is None else time_of(recorded_at),
    )
