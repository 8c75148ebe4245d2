"""Reasons written before: rows <-> `Phrase`."""

from datetime import datetime

from app.domain.form import ClauseId
from app.domain.phrase import Phrase
from db.engine import Connection, Row
from db.stores.columns import time_of, time_text, whole

_KEEP = """
    INSERT INTO phrase (clause, text, used, last_used) VALUES (?, ?, 1, ?)
    ON CONFLICT (clause, text) DO UPDATE SET used = used + 1, last_used = excluded.last_used
"""
_PRUNE = """
    DELETE FROM phrase WHERE clause = ?1 AND text NOT IN (
        SELECT text FROM phrase WHERE clause = ?1 ORDER BY last_used DESC, used DESC, text LIMIT ?2
    )
"""
_REMOVE = "DELETE FROM phrase WHERE clause = ? AND text = ?"
_ALL = "SELECT clause, text, used, last_used FROM phrase ORDER BY clause, text"


class PhraseStore:
    """Fulfils `app.ports.phrases.PhraseStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, clause: ClauseId, text: str, *, at: datetime, most: int) -> None:
        """Count a reason as used once more; of a clause only the `most` last used ones stay."""
        self._connection.execute(_KEEP, (clause, text, time_text(at)))
        self._connection.execute(_PRUNE, (clause, most))

    def remove(self, clause: ClauseId, text: str) -> None:
        """Forget a reason for a clause; nothing happens when it is not kept."""
        self._connection.execute(_REMOVE, (clause, text))

    def all(self) -> tuple[Phrase, ...]:
        """Return every reason, by clause and text."""
        return self._connection.each(_phrase, _ALL)


def _phrase(row: Row) -> Phrase:
    return Phrase(
        clause=ClauseId(str(row["clause"])),
        text=str(row["text"]),
        used=whole(row["used"]),
        last_used=time_of(row["last_used"]),
    )
