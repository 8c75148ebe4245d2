"""Scoring in the real window over a real workspace through the real lanes, by key and mouse."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QTableView
from pytestqt.qtbot import QtBot

from app.domain.card import Card, Scored
from app.domain.form import ClauseId
from app.services.cards.assess import find_card, new_card
from app.services.units.register import add_unit
from tests.app.services.field import Founded, desk_in, opened_field
from tests.disks import full_disk
from tests.fakes import FakeClock
from tests.forms import SYNTHETIC_CODES
from tests.ui.program import FIRST_CLAUSE, SECOND_CLAUSE, THIRD_CLAUSE, OpenDesk, running
from ui.labels import Labels
from ui.widgets.text_field import TextField


@pytest.fixture
def card(open_desk: OpenDesk) -> Card:
    """Begin a card on the workspace and leave it."""
    with closing((desk := open_desk()).workspace):
        unit, _ = add_unit(desk, name="测试1号工厂", code=SYNTHETIC_CODES[0], sub_unit="")
        return new_card(desk, unit)[0]


def kept(open_desk: OpenDesk, card: Card) -> Card:
    with closing((desk := open_desk()).workspace):
        return find_card(desk, card.id)[0]


def test_a_clause_scored_by_keyboard_is_still_there_after_reopening(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.open_scoring()
        program.wait(lambda: program.focus_is_on(FIRST_CLAUSE))
        program.press(Qt.Key.Key_F)
        program.wait(lambda: program.figure("总得分") == "3")
        assert program.focus_is_on(SECOND_CLAUSE)
        program.press(Qt.Key.Key_D, "2", Qt.Key.Key_Return)
        program.compose("主任不是主要领导")
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.reads("已保存") and program.focus_is_on(THIRD_CLAUSE))
        assert program.figure("总得分") == "3"
        assert program.figure("进度") == "2／31"
    marks = kept(open_desk, card).marks
    assert marks == {
        "S1-R1-C1": Scored(points=card.terms.step * 3),
        "S1-R1-C2": Scored(points=card.terms.step * 0, reason="主任不是主要领导"),
    }
    with running(qtbot, open_desk, labels) as program:
        program.open_scoring()
        program.wait(lambda: program.figure("总得分") == "3")
        program.wait(lambda: program.focus_is_on(THIRD_CLAUSE))


def test_what_is_typed_and_composed_is_saved_when_the_window_is_closed(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.open_scoring()
        program.wait(lambda: program.focus_is_on(FIRST_CLAUSE))
        program.press(Qt.Key.Key_D, "2", Qt.Key.Key_Return, "No ")
        program.compose("成员名单")
    mark = kept(open_desk, card).marks[ClauseId("S1-R1-C1")]
    assert mark == Scored(points=card.terms.step, reason="No 成员名单")


def test_the_whole_form_is_scored_with_one_key(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.open_scoring()
        program.wait(lambda: program.focus_is_on(FIRST_CLAUSE))
        program.press(*[Qt.Key.Key_F] * 31)
        program.wait(lambda: program.figure("得分（百分制）") == "100")
        assert program.reads("待签字")
        program.press(Qt.Key.Key_Escape)
        program.wait_for_list()
        table = program.window.findChild(QTableView)
        assert isinstance(table, QTableView)
        program.wait(lambda: table.model().index(0, 3).data() == "100")
    assert len(kept(open_desk, card).marks) == 31


def test_points_that_are_refused_keep_the_window_open(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.open_scoring()
        program.wait(lambda: program.focus_is_on(FIRST_CLAUSE))
        program.press(Qt.Key.Key_D, "7")
        program.window.close()
        program.wait(lambda: program.window.findChild(QMessageBox) is not None)
        assert program.window.isVisible()
        assert program.reads("不能给 -4 分")
        box = program.window.findChild(QMessageBox)
        assert isinstance(box, QMessageBox)
        box.reject()
        program.wait(lambda: program.window.findChild(QMessageBox) is None)
        program.window.activateWindow()
        program.wait(lambda: program.focus_is_on("扣"))
        program.press(Qt.Key.Key_Backspace, "1")
    mark = kept(open_desk, card).marks[ClauseId("S1-R1-C1")]
    assert mark == Scored(points=card.terms.step * 2)


def test_a_full_disk_is_told_beside_the_clause_and_the_stroke_can_be_repeated(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.open_scoring()
        program.wait(lambda: program.focus_is_on(FIRST_CLAUSE))
        with full_disk(at=4096):
            program.press(Qt.Key.Key_F)
            program.wait(lambda: program.reads("有内容没有保存"))
        assert program.reads("workspace.db")
        assert program.figure("总得分") == "0"
        program.press(Qt.Key.Key_Up, Qt.Key.Key_F)
        program.wait(lambda: program.figure("总得分") == "3")
    assert len(kept(open_desk, card).marks) == 1


def test_a_clause_is_scored_with_the_mouse(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.open_scoring()
        program.wait(lambda: program.focus_is_on(FIRST_CLAUSE))
        program.click("扣分 1.1.1")
        program.wait(lambda: program.figure("总得分") == "2")
        program.click("按细则扣分")
        program.wait(lambda: program.figure("总得分") == "0")
        program.click("满分 1.1.2")
        program.wait(lambda: program.figure("总得分") == "2")
        program.click("清除 1.1.2")
        program.wait(lambda: program.figure("进度") == "1／31")
        program.click("下一未评项")
        program.wait(lambda: program.focus_is_on(THIRD_CLAUSE))
        program.click("考核任务")
        program.wait_for_list()
    marks = kept(open_desk, card).marks
    assert marks == {"S1-R1-C1": Scored(points=card.terms.step * 0, reason="未成立竞赛组织机构的")}


def test_a_sealed_card_can_only_be_read(
    qtbot: QtBot, tmp_path: Path, founded: Founded, labels: Labels
) -> None:
    with opened_field(founded, tmp_path / "field") as field:
        field.first.sealed_card(S1_R1_C1="1")
        home = field.first.desk.workspace.home
    clock = FakeClock()
    with running(qtbot, lambda: desk_in(home, clock=clock, seed=9), labels) as program:
        program.open_scoring()
        program.wait(lambda: program.reads("只能查看"))
        assert program.figure("总得分") == "98"
        program.press(Qt.Key.Key_F, Qt.Key.Key_Delete, Qt.Key.Key_D)
        assert not program.button("满分 1.1.1").isEnabled()
        typed = [field for field in program.window.findChildren(TextField) if field.text()]
        assert typed
        assert all(field.isReadOnly() for field in typed if field.isVisible())
        program.press(Qt.Key.Key_Escape)
        program.wait_for_list()
