"""Photos: the tray of each unit, and from which original a copy was made."""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS

_STATEMENTS = (
    """
    CREATE TABLE photo (
        sha256 TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        taken_at TEXT NOT NULL,
        time_source TEXT NOT NULL,
        arrived_at TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        orientation INTEGER NOT NULL,
        has_location INTEGER NOT NULL CHECK (has_location IN (0, 1)),
        unit_code TEXT,
        sub_unit TEXT,
        card_id TEXT,
        derived_from TEXT REFERENCES photo (sha256),
        copy TEXT,
        note TEXT NOT NULL,
        CHECK ((unit_code IS NULL) = (sub_unit IS NULL)),
        CHECK ((derived_from IS NULL) = (copy IS NULL))
    ) STRICT
    """,
    "CREATE INDEX photo_by_unit ON photo (unit_code, sub_unit, taken_at)",
    "CREATE INDEX photo_by_name ON photo (name, size)",
    "CREATE INDEX photo_by_original ON photo (derived_from) WHERE derived_from IS NOT NULL",
)


@MIGRATIONS()
def m0004_photos(db: Database) -> None:
    """Create the table of photos."""
    for statement in _STATEMENTS:
        db.execute(statement)
