"""参赛单位: adding, correcting, sub-units that share a code, workbooks in and out."""

from pathlib import Path

import pytest

from app.domain.unit import Fact, Unit, UnitFacts, new_unit
from app.errors import AppError, Code
from app.services.cards.view import view_card
from app.services.units.register import (
    add_unit,
    export_sheet,
    find_unit,
    read_sheet,
    set_facts,
    suspicious_code,
    take_sheet,
)
from app.sheets.unit_sheet import write_units
from tests.app.services.field import Field, actions, contents
from tests.forms import SYNTHETIC_CODES, synthetic_unit
from tests.refusals import refused

CODE, OTHER = SYNTHETIC_CODES[0], SYNTHETIC_CODES[1]


def add(field: Field, name: str = "测试工厂", *, sub_unit: str = "") -> Unit:
    return add_unit(field.first.desk, name=name, code=CODE, sub_unit=sub_unit)[0]


def sheet_of(field: Field, *units: Unit) -> Path:
    path = field.folder / "units.xlsx"
    path.write_bytes(write_units(units))
    return path


def test_a_unit_is_found_as_it_was_typed(field: Field) -> None:
    unit = add(field)
    assert find_unit(field.first.desk, code=f" {CODE.lower()} ", sub_unit="") == unit


def test_a_unit_taken_twice_is_refused_and_leaves_no_line(field: Field) -> None:
    add(field)
    before = contents(field.first.desk)
    with refused(Code.UNIT_EXISTS, code=CODE):
        add(field, "另一个名字")
    assert contents(field.first.desk) == before


def test_a_wrong_check_character_is_refused_with_the_likely_code(field: Field) -> None:
    typed = CODE.replace("0", "O", 1)
    with refused(Code.CREDIT_CODE_CHECK, suggestion=CODE):
        add_unit(field.first.desk, name="测试工厂", code=typed, sub_unit="")
    assert field.first.desk.workspace.units.all() == ()


def test_branches_share_a_code(field: Field) -> None:
    east, west = add(field, sub_unit="东厂"), add(field, sub_unit="西厂")
    desk = field.first.desk
    assert find_unit(desk, code=CODE, sub_unit="东厂") == east
    assert find_unit(desk, code=CODE, sub_unit="西厂") == west


def test_a_code_that_branches_share_does_not_name_one(field: Field) -> None:
    add(field, sub_unit="东厂")
    add(field, sub_unit="西厂")
    with refused(Code.UNIT_CODE_AMBIGUOUS, sub_units="东厂、西厂"):
        find_unit(field.first.desk, code=CODE, sub_unit="")


def test_the_only_branch_needs_no_naming(field: Field) -> None:
    east = add(field, sub_unit="东厂")
    assert find_unit(field.first.desk, code=CODE, sub_unit="") == east


def test_the_parent_is_meant_where_it_takes_part_itself(field: Field) -> None:
    add(field, sub_unit="东厂")
    parent = add(field)
    assert find_unit(field.first.desk, code=CODE, sub_unit="") == parent


@pytest.mark.parametrize(("code", "sub_unit"), [(OTHER, ""), (CODE, "北厂")])
def test_an_unknown_unit_is_refused(field: Field, code: str, sub_unit: str) -> None:
    add(field, sub_unit="东厂")
    with refused(Code.UNIT_UNKNOWN, code=code, sub_unit=sub_unit):
        find_unit(field.first.desk, code=code, sub_unit=sub_unit)


def test_facts_and_name_are_set_together(field: Field) -> None:
    add(field)
    typed = {"name": "新名工厂", "workers": "120", "women": "0", "high_risk": "是"}
    unit, changes = set_facts(field.first.desk, code=CODE, sub_unit="", typed=typed)
    assert unit == find_unit(field.first.desk, code=CODE, sub_unit="")
    assert (unit.name, unit.facts.women, unit.facts.high_risk) == ("新名工厂", 0, True)
    assert changes.unsigned == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"workers": "10", "women": "11"}, Code.FACTS_CONTRADICT),
        ({"workers": "-1"}, Code.FACT_VALUE),
        ({"workers": "1.5"}, Code.FACT_VALUE),
        ({"hands": "2"}, Code.FACT_UNKNOWN),
        ({"workers": "5", "name": "  "}, Code.NAME_EMPTY),
    ],
)
def test_one_bad_fact_leaves_the_others_unset(
    field: Field, typed: dict[str, str], code: Code
) -> None:
    add(field)
    before = contents(field.first.desk)
    with refused(code):
        set_facts(field.first.desk, code=CODE, sub_unit="", typed=typed)
    assert contents(field.first.desk) == before


def test_an_open_card_follows_its_unit_and_loses_its_signatures(field: Field) -> None:
    desk = field.first.desk
    card_id = field.first.open_card()
    field.first.score(card_id)
    field.first.sign(card_id)
    _, changes = set_facts(desk, code=CODE, sub_unit="", typed={"women": "7"})
    card = view_card(desk, card_id).card
    assert changes.unsigned == (card_id,)
    assert card.signatures == ()
    assert card.unit.facts.women == 7


