"""现场反馈 on the screen, by keyboard alone."""

from collections.abc import Callable
from contextlib import closing

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.card import CardId
from app.domain.visit import Opinion
from app.services.cards.assess import Points, new_card, record
from app.services.cards.view import view_card
from app.services.desk.desk import Desk
from app.services.prints.prints import Print
from app.services.units.register import add_unit
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.steps import Step
from ui.tasks import TaskRunner
from ui.views.feedback.view import FeedbackView
from ui.widgets.screen import Around

ENTER, CONTROL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def scored(open_desk: Callable[[], Desk]) -> CardId:
    """Score a card and let go of the workspace."""
    desk = open_desk()
    with closing(desk.workspace):
        unit, _ = add_unit(desk, name="甲厂", code=SYNTHETIC_CODES[0], sub_unit="")
        card_id = new_card(desk, unit)[0].id
        given = Points(clause="S1-R1-C1", points="2", reason="未见文件")
        record(desk, card_id, [given], fill=True)
        return card_id


def test_the_units_word_is_recorded_by_keyboard(
    qtbot: QtBot, open_desk: Callable[[], Desk], runner: TaskRunner, labels: Labels
) -> None:
    card_id = scored(open_desk)
    told: list[str] = []
    view = FeedbackView(
        Around(runner=runner, labels=labels, tell=told.append, announce=lambda _: None)
    )
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.ready):
        view.open(card_id)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.enter()
    assert "理由：未见文件" in [label.text() for label in view.findChildren(QLabel)]
    (default,) = (b for b in view.findChildren(QPushButton) if b.objectName() == "primary")
    QTest.keyClick(view, ENTER, CONTROL)
    qtbot.waitUntil(lambda: "请先" in "".join(b.text() for b in view.findChildren(QLabel)))
    (objects,) = (b for b in view.findChildren(QPushButton) if b.text() == "有异议")
    objects.setFocus()
    QTest.keyClick(objects, Qt.Key.Key_Space)
    text = QApplication.focusWidget()
    assert isinstance(text, QPlainTextEdit)
    QTest.keyClicks(text, "not so")
    QTest.keyClick(text, ENTER, CONTROL)
    qtbot.waitUntil(lambda: default.text() == labels("feedback.sign") and bool(told))
    assert QApplication.focusWidget() is default
    with qtbot.waitSignal(view.step_asked) as asked:
        QTest.keyClick(default, Qt.Key.Key_Space)
    assert asked.args == [Step.SIGNING]
    runner.close()
    desk = open_desk()
    with closing(desk.workspace):
        assert view_card(desk, card_id).card.opinion == Opinion(objects=True, text="not so")


def test_the_printed_sheet_is_asked_for(qtbot: QtBot, runner: TaskRunner, labels: Labels) -> None:
    view = FeedbackView(Around(runner=runner, labels=labels, tell=print, announce=lambda _: None))
    qtbot.addWidget(view)
    (button,) = (b for b in view.findChildren(QPushButton) if b.text() == "打印现场反馈单")
    with qtbot.waitSignal(view.part_asked) as asked:
        button.click()
    assert asked.args == [Step.PRINTING, Print.FEEDBACK]
