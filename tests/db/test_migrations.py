"""What happens to a database of the released schema when a program with one step more opens it."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from app.errors import AppError, Code
from db.engine import Connection, DriverError, open_for_reading, open_for_writing
from db.migrations import MIGRATIONS
from db.stores.documents import DocumentStore
from tests.db.contract.workspaces import KEY
from tests.db.schema import newest_schema, schema_of
from tests.disks import full_disk
from tests.refusals import refused

FORM = "f" * 64


def released() -> Migrations:
    """Return the steps of this program, in a set that may grow."""
    steps = Migrations(MIGRATIONS.name)
    for step in MIGRATIONS.pending(Database(memory=True)):
        steps(name=step.name)(step.fn)
    return steps


def next_release() -> Migrations:
    """Return a set with a step that rebuilds a table others point at, and adds to another."""
    steps = released()

    @steps()
    def m9001_next(db: Database) -> None:
        db.table("document").transform(not_null={"content"}, defaults={"content": b""})
        db.execute("ALTER TABLE unit ADD COLUMN telephone TEXT")

    return steps


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> str | None:
    return str(request.param) if request.param else None


@pytest.fixture
def path(tmp_path: Path, key: str | None) -> Path:
    """Make a database of the released schema, with a document that a card points at."""
    path = tmp_path / "workspace.db"
    with closing(open_for_writing(path, backups=tmp_path, key=key)) as connection:
        DocumentStore(connection).keep(FORM, b"{}")
        columns = ["id", "revision", "rehearsal", "step_hundredths", "form", "guide"]
        texts = ["office_code", "office_name", "season", "policy", "unit_code", "sub_unit"]
        texts += ["unit_name", "date_from", "date_to", "assessors"]
        connection.execute(
            f"INSERT INTO card ({', '.join(columns + texts)})"  # noqa: S608 - names from above
            f" VALUES ('a', 1, 0, 100, ?, ?{', ?' * len(texts)})",
            (FORM, FORM, *texts),
        )
    return path


def open_with(path: Path, migrations: Migrations, key: str | None) -> Connection:
    return open_for_writing(path, backups=path.parent / "backups", key=key, migrations=migrations)


def backups(path: Path) -> list[str]:
    return sorted(file.name for file in (path.parent / "backups").glob("*"))


def is_as_released(path: Path, key: str | None) -> bool:
    """Tell whether a file opens as a sound database of the released schema with its content."""
    connection = open_for_reading(path, key=key)
    assert connection is not None
    with closing(connection):
        assert connection.scalar("PRAGMA integrity_check") == "ok"
        assert DocumentStore(connection).get(FORM) == b"{}"
        return schema_of(connection) == newest_schema()


def test_a_migration_keeps_a_copy_of_the_file_as_it_was(path: Path, key: str | None) -> None:
    with closing(open_with(path, next_release(), key)) as connection:
        assert "telephone" in schema_of(connection)
        assert DocumentStore(connection).get(FORM) == b"{}"
        assert connection.rows("PRAGMA foreign_key_check") == []
        assert connection.scalar("PRAGMA foreign_keys") == 1
        with pytest.raises(DriverError, match="FOREIGN KEY"):
            connection.execute("DELETE FROM document")
    copy = path.parent / "backups" / "workspace-before-m9001_next.db"
    assert backups(path) == [copy.name]
    assert is_as_released(copy, key)
    assert copy.read_bytes().startswith(b"SQLite format 3") == (key is None)


def test_after_a_migration_nothing_is_pending(path: Path, key: str | None) -> None:
    for _ in range(2):
        open_with(path, next_release(), key).close()
    assert len(backups(path)) == 1
    with closing(open_for_writing(path, backups=path, key=key, migrations=next_release())) as new:
        assert new.scalar("SELECT count(*) FROM document") == 1
    with refused(Code.DATABASE_NEWER, path=str(path)):
        open_with(path, released(), key)


def test_a_copy_put_back_is_migrated_again_and_no_copy_is_lost(
    path: Path, key: str | None
) -> None:
    open_with(path, next_release(), key).close()
    path.write_bytes((path.parent / "backups" / backups(path)[0]).read_bytes())
    open_with(path, next_release(), key).close()
    assert backups(path) == [
        "workspace-before-m9001_next-2.db",
        "workspace-before-m9001_next.db",
    ]


def test_a_step_that_fails_undoes_all_steps(path: Path, key: str | None) -> None:
    steps = next_release()

    @steps()
    def m9002_fails(db: Database) -> None:
        db.execute("CREATE TABLE half (a INTEGER) STRICT")
        db.execute("INSERT INTO half VALUES ('text')")

    with pytest.raises(DriverError):
        open_with(path, steps, key)
    assert is_as_released(path, key)


def test_a_step_that_breaks_a_reference_undoes_all_steps(path: Path, key: str | None) -> None:
    steps = next_release()

    @steps()
    def m9002_breaks(db: Database) -> None:
        db.execute("DELETE FROM document")

    with refused(Code.DATABASE_DAMAGED, path=str(path)):
        open_with(path, steps, key)
    assert is_as_released(path, key)


def test_a_reader_never_migrates(path: Path, key: str | None) -> None:
    before = path.read_bytes()
    assert open_for_reading(path, key=key, migrations=next_release()) is None
    assert open_for_reading(path.with_name("none.db"), key=key) is None
    assert path.read_bytes() == before


def test_without_room_for_the_copy_nothing_is_migrated(path: Path, key: str | None) -> None:
    with pytest.raises(AppError) as refusal, full_disk(at=50_000):
        open_with(path, next_release(), key)
    assert refusal.value.code in {Code.DISK_FULL, Code.FILE_NOT_WRITABLE}
    assert not [name for name in backups(path) if name.endswith(".db")]
    assert is_as_released(path, key)
    open_with(path, next_release(), key).close()
    assert backups(path) == ["workspace-before-m9001_next.db"]
