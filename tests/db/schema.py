"""The schema of a database as text; run as a program it remakes the golden db/schema.sql."""

from pathlib import Path
from tempfile import TemporaryDirectory

from db.engine import Connection, open_for_writing

GOLDEN = Path(__file__).parents[2] / "db" / "schema.sql"
_STATEMENTS = """
    SELECT sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name
"""


def schema_of(connection: Connection) -> str:
    """Return every statement of the schema, each table followed by what belongs to it."""
    statements = (str(row["sql"]) for row in connection.rows(_STATEMENTS))
    return "".join(f"{_aligned(statement)};\n\n" for statement in statements).rstrip("\n") + "\n"


def newest_schema() -> str:
    """Return the schema after the last migration."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        connection = open_for_writing(path / "new.db", backups=path)
        try:
            return schema_of(connection)
        finally:
            connection.close()


def _aligned(statement: str) -> str:
    """Return a statement without the indentation it has inside a migration."""
    lines = statement.splitlines()
    indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    cut = min(indents, default=0)
    return "\n".join([lines[0], *(line[cut:] for line in lines[1:])])


if __name__ == "__main__":
    GOLDEN.write_text(newest_schema(), encoding="utf-8")
