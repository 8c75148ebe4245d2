"""The audit trail: each line's hash covers the line before it. Append-only, also by trigger."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from app.domain.trail import AuditEntry, AuditLine
from app.exchange.canonical import canonical, content_hash
from db.engine import Connection, Row, Value
from db.stores.columns import time_of, time_text, whole

START = "0" * 64
_BEFORE_ALL = -(1 << 63)
_ADD = """
    INSERT INTO audit_event (number, at, action, subject, details, previous, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_LAST = "SELECT number, at, hash FROM audit_event ORDER BY number DESC LIMIT 1"
_PAGE = """
    SELECT number, at, action, subject, details, previous, hash FROM audit_event
    WHERE number > ? ORDER BY number LIMIT 1000
"""


class AuditTrail:
    """Fulfils `app.ports.AuditTrail`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, entry: AuditEntry, moment: datetime) -> None:
        """Add a line after the last one; called inside the unit of work it tells of."""
        last = self._connection.row(_LAST)
        number = 1 if last is None else whole(last["number"]) + 1
        previous = START if last is None else str(last["hash"])
        line = chained(entry, number=number, at=time_text(moment), previous=previous)
        self._connection.execute(_ADD, _values(line))

    def head(self) -> str:
        """Return the hash of the last line; 64 zeros when there is none."""
        last = self._connection.row(_LAST)
        return START if last is None else str(last["hash"])

    def last_at(self) -> datetime | None:
        """Return the moment of the last line."""
        return self._connection.one(_moment, _LAST)

    def lines(self) -> Iterator[AuditLine]:
        """Yield all lines, oldest first."""
        after = _BEFORE_ALL
        while page := self._connection.each(_line, _PAGE, (after,)):
            yield from page
            after = page[-1].number

    def first_broken(self) -> int | None:
        """Return the number of the first line that does not follow from the one before it.

        Lines cut off at the end leave a sound chain: the heads that left with packages tell.
        """
        previous, after, number = START, _BEFORE_ALL, 0
        while page := self._connection.rows(_PAGE, (after,)):
            for row in page:
                number += 1
                if not _follows(row, number=number, previous=previous):
                    return number
                previous = str(row["hash"])
            after = whole(page[-1]["number"])
        return None


def chained(entry: AuditEntry, *, number: int, at: str, previous: str) -> AuditLine:
    """Return the line with its hash: SHA-256 (hex) of the canonical form of all the rest."""
    hashed = content_hash(
        canonical(
            {
                "number": number,
                "at": at,
                "action": entry.action,
                "subject": entry.subject,
                "details": dict(entry.details),
                "previous": previous,
            }
        )
    )
    return AuditLine(number=number, at=at, entry=entry, previous=previous, hash=hashed)


def _follows(row: Row, *, number: int, previous: str) -> bool:
    """Tell whether a row is to the letter what its content makes of it at this place."""
    try:
        line = _line(row)
    except ValueError:
        return False
    expected = chained(line.entry, number=number, at=line.at, previous=previous)
    return tuple(row) == _values(expected)


def _values(line: AuditLine) -> tuple[Value, ...]:
    entry = line.entry
    details = msgspec.json.encode(entry.details).decode()
    return (
        line.number,
        line.at,
        entry.action,
        entry.subject,
        details,
        line.previous,
        line.hash,
    )


def _moment(row: Row) -> datetime:
    return time_of(row["at"])


def _line(row: Row) -> AuditLine:
    return AuditLine(
        number=whole(row["number"]),
        at=str(row["at"]),
        entry=AuditEntry(
            action=str(row["action"]),
            subject=str(row["subject"]),
            details=msgspec.json.decode(str(row["details"]), type=dict[str, str]),
        ),
        previous=str(row["previous"]),
        hash=str(row["hash"]),
    )
