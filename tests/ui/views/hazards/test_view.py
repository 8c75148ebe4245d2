"""The screen 隐患与建议 under real lanes: by keyboard alone, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.card import CardId
from app.domain.hazard import Field, Hazard, HazardState
from app.domain.unit import UnitKey
from app.errors import AppError
from app.services.cards.assess import new_card
from app.services.desk.desk import Changes, Desk
from app.services.units.hazards import draft_hazard, write_hazard
from app.services.units.register import add_unit
from tests.forms import SYNTHETIC_CODES
from tests.hazards import synthetic_jpeg
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.views.hazards.photo_side import PhotoSide
from ui.views.hazards.view import HazardsView
from ui.widgets.screen import Around

UNIT = UnitKey(code=SYNTHETIC_CODES[0])
Found = TypeVar("Found", bound=QWidget)
TEXTS = ("测试：甲处通道堵塞", "测试：乙处灯具损坏")


@pytest.fixture
def card_id(open_desk: Callable[[], Desk]) -> CardId:
    """Leave a unit with two hazards and a card in the workspace."""
    desk = open_desk()
    with closing(desk.workspace):
        unit, _ = add_unit(desk, name="测试一号工厂", code=UNIT.code, sub_unit="")
        for text in TEXTS:
            write_hazard(desk, draft_hazard(desk, unit.key), Field.TEXT, text)
        return new_card(desk, unit)[0].id


def fail(refusal: AppError) -> NoReturn:
    raise refusal


class Stage:
    """The screen as it is shown, and what it passed on."""

    def __init__(self, qtbot: QtBot, runner: TaskRunner, labels: Labels, card_id: CardId) -> None:
        self.qtbot = qtbot
        self.runner = runner
        self.card_id = card_id
        self.changes: list[Changes] = []
        self.view = HazardsView(
            Around(runner=runner, labels=labels, tell=lambda _: None, announce=self.changes.append)
        )
        qtbot.addWidget(self.view)
        self.view.ready.connect(self.view.enter)
        self.view.resize(1366, 640)
        with qtbot.waitExposed(self.view):
            self.view.show()
        with qtbot.waitSignal(self.view.ready):
            self.view.open(card_id)

    def kept(self) -> tuple[Hazard, ...]:
        """Return what is kept once everything given to the lane before is done."""
        read: list[tuple[Hazard, ...]] = []
        self.runner.bound_to(self.view).database(
            lambda desk: desk.workspace.hazards.of_unit(UNIT), done=read.append, refused=fail
        )
        self.qtbot.waitUntil(lambda: bool(read))
        return read[0]

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so)

    def field(self, name: str) -> QLineEdit:
        return self._named(QLineEdit, name)

    def area(self, name: str) -> QPlainTextEdit:
        return self._named(QPlainTextEdit, name)

    def button(self, text: str) -> QPushButton:
        (found,) = [
            button
            for button in self.view.findChildren(QPushButton)
            if button.text() == text and button.isVisible()
        ]
        return found

    def side(self, title: str) -> PhotoSide:
        return self._named(PhotoSide, title)

    def texts(self) -> list[str]:
        return [label.text() for label in self.view.findChildren(QLabel) if label.isVisible()]

    def _named(self, kind: type[Found], name: str) -> Found:
        every = self.view.findChildren(kind)
        (found,) = [widget for widget in every if widget.accessibleName() == name]
        return found


@pytest.fixture
def stage(qtbot: QtBot, runner: TaskRunner, labels: Labels, card_id: CardId) -> Iterator[Stage]:
    yield Stage(qtbot, runner, labels, card_id)
    QGuiApplication.clipboard().clear()


def focus() -> str:
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.accessibleName()


def test_a_hazard_is_raised_and_begun_by_keyboard_alone(stage: Stage) -> None:
    QTest.keyClick(stage.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: focus() == "发现的问题")
    text = stage.area("发现的问题")
    QApplication.sendEvent(text, QInputMethodEvent("测试：丙处积水", []))
    QTest.keyClick(text, Qt.Key.Key_Tab)
    QTest.keyClicks(stage.field("地点"), "2F")
    stage.until(lambda: len(stage.kept()) == 3 and stage.kept()[2].place == "2F")
    assert stage.kept()[2].text == "测试：丙处积水"
    stage.until(lambda: stage.button("开始整改").isVisible())
    stage.button("开始整改").setFocus()
    QTest.keyClick(stage.button("开始整改"), Qt.Key.Key_Space)
    stage.until(lambda: stage.kept()[2].state is HazardState.RECTIFYING)
    stage.until(lambda: focus() == "办理说明")
    assert stage.changes != []


def test_arrows_change_the_hazard_and_enter_goes_into_it(stage: Stage) -> None:
    stage.until(lambda: focus() == "隐患清单")
    listed = QApplication.focusWidget()
    assert listed is not None
    QTest.keyClick(listed, Qt.Key.Key_Down)
    text = stage.area("发现的问题")
    assert text.toPlainText() == TEXTS[1]
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert focus() == "发现的问题"


def test_what_was_typed_last_goes_to_the_hazard_it_was_typed_about(stage: Stage) -> None:
    place = stage.field("地点")
    place.setFocus()
    QTest.keyClicks(place, "1F")
    QTest.keyClick(stage.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: focus() == "发现的问题")
    stage.until(lambda: stage.kept()[0].place == "1F")
    assert place.text() == ""


def test_leaving_saves_what_is_being_composed(stage: Stage) -> None:
    place = stage.field("地点")
    place.setFocus()
    QApplication.sendEvent(place, QInputMethodEvent("锅炉房", []))
    left: list[bool] = []
    stage.view.leave(lambda: left.append(True))
    stage.until(lambda: left == [True])
    assert stage.kept()[0].place == "锅炉房"


@pytest.mark.parametrize(("answer", "leaves"), [("放弃", True), ("继续", False)])
def test_leaving_asks_before_something_refused_is_lost(
    stage: Stage, answer: str, *, leaves: bool
) -> None:
    telephone = stage.field("电话")
    telephone.setFocus()
    QTest.keyClicks(telephone, "none")
    left: list[bool] = []
    stage.view.leave(lambda: left.append(True))
    stage.until(lambda: bool(stage.view.findChildren(QMessageBox)))
    (box,) = stage.view.findChildren(QMessageBox)
    assert left == []
    next(each for each in box.buttons() if answer in each.text()).click()
    assert left == ([True] if leaves else [])


def test_a_remark_goes_with_its_step_and_is_new_for_the_next(stage: Stage) -> None:
    remark = stage.field("办理说明")
    QTest.mouseClick(stage.button("撤销"), Qt.MouseButton.LeftButton)
    stage.until(lambda: any("写明原因" in text for text in stage.texts()))
    QTest.keyClicks(remark, "mistake")
    QTest.mouseClick(stage.button("撤销"), Qt.MouseButton.LeftButton)
    stage.until(lambda: stage.kept()[0].state is HazardState.WITHDRAWN)
    stage.until(lambda: remark.text() == "")
    assert stage.kept()[0].steps[-1].remark == "mistake"
    place = stage.field("地点")
    assert place.isReadOnly()


def test_a_remark_waits_at_its_hazard_while_another_is_looked_at(stage: Stage) -> None:
    stage.until(lambda: focus() == "隐患清单")
    remark, hazards = stage.field("办理说明"), QApplication.focusWidget()
    assert hazards is not None
    QTest.keyClicks(remark, "half a remark")
    QTest.keyClick(hazards, Qt.Key.Key_Down)
    stage.until(lambda: remark.text() == "")
    left: list[bool] = []
    stage.view.leave(lambda: left.append(True))
    stage.until(lambda: bool(stage.view.findChildren(QMessageBox)))
    assert left == []
    QTest.keyClick(hazards, Qt.Key.Key_Up)
    stage.until(lambda: remark.text() == "half a remark")


def test_dropped_files_and_a_pasted_picture_become_photos(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "整改后.jpg"
    path.write_bytes(synthetic_jpeg())
    after = stage.side("整改后照片")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
    plain = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(after, QDragEnterEvent(QPoint(5, 5), *how, plain))
    QApplication.sendEvent(after, QDropEvent(QPointF(5, 5), *how, plain))
    stage.until(lambda: [photo.name for photo in stage.kept()[0].after] == ["整改后.jpg"])
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(image)
    before = stage.side("整改前照片")
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: len(stage.kept()[0].before) == 1)
    stage.until(lambda: "移除 整改后.jpg" in button_names(stage))


def button_names(stage: Stage) -> list[str]:
    return [button.accessibleName() for button in stage.view.findChildren(QPushButton)]


def test_an_empty_clipboard_is_told_beside_the_photos(stage: Stage) -> None:
    QGuiApplication.clipboard().setText("x")
    before = stage.side("整改前照片")
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "剪贴板里没有照片。" in stage.texts()


def test_the_list_of_all_units_and_back(stage: Stage) -> None:
    with stage.qtbot.waitSignal(stage.view.ready):
        stage.button("全部单位的隐患").click()
    assert "全部单位" in stage.texts()
    with stage.qtbot.waitSignal(stage.view.ready):
        stage.button("只看本单位").click()
    assert "全部单位" not in stage.texts()


def test_every_control_has_a_name_and_a_tab_position(stage: Stage) -> None:
    fields = [*stage.view.findChildren(QLineEdit), *stage.view.findChildren(QPlainTextEdit)]
    names = [field.accessibleName() for field in fields]
    assert len(names) == len(set(names)) == 14
    for kind in (QLineEdit, QPlainTextEdit, QPushButton):
        for control in stage.view.findChildren(kind):
            text = control.text() if isinstance(control, QPushButton) else ""
            assert control.accessibleName() or text
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_one_key_leads_to_the_paper_of_the_hazard_in_front(stage: Stage) -> None:
    asked: list[tuple[str, str]] = []
    stage.view.part_asked.connect(lambda step, detail: asked.append((step, detail)))
    stage.until(lambda: stage.button("打印整改建议书").isEnabled())
    QTest.keyClick(stage.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: len(asked) == 1)
    assert asked == [("printing", f"rectification:{stage.kept()[0].id}")]
