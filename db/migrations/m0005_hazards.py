"""隐患: what was found, its photos, the two reports, and every step towards its end."""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS

_STATEMENTS = (
    """
    CREATE TABLE hazard (
        id TEXT PRIMARY KEY,
        unit_code TEXT NOT NULL,
        sub_unit TEXT NOT NULL,
        card_id TEXT,
        clause TEXT,
        text TEXT NOT NULL,
        place TEXT NOT NULL,
        grade TEXT NOT NULL,
        measure TEXT NOT NULL,
        person_name TEXT NOT NULL,
        person_post TEXT NOT NULL,
        telephone TEXT NOT NULL,
        deadline TEXT,
        state TEXT NOT NULL
    ) STRICT
    """,
    # a unit's hazards, on opening the unit and checking its card
    "CREATE INDEX hazard_by_unit ON hazard (unit_code, sub_unit)",
    # what is left to be done, listed over all units and counted for each
    """
    CREATE INDEX hazard_unsettled ON hazard (unit_code, sub_unit)
    WHERE state NOT IN ('closed', 'withdrawn')
    """,
    """
    CREATE TABLE hazard_photo (
        hazard TEXT NOT NULL REFERENCES hazard (id),
        side TEXT NOT NULL,
        position INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        PRIMARY KEY (hazard, side, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE hazard_report (
        hazard TEXT NOT NULL REFERENCES hazard (id),
        recipient TEXT NOT NULL,
        name TEXT NOT NULL,
        day TEXT,
        how TEXT NOT NULL,
        PRIMARY KEY (hazard, recipient)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE hazard_step (
        hazard TEXT NOT NULL REFERENCES hazard (id),
        position INTEGER NOT NULL,
        act TEXT NOT NULL,
        who TEXT NOT NULL,
        at TEXT NOT NULL,
        remark TEXT NOT NULL,
        PRIMARY KEY (hazard, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER hazard_is_never_deleted BEFORE DELETE ON hazard
    BEGIN SELECT RAISE (ABORT, 'a hazard is withdrawn, not deleted'); END
    """,
    """
    CREATE TRIGGER hazard_step_is_never_changed BEFORE UPDATE ON hazard_step
    BEGIN SELECT RAISE (ABORT, 'the history of a hazard is append-only'); END
    """,
    """
    CREATE TRIGGER hazard_step_is_never_deleted BEFORE DELETE ON hazard_step
    BEGIN SELECT RAISE (ABORT, 'the history of a hazard is append-only'); END
    """,
)


@MIGRATIONS()
def m0005_hazards(db: Database) -> None:
    """Create the tables of hazards."""
    for statement in _STATEMENTS:
        db.execute(statement)
