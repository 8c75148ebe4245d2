"""Panels side by side where there is room, else one below the other; nothing is cut."""

from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from ui.widgets.columns import Columns


def test_panels_stand_below_each_other_where_they_do_not_fit(qtbot: QtBot) -> None:
    left, right = QPushButton("左" * 30), QPushButton("右" * 30)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(Columns([(left, 1), (right, 1)]))
    qtbot.addWidget(area)
    area.resize(1200, 300)
    area.show()
    qtbot.waitUntil(lambda: left.y() == right.y() and left.x() < right.x())
    area.resize(600, 300)
    qtbot.waitUntil(lambda: left.y() < right.y() and left.x() == right.x())
    assert left.width() >= left.minimumSizeHint().width()
    area.resize(1200, 300)
    qtbot.waitUntil(lambda: left.y() == right.y())
