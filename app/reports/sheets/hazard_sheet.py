"""隐患清单: every hazard of a unit, what became of it and when, for the office's file.

It names persons in charge but no telephone: a list is passed around.
"""

from collections.abc import Iterator
from datetime import date

from app.domain.card import Card
from app.domain.hazard import Hazard, Recipient, Step, days_overdue, is_from_before
from app.domain.moment import CHINA, local_date
from app.reports.card import wording
from app.reports.sheets.sheet import Sheet, Stationery
from app.reports.typeset.grid import Column, Grid, Piece
from app.reports.typeset.page import LEFT, RIGHT, Align
from app.text.catalogue import Catalogue

_NUMBER, _STATE, _MEASURE, _HISTORY = 28.0, 52.0, 128.0, 132.0
_FIELDS = ("number", "text", "state", "measure", "steps")  # of the columns


def draw_hazard_list(
    card: Card, hazards: tuple[Hazard, ...], today: date, stationery: Stationery
) -> bytes:
    """Return the PDF; raises AppError GLYPH_MISSING, LAYOUT_OVERFLOW."""
    sheet = Sheet(stationery, card)
    words = sheet.words
    title = words.text("pdf.hazards.title")
    sheet.set_heading(title, day=wording.period(card))
    left = sum(not hazard.is_settled for hazard in hazards)
    day = wording.full_date(today)
    sheet.set_words(words.text("pdf.hazards.intro", day=day, count=len(hazards), open=left))
    sheet.y -= 4.0
    grid = _grid(sheet)
    for number, hazard in enumerate(hazards, start=1):
        texts = (
            (str(number),),
            tuple(_found(hazard, today, words)),
            (words.text(f"pdf.hazard.state.{hazard.state}"), *_late(hazard, today, words)),
            tuple(_agreed(hazard, words)),
            tuple(_told(step, words) for step in hazard.steps),
        )
        grid.add_long(
            [
                _pieces(grid, place, some, field=f"hazard.{number}.{name}")
                for place, (name, some) in enumerate(zip(_FIELDS, texts, strict=True))
            ]
        )
    return sheet.finished(title)


def _grid(sheet: Sheet) -> Grid:
    words = sheet.words
    rest = RIGHT - LEFT - _NUMBER - _STATE - _MEASURE - _HISTORY
    return Grid(
        sheet,
        (
            Column(words.text("pdf.column.number"), _NUMBER, Align.CENTRE),
            Column(words.text("pdf.column.hazard"), rest),
            Column(words.text("pdf.column.state"), _STATE, Align.CENTRE),
            Column(words.text("pdf.column.measure"), _MEASURE),
            Column(words.text("pdf.column.steps"), _HISTORY),
        ),
    )


def _pieces(grid: Grid, place: int, texts: tuple[str, ...], *, field: str) -> tuple[Piece, ...]:
    return tuple(grid.piece(place, text, field=field) for text in texts)


def _found(hazard: Hazard, today: date, words: Catalogue) -> Iterator[str]:
    yield hazard.text
    if hazard.place:
        yield words.text("pdf.hazards.place", place=hazard.place)
    yield words.text(f"pdf.grade.{hazard.grade}")
    if is_from_before(hazard, today):
        yield words.text("pdf.hazards.from_year", year=local_date(hazard.raised.at).year)


def _late(hazard: Hazard, today: date, words: Catalogue) -> Iterator[str]:
    if days := days_overdue(hazard, today):
        yield words.text("pdf.hazards.late", days=days)


def _agreed(hazard: Hazard, words: Catalogue) -> Iterator[str]:
    """Yield measure, person and deadline, then for a suspected major one both reports."""
    if hazard.measure:
        yield hazard.measure
    if hazard.person.name:
        yield words.text("pdf.hazards.person", name=hazard.person.name)
    if hazard.deadline is not None:
        yield words.text("pdf.hazards.deadline", day=hazard.deadline.isoformat())
    for recipient in Recipient if hazard.is_suspected_major else ():
        report = hazard.report(recipient)
        on = report.on.isoformat() if report.on else words.text("pdf.hazards.unreported")
        yield words.text(f"pdf.hazards.report.{recipient}", on=on)
    if hazard.before or hazard.after:
        before, after = len(hazard.before), len(hazard.after)
        yield words.text("pdf.hazards.photos", before=before, after=after)


def _told(step: Step, words: Catalogue) -> str:
    at = f"{step.by.at.astimezone(CHINA):%Y-%m-%d}"
    parts = (at, words.text(f"pdf.hazard.act.{step.act}"), step.by.who, step.remark)
    return "　".join(filter(None, parts))
