"""The time stamp service a person chose."""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS

_STATEMENT = """
    CREATE TABLE time_stamp_service (
        only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
        url TEXT NOT NULL,
        ca BLOB NOT NULL
    ) STRICT
"""


@MIGRATIONS()
def m0009_time_stamp_service(db: Database) -> None:
    """Create its table; it holds one row or none."""
    db.execute(_STATEMENT)
