"""The screen 单位资料 by keyboard: saved with Enter, left with Escape, nothing lost unasked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.views.unit.view import UnitView
from ui.widgets.screen import Around


@pytest.fixture
def view(qtbot: QtBot, runner: TaskRunner, labels: Labels) -> UnitView:
    view = UnitView(Around(runner=runner, labels=labels, tell=print, announce=lambda _: None))
    qtbot.addWidget(view)
    view.resize(1366, 640)
    view.ready.connect(view.show)
    view.open_new()
    view.enter()
    return view


def field(view: UnitView, name: str) -> QLineEdit:
    return next(each for each in view.findChildren(QLineEdit) if each.accessibleName() == name)


def test_a_unit_is_registered_by_keyboard_with_what_is_still_composed(
    qtbot: QtBot, view: UnitView
) -> None:
    QTest.keyClicks(field(view, "统一社会信用代码"), SYNTHETIC_CODES[0].lower())
    name = field(view, "单位名称")
    name.setFocus()
    QApplication.sendEvent(name, QInputMethodEvent("測試工廠", []))
    with qtbot.waitSignal(view.saved, timeout=20_000) as saved:
        QTest.keyClick(name, Qt.Key.Key_Return)
    assert saved.args == ["已保存：測試工廠。"]


def test_a_refusal_stands_beside_what_was_typed(qtbot: QtBot, view: UnitView) -> None:
    QTest.keyClicks(field(view, "统一社会信用代码"), "12")
    QTest.keyClick(view, Qt.Key.Key_Return)
    refusal = view.findChild(QLabel, "refusal")
    assert isinstance(refusal, QLabel)
    qtbot.waitUntil(refusal.isVisible, timeout=20_000)
    assert field(view, "统一社会信用代码").text() == "12"


def test_what_was_typed_is_not_lost_unasked(view: UnitView) -> None:
    gone: list[bool] = []
    QTest.keyClicks(field(view, "统一社会信用代码"), "12")
    view.leave(lambda: gone.append(True))
    box = view.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    box.reject()
    assert gone == []
    field(view, "统一社会信用代码").clear()
    view.leave(lambda: gone.append(True))
    assert gone == [True]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_on_a_button_means_that_button(qtbot: QtBot, view: UnitView, key: Qt.Key) -> None:
    cancel = next(each for each in view.findChildren(QPushButton) if each.text() == "取消")
    cancel.setFocus()
    with qtbot.waitSignal(view.left, timeout=1000), qtbot.assertNotEmitted(view.saved):
        QTest.keyClick(cancel, key)
