"""Signing on the surface: raw points of pen, finger and mouse, through every change of size."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPixmap, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.signature import Ink, InkPoint, checked_ink
from app.errors import Code
from tests.refusals import refused
from tests.scorecards import synthetic_ink
from ui.widgets.ink_brush import InkPicture
from ui.widgets.ink_pad import InkPad

LEFT = Qt.MouseButton.LeftButton
Sample = tuple[float, float, float, int]  # x, y, pressure, timestamp
PEN: tuple[Sample, ...] = ((10.25, 20.5, 0.1, 5000), (60.125, 30.75, 0.5, 5008), (90, 5, 1, 5021))
GOLDEN = (
    InkPoint(x=1025, y=2050, t=0, pressure=100),
    InkPoint(x=6012, y=3075, t=8, pressure=500),
    InkPoint(x=9000, y=500, t=21, pressure=1000),
)


@pytest.fixture
def pad(qtbot: QtBot) -> InkPad:
    surface = InkPad(name="签字区")
    qtbot.addWidget(surface)
    surface.resize(400, 200)
    with qtbot.waitExposed(surface):
        surface.show()
    return surface


def pen(pad: InkPad, kind: QEvent.Type, sample: Sample) -> None:
    """Send what a tablet's driver sends."""
    x, y, pressure, timestamp = sample
    at = QPointF(x, y)
    event = QTabletEvent(
        kind,
        QPointingDevice.primaryPointingDevice(),
        at,
        QPointF(pad.mapToGlobal(at)),
        pressure,
        0,
        0,
        0,
        0,
        0,
        Qt.KeyboardModifier.NoModifier,
        LEFT,
        LEFT,
    )
    event.setTimestamp(timestamp)
    QApplication.sendEvent(pad, event)


def write(pad: InkPad, samples: tuple[Sample, ...] = PEN) -> None:
    """Write one stroke with the pen."""
    first, *middle, last = samples
    pen(pad, QEvent.Type.TabletPress, first)
    for sample in (*middle, last):
        pen(pad, QEvent.Type.TabletMove, sample)
    pen(pad, QEvent.Type.TabletRelease, last)


def drag(pad: InkPad, *places: tuple[int, int]) -> None:
    """Draw one stroke with the mouse."""
    first, *middle, last = (QPoint(*place) for place in places)
    QTest.mousePress(pad, LEFT, pos=first)
    for place in middle:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, LEFT, pos=last)


def places(ink: Ink) -> list[list[tuple[int, int]]]:
    return [[(point.x, point.y) for point in stroke] for stroke in ink.strokes]


def test_the_pen_keeps_pressure_and_what_lies_between_the_pixels(pad: InkPad) -> None:
    write(pad)
    assert pad.ink() == Ink(width=40_000, height=20_000, strokes=(GOLDEN,))


def test_time_goes_on_between_strokes_and_never_back(pad: InkPad) -> None:
    write(pad)
    write(pad, ((1, 1, 0.5, 5400), (9, 9, 0.5, 5390)))
    assert [point.t for point in pad.ink().strokes[1]] == [400, 400]


def test_the_mouse_draws_at_an_even_pressure(pad: InkPad) -> None:
    drag(pad, (10, 20), (60, 30), (90, 5))
    ink = pad.ink()
    assert places(ink) == [[(1000, 2000), (6000, 3000), (9000, 500)]]
    assert {point.pressure for point in ink.strokes[0]} == {500}
    times = [point.t for point in ink.strokes[0]]
    assert times[0] == 0
    assert times == sorted(times)


def test_one_finger_draws_and_another_is_not_heeded(pad: InkPad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(7, QPoint(10, 20), pad)
    QTest.touchEvent(pad, device).move(7, QPoint(50, 60), pad).press(8, QPoint(300, 150), pad)
    QTest.touchEvent(pad, device).release(7, QPoint(90, 80), pad).stationary(8)
    QTest.touchEvent(pad, device).release(8, QPoint(300, 100), pad)
    assert places(pad.ink()) == [[(1000, 2000), (5000, 6000), (9000, 8000)]]
    assert not device.capabilities() & QInputDevice.Capability.Pressure
    assert pad.ink().strokes[0][0].pressure == 500


def test_the_pen_wins_over_the_hand_that_rests_on_the_glass(pad: InkPad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(1, QPoint(300, 190), pad)
    write(pad)
    QTest.touchEvent(pad, device).release(1, QPoint(310, 190), pad)
    assert pad.ink().strokes == (GOLDEN,)


def test_a_surface_made_larger_goes_on_in_the_same_coordinates(pad: InkPad) -> None:
    write(pad)
    pad.resize(800, 400)
    drag(pad, (200, 100), (400, 200))
    ink = pad.ink()
    assert (ink.width, ink.height, ink.strokes[0]) == (40_000, 20_000, GOLDEN)
    assert places(ink)[1] == [(10_000, 5000), (20_000, 10_000)]


def test_a_surface_that_was_turned_shows_all_of_the_ink(pad: InkPad) -> None:
    write(pad)
    pad.resize(200, 400)  # the ink now lies in a band of 200 x 100 in the middle
    drag(pad, (0, 150), (200, 250))
    assert places(pad.ink())[1] == [(0, 0), (40_000, 20_000)]


def test_the_last_stroke_is_taken_back_and_then_all(pad: InkPad) -> None:
    write(pad)
    drag(pad, (10, 20), (60, 30))
    pad.undo()
    assert pad.ink().strokes == (GOLDEN,)
    pad.clear()
    pad.undo()
    assert pad.is_empty
    assert pad.ink() == Ink(width=40_000, height=20_000, strokes=())


def test_nothing_drawn_or_a_tap_is_no_signature(pad: InkPad) -> None:
    with refused(Code.INK_EMPTY):
        checked_ink(pad.ink())
    QTest.mouseClick(pad, LEFT, pos=QPoint(50, 50))
    assert not pad.is_empty
    with refused(Code.INK_EMPTY):
        checked_ink(pad.ink())


def test_a_cancelled_touch_leaves_nothing(pad: InkPad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(1, QPoint(10, 10), pad)
    assert not pad.is_empty
    write(pad)
    pad.undo()
    QTest.touchEvent(pad, device).release(1, QPoint(10, 10), pad)
    assert pad.is_empty


def look(pad: InkPad) -> QPixmap:
    QApplication.processEvents()
    return pad.grab()


def test_ink_is_drawn_again_as_it_was(qtbot: QtBot, pad: InkPad) -> None:
    empty = look(pad).toImage()
    write(pad)
    drag(pad, (100, 100), (150, 40), (200, 120))
    drawn = look(pad).toImage()
    again = InkPad(name="签字区")
    qtbot.addWidget(again)
    again.resize(400, 200)
    again.show()
    again.show_ink(pad.ink())
    assert drawn != empty
    assert look(again).toImage() == drawn
    assert again.ink() == pad.ink()


def test_a_small_picture_shows_the_ink(qtbot: QtBot) -> None:
    picture = InkPicture()
    qtbot.addWidget(picture)
    assert picture.isHidden()
    picture.show_ink(synthetic_ink())
    picture.adjustSize()
    drawn = picture.grab().toImage()
    picture.show_ink(synthetic_ink(2))
    assert picture.grab().toImage() != drawn
