"""参赛企业汇总表 as a workbook: title, who files it, the ranked units, totals, what was left out.

Sums stand as values, not as formulas: a reader that does not calculate (a preview, a script, a
phone) shows them too, and they are those of the day of filing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from app.domain.card import Policy
from app.domain.points import points_text
from app.domain.ranking import LeftOut
from app.domain.unit import Fact, Unit
from app.sheets import wording
from app.sheets.layout import (
    HEADING_FONT,
    LEFT,
    TITLE_FONT,
    Look,
    set_page,
    set_widths,
    write_across,
    write_row,
)
from app.sheets.workbook import Writable, new_workbook, saved

_TITLE = Look(font=TITLE_FONT, line_height=36)
_HEADING = Look(font=HEADING_FONT)
_CENTRED = Look()
_LINE = Look(alignment=LEFT)
_TITLE_ROW, _FILING_ROW, _HEADING_ROW = 1, 2, 3
_WHOLE, _LABEL = (1, 14), (1, 4)  # columns, first to last
_FILED_BY, _PREPARED_BY, _FILED_ON = (1, 6), (7, 11), (12, 14)
_WHY = (5, 14)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """One ranked unit. `base` is what was ranked: the 折算得分 where the office rescales."""

    rank: int
    unit: Unit
    base: Decimal
    bonus: Decimal
    assessed_on: date
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutRow:
    """A card that was received and does not stand in the table, and why."""

    unit: Unit
    why: LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many units are registered, and how many of their cards were received and accepted."""

    registered: int
    received: int
    accepted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the table says. `season` is printed before the title; `prepared_by` may be empty."""

    season: str
    office: str
    prepared_by: str
    made_on: date
    policy: Policy
    rehearsal: bool
    rows: tuple[SummaryRow, ...]
    counts: Counts
    left_out: tuple[LeftOutRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of the table. Where it shows a fact, the line of totals sums it."""

    heading: str
    width: int
    content: Callable[[SummaryRow], Writable]
    look: Look = _CENTRED
    fact: Fact | None = None


def write_summary(summary: Summary) -> bytes:
    """Return the table as a workbook; the same summary gives the same bytes."""
    book, sheet = new_workbook(wording.SUMMARY_SHEET)
    columns = _columns(summary)
    set_widths(sheet, (column.width for column in columns))
    set_page(
        sheet,
        heading_row=_HEADING_ROW,
        footer=wording.REHEARSAL if summary.rehearsal else "",
    )
    _write_head(sheet, summary)
    write_row(sheet, _HEADING_ROW, ((column.heading, _HEADING) for column in columns))
    for number, row in enumerate(summary.rows, start=_HEADING_ROW + 1):
        write_row(sheet, number, ((column.content(row), column.look) for column in columns))
    totals = _HEADING_ROW + len(summary.rows) + 1
    _write_totals(sheet, totals, summary.rows, columns)
    notes = tuple(_notes(summary, columns))
    for number, note in enumerate(notes, start=totals + 1):
        write_across(sheet, number, _WHOLE, note, _LINE)
    if summary.left_out:
        _write_left_out(sheet, totals + len(notes) + 2, summary.left_out)
    return saved(book, datetime.combine(summary.made_on, time()))


def _columns(summary: Summary) -> tuple[_Column, ...]:
    rows = summary.rows
    return (
        _Column(heading=wording.RANK, width=6, content=lambda row: row.rank),
        _text(wording.UNIT_NAME, 32, lambda row: row.unit.name),
        _Column(heading=wording.UNIT_CODE, width=21, content=lambda row: row.unit.key.code),
        _text(wording.SUB_UNIT, 18, lambda row: row.unit.key.sub_unit),
        _people(wording.WORKERS, Fact.WORKERS),
        _people(wording.WOMEN, Fact.WOMEN),
        _people(wording.MIGRANT, Fact.MIGRANT),
        _people(wording.HAZARD_EXPOSED, Fact.HAZARD_EXPOSED),
        _Column(
            heading=wording.HIGH_RISK,
            width=8,
            content=lambda row: wording.YES_OR_NO[row.unit.facts.high_risk],
            look=Look(number_format=wording.HIGH_RISK_UNITS),
            fact=Fact.HIGH_RISK,
        ),
        _points(wording.BASE[summary.policy], rows, lambda row: row.base),
        _points(wording.BONUS, rows, lambda row: row.bonus),
        _points(wording.TOTAL, rows, lambda row: row.base + row.bonus),
        _Column(
            heading=wording.ASSESSED_ON,
            width=12,
            content=lambda row: row.assessed_on,
            look=Look(number_format="yyyy-mm-dd"),
        ),
        _text(wording.REMARK, 18, lambda row: row.remark),
    )


