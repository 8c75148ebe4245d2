"""Hold db/schema.sql to what the migrations make, and every table to the rules of the house."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.trail import AuditEntry
from app.errors import Code
from db.copies import DATABASE
from db.engine import Connection, DriverError, open_for_reading, open_for_writing
from tests.db.programs import opened
from tests.db.schema import GOLDEN, newest_schema
from tests.refusals import refused

PAGE = GOLDEN.parents[1] / "docs" / "database.md"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    connection = open_for_writing(tmp_path / "a.db", backups=tmp_path)
    yield connection
    connection.close()


def tables(connection: Connection) -> list[str]:
    rows = connection.rows("SELECT name FROM pragma_table_list WHERE schema = 'main'")
    return [str(row["name"]) for row in rows if not str(row["name"]).startswith(("sqlite_", "_"))]


def test_the_golden_schema_is_what_the_migrations_make() -> None:
    """After a migration: python -m tests.db.schema."""
    assert GOLDEN.read_text(encoding="utf-8") == newest_schema()


def test_every_table_is_strict(connection: Connection) -> None:
    strict = connection.rows("SELECT name FROM pragma_table_list WHERE strict = 1")
    assert {row["name"] for row in strict} == set(tables(connection))
    assert len(tables(connection)) > 10


def test_a_writer_is_durable_and_checks_foreign_keys(connection: Connection) -> None:
    pragmas = {
        name: connection.scalar(f"PRAGMA {name}")
        for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
    }
    full, on, off = 2, 1, 0
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": on,
        "trusted_schema": off,
    }


def test_a_row_needs_what_it_points_at(connection: Connection) -> None:
    with pytest.raises(DriverError, match="FOREIGN KEY"):
        connection.execute("INSERT INTO clause_mark VALUES ('none', 1, 'S1', 100, '', 'on_site')")


def test_a_column_takes_only_its_own_kind_of_value(connection: Connection) -> None:
    with pytest.raises(DriverError, match="cannot store TEXT value in INTEGER column"):
        connection.execute("INSERT INTO office_rules VALUES (1, 'ten', 'full')")


def test_a_reader_cannot_write(connection: Connection, tmp_path: Path) -> None:
    reader = open_for_reading(tmp_path / "a.db")
    assert reader is not None
    assert reader.scalar("SELECT count(*) FROM unit") == 0
    with refused(Code.FILE_NOT_WRITABLE, path=str(tmp_path / "a.db")):
        reader.execute("INSERT INTO revocation_list VALUES (1, x'')")
    reader.close()
    assert connection.scalar("SELECT count(*) FROM revocation_list") == 0


def test_a_row_that_cannot_be_understood_is_damage(connection: Connection) -> None:
    def not_a_number(row: object) -> int:
        return int(str(row))

    with refused(Code.DATABASE_DAMAGED):
        connection.each(not_a_number, "SELECT 'x' AS x")


def test_the_page_on_the_database_has_every_table() -> None:
    described = re.findall(r"^\| `(\w+)` \|", PAGE.read_text("utf-8"), re.MULTILINE)
    made = re.findall(r'^CREATE TABLE "?(\w+)', GOLDEN.read_text("utf-8"), re.MULTILINE)
    assert sorted(described) == sorted(made)


def test_the_pages_own_check_finds_a_broken_line(tmp_path: Path) -> None:
    """The script of docs/database.md needs nothing of this program."""
    (script,) = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    with closing(opened(tmp_path)) as workspace:
        for name in ("", '䶮㛃𬭎"'):
            with workspace.change(AuditEntry(action="test", subject=name, details={"a": name})):
                pass
        head = workspace.audit.head()
    assert run(script, tmp_path) == (0, f"2 lines, head {head}\n", "")
    with closing(Connection(tmp_path / DATABASE)) as connection:
        connection.execute("DROP TRIGGER audit_event_is_never_changed")
        connection.execute("UPDATE audit_event SET subject = 'x' WHERE number = 2")
    assert run(script, tmp_path) == (1, "", "line 2 is broken\n")


def run(script: str, folder: Path) -> tuple[int, str, str]:
    """Return exit code, output and errors of a script that cannot see this tree."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", script],
        check=False,
        capture_output=True,
        cwd=folder,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr
