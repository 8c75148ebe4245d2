"""The shell around the screens: opening, first start, going from one to the other, closing."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.domain.card import Card
from app.domain.trail import AuditEntry
from app.services.cards.assess import Points, jot, new_card
from app.services.desk.desk import Changes
from app.services.units.register import add_unit
from app.services.workplace.backup import plan_backup, write_backup
from app.services.workplace.opening import look_around
from app.services.workplace.preferences import Preferences
from app.text.catalogue import Language
from tests.app.services.field import desk_in
from tests.fakes import START, FakeClock
from tests.forms import SYNTHETIC_CODES
from tests.ui.program import OpenDesk, Program, running
from ui.labels import Labels
from ui.tasks import Gauge, TaskRunner
from ui.views.photos.view import PhotosView

STEPS = ["单位情况", "考核评分", "照片归类", "隐患与建议", "现场反馈", "签字确认", "打印与交付"]
KEYS = [
    Qt.Key.Key_F2,
    Qt.Key.Key_F3,
    Qt.Key.Key_F4,
    Qt.Key.Key_F5,
    Qt.Key.Key_F6,
    Qt.Key.Key_F7,
    Qt.Key.Key_F8,
]


@pytest.fixture
def card(open_desk: OpenDesk) -> Card:
    """Begin a card on the workspace and leave it."""
    with closing((desk := open_desk()).workspace):
        unit, _ = add_unit(desk, name="测试1号工厂", code=SYNTHETIC_CODES[0], sub_unit="")
        return new_card(desk, unit)[0]


@pytest.fixture
def program(qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card) -> Iterator[Program]:
    """Run the program on a workspace with one card."""
    assert card.revision == 1
    with running(qtbot, open_desk, labels) as started:
        started.wait_for_list()
        yield started


def test_a_first_start_for_practice_takes_three_presses_and_shows_units(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.wait(lambda: program.focus_is_on("正式考核"))
        program.press(Qt.Key.Key_Tab)
        assert program.focus_is_on("练习")
        program.press(Qt.Key.Key_Space)
        program.wait(lambda: program.focus_is_on("以后再说"))
        program.press(Qt.Key.Key_Space)
        program.wait(lambda: program.focus_is_on("进入考核任务"))
        program.wait(lambda: program.reads("数据库完好"))
        program.press(Qt.Key.Key_Space)
        program.wait_for_list()
        assert program.reads("练习：这里的评分表不作数")
        program.wait(lambda: program.reads("共 12 项"))


def test_a_unit_is_registered_and_its_card_begun_by_keyboard(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels
) -> None:
    with closing((desk := open_desk()).workspace) as workspace:
        assert look_around(desk).is_new
        with workspace.change(AuditEntry(action="test")):
            pass
    with running(qtbot, open_desk, labels) as program:
        program.wait(lambda: program.focus_is_on("新增单位"))
        program.press(Qt.Key.Key_Space)
        program.wait(lambda: program.focus_is_on("统一社会信用代码"))
        program.press(SYNTHETIC_CODES[0].lower(), Qt.Key.Key_Tab)
        program.compose("測試·工廠")
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.reads("已保存：測試·工廠。"))
        program.wait_for_list()
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.marked_step() == "单位情况")
        assert program.reads("測試·工廠")


def test_every_step_of_a_card_is_reached_by_its_key(program: Program) -> None:
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.marked_step() == STEPS[0])
    for key, step in [*zip(KEYS, STEPS, strict=True), (KEYS[0], STEPS[0])]:
        program.press(key)
        program.wait_for_step(step)
    program.press(Qt.Key.Key_F1)
    program.wait_for_list()
    assert program.marked_step() == ""


def test_every_place_is_reached_by_its_key(program: Program) -> None:
    for key, title in (
        (Qt.Key.Key_F9, "签封后的评分表会列在这里"),
        (Qt.Key.Key_F10, "考核人员电子凭证"),
        (Qt.Key.Key_F11, "隐患"),
    ):
        program.press(key)
        program.wait_to_read(title)
    program.press(Qt.Key.Key_Escape)
    program.wait_for_list()


def test_what_was_open_is_listed_at_the_next_start_and_gone_on_with(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    assert card.revision == 1
    with running(qtbot, open_desk, labels) as program:
        program.wait_for_list()
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.marked_step() == "单位情况")
        program.press(Qt.Key.Key_F6)
        program.wait(lambda: program.marked_step() == "现场反馈")
    with running(qtbot, open_desk, labels) as program:
        program.wait(lambda: program.reads("上次退出时还开着：测试1号工厂 · 现场反馈"))
        program.click("继续")
        program.wait(lambda: program.marked_step() == "现场反馈")
        program.press(Qt.Key.Key_F1)
        program.wait_for_list()
    with running(qtbot, open_desk, labels) as program:
        program.wait_for_list()
        assert not program.reads("上次退出时还开着")


def test_another_language_is_asked_for_with_what_else_is_preferred(program: Program) -> None:
    wanted: list[Preferences] = []
    program.window.restyle_asked.connect(wanted.append)
    program.press(Qt.Key.Key_F10)
    program.wait(lambda: program.focus_is_on("语言"))
    program.click("语言 English")
    program.wait(lambda: bool(wanted))
    assert wanted == [Preferences(language=Language.ENGLISH)]


def test_a_clock_behind_the_last_use_asks_first(
    qtbot: QtBot, tmp_path: Path, labels: Labels
) -> None:
    home, clock = tmp_path / "home", FakeClock()
    with closing((desk := desk_in(home, clock=clock, seed=1)).workspace):
        add_unit(desk, name="测试1号工厂", code=SYNTHETIC_CODES[0], sub_unit="")
    late = FakeClock(moment=START - timedelta(days=400))
    with running(qtbot, lambda: desk_in(home, clock=late, seed=2), labels) as program:
        program.wait(lambda: program.window.findChild(QMessageBox) is not None)
        box = program.window.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        assert "2020-11-06 10:00" in box.text()
        assert "2019-10-03 10:00" in box.text()
        next(button for button in box.buttons() if "继续" in button.text()).click()
        program.window.activateWindow()
        program.wait_for_list()


def test_a_rehearsal_says_so(qtbot: QtBot, open_desk: OpenDesk, labels: Labels) -> None:
    with closing(open_desk().workspace) as workspace:
        change = AuditEntry(action="test", subject="")
        with workspace.change(change):
            workspace.set_rehearsal(rehearsal=True)
    with running(qtbot, open_desk, labels) as program:
        program.wait(lambda: program.reads("练习"))
        assert "练习" in program.window.windowTitle()


def test_a_workspace_that_cannot_be_opened_is_told_and_tried_again(
    qtbot: QtBot, tmp_path: Path, open_desk: OpenDesk, labels: Labels
) -> None:
    in_the_way = tmp_path / "home"
    in_the_way.touch()
    with running(qtbot, open_desk, labels) as program:
        program.wait(lambda: program.focus_is_on("重试"))
        assert program.reads(str(in_the_way))
        in_the_way.unlink()
        program.press(Qt.Key.Key_Space)
        program.wait(lambda: program.focus_is_on("正式考核"))


def test_places_of_another_version_do_not_keep_anybody_out(
    qtbot: QtBot, tmp_path: Path, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    places = [[card.id, "cross-check", ""], [card.id, "visit", ""]]
    (tmp_path / "home" / "open.json").write_text(json.dumps(places))
    with running(qtbot, open_desk, labels) as program:
        program.wait(lambda: program.reads("上次退出时还开着：测试1号工厂 · 单位情况"))
        program.wait_for_list()


def test_a_place_that_cannot_be_remembered_keeps_nobody_from_the_card(
    program: Program, tmp_path: Path
) -> None:
    (tmp_path / "home" / "open.json").mkdir()
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.marked_step() == "单位情况")


def test_a_copy_taken_back_without_the_card_that_was_open_leaves_nothing_of_it(
    program: Program, tmp_path: Path
) -> None:
    with closing((other := desk_in(tmp_path / "other", clock=FakeClock(), seed=9)).workspace):
        backup = plan_backup(other, tmp_path)
        write_backup(backup, progress=Gauge(program.window))
    program.press(Qt.Key.Key_Return)
    program.wait(lambda: program.marked_step() == "单位情况")
    for key, step in zip(KEYS[1:], STEPS[1:], strict=True):
        program.press(key)
        program.wait_for_step(step)
    program.press(Qt.Key.Key_F9)
    program.wait_to_read("签封后的评分表会列在这里")
    program.click("从备份恢复")
    program.name_file(backup.folder.rename(tmp_path / "stick"))
    program.wait_to_read("单位 0 家")
    program.click("恢复这个备份")
    program.wait(lambda: not program.reads("单位 0 家、") and program.reads("已恢复"))
    program.wait(lambda: program.runner.is_idle)
    assert program.reads("已恢复")
    assert program.window.findChild(PhotosView) is None


@pytest.mark.parametrize("asks_again", [False, True])
def test_a_window_waits_for_what_is_under_way_unless_it_is_closed_again(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card, *, asks_again: bool
) -> None:
    faults: list[Exception] = []
    runner, go = TaskRunner(open_desk, on_fault=faults.append), Event()
    program, stored = Program(qtbot, runner, labels), list[Changes]()
    program.wait_for_list()

    def store(_: bool) -> None:  # noqa: FBT001 - what an event answers
        work = partial(jot, card_id=card.id, entry=Points(clause="S1-R1-C1", points="1"))
        tasks.database(work, done=lambda kept: stored.append(kept[1]), refused=faults.append)

    tasks = runner.bound_to(program.window)
    tasks.transfer(go.wait, done=store, refused=faults.append)
    program.window.close()
    program.wait_to_read("请先不要拔U盘")
    if asks_again:
        program.window.close()
    else:
        go.set()
    program.wait(lambda: not program.window.isVisible())
    assert len(stored) == int(not asks_again)
    go.set()
    runner.close()
    assert (len(stored), faults) == (1, [])


def test_a_dropped_file_is_looked_into_by_its_content(program: Program, tmp_path: Path) -> None:
    strange = tmp_path / "任务.akp"
    strange.write_bytes(b"nothing known")
    program.drop(strange)
    program.wait(lambda: program.reads("任务.akp：认不出这个文件"))


def test_the_cards_listed_are_printed_together(program: Program) -> None:
    program.click("打印列出的")
    program.wait_to_read("第 1 页")
    assert program.marked_step() == ""
    program.press(Qt.Key.Key_Escape)
    program.wait_for_list()
