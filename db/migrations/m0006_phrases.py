"""Reasons written before, so that they can be offered again."""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS

_PHRASE = """
    CREATE TABLE phrase (
        clause TEXT NOT NULL,
        text TEXT NOT NULL,
        used INTEGER NOT NULL CHECK (used >= 1),
        last_used TEXT NOT NULL,
        PRIMARY KEY (clause, text)
    ) STRICT, WITHOUT ROWID
"""


@MIGRATIONS()
def m0006_phrases(db: Database) -> None:
    """Create the table of phrases."""
    db.execute(_PHRASE)
