"""考核任务 read piece by piece: cards, units without one, orders of the office, hazards."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.domain.assignment import Assignment
from app.domain.card import CardId, Person, Policy
from app.domain.delivery import State
from app.domain.search import sought
from app.domain.task import Earlier, Task
from app.domain.trail import AuditEntry
from app.errors import Code
from app.services.cards.assess import new_card
from app.services.cards.view import list_cards, view_card
from app.services.desk.desk import Desk
from app.services.desk.forms import keep_current
from app.services.units.register import set_facts
from app.services.units.tasks import Reading, begin_card, begin_reading, read_on
from tests.app.services.field import Field, ready
from tests.fakes import START
from tests.forms import VISIT, complete_card, national_form, open_card, synthetic_unit
from tests.hazards import synthetic_hazard
from tests.refusals import refused

CHANGE = AuditEntry(action="test")


def listed(desk: Desk, reading: Reading | None = None) -> tuple[Task, ...]:
    reading = reading or begin_reading(desk)
    while reading.tasks is None:
        reading = read_on(desk, reading)
    return reading.tasks


def assign(
    desk: Desk,
    place: int,
    *,
    due: date = VISIT,
    open_hazards: tuple[str, ...] = (),
    withdrawn: bool = False,
) -> Assignment:
    order = Assignment(
        card=CardId(desk.ids.new()),
        season=national_form().edition,
        unit=synthetic_unit(place),
        due=due,
        team=(Person(name="测试甲"),),
        last_total=Decimal("96.5"),
        last_date=date(2019, 11, 5),
        open_hazards=open_hazards,
        withdrawn=withdrawn,
        issued_at=START,
        number=1,
    )
    with desk.workspace.change(CHANGE):
        desk.workspace.assignments.put(order)
    return order


def test_units_without_a_card_and_cards_are_listed(field: Field) -> None:
    field.first.unit(0)
    draft = field.first.open_card(1)
    scored = field.first.open_card(2)
    field.first.score(scored, S1_R1_C1="1")
    sealed = field.first.sealed_card(3).index
    found = [
        (task.name, task.card, task.state, task.total, task.is_blank)
        for task in listed(field.first.desk)
    ]
    assert found == [
        ("测试3号工厂", scored, State.COMPLETE, Decimal(98), False),
        ("测试2号工厂", draft, State.DRAFT, Decimal(0), True),
        ("测试1号工厂", None, None, None, True),
        ("测试4号工厂", sealed.id, State.SIGNED, Decimal(100), False),
    ]


@pytest.mark.parametrize("policy", Policy)
def test_the_total_of_a_line_is_that_of_the_card(field: Field, policy: Policy) -> None:
    desk = field.first.desk
    unit = synthetic_unit()
    unit = replace(unit, facts=replace(unit.facts, women=0))
    card = complete_card(
        open_card(unit=unit, policy=policy),
        points={"S1-R1-C1": "1"},
        not_applicable=("S5-R5-C1",),
    )
    with desk.workspace.change(CHANGE):
        keep_current(desk)
        desk.workspace.cards.add(card)
    (line,) = list_cards(desk)
    assert line.total == view_card(desk, card.id).totals.total


def test_many_pieces_make_the_same_list_as_one(field: Field) -> None:
    desk = field.first.desk
    for place in range(14):
        field.first.unit(place)
        if place % 2:
            field.first.open_card(place)
    whole = listed(desk)
    pieces = listed(desk, replace(begin_reading(desk), most_cards=2, most_units=3))
    assert pieces == whole
    assert len(whole) == 14


def test_the_card_before_is_shown_beside_the_next_one(field: Field) -> None:
    desk = field.first.desk
    unit = field.first.unit(0)
    first, _ = new_card(desk, unit, on=date(2020, 6, 1))
    field.first.score(first.id)
    new_card(desk, unit, on=VISIT)
    earlier = {task.day: task.earlier for task in listed(desk)}
    assert earlier == {
        date(2020, 6, 1): None,
        VISIT: Earlier(day=date(2020, 6, 1), total=Decimal(100)),
    }


def test_a_unit_assessed_in_an_earlier_season_is_to_be_assessed_again(field: Field) -> None:
    desk = field.first.desk
    unit = field.first.unit(0)
    old = replace(
        complete_card(open_card(unit=unit)),
        season="2018—2019年度",
        date_from=date(2018, 9, 1),
        date_to=date(2018, 9, 1),
    )
    with desk.workspace.change(CHANGE):
        keep_current(desk)
        desk.workspace.cards.add(old)
    _, again = listed(desk)
    assert (again.card, again.state) == (None, None)
    assert again.earlier == Earlier(day=date(2018, 9, 1), total=Decimal(100))


def test_an_order_of_the_office_says_until_when_and_what_was_before(field: Field) -> None:
    desk = field.first.desk
    field.first.unit(0)
    field.first.unit(1)
    field.first.unit(2)
    assign(desk, 1, due=VISIT + timedelta(days=2), open_hazards=("测试：灭火器过期",))
    assign(desk, 2, withdrawn=True)
    pressing, free, withdrawn = listed(desk)
    assert (pressing.due, pressing.open_hazards) == (date(2020, 11, 8), 1)
    assert pressing.earlier == Earlier(day=date(2019, 11, 5), total=Decimal("96.5"))
    for other in (free, withdrawn):
        assert (other.due, other.earlier, other.open_hazards) == (None, None, 0)


def test_a_begun_card_keeps_the_day_it_is_due(field: Field) -> None:
    order = assign(field.first.desk, 0)
    field.first.unit(0)
    card = field.first.open_card(0)
    (task,) = listed(field.first.desk)
    assert (task.card, task.due) == (card, VISIT)
    assert card == order.card


def test_open_hazards_of_the_workspace_are_counted(field: Field) -> None:
    desk = field.first.desk
    field.first.unit(0)
    with desk.workspace.change(CHANGE):
        desk.workspace.hazards.add(synthetic_hazard(1))
        desk.workspace.hazards.add(synthetic_hazard(2))
    assert [task.open_hazards for task in listed(desk)] == [2]


def test_a_card_is_begun_for_a_registered_unit_only(field: Field) -> None:
    unit = field.first.unit(0)
    card, _ = begin_card(field.first.desk, unit.key)
    assert card.unit == unit
    with refused(Code.UNIT_UNKNOWN):
        begin_card(field.first.desk, synthetic_unit(5).key)


def test_a_unit_is_found_by_its_district_and_no_card_holds_it(field: Field) -> None:
    desk = field.first.desk
    unit = field.first.unit(0)
    set_facts(desk, code=unit.key.code, sub_unit="", typed={"district": " 测试新区 "})
    ids = [field.first.open_card(0), field.first.sealed_card(0).index.id]
    assert field.first.unit(0).district == "测试新区"
    for task in listed(desk):
        assert sought("测试新区").finds(task.text, "")
    assert [view_card(desk, card_id).card.unit.district for card_id in ids] == ["", ""]
    signed = ready(field)
    set_facts(desk, code=unit.key.code, sub_unit="", typed={"district": "另一区"})
    assert len(view_card(desk, signed).card.signatures) == 2
