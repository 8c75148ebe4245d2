"""Assignments: the units an office gave to inspectors, on their side and on its own."""

from sqlite_utils import Database

from db.migrations.registry import MIGRATIONS

_STATEMENTS = (
    """
    CREATE TABLE assignment (
        inspector TEXT NOT NULL,
        unit_code TEXT NOT NULL,
        sub_unit TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        workers INTEGER,
        women INTEGER,
        migrant INTEGER,
        hazard_exposed INTEGER,
        high_risk INTEGER CHECK (high_risk IN (0, 1)),
        card_id TEXT NOT NULL,
        season TEXT NOT NULL,
        due TEXT NOT NULL,
        team TEXT NOT NULL,
        note TEXT NOT NULL,
        last_total_hundredths INTEGER,
        last_date TEXT,
        open_hazards TEXT NOT NULL,
        withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
        issued_at TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (inspector, unit_code, sub_unit)
    ) STRICT, WITHOUT ROWID
    """,
)


@MIGRATIONS()
def m0003_assignments(db: Database) -> None:
    """Add the table of assignments."""
    for statement in _STATEMENTS:
        db.execute(statement)
