"""考核评分 as it is used: real keys on the real screen, real lanes, a real desk."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.card import Card, CardId, Scored
from app.domain.form import ClauseId
from app.services.cards.assess import find_card, record
from app.services.desk.desk import Desk
from tests.ui.views.scoring.stage import GRADED, begin
from ui.labels import Labels
from ui.steps import Step
from ui.tasks import TaskRunner
from ui.views.scoring.clause_strip import ClauseStrip
from ui.views.scoring.view import ScoringView
from ui.widgets.screen import Around
from ui.widgets.state_chip import StateChip

_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PLAIN = Qt.KeyboardModifier.NoModifier
FIRST, SECOND = ClauseId("S1-R1-C1"), ClauseId("S1-R1-C2")


@dataclass
class Hands:
    """Presses keys on whatever has the focus and counts them, Ctrl, Alt and Shift too."""

    qtbot: QtBot
    view: ScoringView
    runner: TaskRunner
    card_id: CardId
    told: list[str]
    places: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    presses: int = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = _PLAIN, *, times: int = 1) -> None:
        for _ in range(times):
            self.presses += 1 if held == _PLAIN else 2
            QTest.keyClick(QApplication.focusWidget() or self.view, key, held)
            QApplication.processEvents()

    def type(self, text: str) -> None:
        self.presses += len(text)
        QTest.keyClicks(QApplication.focusWidget() or self.view, text)

    def copy_picture(self, colour: str) -> None:
        picture = QImage(40, 30, QImage.Format.Format_RGB32)
        picture.fill(QColor(colour))
        QGuiApplication.clipboard().setImage(picture)

    def card(self) -> Card:
        """Read the card by the lane that wrote it, after all that was asked of it."""
        read: list[Card] = []
        self.view.leave(
            lambda: self.runner.bound_to(self.view).database(
                partial(_card, card_id=self.card_id), done=read.append, refused=_fail
            )
        )
        self.qtbot.waitUntil(lambda: bool(read))
        return read[0]

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so)

    @property
    def here(self) -> str:
        return self.places[-1]

    def clause(self, number: str) -> ClauseStrip:
        return next(
            strip
            for strip in self.view.findChildren(ClauseStrip)
            if strip.accessibleName().startswith(f"{number} ")
        )


@pytest.fixture
def hands(
    qtbot: QtBot, runner: TaskRunner, labels: Labels, open_desk: Callable[[], Desk]
) -> Hands:
    desk = open_desk()
    with closing(desk.workspace):
        card_id = begin(desk, women="40", hazard_exposed="12")
    return _sit_down(qtbot, runner, labels, card_id)


@pytest.fixture
def finished(
    qtbot: QtBot, runner: TaskRunner, labels: Labels, open_desk: Callable[[], Desk]
) -> Hands:
    desk = open_desk()
    with closing(desk.workspace):
        card_id = begin(desk)
        record(desk, card_id, [], fill=True)
    return _sit_down(qtbot, runner, labels, card_id)


def _sit_down(qtbot: QtBot, runner: TaskRunner, labels: Labels, card_id: CardId) -> Hands:
    told: list[str] = []
    around = Around(runner=runner, labels=labels, tell=told.append, announce=lambda _: None)
    view = ScoringView(around)
    qtbot.addWidget(view)
    view.resize(1366, 640)
    hands = Hands(qtbot, view, runner, card_id, told)
    view.place_changed.connect(lambda _, clause: hands.places.append(clause))
    view.step_asked.connect(hands.steps.append)
    with qtbot.waitExposed(view):
        view.show()
    with qtbot.waitSignal(view.ready):
        view.open(card_id)
    view.enter()
    return hands


def _card(desk: Desk, card_id: CardId) -> Card:
    return find_card(desk, card_id)[0]


def _fail(refusal: Exception) -> None:
    raise refusal


def test_a_card_with_three_deductions_and_two_photos_takes_at_most_60_presses(
    hands: Hands,
) -> None:
    hands.copy_picture("red")
    hands.press(Qt.Key.Key_V, _CONTROL)
    hands.press(Qt.Key.Key_D)
    hands.press(Qt.Key.Key_1, _ALT)  # a rule of the guide
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_D)
    hands.press(Qt.Key.Key_A, _ALT)  # a phrase
    hands.press(Qt.Key.Key_Return)
    hands.copy_picture("blue")
    hands.press(Qt.Key.Key_V, _CONTROL)
    hands.press(Qt.Key.Key_D)
    hands.press(Qt.Key.Key_Return)
    hands.type("no plan")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_F, times=28)  # every other clause of the base by itself
    chip = hands.view.findChild(StateChip)
    hands.wait_for(lambda: chip is not None and chip.text() == "待签字")
    card = hands.card()
    assert len(card.marks) == 31
    lost = {clause: mark.reason for clause, mark in card.marks.items() if mark.reason}
    assert len(lost) == 3
    assert lost[ClauseId("S1-R2-C1")] == "no plan"
    assert sum(len(files) for files in card.evidence.values()) == 2
    assert hands.presses <= 60, hands.presses


def test_a_whole_section_by_one_key_then_the_next_section(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F, _SHIFT)
    assert hands.here == GRADED
    assert len(hands.card().marks) == 3
    hands.press(Qt.Key.Key_Z, _CONTROL)
    assert hands.here == FIRST
    assert hands.card().marks == {}


def test_undo_from_a_field_takes_back_what_was_typed_there(hands: Hands) -> None:
    hands.press(Qt.Key.Key_D)
    hands.press(Qt.Key.Key_Return)
    hands.type("no plan")
    hands.press(Qt.Key.Key_Z, _CONTROL)
    assert hands.card().marks[FIRST] == Scored(points=Decimal(2))
    hands.press(Qt.Key.Key_Y, _CONTROL)
    assert hands.card().marks[FIRST].reason == "no plan"


def test_an_open_composition_is_kept_on_leaving(hands: Hands) -> None:
    hands.press(Qt.Key.Key_D)
    hands.press(Qt.Key.Key_Return)
    field_ = QApplication.focusWidget()
    assert field_ is not None
    QApplication.sendEvent(field_, QInputMethodEvent("没有计划", []))
    assert hands.card().marks[FIRST].reason == "没有计划"


def test_pasted_text_goes_into_the_field_it_is_pasted_into(hands: Hands) -> None:
    hands.press(Qt.Key.Key_D)
    hands.press(Qt.Key.Key_Return)
    QGuiApplication.clipboard().setText("没有文件")
    hands.press(Qt.Key.Key_V, _CONTROL)
    card = hands.card()
    assert card.marks[FIRST].reason == "没有文件"
    assert card.evidence == {}


def test_a_file_dropped_on_a_clause_stands_behind_it(hands: Hands, tmp_path: Path) -> None:
    paper = tmp_path / "测试台账.txt"
    paper.write_text("测试", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper))])
    at, copy, held = QPoint(5, 5), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    strip = hands.clause("1.1.2")
    QApplication.sendEvent(strip, QDragEnterEvent(at, copy, mime, held, _PLAIN))
    QApplication.sendEvent(strip, QDropEvent(QPointF(at), copy, mime, held, _PLAIN))
    assert [each.name for each in hands.card().evidence[SECOND]] == ["测试台账.txt"]


def test_arrows_and_enter_take_a_phrase_and_delete_drops_one(hands: Hands) -> None:
    hands.press(Qt.Key.Key_D)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down, times=2)
    hands.press(Qt.Key.Key_Return)
    assert hands.card().marks[FIRST].reason == "资料不完整，缺少签字或日期"
    assert hands.here == FIRST


def test_the_filter_by_key_hides_rows_and_says_when_none_is_left(hands: Hands) -> None:
    hands.press(Qt.Key.Key_3, _CONTROL)  # 看现场
    assert hands.clause("1.1.1").isVisible()  # the current one stays
    assert not hands.clause("2.1").isVisible()
    assert hands.clause("2.4").isVisible()
    hands.press(Qt.Key.Key_Return)
    assert hands.here == "S2-R4-C1"
    assert not hands.clause("1.1.1").isVisible()
    hands.press(Qt.Key.Key_F, times=8)
    assert "本筛选下没有未评项" in hands.told[-1]


def test_hints_lead_to_their_clause(hands: Hands) -> None:
    hands.press(Qt.Key.Key_D)
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Down)
    panel = hands.view.findChild(QListWidget, "hints")
    assert panel is not None
    hands.wait_for(lambda: panel.count() == 2)
    hands.press(Qt.Key.Key_W, _ALT)
    assert panel.isVisible()
    assert panel.currentItem().text() == "1.1.1 扣分未写理由"
    hands.press(Qt.Key.Key_Return)
    assert hands.here == FIRST


def test_a_hazard_and_the_photos_are_asked_for_by_key(hands: Hands) -> None:
    with hands.qtbot.waitSignal(hands.view.part_asked) as asked:
        hands.press(Qt.Key.Key_H)
    assert asked.args == [Step.HAZARDS, FIRST]
    hands.press(Qt.Key.Key_P, _ALT)
    assert hands.steps == [Step.PHOTOS]


def test_one_begins_where_one_was(hands: Hands) -> None:
    with hands.qtbot.waitSignal(hands.view.ready):
        hands.view.open_at(hands.card_id, "S5-R3-C2")
    hands.view.enter()
    assert hands.here == "S5-R3-C2"
    with hands.qtbot.waitSignal(hands.view.ready):
        hands.view.open_at(hands.card_id, "")
    hands.view.enter()
    hands.press(Qt.Key.Key_F)
    assert ClauseId("S5-R3-C2") in hands.card().marks


def test_when_nothing_is_open_the_default_action_is_the_feedback(finished: Hands) -> None:
    primary = finished.view.findChild(QPushButton, "primary")
    assert primary is not None
    assert primary.text() == "现场反馈"
    finished.press(Qt.Key.Key_D)
    finished.press(Qt.Key.Key_Return, times=2)  # the reason, and out of it again
    assert finished.steps == []
    finished.press(Qt.Key.Key_Return)
    assert finished.steps == [Step.FEEDBACK]


def test_official_text_stands_verbatim_with_its_number(hands: Hands) -> None:
    texts = {label.text() for label in hands.clause("4.2.3").findChildren(QLabel)}
    assert "4.2.3" in texts
    assert any(text.endswith("(2分）") for text in texts)
