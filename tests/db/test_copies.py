"""Copies of a workspace while programs are killed at any step of making or taking back one."""

from contextlib import closing
from pathlib import Path

import pytest

from app.domain.trail import AuditEntry
from app.errors import Code
from app.ports.progress import Unheard
from db.workspace import Workspace
from tests.db.programs import Program, back_up, opened
from tests.forms import synthetic_unit
from tests.refusals import refused

CHANGE = AuditEntry(action="test")


def add_unit(workspace: Workspace, place: int) -> None:
    with workspace.change(CHANGE):
        workspace.units.add(synthetic_unit(place))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a workspace of two units; its copy on the stick knows the first alone."""
    with closing(opened(tmp_path / "home")) as workspace:
        add_unit(workspace, 0)
        back_up(workspace, tmp_path / "stick")
        add_unit(workspace, 1)
    return tmp_path / "home"


def test_a_program_killed_while_it_takes_a_copy_back_leaves_one_of_the_two(
    home: Path, tmp_path: Path
) -> None:
    found: list[int] = []
    status: int | None = None
    while status != 0:
        assert len(found) < 20
        with Program("restore", home, tmp_path / "stick", str(len(found))) as program:
            status = program.wait()
        with closing(opened(home)) as workspace:
            found.append(len(workspace.units.all()))
            assert workspace.problems() == ()
    assert (set(found), found) == ({1, 2}, sorted(found, reverse=True))
    assert len(found) > 2


def test_a_program_killed_while_it_makes_a_copy_leaves_one_of_the_two(
    home: Path, tmp_path: Path
) -> None:
    found: list[int] = []
    status: int | None = None
    while status != 0:
        assert len(found) < 20
        with Program("back_up", home, tmp_path / "stick", str(len(found))) as program:
            status = program.wait()
        with closing(opened(home)) as workspace:
            found.append(workspace.copies.inspect(tmp_path / "stick").units)
    assert (set(found), found) == ({1, 2}, sorted(found))
    assert len(found) > 2


def test_a_copy_on_a_stick_that_cannot_be_read_is_refused(home: Path, tmp_path: Path) -> None:
    database = tmp_path / "stick" / "workspace.db"
    database.unlink()
    database.symlink_to("/proc/self/mem")  # a file whose first byte cannot be read
    with closing(opened(home)) as workspace, refused(Code.FILE_UNREADABLE):
        workspace.copies.inspect(tmp_path / "stick")


def test_a_copy_is_not_taken_back_while_another_program_reads(home: Path, tmp_path: Path) -> None:
    with closing(opened(home)) as workspace, closing(opened(home, writing=False)) as reading:
        add_unit(workspace, 2)
        assert len(reading.units.all()) == 3
        staged = workspace.copies.fetch(tmp_path / "stick", progress=Unheard())
        with refused(Code.DATABASE_LOCKED):
            workspace.copies.adopt(staged, new_id="0175a4f4-ffff-7000-8000-000000000001")
        assert len(workspace.units.all()) == 3
        add_unit(workspace, 3)
        assert workspace.problems() == ()
