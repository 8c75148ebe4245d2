"""What bringing in a sheet of units would do, line by line, before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.unit import Fact, Unit, UnitKey
from app.errors import AppError
from app.services.desk.desk import Desk

if TYPE_CHECKING:
    from app.sheets.unit_sheet import UnitSheet

NAME, DISTRICT = "name", "district"
MOST_KEYS = 1_500  # in one piece, far below the 50 ms the database lane may be held


class Arrival(StrEnum):
    """What becomes of a line: 新增, 更新, 未变, 有误."""

    ADDED = "added"
    RENEWED = "renewed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeseenLine:
    """A line of a sheet by its number as Excel shows it, and what would become of it.

    `differing` names what would be renewed: `NAME`, `DISTRICT` or facts. `error` is why a line is
    refused.
    """

    number: int
    name: str
    code: str
    sub_unit: str = ""
    arrival: Arrival
    differing: tuple[str, ...] = ()
    error: AppError | None = None


def held_units(desk: Desk, keys: Sequence[UnitKey]) -> Mapping[UnitKey, Unit]:
    """Return the units of these keys that are registered; ask for `MOST_KEYS` at a time."""
    units = (desk.workspace.units.get(key) for key in keys)
    return {unit.key: unit for unit in units if unit is not None}


def foresee(sheet: "UnitSheet", held: Mapping[UnitKey, Unit]) -> tuple[ForeseenLine, ...]:
    """Return every line of a sheet in its order; `held` are the units registered already."""
    lines = [
        ForeseenLine(
            number=problem.line,
            name=problem.name,
            code=problem.code,
            arrival=Arrival.REFUSED,
            error=problem.error,
        )
        for problem in sheet.problems
    ]
    lines += (
        _line(sheet.lines.get(unit.key, 0), unit, held.get(unit.key)) for unit in sheet.units
    )
    return tuple(sorted(lines, key=lambda line: line.number))


def _line(number: int, unit: Unit, held: Unit | None) -> ForeseenLine:
    line = ForeseenLine(
        number=number,
        name=unit.name,
        code=unit.key.code,
        sub_unit=unit.key.sub_unit,
        arrival=Arrival.ADDED,
    )
    if held is None:
        return line
    try:
        differing = _differing(unit.over(held), held)
    except AppError as error:
        return replace(line, arrival=Arrival.REFUSED, error=error)
    arrival = Arrival.RENEWED if differing else Arrival.UNCHANGED
    return replace(line, arrival=arrival, differing=differing)


def _differing(after: Unit, held: Unit) -> tuple[str, ...]:
    facts = (fact for fact in Fact if getattr(after.facts, fact) != getattr(held.facts, fact))
    named = (NAME,) if after.name != held.name else ()
    placed = (DISTRICT,) if after.district != held.district else ()
    return (*named, *placed, *(fact.value for fact in facts))