def _text(heading: str, width: int, content: Callable[[SummaryRow], str]) -> _Column:
    return _Column(heading=heading, width=width, content=content, look=_LINE)


def _people(heading: str, fact: Fact) -> _Column:
    return _Column(
        heading=heading,
        width=10,
        content=lambda row: _declared(row, fact),
        look=Look(number_format="0"),
        fact=fact,
    )


def _points(
    heading: str, rows: Iterable[SummaryRow], points: Callable[[SummaryRow], Decimal]
) -> _Column:
    """Return a column whose figures all show the decimals that the longest of them has."""
    decimals = max((len(points_text(points(row)).partition(".")[2]) for row in rows), default=0)
    look = Look(number_format=f"{0:.{decimals}f}")
    return _Column(heading=heading, width=10, content=points, look=look)


def _declared(row: SummaryRow, fact: Fact) -> int | None:
    declared: int | None = getattr(row.unit.facts, fact)
    return declared


def _notes(summary: Summary, columns: Iterable[_Column]) -> Iterator[str]:
    counts = summary.counts
    yield wording.COUNTS.format(
        registered=counts.registered,
        received=counts.received,
        accepted=counts.accepted,
        left_out=len(summary.left_out),
    )
    missing = [
        wording.NOT_DECLARED_COLUMN.format(column=column.heading, units=units)
        for column in columns
        if column.fact and (units := _undeclared(summary.rows, column.fact))
    ]
    if missing:
        yield wording.NOT_DECLARED.format(columns=wording.BETWEEN_COLUMNS.join(missing))


def _undeclared(rows: Iterable[SummaryRow], fact: Fact) -> int:
    return sum(_declared(row, fact) is None for row in rows)


def _sum(rows: Iterable[SummaryRow], fact: Fact) -> int | None:
    """Return the sum of what is known of a fact, None where nothing is."""
    known = [declared for row in rows if (declared := _declared(row, fact)) is not None]
    return sum(known) if known else None


def _write_head(sheet: Worksheet, summary: Summary) -> None:
    title = wording.SUMMARY_TITLE.format(season=summary.season)
    if summary.rehearsal:
        title += wording.REHEARSAL_TITLE
    write_across(sheet, _TITLE_ROW, _WHOLE, title, _TITLE)
    day = wording.DAY.format(summary.made_on)
    filing = (
        (_FILED_BY, wording.FILED_BY.format(office=summary.office)),
        (_PREPARED_BY, wording.PREPARED_BY.format(person=summary.prepared_by)),
        (_FILED_ON, wording.FILED_ON.format(day=day)),
    )
    for columns, text in filing:
        write_across(sheet, _FILING_ROW, columns, text, _LINE)


def _write_totals(
    sheet: Worksheet, number: int, rows: tuple[SummaryRow, ...], columns: Iterable[_Column]
) -> None:
    sums = (
        (_sum(rows, column.fact) if column.fact else None, replace(column.look, font=HEADING_FONT))
        for column in columns
    )
    write_row(sheet, number, sums)
    write_across(sheet, number, _LABEL, wording.TOTALS_LINE.format(units=len(rows)), _HEADING)


def _write_left_out(sheet: Worksheet, number: int, left_out: Iterable[LeftOutRow]) -> None:
    title = replace(_HEADING, alignment=LEFT)
    write_across(sheet, number, _WHOLE, wording.LEFT_OUT_TITLE, title)
    headings = tuple((heading, _HEADING) for heading in wording.LEFT_OUT)
    _write_reason(sheet, number + 1, headings, (wording.LEFT_OUT_WHY, _HEADING))
    for place, row in enumerate(left_out, start=1):
        unit = row.unit
        who = (
            (place, _CENTRED),
            (unit.name, _LINE),
            (unit.key.code, _CENTRED),
            (unit.key.sub_unit, _LINE),
        )
        _write_reason(sheet, number + 1 + place, who, (wording.WHY[row.why], _LINE))


def _write_reason(
    sheet: Worksheet, row: int, who: tuple[tuple[Writable, Look], ...], why: tuple[str, Look]
) -> None:
    first, last = _WHY
    under_the_reason = ((None, _CENTRED),) * (last - first + 1)
    write_row(sheet, row, who + under_the_reason)
    write_across(sheet, row, _WHY, *why)
