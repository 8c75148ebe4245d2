"""签字确认 in its widgets: by keyboard alone but for the drawing, which fills the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.card import CardId
from app.domain.signature import Pending, Signatory
from app.errors import AppError
from app.services.desk.desk import Changes, Desk
from app.services.seal.sign import sign_card
from tests.app.services.field import INSPECTOR_WORDS, Founded, Seat, desk_in, fresh_copy
from tests.fakes import FakeClock
from ui.labels import Labels
from ui.steps import Step
from ui.tasks import TaskRunner
from ui.views.signing.ink_page import InkPage
from ui.views.signing.second_seal import SecondSeal
from ui.views.signing.view import SigningView
from ui.views.signing.work import Second
from ui.widgets.scan_drop import ScanDrop
from ui.widgets.screen import Around
from ui.widgets.tick_box import TickBox

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def seat_folder(founded: Founded, tmp_path: Path) -> tuple[Path, CardId]:
    """Prepare a finished card and leave the desk."""
    with fresh_copy(founded, "first", tmp_path / "seat") as seat:
        return tmp_path / "seat", finished(seat)


def finished(seat: Seat) -> CardId:
    card_id = seat.open_card()
    seat.score(card_id, S1_R1_C1="1")
    return card_id


@pytest.fixture
def lanes(
    qapp: QApplication, founded: Founded, seat_folder: tuple[Path, CardId]
) -> Iterator[TaskRunner]:
    faults: list[Exception] = []
    clock = FakeClock(moment=founded.moment)
    runner = TaskRunner(
        lambda: desk_in(seat_folder[0], clock=clock, seed=7), on_fault=faults.append
    )
    try:
        yield runner
    finally:
        runner.close()
        qapp.processEvents()
    assert faults == []


@pytest.fixture
def view(
    qtbot: QtBot, lanes: TaskRunner, labels: Labels, seat_folder: tuple[Path, CardId]
) -> SigningView:
    def announce(changes: Changes) -> None:
        del changes

    told: list[str] = []
    around = Around(runner=lanes, labels=labels, tell=told.append, announce=announce)
    screen = SigningView(around)
    qtbot.addWidget(screen)
    screen.resize(1366, 640)
    with qtbot.waitExposed(screen):
        screen.show()
    with qtbot.waitSignal(screen.ready):
        screen.open(seat_folder[1])
    screen.enter()
    return screen


def button(view: QWidget, word: str) -> QPushButton:
    return next(each for each in view.findChildren(QPushButton) if each.text() == word)


def field(view: QWidget, name: str) -> QLineEdit:
    fields = view.findChildren(QLineEdit)
    return next(each for each in fields if each.accessibleName() == name and each.isVisible())


def signers(view: QWidget) -> list[QPushButton]:
    return [each for each in view.findChildren(QPushButton) if each.objectName() == "signer"]


def press(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def draw(page: InkPage) -> None:
    QTest.mousePress(page.pad, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(page.pad, QPoint(300, 160))
    QTest.mouseRelease(page.pad, LEFT, pos=QPoint(500, 90))


def test_printing_is_the_default_and_asks_for_its_screen(qtbot: QtBot, view: SigningView) -> None:
    first = button(view, "打印签字盖章")
    assert first.objectName() == "primary"
    with qtbot.waitSignal(view.step_asked) as asked:
        press(first, Qt.Key.Key_Space)
    assert asked.args == [Step.PRINTING]


def test_the_default_action_has_a_key(qtbot: QtBot, view: SigningView) -> None:
    with qtbot.waitSignal(view.step_asked) as asked:
        QTest.keyClick(signers(view)[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [Step.PRINTING]


def test_the_arrow_keys_choose_who_signs(view: SigningView) -> None:
    press(signers(view)[0], Qt.Key.Key_Down)
    held = QApplication.focusWidget()
    assert held is not None
    press(held, Qt.Key.Key_Down)
    assert signers(view)[2].isChecked()
    assert field(view, "签字人姓名").text() == ""


def test_a_signature_on_screen_fills_the_window_and_is_kept(
    qtbot: QtBot, view: SigningView
) -> None:
    press(button(view, "屏幕手写"), Qt.Key.Key_Space)
    (page,) = view.findChildren(InkPage)
    assert page.isVisible()
    assert page.size() == view.size()
    view.resize(1000, 700)
    assert page.size() == view.size()
    draw(page)
    press(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.isVisible())
    assert "屏幕手写" in signers(view)[0].accessibleName()
    assert signers(view)[1].isChecked()  # on to the next place


def test_an_empty_surface_stays_open_and_says_why_and_cancelling_keeps_what_was(
    qtbot: QtBot, view: SigningView
) -> None:
    press(button(view, "屏幕手写"), Qt.Key.Key_Space)
    (page,) = view.findChildren(InkPage)
    press(page, Qt.Key.Key_Return)
    assert page.isVisible()
    draw(page)
    press(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.isVisible())
    assert "尚未签字" in signers(view)[0].accessibleName()


def test_the_focus_stays_on_the_page_to_sign_on(view: SigningView) -> None:
    press(button(view, "屏幕手写"), Qt.Key.Key_Space)
    (page,) = view.findChildren(InkPage)
    draw(page)
    seen = set()
    for _ in range(6):
        press(page, Qt.Key.Key_Tab)
        held = QApplication.focusWidget()
        assert isinstance(held, QAbstractButton)
        seen.add(held.text())
    assert seen == {"取消", "撤销一笔", "清除重写", "确认签字"}


def test_a_place_without_a_name_asks_for_it_first(view: SigningView) -> None:
    press(signers(view)[2], Qt.Key.Key_Space)
    press(button(view, "屏幕手写"), Qt.Key.Key_Space)
    assert view.findChildren(InkPage) == []
    assert QApplication.focusWidget() is field(view, "签字人姓名")


def test_a_dropped_scan_is_the_signature_on_paper(
    qtbot: QtBot, view: SigningView, tmp_path: Path
) -> None:
    path = tmp_path / "签字页.png"
    Image.new("RGB", (8, 8)).save(path)
    view.findChildren(ScanDrop)[0].given.emit(path)
    qtbot.waitUntil(lambda: "纸质签字" in signers(view)[0].accessibleName())


def test_a_pasted_picture_is_one_too(qtbot: QtBot, view: SigningView) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(picture)
    QTest.keyClick(signers(view)[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "粘贴的扫描件.png" in signers(view)[0].accessibleName())


def test_refusal_postponing_and_seal_by_keyboard_alone(qtbot: QtBot, view: SigningView) -> None:
    press(button(view, "待补签"), Qt.Key.Key_Space)
    press(field(view, "约定补签日期"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "待补签" in signers(view)[0].accessibleName())
    press(signers(view)[2], Qt.Key.Key_Space)
    QTest.keyClicks(field(view, "签字人姓名"), "Ding")
    press(button(view, "拒签"), Qt.Key.Key_Space)
    QTest.keyClicks(field(view, "原因"), "no")
    QTest.keyClicks(field(view, "见证人"), "Wu")
    press(field(view, "见证人"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "拒签：no" in signers(view)[2].accessibleName())
    field(view, "签名密码").insert(INSPECTOR_WORDS)  # QTest types ASCII only
    press(field(view, "签名密码"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: button(view, "文字更正").isVisible(), timeout=10_000)
    press(button(view, "分值调整"), Qt.Key.Key_Space)
    QTest.keyClicks(field(view, "更正原因"), "again")
    press(field(view, "更正原因"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: button(view, "去单位情况").isVisible(), timeout=10_000)


def test_a_refused_witness_leaves_what_was_typed(qtbot: QtBot, view: SigningView) -> None:
    press(button(view, "拒签"), Qt.Key.Key_Space)
    QTest.keyClicks(field(view, "原因"), "no")
    press(field(view, "见证人"), Qt.Key.Key_Return)
    qtbot.wait(1)
    assert field(view, "原因").text() == "no"
    assert "尚未签字" in signers(view)[0].accessibleName()


def test_every_control_has_a_name_and_is_reached_by_tab(view: SigningView) -> None:
    controls = [
        each
        for kind in (QAbstractButton, QLineEdit)
        for each in view.findChildren(kind)
        if each.isVisible() and each.isEnabled()
    ]
    assert all(
        each.accessibleName() or (isinstance(each, QAbstractButton) and each.text())
        for each in controls
    )
    reached: set[QWidget | None] = set()
    for _ in range(3 * len(controls)):
        held = QApplication.focusWidget()
        reached.add(held)
        press(held or view, Qt.Key.Key_Tab)
    groups = {each for each in controls if isinstance(each, QPushButton) and each.isCheckable()}
    assert set(controls) - groups <= reached


def for_two(qtbot: QtBot, view: SigningView, lanes: TaskRunner, card_id: CardId) -> None:
    """Have both assessors and the unit sign the card that is shown."""

    def signed(desk: Desk) -> None:
        seat = (Signatory.LEAD, "测试甲"), (Signatory.MEMBER, "测试乙"), (Signatory.UNIT, "测试丙")
        for signatory, name in seat:
            sign_card(desk, card_id, signatory=signatory, name=name, manner=Pending())

    with qtbot.waitSignal(view.ready):
        lanes.bound_to(view).database(signed, done=lambda _: view.open(card_id), refused=_fail)


def _fail(refusal: AppError) -> None:
    raise refusal


def test_the_part_of_a_second_assessor_stays_closed_until_it_is_asked_for(
    qtbot: QtBot, view: SigningView, lanes: TaskRunner, seat_folder: tuple[Path, CardId]
) -> None:
    panel = view.findChild(SecondSeal)
    assert panel is not None
    assert not panel.isVisible()
    for_two(qtbot, view, lanes, seat_folder[1])
    assert panel.isVisible()
    assert not panel.is_asked
    toggle = button(view, "另一名考核人员同时签封")
    scan = view.findChild(TickBox)
    assert scan is not None
    scan.setFocus()
    press(scan, Qt.Key.Key_Tab)
    assert view.focusWidget() is toggle
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert view.focusWidget() is button(panel, "选择 .akid 凭证文件…")
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert any("先选择另一名考核人员" in each.text() for each in view.findChildren(QLabel))
    told = next(each for each in view.findChildren(QLabel) if "先选择另一名" in each.text())
    qtbot.waitUntil(lambda: told.isVisible() and not told.visibleRegion().isEmpty())
    panel.choose(Path("测试乙.akid"))
    assert panel.second == Second(path=Path("测试乙.akid"), typed="")
    QTest.keyClick(toggle, Qt.Key.Key_Space)
    assert panel.second is None
