"""A tick is seen on its box, in both looks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from tests.forms import RESOURCES
from ui.theme import Look, dress, worn
from ui.widgets.tick_box import TickBox


@pytest.fixture(params=Look)
def look(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Look]:
    dress(qapp, RESOURCES, look=request.param)
    yield request.param
    dress(qapp, RESOURCES)


def lightness_in(box: TickBox) -> list[float]:
    """Return how light each pixel inside the box's frame is."""
    option = QStyleOptionButton()
    option.initFrom(box)
    element = QStyle.SubElement.SE_CheckBoxIndicator
    inside: QRect = box.style().subElementRect(element, option, box).adjusted(3, 3, -3, -3)
    image = box.grab(inside).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return [image.pixelColor(*point).lightnessF() for point in points]


@pytest.mark.usefixtures("look")
def test_a_tick_stands_out_from_its_ground(qtbot: QtBot) -> None:
    box = TickBox("包含照片")
    qtbot.addWidget(box)
    assert len(set(lightness_in(box))) == 1
    box.setChecked(True)
    ground, mark = (QColor(name).lightnessF() for name in (worn().accent, worn().on_accent))
    halfway = (ground + mark) / 2
    sides = {lightness > halfway for lightness in lightness_in(box)}
    assert sides == {True, False}
