"""Typing several lines: nothing composed or typed is lost on leaving, and nothing jumps back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.text_area import TextArea


class Desk(QWidget):
    """A field, and another place to go to."""

    def __init__(self) -> None:
        super().__init__()
        self.field = TextArea(name="意见", rows=2)
        self.other = QLineEdit()
        self.heard: list[str] = []
        self.field.typed.connect(self.heard.append)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.other)


@pytest.fixture
def place(qtbot: QtBot) -> Desk:
    widget = Desk()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.field.setFocus()
    qtbot.waitUntil(widget.field.hasFocus)
    return widget


def compose(widget: QWidget, text: str) -> None:
    """Show a composition that is not committed yet, as an input method does."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


def test_what_is_typed_is_told_after_a_pause(qtbot: QtBot, place: Desk) -> None:
    QTest.keyClicks(place.field, "abc")
    QTest.keyClick(place.field, Qt.Key.Key_Return)
    assert place.heard == []
    qtbot.waitUntil(lambda: place.heard == ["abc\n"])


def test_a_composition_left_open_is_committed_on_leaving(place: Desk) -> None:
    compose(place.field, "设备")
    assert place.field.text() == ""
    place.other.setFocus()
    assert place.field.text() == "设备"
    assert place.heard == ["设备"]
    assert place.other.text() == ""


def test_a_composition_goes_where_it_was_begun(place: Desk) -> None:
    QTest.keyClicks(place.field, "ab")
    QTest.keyClick(place.field, Qt.Key.Key_Left)
    compose(place.field, "防护")
    place.field.flush()
    assert place.heard == ["a防护b"]


def test_a_composition_given_up_is_not_committed(qtbot: QtBot, place: Desk) -> None:
    compose(place.field, "设")
    compose(place.field, "")
    place.other.setFocus()
    qtbot.wait(200)
    assert place.field.text() == ""
    assert place.heard == []


def test_a_rare_character_is_committed_whole(place: Desk) -> None:
    compose(place.field, "𬭎䶮")
    place.field.flush()
    assert place.heard == ["𬭎䶮"]


def test_leaving_tells_at_once_and_only_once(qtbot: QtBot, place: Desk) -> None:
    QTest.keyClicks(place.field, "abc")
    place.other.setFocus()
    assert place.heard == ["abc"]
    qtbot.wait(200)
    assert place.heard == ["abc"]


def test_what_is_kept_does_not_overwrite_what_is_being_typed(qtbot: QtBot, place: Desk) -> None:
    QTest.keyClicks(place.field, "abc")
    place.field.show_text("ab")
    assert place.field.text() == "abc"
    place.other.setFocus()
    place.field.show_text("abc。")
    assert place.field.text() == "abc。"
    qtbot.wait(200)
    assert place.heard == ["abc"]  # what the program shows was not typed


def test_what_was_typed_can_be_given_up(qtbot: QtBot, place: Desk) -> None:
    place.field.show_text("")
    QTest.keyClicks(place.field, " ")
    place.field.show_kept()
    qtbot.wait(200)
    assert place.field.text() == ""
    assert place.heard == []


def test_tab_leaves_and_is_not_typed(place: Desk) -> None:
    QTest.keyClicks(place.field, "abc")
    QTest.keyClick(place.field, Qt.Key.Key_Tab)
    assert place.other.hasFocus()
    assert place.heard == ["abc"]


def test_its_lines_fit_in_a_larger_font(place: Desk) -> None:
    before = place.field.minimumSizeHint().height()
    place.field.setStyleSheet("font-size: 28px")
    grown = place.field.minimumSizeHint().height()
    assert grown > before
    assert grown >= 2 * place.field.fontMetrics().lineSpacing()
