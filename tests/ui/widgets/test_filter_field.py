"""A filter tells what stands in it with every key, and leaves the arrow keys to its list."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from ui.widgets.filter_field import FilterField


@pytest.fixture
def field(qtbot: QtBot) -> FilterField:
    shown = QListView()
    shown.setModel(QStringListModel([str(number) for number in range(9)], shown))
    shown.setCurrentIndex(shown.model().index(0, 0))
    qtbot.addWidget(shown)
    field = FilterField(name="查找", over=shown, parent=shown)
    shown.show()
    field.setFocus()
    return field


def test_every_key_is_told_and_what_is_composed_where_it_stands(field: FilterField) -> None:
    told: list[str] = []
    field.sought.connect(told.append)
    QTest.keyClicks(field, "ab")
    assert told == ["a", "ab"]
    field.setText("𬭎厂")
    QTest.keyClick(field, Qt.Key.Key_Left)
    QApplication.sendEvent(field, QInputMethodEvent("jx", []))
    assert told[-1] == "𬭎jx厂"
    QApplication.sendEvent(field, QInputMethodEvent("", []))
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told[-1] == ""


def test_arrow_keys_move_in_the_list_and_letters_do_not(field: FilterField) -> None:
    shown = field.parentWidget()
    assert isinstance(shown, QListView)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClicks(field, "7")
    assert (shown.currentIndex().row(), field.hasFocus(), field.text()) == (1, True, "7")


def test_what_was_typed_elsewhere_is_taken_over(field: FilterField) -> None:
    field.setText("a")
    field.clearFocus()
    field.type_on("b")
    assert (field.text(), field.hasFocus()) == ("ab", True)
