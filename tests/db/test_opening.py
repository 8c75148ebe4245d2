"""What is opened, what is refused, and that what is refused is left as it was."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from app.errors import Code
from db.copies import DATABASE
from db.engine import Connection
from tests.db.contract.workspaces import CHANGE
from tests.db.programs import opened
from tests.forms import synthetic_unit
from tests.refusals import refused

Damage = Callable[[bytes], bytes]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a workspace with a unit in it."""
    home = tmp_path / "home"
    workspace = opened(home)
    with workspace.change(CHANGE):
        workspace.units.add(synthetic_unit())
    workspace.close()
    return home


def files_of(home: Path) -> dict[str, bytes]:
    """Return every file of the database; the index of its log is only a cache."""
    return {
        path.name: path.read_bytes()
        for path in home.iterdir()
        if path.is_file() and path.name.startswith(DATABASE) and not path.name.endswith("-shm")
    }


def add_step(home: Path, name: str) -> None:
    """Note a migration as done that this program does not know."""
    with closing(Connection(home / DATABASE)) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, '')",
            ("ankang", name),
        )


@pytest.mark.parametrize("writing", [True, False])
def test_a_newer_database_is_refused_untouched(home: Path, *, writing: bool) -> None:
    add_step(home, "m9999_from_the_future")
    before = files_of(home)
    with refused(Code.DATABASE_NEWER, path=str(home / DATABASE)):
        opened(home, writing=writing)
    assert {name: content for name, content in files_of(home).items() if content} == before
    assert not list(home.glob("staging-*"))


def test_a_log_that_a_newer_program_left_behind_is_not_taken_over(home: Path) -> None:
    """Killed, it leaves its last work in the log, where it must stay."""
    killed = Connection(home / DATABASE)
    killed.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, '')",
        ("ankang", "m9999_from_the_future"),
    )
    before = files_of(home)
    crashed = home.parent / "crashed"
    crashed.mkdir()
    for name, content in before.items():
        (crashed / name).write_bytes(content)
    killed.close()
    assert len(before[f"{DATABASE}-wal"]) > 0
    with refused(Code.DATABASE_NEWER):
        opened(crashed)
    assert files_of(crashed) == before


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="emptied"),
        pytest.param(lambda _: b"not a database\n" * 999, id="garbage"),
        pytest.param(lambda content: content[:10], id="cut in its header"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut in half"),
        pytest.param(lambda content: b"\xff" + content[1:], id="header changed"),
        pytest.param(lambda content: content[:16] + b"\0\0" + content[18:], id="no page size"),
        pytest.param(lambda content: content[:44] + b"\0\0\0\x63" + content[48:], id="format"),
        pytest.param(lambda content: content[:100] + bytes(999) + content[1099:], id="no schema"),
    ],
)
def test_a_damaged_database_is_told_and_kept(home: Path, damage: Damage) -> None:
    path = home / DATABASE
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    with refused(Code.DATABASE_DAMAGED, path=str(path)):
        opened(home)
    assert path.read_bytes() == broken


def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path) -> None:
    with closing(sqlcipher3.connect(str(tmp_path / DATABASE), isolation_level=None)) as foreign:
        foreign.execute("CREATE TABLE recipe (name TEXT)")
    before = files_of(tmp_path)
    with refused(Code.DATABASE_DAMAGED):
        opened(tmp_path)
    assert files_of(tmp_path) == before


def test_a_database_with_migrations_of_another_program_is_refused_untouched(
    tmp_path: Path,
) -> None:
    foreign = sqlcipher3.connect(str(tmp_path / DATABASE), isolation_level=None)
    with closing(foreign):
        recipes = Migrations("recipes")
        recipes(name="m0001_first")(lambda db: db.execute("CREATE TABLE recipe (name TEXT)"))
        recipes.apply(Database(foreign))
    before = files_of(tmp_path)
    with refused(Code.DATABASE_DAMAGED):
        opened(tmp_path)
    assert files_of(tmp_path) == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Below a regular file, because a test may run as root, whom no permission binds."""
    (tmp_path / "file").write_bytes(b"")
    with refused(Code.FILE_NOT_WRITABLE, path=str(tmp_path / "file" / "home")):
        opened(tmp_path / "file" / "home")


def test_a_folder_in_place_of_the_database_is_told(tmp_path: Path) -> None:
    (tmp_path / DATABASE).mkdir()
    with refused(Code.FILE_NOT_WRITABLE):
        opened(tmp_path)


def test_a_workspace_keeps_its_identity(home: Path) -> None:
    with closing(opened(home)) as first:
        kept = first.id
    with closing(opened(home, writing=False)) as second:
        assert second.id == kept != ""


def test_reading_makes_a_workspace_where_none_is(tmp_path: Path) -> None:
    workspace = opened(tmp_path / "new", writing=False)
    assert workspace.units.all() == ()
    workspace.close()


def test_a_new_workspace_leaves_no_scaffold_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "a" / "home"
    workspace = opened(home)
    workspace.close()
    assert {path.name for path in home.iterdir()} == {DATABASE, "workspace.lock"}
    assert home.stat().st_mode & 0o077 == 0
    assert (home / DATABASE).stat().st_mode & 0o077 == 0


def test_what_a_killed_program_staged_is_swept_a_day_later(home: Path) -> None:
    fresh, stale = home / "staging-fresh", home / "staging-stale"
    for folder in (fresh, stale):
        folder.mkdir()
        (folder / "decrypted").write_bytes(b"x")
    os.utime(stale, (0, 0))
    opened(home).close()
    assert fresh.exists()
    assert not stale.exists()
