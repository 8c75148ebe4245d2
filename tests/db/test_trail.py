"""The audit trail against somebody who may write to the database's file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.trail import AuditEntry
from db.copies import DATABASE
from db.engine import DriverError
from db.workspace import Workspace
from tests.db.programs import opened
from tests.forms import synthetic_unit

LINES = 1100  # more than one page of reading


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Make a database with a long trail and return its bytes."""
    home = tmp_path_factory.mktemp("sound")
    with closing(opened(home)) as workspace, workspace.connection.transaction():
        for number in range(LINES):
            entry = AuditEntry(action="test", subject=f"第{number}条", details={"b": "1", "a": ""})
            workspace.audit.append(entry, workspace.clock.now())
    return (home / DATABASE).read_bytes()


@pytest.fixture
def home(tmp_path: Path, sound: bytes) -> Path:
    (tmp_path / DATABASE).write_bytes(sound)
    return tmp_path


@pytest.fixture
def workspace(home: Path) -> Iterator[Workspace]:
    with closing(opened(home)) as workspace:
        yield workspace


def first_broken_after(home: Path, *statements: str) -> int | None:
    """Return what the trail says after a stranger's program changed it."""
    with closing(sqlite3.connect(home / DATABASE)) as stranger:
        for trigger in ("changed", "deleted"):
            stranger.execute(f"DROP TRIGGER audit_event_is_never_{trigger}")
        for statement in statements:
            assert stranger.execute(statement).rowcount > 0
        stranger.commit()
    with closing(opened(home, writing=False)) as workspace:
        return workspace.audit.first_broken()


def test_a_long_trail_is_whole(workspace: Workspace) -> None:
    assert workspace.audit.first_broken() is None
    assert len(list(workspace.audit.lines())) == LINES


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET subject = 'x'",
        "DELETE FROM audit_event WHERE number = 1",
        "INSERT OR REPLACE INTO audit_event VALUES (1, '', '', '', '', '', '')",
    ],
)
def test_the_trail_is_append_only(workspace: Workspace, statement: str) -> None:
    with pytest.raises(DriverError, match="append-only"):
        workspace.connection.execute(statement)
    assert workspace.audit.first_broken() is None


@pytest.mark.parametrize(
    "changed",
    [
        "at = '2020-11-06T02:00:01+00:00'",
        "action = 'other'",
        "subject = ''",
        """details = '{"b":"2","a":""}'""",
        """details = '{"b": "1", "a": ""}'""",
        "details = '{'",
        """details = '{"b":1}'""",
        "previous = hash",
        "hash = upper(hash)",
        "number = 100000",
    ],
)
def test_an_altered_line_is_found(home: Path, changed: str) -> None:
    statement = f"UPDATE audit_event SET {changed} WHERE number = 1050"  # noqa: S608 - from above
    assert first_broken_after(home, statement) == 1050


def test_a_removed_line_is_found(home: Path) -> None:
    assert first_broken_after(home, "DELETE FROM audit_event WHERE number = 7") == 7


def test_removed_first_lines_are_found(home: Path) -> None:
    assert first_broken_after(home, "DELETE FROM audit_event WHERE number < 9") == 1


def test_a_line_removed_and_the_rest_numbered_anew_is_found(home: Path) -> None:
    statements = (
        "DELETE FROM audit_event WHERE number = 7",
        "UPDATE audit_event SET number = -number WHERE number > 7",
        "UPDATE audit_event SET number = -number - 1 WHERE number < 0",
    )
    assert first_broken_after(home, *statements) == 7


@pytest.mark.parametrize(("number", "found"), [(LINES + 1, LINES + 1), (0, 1), (-(2**62), 1)])
def test_an_inserted_line_is_found(home: Path, number: int, found: int) -> None:
    copied = (
        f"INSERT INTO audit_event SELECT {number}, at, action, subject, details, previous,"  # noqa: S608
        " hash FROM audit_event WHERE number = 5"
    )
    assert first_broken_after(home, copied) == found


def test_a_cut_end_shows_in_the_head_alone(home: Path) -> None:
    """Which is why the head leaves with every package."""
    with closing(opened(home, writing=False)) as workspace:
        head = workspace.audit.head()
    assert first_broken_after(home, "DELETE FROM audit_event WHERE number > 1090") is None
    with closing(opened(home, writing=False)) as workspace:
        assert workspace.audit.head() != head


def test_a_line_is_part_of_what_it_tells_of(workspace: Workspace) -> None:
    """One transaction: another program sees both or neither."""
    with closing(opened(workspace.home, writing=False)) as reader:
        with workspace.change(AuditEntry(action="units.add")):
            workspace.units.add(synthetic_unit())
            assert reader.units.all() == ()
        assert reader.units.all() == (synthetic_unit(),)
        assert reader.audit.head() == workspace.audit.head()


def test_a_unit_of_work_inside_another_is_a_mistake_that_leaves_nothing(
    workspace: Workspace,
) -> None:
    def nest() -> None:
        with workspace.change(AuditEntry(action="outer")):
            workspace.units.add(synthetic_unit())
            with workspace.change(AuditEntry(action="inner")):
                pass

    with pytest.raises(DriverError, match="within a transaction"):
        nest()
    assert workspace.units.all() == ()
    assert len(list(workspace.audit.lines())) == LINES
