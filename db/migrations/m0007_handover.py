"""How and when the unit's copy of a card was handed over."""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS

_STATEMENTS = (
    """
    CREATE TABLE handover (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        card_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        copy TEXT NOT NULL,
        manner TEXT NOT NULL,
        recipient TEXT NOT NULL,
        day TEXT NOT NULL,
        remark TEXT NOT NULL,
        recorded_at TEXT,
        FOREIGN KEY (card_id, revision) REFERENCES card (id, revision)
    ) STRICT
    """,
    "CREATE INDEX handover_by_card ON handover (card_id, number)",
    "CREATE UNIQUE INDEX handover_being_written ON handover (card_id) WHERE recorded_at IS NULL",
    """
    CREATE TRIGGER handover_once_recorded_is_never_changed BEFORE UPDATE ON handover
    WHEN OLD.recorded_at IS NOT NULL
    BEGIN SELECT RAISE (ABORT, 'a recorded handover is never changed'); END
    """,
    """
    CREATE TRIGGER handover_is_never_deleted BEFORE DELETE ON handover
    BEGIN SELECT RAISE (ABORT, 'a handover is never deleted'); END
    """,
)


@MIGRATIONS()
def m0007_handover(db: Database) -> None:
    """Create the table of handovers."""
    for statement in _STATEMENTS:
        db.execute(statement)
