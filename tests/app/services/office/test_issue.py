"""下达任务: what the office gives to whom, under which card, and that only it can."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.domain.card import Person, Policy
from app.domain.hazard import Act
from app.domain.hazard import Field as About
from app.errors import AppError, Code
from app.exchange.head import NO_PREVIOUS
from app.exchange.profile import read_profile
from app.exchange.writer import Entry
from app.services.office.authority import enroll, publish_profile, revoke, set_rules
from app.services.office.decide import return_card
from app.services.office.issue import Dispatch, find_inspector, plan_assignment
from app.services.units.hazards import draft_hazard, step_hazard, write_hazard
from tests.app.services.assigning import DUE, assigned, order, withdrawn
from tests.app.services.field import (
    INSPECTOR_PASSPHRASE,
    OFFICE_PASSPHRASE,
    Field,
    Seat,
    actions,
    contents,
)
from tests.db.contract.workspaces import CHANGE
from tests.forms import SYNTHETIC_CODES
from tests.refusals import refused


def planned(field: Field, *places: int, seat: Seat | None = None) -> Dispatch:
    inspector = find_inspector(field.office.desk, (seat or field.first).serial)
    return plan_assignment(field.office.desk, order(field, *places), inspector, field.office.keys)


def test_two_inspectors_given_a_unit_fill_the_same_card(field: Field) -> None:
    _, first = assigned(field, order(field, 0, 1))
    _, second = assigned(field, order(field, 1, 2), field.second)
    cards = {task.unit.key: task.card for task in first.tasks}
    for task in second.tasks:
        assert cards.setdefault(task.unit.key, task.card) == task.card
    assert len(set(cards.values())) == 3


def test_a_card_of_an_earlier_season_is_not_filled_again(field: Field) -> None:
    dispatch = planned(field, 0)
    (task,) = dispatch.tasks
    earlier = replace(task, season="2018—2019年度")
    with field.office.desk.workspace.change(CHANGE):
        field.office.desk.workspace.assignments.put_issued(field.first.serial, earlier)
    assert planned(field, 0).tasks[0].card != task.card


def test_the_office_remembers_what_it_gave_to_whom(field: Field) -> None:
    path, dispatch = assigned(field, order(field, 0))
    assignments = field.office.desk.workspace.assignments
    assert assignments.issued_to(field.first.serial) == dispatch.tasks
    assert assignments.issued_to(field.second.serial) == ()
    assert assignments.all() == ()
    assert actions(field.office.desk)[-1] == "package.assignment"
    assert path.is_file()


def test_receipts_and_assignments_of_an_inspector_are_numbered_together(field: Field) -> None:
    field.received(3)
    field.receipt()
    _, dispatch = assigned(field, order(field, 0))
    head = dispatch.consignment.head
    (receipt, assignment) = field.office.desk.workspace.packages.all(outgoing=True)
    assert (head.sequence, head.previous) == (2, receipt.digest)
    assert (assignment.kind, assignment.peer) == ("assignment", field.first.serial)
    _, other = assigned(field, order(field, 0), field.second)
    assert (other.consignment.head.sequence, other.consignment.head.previous) == (1, NO_PREVIOUS)


def test_the_team_is_told_with_its_posts_the_lead_first(field: Field) -> None:
    _, dispatch = assigned(field, order(field, 0, team=["测试乙", "测试戊", "测试乙"]))
    assert dispatch.tasks[0].team == (
        Person(name="测试乙", post="监督检查员"),
        Person(name="测试戊"),
    )
    assert planned(field, 1).tasks[0].team == (Person(name="测试甲", post="监督检查员"),)


def test_the_last_card_of_a_unit_goes_along_unless_it_was_returned(field: Field) -> None:
    field.received(0, S1_R1_C1="1")
    field.pass_days(1)
    returned = field.received(0, seat=field.second)
    return_card(field.office.desk, returned.index.id, reason="测试退回")
    first, second = planned(field, 0, 1).tasks
    assert (first.last_total, first.last_date) == (Decimal(98), DUE.replace(day=6))
    assert (second.last_total, second.last_date) == (None, None)


def test_the_card_to_be_filled_is_not_its_own_last_card(field: Field) -> None:
    path, _ = assigned(field, order(field, 0))
    field.take(path, field.first)
    field.received(0)
    assert planned(field, 0).tasks[0].last_total is None


def test_open_hazards_go_along(field: Field) -> None:
    desk = field.office.desk
    hazard = draft_hazard(desk, field.office.unit(0).key)
    for name, typed in ((About.TEXT, "测试：联锁缺失"), (About.PLACE, "二车间")):
        hazard, _ = write_hazard(desk, hazard, name, typed)
    first, second = planned(field, 0, 1).tasks
    assert (first.open_hazards, second.open_hazards) == (("二车间：测试：联锁缺失",), ())
    step_hazard(desk, hazard.id, Act.WITHDRAW, remark="测试：误录")
    assert planned(field, 0).tasks[0].open_hazards == ()


def test_rules_set_since_the_last_profile_go_along(field: Field) -> None:
    before = len(actions(field.office.desk))
    planned(field, 0)
    assert "office.profile" not in actions(field.office.desk)[before:]
    set_rules(field.office.desk, {"na": "zero"})
    entry = planned(field, 0).consignment.entries[1]
    assert isinstance(entry, Entry)
    profile = read_profile(entry.content, now=field.clock.now())
    assert profile.office.rules.policy is Policy.ZERO


def test_an_inspector_is_found_by_name_or_serial(field: Field) -> None:
    desk, serial = field.office.desk, field.first.serial
    assert find_inspector(desk, "测试甲").serial == serial
    assert find_inspector(desk, serial.upper()).serial == serial
    with refused(Code.INSPECTOR_UNKNOWN, inspector="测试某"):
        find_inspector(desk, "测试某")
    with refused(Code.OFFICE_MISSING):
        find_inspector(field.first.desk, "测试甲")


def test_of_two_inspectors_of_one_name_the_serial_tells(field: Field) -> None:
    desk = field.office.desk
    enrolled, _ = enroll(
        desk,
        name="测试甲",
        post="",
        passphrase=OFFICE_PASSPHRASE,
        identity_passphrase=INSPECTOR_PASSPHRASE,
    )
    with pytest.raises(AppError) as refusal:
        find_inspector(desk, "测试甲")
    assert refusal.value.code is Code.INSPECTOR_AMBIGUOUS
    serials = str(refusal.value.facts["serials"]).split()
    assert sorted(serials) == sorted([field.first.serial, enrolled.serial])
    revoke(desk, serial=field.first.serial, reason="换发", passphrase=OFFICE_PASSPHRASE)
    assert find_inspector(desk, "测试甲").serial == enrolled.serial
    with refused(Code.CERTIFICATE_REVOKED, serial=field.first.serial):
        find_inspector(desk, field.first.serial)


def test_what_cannot_be_given_is_refused_and_nothing_is_kept(field: Field) -> None:
    office = field.office
    inspector = find_inspector(office.desk, "测试甲")
    unit = office.unit(0)
    before = contents(office.desk)
    with refused(Code.NOTHING_TO_ASSIGN):
        assigned(field, order(field))
    with refused(Code.GLYPH_MISSING):
        assigned(field, order(field, 0, team=["测试\U0003a000"]))
    with refused(Code.ASSIGNMENT_UNKNOWN, inspector="测试甲"):
        withdrawn(field, unit)
    with refused(Code.OFFICE_MISSING):
        plan_assignment(office.desk, order(field, 0), inspector, field.first.keys)
    assert contents(office.desk) == before


def test_nothing_is_given_while_nobody_would_believe_it(field: Field) -> None:
    field.pass_days(401)
    with refused(Code.REVOCATION_STALE):
        planned(field, 0)
    publish_profile(field.office.desk, OFFICE_PASSPHRASE)
    assert planned(field, 0).tasks[0].issued_at == field.clock.now()


def test_a_withdrawal_says_what_was_given_and_marks_it(field: Field) -> None:
    _, dispatch = assigned(field, order(field, 0))
    field.clock.pass_time(timedelta(hours=1))
    withdrawn(field, dispatch.tasks[0].unit)
    (task,) = field.office.desk.workspace.assignments.issued_to(field.first.serial)
    assert task == replace(
        dispatch.tasks[0], withdrawn=True, issued_at=field.clock.now(), number=2
    )


def test_units_stand_once_and_in_their_order(field: Field) -> None:
    codes = [task.unit.key.code for task in planned(field, 2, 0, 1, 0).tasks]
    assert codes == sorted(SYNTHETIC_CODES[:3])
