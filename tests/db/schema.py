"""The schema of a database as text; run as a program it remakes the golden db/schema.sql."""

from contextlib import closing
from inspect import cleandoc
from pathlib import Path
from tempfile import TemporaryDirectory

from db.engine import Connection, open_for_writing

GOLDEN = Path(__file__).parents[2] / "db" / "schema.sql"
_STATEMENTS = """
    SELECT sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type <> 'table', name
"""


def schema_of(connection: Connection) -> str:
    """Return every statement of the schema, each table followed by what belongs to it."""
    statements = (cleandoc(str(row["sql"])) for row in connection.rows(_STATEMENTS))
    return ";\n\n".join(statements) + ";\n"


def newest_schema() -> str:
    """Return the schema after the last migration."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        with closing(open_for_writing(path / "new.db", backups=path)) as connection:
            return schema_of(connection)


if __name__ == "__main__":
    GOLDEN.write_text(newest_schema(), encoding="utf-8")
