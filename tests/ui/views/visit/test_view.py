"""单位情况 on the screen, by keyboard alone."""

from collections.abc import Callable
from contextlib import closing

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.card import CardId, Person
from app.domain.visit import Recusal
from app.services.cards.assess import new_card
from app.services.cards.view import view_card
from app.services.desk.desk import Desk
from app.services.units.register import add_unit
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.steps import Step
from ui.tasks import TaskRunner
from ui.views.visit.view import VisitView
from ui.widgets.screen import Around


def begun(open_desk: Callable[[], Desk]) -> CardId:
    """Begin a card and let go of the workspace."""
    desk = open_desk()
    with closing(desk.workspace):
        unit, _ = add_unit(desk, name="甲厂", code=SYNTHETIC_CODES[0], sub_unit="")
        return new_card(desk, unit)[0].id


def focused() -> QLineEdit:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


def type_into(view: VisitView, name: str, text: str) -> None:
    (field,) = (f for f in view.findChildren(QLineEdit) if f.accessibleName() == name)
    field.setFocus()
    QTest.keyClicks(field, text)


def test_a_visit_is_recorded_by_keyboard(
    qtbot: QtBot, open_desk: Callable[[], Desk], runner: TaskRunner, labels: Labels
) -> None:
    card_id = begun(open_desk)
    told: list[str] = []
    view = VisitView(
        Around(runner=runner, labels=labels, tell=told.append, announce=lambda _: None)
    )
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.ready):
        view.open(card_id)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.enter()
    assert focused().accessibleName() == "职工总数"
    QTest.keyClicks(focused(), "130")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert focused().accessibleName() == "女职工数"
    type_into(view, "组长 姓名", "Lead")
    type_into(view, "成员 姓名", "Member")
    (free,) = (b for b in view.findChildren(QPushButton) if b.text() == "均无利害关系")
    free.setFocus()
    QTest.keyClick(free, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.step_asked) as asked:
        QTest.keyClick(free, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [Step.SCORING]
    runner.close()
    desk = open_desk()
    with closing(desk.workspace):
        card = view_card(desk, card_id).card
    assert card.unit.facts.workers == 130
    assert card.assessors == (Person(name="Lead"), Person(name="Member"))
    assert card.visit is not None
    assert card.visit.recusal == Recusal()
    assert told == []


def test_every_control_has_a_name(qtbot: QtBot, runner: TaskRunner, labels: Labels) -> None:
    view = VisitView(Around(runner=runner, labels=labels, tell=print, announce=lambda _: None))
    qtbot.addWidget(view)
    fields = view.findChildren(QLineEdit)
    buttons = view.findChildren(QPushButton)
    assert len(fields) > 10
    assert len(buttons) > 8
    assert all(field.accessibleName() for field in fields)
    assert all(button.accessibleName() or button.text() for button in buttons)
