"""What a sheet would do is told line by line, as it then happens, and nothing is stored."""

from pathlib import Path

from app.domain.unit import Unit, UnitFacts
from app.errors import Code
from app.services.desk.desk import Desk
from app.services.units.foresee import Arrival, ForeseenLine, foresee, held_units
from app.services.units.register import read_sheet, take_sheet
from app.sheets.unit_sheet import UnitSheet, write_units
from tests.app.services.field import Field, contents
from tests.forms import synthetic_unit


def sheet_of(field: Field, *units: Unit) -> UnitSheet:
    path: Path = field.folder / "units.xlsx"
    path.write_bytes(write_units(units))
    return read_sheet(path)


def foreseen(desk: Desk, sheet: UnitSheet) -> tuple[ForeseenLine, ...]:
    return foresee(sheet, held_units(desk, [unit.key for unit in sheet.units]))


def test_every_line_is_told_in_the_order_of_the_sheet(field: Field) -> None:
    desk = field.first.desk
    take_sheet(desk, sheet_of(field, *map(synthetic_unit, range(3))))
    sheet = sheet_of(
        field,
        synthetic_unit(0),
        synthetic_unit(1, facts=UnitFacts(women=41)).in_district("测试新区"),
        synthetic_unit(2, facts=UnitFacts(workers=30)),
        Unit(key=synthetic_unit(4).key, name=" "),
        synthetic_unit(5, sub_unit="东厂"),
    )
    before = contents(desk)
    lines = foreseen(desk, sheet)
    assert contents(desk) == before
    assert [(line.number, line.arrival, line.differing) for line in lines] == [
        (2, Arrival.UNCHANGED, ()),
        (3, Arrival.RENEWED, ("district", "women")),
        (4, Arrival.REFUSED, ()),
        (5, Arrival.REFUSED, ()),
        (6, Arrival.ADDED, ()),
    ]
    codes = [line.error.code for line in lines if line.error is not None]
    assert codes == [Code.FACTS_CONTRADICT, Code.NAME_EMPTY]
    assert (lines[3].name, lines[3].code) == ("", synthetic_unit(4).key.code)
    assert (lines[4].sub_unit, lines[4].name) == ("东厂", synthetic_unit(5).name)


def test_what_is_foreseen_is_what_happens(field: Field) -> None:
    desk = field.first.desk
    take_sheet(desk, sheet_of(field, synthetic_unit(0), synthetic_unit(1)))
    renamed = Unit(key=synthetic_unit(1).key, name="测试更名工厂")
    sheet = sheet_of(field, synthetic_unit(0), renamed, synthetic_unit(2))
    arrivals = [line.arrival for line in foreseen(desk, sheet)]
    assert arrivals == [Arrival.UNCHANGED, Arrival.RENEWED, Arrival.ADDED]
    intake, _ = take_sheet(desk, sheet)
    assert (intake.added, intake.renewed, intake.unchanged) == (1, 2, 1)
    again = [line.arrival for line in foreseen(desk, sheet)]
    assert again == [Arrival.UNCHANGED] * 3
