"""The frame of a screen: Enter presses what one is at, with Ctrl the default action."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.screen import Around, Screen


def test_enter_presses_the_button_one_is_at_and_with_ctrl_the_default_one(
    qtbot: QtBot, runner: TaskRunner, labels: Labels
) -> None:
    around = Around(runner=runner, labels=labels, tell=lambda _: None, announce=lambda _: None)
    screen, pressed = Screen(around, title="测试"), list[str]()
    qtbot.addWidget(screen)
    line = QLineEdit()
    screen.body.addWidget(line)
    button = screen.add_button("cancel", lambda: pressed.append("cancel"))
    screen.add_button("discard", lambda: pressed.append("discard"), kind="primary")
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    for part in (line, button):
        part.setFocus()
        QTest.keyClick(part, Qt.Key.Key_Return)
    assert pressed == ["cancel"]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["cancel", "discard"]


def test_a_row_of_choices_gives_the_focus_to_the_one_that_holds(qtbot: QtBot) -> None:
    row = ChoiceRow("测试", [("a", "甲"), ("b", "乙")])
    qtbot.addWidget(row)
    row.show()
    row.activateWindow()
    row.show_value("b")
    row.setFocus()
    held = row.focusWidget()
    assert isinstance(held, QPushButton)
    assert held.text() == "乙"
    row.show_value("")
    assert row.focusProxy() is not None
