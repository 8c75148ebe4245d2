"""Backup and restore as the person decides them, without widgets."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.ports.progress import Unheard
from app.services.desk.desk import Changes, Desk
from app.services.units.register import add_unit
from tests.fakes import InlineTasks
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.views.sending.copying import CopyingPresenter


@dataclass
class Screen:
    found: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def copying(tasks: InlineTasks, labels: Labels, screen: Screen) -> CopyingPresenter:
    return CopyingPresenter(
        tasks,
        labels,
        progress=Unheard,
        found=screen.found.append,
        tell=screen.told.append,
        announce=screen.changes.append,
    )


def add(desk: Desk, place: int) -> None:
    add_unit(desk, name=f"测试{place + 1}号工厂", code=SYNTHETIC_CODES[place], sub_unit="")


def test_what_was_backed_up_comes_back_and_what_was_here_is_kept(
    desk: Desk, copying: CopyingPresenter, screen: Screen, tmp_path: Path
) -> None:
    add(desk, 0)
    stick = tmp_path / "stick"
    stick.mkdir()
    copying.back_up(stick)
    assert "单位 1 家" in screen.told[-1]
    folder = next(stick.iterdir())
    assert folder.name.startswith("安康杯备份")
    add(desk, 1)
    before = desk.workspace.id
    copying.look_into(folder)
    assert "单位 1 家" in screen.found[-1]
    assert len(desk.workspace.units.all()) == 2
    copying.take_back()
    assert len(desk.workspace.units.all()) == 1
    assert desk.workspace.id != before
    assert "backups/workspace-before-restore-001.db" in screen.told[-1]
    assert screen.found[-1] == ""
    assert [line.entry.action for line in desk.workspace.audit.lines()][-1] == "workspace.restore"


def test_a_folder_that_is_no_backup_offers_nothing_to_take_back(
    desk: Desk, copying: CopyingPresenter, screen: Screen, tmp_path: Path
) -> None:
    add(desk, 0)
    copying.look_into(tmp_path)
    assert screen.found == [""]
    assert str(tmp_path) in screen.told[-1]
    copying.take_back()
    assert len(desk.workspace.units.all()) == 1


def test_nobody_leaves_or_asks_twice_while_a_copy_is_taken_back(
    desk: Desk, tasks: InlineTasks, copying: CopyingPresenter, screen: Screen, tmp_path: Path
) -> None:
    add(desk, 0)
    copying.back_up(tmp_path)
    copying.look_into(next(path for path in tmp_path.iterdir() if "备份" in path.name))
    left: list[bool] = []
    tasks.held = True
    copying.take_back()
    copying.take_back()
    copying.settle(lambda: left.append(True))
    assert left == []
    tasks.held = False
    tasks.release()
    assert left == [True]
    assert [changes.is_everything for changes in screen.changes] == [True]
    copying.settle(lambda: left.append(True))
    assert len(left) == 2


def test_a_copy_that_is_refused_lets_the_person_go(
    desk: Desk, tasks: InlineTasks, copying: CopyingPresenter, screen: Screen, tmp_path: Path
) -> None:
    add(desk, 0)
    copying.back_up(tmp_path)
    copying.look_into(next(path for path in tmp_path.iterdir() if "备份" in path.name))
    (desk.workspace.home / "backups").touch()
    tasks.held = True
    copying.take_back()
    left: list[bool] = []
    copying.settle(lambda: left.append(True))
    tasks.held = False
    tasks.release()
    assert left == [True]
    assert screen.found[-1] == ""
    assert screen.changes == []
    assert len(desk.workspace.units.all()) == 1
