"""Buttons with their keys: room for both, and lines that wrap, move and drop."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.widgets.elided_button import ElidedButton
from ui.widgets.key_button import KeyButton, KeyLine

LONG = "抽问3名职工，多数不了解与本岗位有关的法律法规要求的（扣 1 分）"


def test_a_button_has_room_for_its_words_and_its_key(qtbot: QtBot) -> None:
    with_key, without = KeyButton("满分", "F"), KeyButton("满分", "")
    for button in (with_key, without):
        qtbot.addWidget(button)
    assert with_key.text() == "满分"
    room = with_key.fontMetrics().horizontalAdvance("F")
    assert with_key.minimumSizeHint().width() >= without.minimumSizeHint().width() + room


def test_a_line_wraps_and_cuts_nothing(qtbot: QtBot) -> None:
    line = KeyLine(LONG, "Alt+1")
    qtbot.addWidget(line)
    letters = line.fontMetrics().horizontalAdvance(LONG)
    assert line.heightForWidth(letters // 2) > 2 * line.fontMetrics().height()
    assert line.heightForWidth(letters * 2) < 2 * line.fontMetrics().height()


@pytest.mark.parametrize(("key", "step"), [(Qt.Key.Key_Up, -1), (Qt.Key.Key_Down, 1)])
def test_arrows_ask_for_the_neighbour(qtbot: QtBot, key: Qt.Key, step: int) -> None:
    line = KeyLine(LONG, "Alt+1")
    qtbot.addWidget(line)
    with qtbot.waitSignal(line.moved) as moved:
        QTest.keyClick(line, key)
    assert moved.args == [step]


def test_enter_takes_a_line_and_delete_drops_it(qtbot: QtBot) -> None:
    line = KeyLine(LONG, "Alt+1")
    qtbot.addWidget(line)
    with qtbot.waitSignal(line.clicked), qtbot.assertNotEmitted(line.dropped):
        QTest.keyClick(line, Qt.Key.Key_Return)
    with qtbot.waitSignal(line.dropped):
        QTest.keyClick(line, Qt.Key.Key_Delete)


def test_a_button_that_is_too_narrow_still_says_all_of_it(qtbot: QtBot) -> None:
    button = ElidedButton()
    qtbot.addWidget(button)
    button.setText(f"撤销：{LONG}")
    assert button.minimumSizeHint().width() < button.sizeHint().width() // 3
    assert button.toolTip() == button.accessibleName() == f"撤销：{LONG}"
