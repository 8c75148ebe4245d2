"""参赛单位 as a workbook: what `units import` reads and `units export` writes, line by line.

The table may stand on any worksheet, below a title. Columns are known by their headings, in any
order; others are passed over. A bad line is a problem to report and never stops the reading.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from app.domain.unit import Fact, Unit, UnitKey, new_unit
from app.errors import AppError, Code
from app.sheets import wording
from app.sheets.workbook import (
    TEXT_FORMAT,
    Content,
    Foreign,
    Line,
    Number,
    Writable,
    new_workbook,
    read_sheets,
    saved,
    write,
)

_NAME, _CODE, _SUB_UNIT, _DISTRICT = "name", "code", "sub_unit", "district"
_REQUIRED = (_NAME, _CODE)
_HEADINGS: dict[str, str] = {
    _NAME: wording.UNIT_NAME,
    _CODE: wording.UNIT_CODE,
    _SUB_UNIT: wording.SUB_UNIT,
    _DISTRICT: wording.DISTRICT,
    Fact.WORKERS: wording.WORKERS,
    Fact.WOMEN: wording.WOMEN,
    Fact.MIGRANT: wording.MIGRANT,
    Fact.HAZARD_EXPOSED: wording.HAZARD_EXPOSED,
    Fact.HIGH_RISK: wording.HIGH_RISK,
}
_TEXTS = (_NAME, _CODE, _SUB_UNIT, _DISTRICT)
_HEADING_ROWS = 10
_MOST_LINES = 50_000
_EXACT_DIGITS = 15  # what a number in Excel keeps
_BRACKETS = re.compile(r"\(.*?\)")
_SCIENTIFIC = re.compile(r"[0-9.]+E\+?[0-9]+")
_WIDTHS = (36, 24, 24, 16, 12, 12, 12, 14, 12)

_Columns = dict[str, int]


def _letters(heading: str) -> str:
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(filter(str.isalnum, plain))


_COLUMNS: dict[str, str] = {
    _letters(known): column
    for column, heading in _HEADINGS.items()
    for known in (column, heading, *wording.ALSO_READ[heading])
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineProblem:
    """A line that was not read, by its number as Excel shows it, and why.

    `name` and `code` are what stands there, for a person to know the line by.
    """

    line: int
    error: AppError
    name: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSheet:
    """What a workbook held: the units that could be read, and the lines that could not.

    `lines` tells where each unit stands, for problems that show later.
    """

    units: tuple[Unit, ...]
    problems: tuple[LineProblem, ...]
    lines: Mapping[UnitKey, int] = field(default_factory=dict, compare=False)


def read_units(workbook: bytes) -> UnitSheet:
    """Return the units of a workbook and the problems of its lines.

    A line's problem is one of SHEET_CODE_NUMBER, SHEET_CELL_KIND, SHEET_UNIT_TWICE, or what
    `new_unit` and `Unit.with_facts` raise.

    Raises:
        AppError: SHEET_DAMAGED, SHEET_COLUMN_MISSING, SHEET_COLUMN_TWICE, SHEET_EMPTY or
            SHEET_TOO_LONG (over 50,000 lines).

    """
    sheets = read_sheets(workbook, most_lines=_HEADING_ROWS + _MOST_LINES + 1)
    columns, lines = _table(sheets)
    filled = tuple(line for line in lines if any(line.cells[place] for place in columns.values()))
    if not filled:
        raise AppError(Code.SHEET_EMPTY)
    if len(filled) > _MOST_LINES:
        raise AppError(Code.SHEET_TOO_LONG, longest=_MOST_LINES)
    return _units(filled, columns)


def write_units(units: Iterable[Unit]) -> bytes:
    """Return a workbook that `read_units` reads back equal; without units, a form to fill in."""
    book, sheet = new_workbook(wording.UNIT_SHEET)
    for place, (column, heading) in enumerate(_HEADINGS.items(), start=1):
        cell = sheet.cell(row=1, column=place)
        write(cell, heading + wording.REQUIRED if column in _REQUIRED else heading)
        cell.font = Font(size=11, bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        below = sheet.column_dimensions[get_column_letter(place)]
        below.width = _WIDTHS[place - 1]
        # A code typed below stays text.
        below.number_format = TEXT_FORMAT if column in _TEXTS else "General"
    for row, unit in enumerate(units, start=2):
        for place, content in enumerate(_contents(unit), start=1):
            write(sheet.cell(row=row, column=place), content)
    sheet.freeze_panes = "A2"
    return saved(book)


def _contents(unit: Unit) -> tuple[Writable, ...]:
    facts = unit.facts
    return (
        unit.name,
        unit.key.code,
        unit.key.sub_unit,
        unit.district,
        facts.workers,
        facts.women,
        facts.migrant,
        facts.hazard_exposed,
        wording.YES_OR_NO[facts.high_risk],
    )


def _table(sheets: Iterable[tuple[Line, ...]]) -> tuple[_Columns, tuple[Line, ...]]:
    nearest: set[str] = set()
    for lines in sheets:
        for place, line in enumerate(lines):
            if line.number > _HEADING_ROWS:
                break
            columns = [(_column(cell), at) for at, cell in enumerate(line.cells)]
            known = {column for column, _ in columns if column}
            if known.issuperset(_REQUIRED):
                return _each_once(columns), lines[place + 1 :]
            nearest = max(nearest, known, key=len)
    missing = [_HEADINGS[column] for column in _REQUIRED if column not in nearest]
    raise AppError(Code.SHEET_COLUMN_MISSING, columns="、".join(missing))


def _column(heading: Content) -> str | None:
    if not isinstance(heading, str):
        return None
    plain = unicodedata.normalize("NFKC", heading)
    return _COLUMNS.get(_letters(plain)) or _COLUMNS.get(_letters(_BRACKETS.sub("", plain)))


def _each_once(columns: Iterable[tuple[str | None, int]]) -> _Columns:
    found: _Columns = {}
    for column, place in columns:
        if column in found:
            raise AppError(Code.SHEET_COLUMN_TWICE, column=_HEADINGS[column])
        if column:
            found[column] = place
    return found


def _units(lines: Iterable[Line], columns: _Columns) -> UnitSheet:
    units: list[Unit] = []
    problems: list[LineProblem] = []
    first_lines: dict[UnitKey, int] = {}
    for line in lines:
        try:
            unit = _unit(line, columns)
            _refuse_second(unit.key, line.number, first_lines)
            units.append(unit)
        except AppError as error:
            problems.append(
                LineProblem(
                    line=line.number,
                    error=error,
                    name=_shown(line.cells[columns[_NAME]]),
                    code=_shown(line.cells[columns[_CODE]]),
                )
            )
    return UnitSheet(units=tuple(units), problems=tuple(problems), lines=first_lines)


def _refuse_second(key: UnitKey, line: int, first_lines: dict[UnitKey, int]) -> None:
    first = first_lines.setdefault(key, line)
    if first != line:
        raise AppError(Code.SHEET_UNIT_TWICE, code=key.code, sub_unit=key.sub_unit, line=first)


def _unit(line: Line, columns: _Columns) -> Unit:
    typed = {column: _typed(column, line.cells[place]) for column, place in columns.items()}
    unit = new_unit(
        code=typed.pop(_CODE), sub_unit=typed.pop(_SUB_UNIT, ""), name=typed.pop(_NAME)
    )
    return unit.in_district(typed.pop(_DISTRICT, "")).with_facts(typed)


def _typed(column: str, content: Content) -> str:
    match content:
        case Number(text) if column == _CODE:
            raise AppError(Code.SHEET_CODE_NUMBER, shown=text)
        case Number(text) if len(text) > _EXACT_DIGITS:
            raise AppError(Code.SHEET_CELL_KIND, column=_HEADINGS[column], shown=text)
        case Number(text):
            return text
        case Foreign(shown):
            raise AppError(Code.SHEET_CELL_KIND, column=_HEADINGS[column], shown=shown)
        case str(text) if column == _CODE and _SCIENTIFIC.fullmatch(text.upper()):
            raise AppError(Code.SHEET_CODE_NUMBER, shown=text)
        case str(text):
            return text


def _shown(content: Content) -> str:
    match content:
        case Number(text):
            return text
        case Foreign(shown):
            return shown
        case str(text):
            return text
