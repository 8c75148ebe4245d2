"""The screen 考核任务 by keyboard, over a real workspace through the real lanes."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.services.desk.desk import Changes, Desk
from app.services.units.register import add_unit
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.views.cards.view import CardsView
from ui.widgets.screen import Around

NAMES = ("测试宝宏材料厂", "测试长安电子厂", "测试䶮㛃𬭎机械厂")
T = TypeVar("T", bound=QWidget)
OpenDesk = Callable[[], Desk]


class Stage:
    """The screen, what it said and what it asked for."""

    def __init__(self, qtbot: QtBot, runner: TaskRunner, labels: Labels) -> None:
        self.qtbot = qtbot
        self.told: list[str] = []
        self.changes: list[Changes] = []
        around = Around(
            runner=runner, labels=labels, tell=self.told.append, announce=self.changes.append
        )
        self.view = CardsView(around)
        qtbot.addWidget(self.view)
        self.view.resize(1366, 640)
        self.view.show()
        self.view.enter()
        self.table: QTableView = self.child(QTableView)
        self.filter: QLineEdit = self.child(QLineEdit)

    def child(self, kind: type[T]) -> T:
        found = self.view.findChild(kind)
        assert isinstance(found, kind)
        return found

    def names(self) -> list[str]:
        model = self.table.model()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def wait(self, happened: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(happened, timeout=20_000)

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            widget = QApplication.focusWidget()
            assert widget is not None
            if not isinstance(key, str):
                QTest.keyClick(widget, key)
            elif key.isascii():
                QTest.keyClicks(widget, key)
            else:
                commit = QInputMethodEvent()
                commit.setCommitString(key)
                QApplication.sendEvent(widget, commit)


def register(open_desk: OpenDesk, *names: str) -> None:
    with closing((desk := open_desk()).workspace):
        for name, code in zip(names, SYNTHETIC_CODES, strict=False):
            add_unit(desk, name=name, code=code, sub_unit="")


@pytest.fixture
def stage(qtbot: QtBot, open_desk: OpenDesk, runner: TaskRunner, labels: Labels) -> Stage:
    register(open_desk, *NAMES)
    stage = Stage(qtbot, runner, labels)
    stage.wait(lambda: stage.table.model().rowCount() == len(NAMES))
    return stage


def test_a_unit_is_found_by_its_initials_and_its_card_begun(stage: Stage) -> None:
    asked: list[tuple[str, str]] = []
    stage.view.card_asked.connect(lambda card, step: asked.append((card, step)))
    assert stage.filter.hasFocus()
    stage.press("cadz")
    stage.wait(lambda: stage.names() == [NAMES[1]])
    stage.press(Qt.Key.Key_Return)
    stage.wait(lambda: bool(asked))
    assert [step for _, step in asked] == ["visit"]
    assert stage.told == []


def test_the_arrow_keys_move_in_the_list_and_escape_clears_the_search(stage: Stage) -> None:
    left: list[bool] = []
    stage.view.left.connect(lambda: left.append(True))
    assert stage.table.currentIndex().row() == 0
    stage.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert stage.table.currentIndex().row() == 1
    stage.press("宝宏")
    assert (stage.names(), stage.table.currentIndex().row()) == ([NAMES[0]], 0)
    stage.press(Qt.Key.Key_Escape)
    assert (stage.filter.text(), len(stage.names()), left) == ("", 3, [])
    stage.press(Qt.Key.Key_Escape)
    assert left == [True]


def test_what_is_typed_in_the_list_goes_to_the_search(stage: Stage) -> None:
    stage.table.setFocus()
    stage.press("m")
    assert stage.filter.hasFocus()
    stage.press("a00t0021r")
    assert stage.names() == [NAMES[1]]
    stage.table.setFocus()
    QTest.keyClick(stage.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert stage.filter.hasFocus()
    assert stage.filter.selectedText() == "ma00t0021r"


def test_pinyin_still_being_composed_filters_the_list(stage: Stage) -> None:
    stage.press("b")
    stage.wait(lambda: stage.names() == [NAMES[0]])
    stage.press(Qt.Key.Key_Backspace)
    QApplication.sendEvent(stage.filter, QInputMethodEvent("chang'an", []))
    assert (stage.filter.text(), stage.names()) == ("", [NAMES[1]])
    QApplication.sendEvent(stage.filter, QInputMethodEvent("", []))
    assert len(stage.names()) == 3


def test_where_nothing_is_found_the_search_can_be_cleared(stage: Stage) -> None:
    stage.press("zzz")
    clear = button(stage.view, "清除查找条件")
    assert clear.isVisible()
    QTest.keyClick(clear, Qt.Key.Key_Space)
    assert len(stage.names()) == 3
    assert stage.filter.hasFocus()


def test_a_new_unit_is_asked_for_with_a_key(stage: Stage) -> None:
    with stage.qtbot.waitSignal(stage.view.new_unit_asked, timeout=1000):
        QTest.keyClick(stage.filter, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(
    ("name", "signal"),
    [("新增单位", "new_unit_asked"), ("从 Excel", "import_asked"), ("导入任务", "receive_asked")],
)
def test_an_empty_workspace_says_how_to_begin(
    qtbot: QtBot, runner: TaskRunner, labels: Labels, name: str, signal: str
) -> None:
    stage = Stage(qtbot, runner, labels)
    stage.wait(lambda: button(stage.view, "新增单位").hasFocus())
    assert any("还没有参赛单位" in label.text() for label in stage.view.findChildren(QLabel))
    asked: list[str] = []
    for each in ("new_unit_asked", "import_asked", "receive_asked"):
        getattr(stage.view, each).connect(lambda each=each: asked.append(each))
    QTest.keyClick(button(stage.view, name), Qt.Key.Key_Space)
    assert asked == [signal]


@pytest.mark.parametrize(("name", "taken"), [("名单.XLSX", True), ("任务.akp", False)])
def test_a_sheet_dropped_on_the_list_is_looked_into(stage: Stage, name: str, taken: bool) -> None:  # noqa: FBT001 - a case
    path = Path("/tmp") / name  # noqa: S108 - never opened
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path))])
    action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), action, dragged, Qt.MouseButton.LeftButton, keys)
    stage.view.dragEnterEvent(enter)
    assert enter.isAccepted() == taken
    if taken:
        drop = QDropEvent(QPointF(9, 9), action, dragged, Qt.MouseButton.LeftButton, keys)
        with stage.qtbot.waitSignal(stage.view.sheet_dropped) as dropped:
            stage.view.dropEvent(drop)
        assert dropped.args == [str(path)]


def test_every_control_has_a_name_and_a_place_in_the_tab_order(stage: Stage) -> None:
    reached: list[QWidget] = []
    widget = QApplication.focusWidget()
    while widget is not None and widget not in reached:
        reached.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    controls = [
        each
        for each in stage.view.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert [each for each in controls if each not in reached] == []
    assert [each for each in controls if not spoken(each)] == []
    primary = [each for each in controls if each.objectName() == "primary"]
    assert [spoken(each) for each in primary] == ["开始考核"]


def button(view: QWidget, name: str) -> QPushButton:
    found = [each for each in view.findChildren(QPushButton) if spoken(each).startswith(name)]
    return next(each for each in found if each.isVisible())


def spoken(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QPushButton | QLineEdit) else ""
    return widget.accessibleName() or text
