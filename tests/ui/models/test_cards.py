"""The model of 考核任务 keeps Qt's rules and finds a line again."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt

from app.domain.card import CardId
from app.domain.delivery import State
from app.domain.unit import UnitKey
from ui.models.cards import STATE_COLUMN, TaskLine, TaskModel

HEADINGS = ("单位", "日期", "状态", "总得分")


def line(name: str, *, card: str | None = None) -> TaskLine:
    return TaskLine(
        card=None if card is None else CardId(card),
        unit=UnitKey(code=name),
        name=name,
        day="2020-11-06",
        state=State.DRAFT if card else None,
        state_word="考核中" if card else "未考核",
        points="98",
    )


def test_the_model_keeps_the_rules(check_model: Callable[[QAbstractItemModel], None]) -> None:
    model = TaskModel(HEADINGS)
    check_model(model)
    model.show((line("甲", card="1"), line("乙")))
    check_model(model)


def test_a_line_shows_unit_day_state_and_points() -> None:
    model = TaskModel(HEADINGS)
    model.show((line("甲", card="1"),))
    assert [model.index(0, column).data() for column in range(4)] == [
        "甲",
        "2020-11-06",
        "考核中",
        "98",
    ]
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)] == list(
        HEADINGS
    )
    assert model.index(0, STATE_COLUMN).data(Qt.ItemDataRole.UserRole) == State.DRAFT


def test_a_line_is_found_again_by_its_card_else_by_its_unit() -> None:
    model = TaskModel(HEADINGS)
    begun, untouched = line("乙", card="2"), line("乙")
    model.show((line("甲", card="1"), line("乙", card="3"), begun))
    assert model.row_of(begun) == 2
    assert model.row_of(untouched) == 1
    assert model.row_of(line("丙")) == 0
