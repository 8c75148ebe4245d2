"""The real window over a real workspace through the real lanes, by keyboard."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.card import Card, Scored
from app.domain.form import ClauseId
from app.domain.trail import AuditEntry
from app.services.assess import find_card, new_card
from app.services.desk import Desk
from app.services.register import add_unit
from tests.app.services.field import Founded, desk_in, opened_field
from tests.disks import full_disk
from tests.fakes import FakeClock
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.main_window import MainWindow
from ui.tasks import TaskRunner

OpenDesk = Callable[[], Desk]
SIZE = (1366, 768)


class Program:
    """A running program, driven as a person drives it."""

    def __init__(self, qtbot: QtBot, runner: TaskRunner, labels: Labels) -> None:
        self._qtbot = qtbot
        self.window = MainWindow(runner, labels)
        self.window.resize(*SIZE)
        self.window.show()

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            widget = QApplication.focusWidget()
            assert widget is not None
            if isinstance(key, Qt.Key):
                QTest.keyClick(widget, key)
            else:
                QTest.keyClicks(widget, key)

    def compose(self, text: str) -> None:
        """Show a composition that is not committed yet, as an input method does."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QApplication.sendEvent(widget, QInputMethodEvent(text, []))

    def button(self, name: str) -> QPushButton:
        """Return the button of a name, or of what its name begins with."""
        return next(
            button
            for button in self.window.findChildren(QPushButton)
            if spoken(button).startswith(name) and button.isVisible()
        )

    def click(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def figure(self, caption: str) -> str:
        """Return the number shown under a caption."""
        for frame in self.window.findChildren(QWidget):
            if frame.accessibleName() == caption:
                labels = frame.findChildren(QLabel)
                return labels[-1].text()
        return ""

    def reads(self, text: str) -> bool:
        """Tell whether a text can be read on the screen."""
        labels = self.window.findChildren(QLabel)
        return any(text in label.text() and label.isVisible() for label in labels)

    def focus_is_on(self, name: str) -> bool:
        widget = QApplication.focusWidget()
        return widget is not None and name in spoken(widget)

    def wait(self, happened: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(happened, timeout=20_000)

    def wait_for_list(self) -> None:
        self.wait(lambda: isinstance(QApplication.focusWidget(), QTableView))


@contextmanager
def running(qtbot: QtBot, open_desk: OpenDesk, labels: Labels) -> Iterator[Program]:
    """Run the program, and close its window as a person does."""
    faults: list[Exception] = []
    runner = TaskRunner(open_desk, on_fault=faults.append)
    try:
        program = Program(qtbot, runner, labels)
        yield program
        program.window.close()
        program.wait(lambda: not program.window.isVisible())
    finally:
        runner.close()
    assert faults == []


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
        program.wait_for_list()
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.focus_is_on("竞赛组织机构健全"))
        program.press(Qt.Key.Key_F)
        program.wait(lambda: program.figure("总得分") == "3")
        assert program.focus_is_on("主要领导任")
        program.press(Qt.Key.Key_D, "2", Qt.Key.Key_Return)
        program.compose("主任不是主要领导")
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.reads("已保存") and program.focus_is_on("竞赛活动有计划"))
        assert program.figure("总得分") == "3"
        assert program.figure("进度") == "2／31"
    marks = kept(open_desk, card).marks
    assert marks == {
        "S1-R1-C1": Scored(points=card.terms.step * 3),
        "S1-R1-C2": Scored(points=card.terms.step * 0, reason="主任不是主要领导"),
    }
    with running(qtbot, open_desk, labels) as program:
        program.wait_for_list()
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.figure("总得分") == "3")
        assert program.focus_is_on("竞赛活动有计划")


def test_what_is_typed_and_composed_is_saved_when_the_window_is_closed(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.wait_for_list()
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.focus_is_on("竞赛组织机构健全"))
        program.press(Qt.Key.Key_D, "2", Qt.Key.Key_Return, "No ")
        program.compose("成员名单")
    mark = kept(open_desk, card).marks[ClauseId("S1-R1-C1")]
    assert mark == Scored(points=card.terms.step, reason="No 成员名单")


