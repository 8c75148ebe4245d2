"""A cell of two lines: a long name is shortened between characters, an urgent note stands out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from app.domain.task import Urgency
from ui.widgets.two_lines import TwoLineDelegate, row_height

NOTE, URGENCY = 300, 301
RARE = "䶮㛃𬭎𫚖" * 13  # 52 characters, half of them above U+FFFF


def drawn(qtbot: QtBot, text: str, note: str, urgency: Urgency = Urgency.NONE) -> QImage:
    item = QStandardItem(text)
    item.setData(note, NOTE)
    item.setData(urgency, URGENCY)
    view = QTableView()
    model = QStandardItemModel(1, 1, view)
    model.setItem(0, 0, item)
    view.setModel(model)
    view.setItemDelegate(TwoLineDelegate(view, note=NOTE, urgency=URGENCY))
    view.setColumnWidth(0, 180)
    view.verticalHeader().setDefaultSectionSize(row_height(view.font()))
    qtbot.addWidget(view)
    return view.grab().toImage()


def test_no_width_cuts_a_rare_character_in_two(qtbot: QtBot) -> None:
    assert drawn(qtbot, RARE, RARE) != drawn(qtbot, RARE, "")
    metrics = QFontMetrics(QFont())
    for width in range(0, metrics.horizontalAdvance(RARE), 7):
        shown = metrics.elidedText(RARE, Qt.TextElideMode.ElideRight, width)
        assert shown.encode().decode() == shown  # a lone surrogate cannot be encoded


def test_how_urgent_a_note_is_can_be_seen(qtbot: QtBot) -> None:
    pictures = [drawn(qtbot, "2020-11-06", "今天截止", urgency) for urgency in Urgency]
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("pixels", [14, 28])
def test_a_row_is_as_high_as_its_two_lines(pixels: int) -> None:
    font = QFont()
    font.setPixelSize(pixels)
    assert row_height(font) > 1.8 * QFontMetrics(font).height()