def test_a_sealed_card_keeps_the_unit_it_was_sealed_with(field: Field) -> None:
    desk = field.first.desk
    sealed = field.first.sealed_card()
    _, changes = set_facts(desk, code=CODE, sub_unit="", typed={"name": "新名工厂"})
    assert changes.unsigned == ()
    assert view_card(desk, sealed.index.id).card.unit.name != "新名工厂"


def test_a_workbook_brings_units_in_and_out(field: Field) -> None:
    units = tuple(synthetic_unit(place) for place in range(3))
    intake, _ = take_sheet(field.first.desk, read_sheet(sheet_of(field, *units)))
    assert (intake.added, intake.renewed, intake.problems) == (3, 0, ())
    written = field.folder / "out.xlsx"
    assert export_sheet(field.first.desk, written) == 3
    assert read_sheet(written).units == field.first.desk.workspace.units.all()


def test_a_second_workbook_renews_what_it_states_and_keeps_the_rest(field: Field) -> None:
    desk = field.first.desk
    take_sheet(desk, read_sheet(sheet_of(field, synthetic_unit())))
    partly = synthetic_unit(facts=UnitFacts(women=41))
    intake, _ = take_sheet(desk, read_sheet(sheet_of(field, partly)))
    facts = find_unit(desk, code=CODE, sub_unit="").facts
    assert (intake.added, intake.renewed) == (0, 1)
    assert (facts.women, facts.workers) == (41, 130)


def test_a_line_that_contradicts_what_is_known_is_reported_and_left_out(field: Field) -> None:
    """40 women stand there already: 30 workers cannot be all of them."""
    desk = field.first.desk
    take_sheet(desk, read_sheet(sheet_of(field, synthetic_unit(), synthetic_unit(1))))
    fewer = [synthetic_unit(place, facts=UnitFacts(workers=30 + place * 100)) for place in (0, 1)]
    intake, _ = take_sheet(desk, read_sheet(sheet_of(field, *fewer)))
    assert [problem.error.code for problem in intake.problems] == [Code.FACTS_CONTRADICT]
    assert (intake.added, intake.renewed) == (0, 1)
    assert find_unit(desk, code=CODE, sub_unit="").facts.workers == 130
    assert find_unit(desk, code=OTHER, sub_unit="").facts.workers == 130


def test_a_workbook_drops_signatures_where_it_changes_a_unit(field: Field) -> None:
    desk = field.first.desk
    card_id = field.first.open_card()
    field.first.score(card_id)
    field.first.sign(card_id)
    _, changes = take_sheet(
        desk, read_sheet(sheet_of(field, synthetic_unit(facts=UnitFacts(workers=500))))
    )
    assert changes.unsigned == (card_id,)


def test_good_lines_are_stored_beside_bad_ones(field: Field) -> None:
    good, bad = synthetic_unit(), Unit(key=synthetic_unit(1).key, name=" ")
    intake, _ = take_sheet(field.first.desk, read_sheet(sheet_of(field, good, bad)))
    assert (intake.added, [problem.line for problem in intake.problems]) == (1, [3])
    assert [unit.key for unit in field.first.desk.workspace.units.all()] == [good.key]


def test_a_workbook_without_a_good_line_stores_nothing(field: Field) -> None:
    bad = Unit(key=synthetic_unit().key, name=" ")
    sheet = read_sheet(sheet_of(field, bad))
    before = contents(field.first.desk)
    with refused(Code.SHEET_ROWS_REFUSED, count=1, line=2):
        take_sheet(field.first.desk, sheet)
    assert contents(field.first.desk) == before


def test_what_is_no_workbook_is_refused(field: Field) -> None:
    path = field.folder / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing more")
    with refused(Code.SHEET_DAMAGED):
        read_sheet(path)
    with refused(Code.FILE_MISSING):
        read_sheet(field.folder / "none.xlsx")


def test_a_code_whose_body_fails_its_own_check_is_only_suspicious() -> None:
    body_wrong = "91440300MA00000000"
    code = next(
        unit.key.code
        for last in "0123456789ABCDEFGHJKLMNPQRTUWXY"
        if (unit := _unit_or_none(body_wrong[:-1] + last)) is not None
    )
    assert suspicious_code(code)
    assert not suspicious_code(CODE)


def _unit_or_none(code: str) -> Unit | None:
    try:
        return new_unit(code=code, sub_unit="", name="测试工厂")
    except AppError:
        return None


def test_every_change_of_a_unit_leaves_a_line(field: Field) -> None:
    add(field)
    set_facts(field.first.desk, code=CODE, sub_unit="", typed={Fact.WOMEN: "3"})
    assert actions(field.first.desk)[-2:] == ["unit.add", "unit.set"]
