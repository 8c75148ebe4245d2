"""参赛单位 in the workspace: add, correct, bring in from Excel."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.card import CardId, with_unit
from app.domain.credit_code import parse_credit_code
from app.domain.names import clean_name
from app.domain.trail import AuditEntry
from app.domain.unit import Unit, UnitKey, new_unit, unit_key
from app.errors import AppError, Code
from app.files import read_whole, write_whole
from app.services.desk.desk import Changes, Desk, Noun, changed

if TYPE_CHECKING:
    from app.sheets.unit_sheet import LineProblem, UnitSheet

_NAME, _DISTRICT = _TEXTS = "name", "district"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What bringing in a sheet did: units added, units renewed, lines refused.

    Of the renewed ones some may be `unchanged`: their lines said nothing new.
    """

    added: int
    renewed: int
    unchanged: int
    problems: "tuple[LineProblem, ...]"


def add_unit(desk: Desk, *, name: str, code: str, sub_unit: str) -> tuple[Unit, Changes]:
    """Register a unit; raises as `new_unit`, and UNIT_EXISTS."""
    unit = new_unit(code=code, sub_unit=sub_unit, name=name)
    with desk.workspace.change(AuditEntry(action="unit.add", subject=_subject(unit.key))):
        desk.workspace.units.add(unit)
    return unit, changed(Noun.UNITS)


def set_facts(
    desk: Desk, *, code: str, sub_unit: str, typed: Mapping[str, str]
) -> tuple[Unit, Changes]:
    """Set facts of a unit, its name (`name=...`) or district, here and on its unsealed cards.

    Signatures given over the whole card fall where something changed: `Changes.unsigned` tells.

    Raises:
        AppError: UNIT_UNKNOWN, UNIT_CODE_AMBIGUOUS, FACT_UNKNOWN, FACT_VALUE, FACTS_CONTRADICT.

    """
    unit = find_unit(desk, code=code, sub_unit=sub_unit)
    facts = {fact: value for fact, value in typed.items() if fact not in _TEXTS}
    after = unit.with_facts(facts)
    if _NAME in typed:
        after = replace(after, name=clean_name(typed[_NAME]))
    if _DISTRICT in typed:
        after = after.in_district(typed[_DISTRICT])
    entry = AuditEntry(action="unit.set", subject=_subject(unit.key), details=dict(typed))
    with desk.workspace.change(entry):
        unsigned = _renew(desk, after)
    return after, changed(Noun.UNITS, Noun.CARDS, unsigned=unsigned)


def find_unit(desk: Desk, *, code: str, sub_unit: str) -> Unit:
    """Return the unit a person means; the sub-unit may be left out where the code is unique.

    Raises:
        AppError: CREDIT_CODE_FORMAT, CREDIT_CODE_CHECK, UNIT_UNKNOWN, UNIT_CODE_AMBIGUOUS.

    """
    key = unit_key(code=code, sub_unit=sub_unit)
    exact = desk.workspace.units.get(key)
    if exact is not None:
        return exact
    sharing = desk.workspace.units.with_code(key.code)
    if not sharing or key.sub_unit:
        raise AppError(Code.UNIT_UNKNOWN, code=key.code, sub_unit=key.sub_unit)
    if len(sharing) > 1:
        labels = "、".join(unit.key.sub_unit for unit in sharing)
        raise AppError(Code.UNIT_CODE_AMBIGUOUS, code=key.code, sub_units=labels)
    return sharing[0]


def read_sheet(path: Path) -> "UnitSheet":
    """Read a sheet of units without storing anything; raises as `read_units` and `read_whole`."""
    from app.sheets.unit_sheet import read_units

    return read_units(read_whole(path))


def take_sheet(desk: Desk, sheet: "UnitSheet") -> tuple[Intake, Changes]:
    """Store the good lines of a sheet in one unit of work.

    Facts that a line leaves out stay as they were; a line that contradicts them is not good.

    Raises:
        AppError: SHEET_ROWS_REFUSED when not one line is good.

    """
    units, problems = _over_known(desk, sheet)
    if not units:
        first = problems[0]
        raise AppError(
            Code.SHEET_ROWS_REFUSED,
            count=len(problems),
            line=first.line,
            code=first.error.code.value,
        )
    added = 0
    unsigned: tuple[CardId, ...] = ()
    with desk.workspace.change(
        AuditEntry(action="unit.import", details={"lines": str(len(units))})
    ):
        for held, unit in units:
            if held is None:
                desk.workspace.units.add(unit)
                added += 1
            elif held != unit:
                unsigned += _renew(desk, unit)
    intake = Intake(
        added=added,
        renewed=len(units) - added,
        unchanged=sum(held == unit for held, unit in units),
        problems=problems,
    )
    return intake, changed(Noun.UNITS, Noun.CARDS, unsigned=unsigned)


def export_sheet(desk: Desk, path: Path) -> int:
    """Write all units as .xlsx and return how many."""
    from app.sheets.unit_sheet import write_units

    units = desk.workspace.units.all()
    write_whole(path, write_units(units))
    return len(units)


def suspicious_code(code: str) -> bool:
    """Tell whether a code passes its outer check and fails the inner one: worth a second look."""
    return not parse_credit_code(code).body_checks


def _over_known(
    desk: Desk, sheet: "UnitSheet"
) -> "tuple[list[tuple[Unit | None, Unit]], tuple[LineProblem, ...]]":
    """Return the units as they are held and will stand, and all problems by their lines."""
    from app.sheets.unit_sheet import LineProblem

    units, problems = [], list(sheet.problems)
    for unit in sheet.units:
        held = desk.workspace.units.get(unit.key)
        try:
            units.append((held, unit.over(held)))
        except AppError as error:
            problems.append(LineProblem(line=sheet.lines.get(unit.key, 0), error=error))
    return units, tuple(sorted(problems, key=lambda problem: problem.line))


def _renew(desk: Desk, unit: Unit) -> tuple[CardId, ...]:
    desk.workspace.units.save(unit)
    unsigned = []
    for card in desk.workspace.cards.drafts_of(unit.key):
        after = with_unit(card, unit)
        desk.workspace.cards.save(card, after)
        if len(after.signatures) < len(card.signatures):
            unsigned.append(card.id)
    return tuple(unsigned)


def _subject(key: UnitKey) -> str:
    return f"{key.code} {key.sub_unit}".strip()