def test_the_whole_form_is_scored_with_one_key(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.wait_for_list()
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.focus_is_on("竞赛组织机构健全"))
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
        program.wait_for_list()
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.focus_is_on("竞赛组织机构健全"))
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
        program.wait_for_list()
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.focus_is_on("竞赛组织机构健全"))
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
        program.wait_for_list()
        program.click("打开评分表")
        program.wait(lambda: program.focus_is_on("竞赛组织机构健全"))
        program.click("扣分 竞赛组织机构健全")
        program.wait(lambda: program.figure("总得分") == "2")
        program.click("按细则扣分： 未成立竞赛组织机构的")
        program.wait(lambda: program.figure("总得分") == "0")
        program.click("满分 主要领导任")
        program.wait(lambda: program.figure("总得分") == "2")
        program.click("清除 主要领导任")
        program.wait(lambda: program.figure("进度") == "1／31")
        program.click("下一未评项")
        assert program.focus_is_on("竞赛活动有计划")
        program.click("返回考核任务")
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
        program.wait_for_list()
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.reads("只能查看"))
        assert program.figure("总得分") == "98"
        program.press(Qt.Key.Key_F, Qt.Key.Key_Delete, Qt.Key.Key_D)
        assert not program.button("满分 竞赛组织机构健全").isEnabled()
        reason = next(field for field in program.window.findChildren(QLineEdit) if field.text())
        assert reason.isReadOnly()
        program.press(Qt.Key.Key_Escape)
        program.wait_for_list()


def test_a_unit_is_registered_and_its_card_begun_by_keyboard(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels
) -> None:
    with running(qtbot, open_desk, labels) as program:
        program.wait(lambda: program.reads("还没有参赛单位"))
        program.wait(lambda: program.focus_is_on("新增单位"))
        program.press(Qt.Key.Key_Space)
        program.wait(lambda: program.focus_is_on("统一社会信用代码"))
        program.press(SYNTHETIC_CODES[0].lower(), Qt.Key.Key_Tab)
        program.compose("測試·工廠")
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.reads("已保存：測試·工廠。"))
        program.press(Qt.Key.Key_Return)
        program.wait(lambda: program.focus_is_on("竞赛组织机构健全"))
        assert program.reads("考核中")


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
        program.wait(lambda: program.reads("还没有参赛单位"))


@pytest.mark.parametrize("screen", ["list", "unit", "scoring"])
def test_every_control_has_a_name_and_is_reached_with_tab(
    qtbot: QtBot, open_desk: OpenDesk, labels: Labels, card: Card, screen: str
) -> None:
    assert card.revision == 1
    with running(qtbot, open_desk, labels) as program:
        program.wait_for_list()
        if screen == "scoring":
            program.press(Qt.Key.Key_Return)
            program.wait(lambda: program.focus_is_on("竞赛组织机构健全"))
        elif screen == "unit":
            program.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Space)
            program.wait(lambda: program.focus_is_on("单位名称"))
        reached = tab_round(program.window)
        controls = {
            widget
            for widget in program.window.findChildren(QWidget)
            if widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        assert controls - reached == set()
        assert [widget for widget in controls if not spoken(widget)] == []
        assert [widget for widget in controls if is_squeezed(widget)] == []


def tab_round(window: QWidget) -> set[QWidget]:
    """Press Tab until the focus is back where it was."""
    reached: set[QWidget] = set()
    widget = QApplication.focusWidget()
    while widget is not None and widget not in reached:
        reached.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    assert widget is None or widget.window() is window
    return reached


def spoken(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QPushButton | QLineEdit) else ""
    return widget.accessibleName() or text


def is_squeezed(widget: QWidget) -> bool:
    needed = widget.minimumSizeHint()
    return widget.width() < needed.width() or widget.height() < needed.height()
