"""The model of 考核任务 keeps Qt's rules and puts only what is seen into words."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt

from app.domain.card import CardId
from app.domain.delivery import State
from app.domain.task import Task, Urgency
from app.domain.unit import UnitKey
from ui.models.cards import NOTE_ROLE, STATE_COLUMN, URGENCY_ROLE, TaskLine, TaskModel

HEADINGS = ("单位", "日期与截止", "状态", "得分", "上次得分", "未销号隐患")


def task(name: str, *, card: str | None = None) -> Task:
    return Task(
        unit=UnitKey(code=name),
        name=name,
        text=name,
        card=None if card is None else CardId(card),
        state=State.DRAFT if card else None,
    )


def described(one: Task) -> TaskLine:
    return TaskLine(
        texts=(one.name, "2020-11-06", "考核中", "98", "96", "2"),
        notes=("代码", "今天截止", "", "", "2019-11-05", ""),
        state=one.state,
        urgency=Urgency.SOON,
        tip=f"{one.name} 全称",
        spoken=f"{one.name} 考核中",
    )


def test_the_model_keeps_the_rules(check_model: Callable[[QAbstractItemModel], None]) -> None:
    model = TaskModel(HEADINGS, described)
    check_model(model)
    model.show((task("甲", card="1"), task("乙")))
    check_model(model)


def test_a_line_shows_texts_notes_state_and_urgency() -> None:
    model = TaskModel(HEADINGS, described)
    model.show((task("甲", card="1"),))
    cells = [model.index(0, column) for column in range(6)]
    assert [cell.data() for cell in cells] == ["甲", "2020-11-06", "考核中", "98", "96", "2"]
    assert [cell.data(NOTE_ROLE) for cell in cells][:2] == ["代码", "今天截止"]
    assert [cell.data(URGENCY_ROLE) for cell in cells][:2] == [None, Urgency.SOON]
    assert cells[STATE_COLUMN].data(Qt.ItemDataRole.UserRole) == State.DRAFT
    assert cells[0].data(Qt.ItemDataRole.ToolTipRole) == "甲 全称"
    assert cells[0].data(Qt.ItemDataRole.AccessibleTextRole) == "甲 考核中"
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(6)] == list(
        HEADINGS
    )


def test_only_what_is_looked_at_is_described_and_only_once() -> None:
    asked: list[str] = []

    def describe(one: Task) -> TaskLine:
        asked.append(one.name)
        return described(one)

    model = TaskModel(HEADINGS, describe)
    model.show(tuple(task(str(number)) for number in range(20_000)))
    assert asked == []
    assert [model.index(7, column).data() for column in range(2)] == ["7", "2020-11-06"]
    assert asked == ["7"]


def test_a_line_is_found_again_by_its_card_else_by_its_unit() -> None:
    model = TaskModel(HEADINGS, described)
    begun, untouched = task("乙", card="2"), task("乙")
    model.show((task("甲", card="1"), task("乙", card="3"), begun))
    assert model.row_of(begun) == 2
    assert model.row_of(untouched) == 1
    assert model.row_of(task("丙")) == 0
