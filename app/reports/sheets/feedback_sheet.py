"""现场反馈单: what was taken off and why, and the unit's word on it, signed on the spot."""

from app.domain.card import CardHash, Policy
from app.domain.feedback import Deduction, Feedback, Inapplicability
from app.domain.points import points_text
from app.domain.signature import Signatory
from app.reports.card import wording
from app.reports.sheets.sheet import Sheet, Stationery
from app.reports.typeset.grid import Column, Grid
from app.reports.typeset.page import LEFT, RIGHT, Align, set_block

_NUMBER, _POINTS, _OFF, _WHY, _PHOTOS = 34.0, 32.0, 32.0, 178.0, 40.0
_GAP = 6.0
_OPINION_HEIGHT = 84.0  # room for a few lines by hand
_PAD = 5.0
_OPEN_BOX, _TICKED_BOX = "□", "√"
_SIGNATORIES = (Signatory.UNIT, Signatory.LEAD, Signatory.MEMBER)


def draw_feedback(told: Feedback, code: CardHash, stationery: Stationery) -> bytes:
    """Return the PDF; `code` is the hash whose check code binds it to the card.

    Raises:
        AppError: GLYPH_MISSING, LAYOUT_OVERFLOW.

    """
    sheet = Sheet(stationery, told.card)
    words = sheet.words
    title = words.text("pdf.feedback.title")
    sheet.set_heading(title, day=wording.period(told.card))
    team = words.text("pdf.feedback.team", team=wording.assessors(told.card))
    sheet.set_field("assessors", team)
    sheet.y -= _GAP
    _set_clauses(sheet, told)
    sheet.y -= _GAP
    sheet.set_field("sums", _sums(sheet, told, code))
    sheet.y -= _GAP
    _set_opinion(sheet, told)
    sheet.y -= _GAP
    sheet.set_signing([wording.signatory(which) for which in _SIGNATORIES])
    sheet.y -= _GAP
    sheet.set_words(wording.statement(told.card.office.name))
    return sheet.finished(title)


def _set_clauses(sheet: Sheet, told: Feedback) -> None:
    """Put the table of deductions, then what was 不涉及; a sentence when there is neither."""
    words = sheet.words
    if not told.deductions:
        sheet.set_words(words.text("pdf.feedback.nothing"))
    if not told.deductions and not told.inapplicable:
        return
    rest = RIGHT - LEFT - _NUMBER - _POINTS - _OFF - _WHY - _PHOTOS
    grid = Grid(
        sheet,
        (
            Column(words.text("pdf.column.number"), _NUMBER, Align.CENTRE),
            Column(words.text("pdf.column.clause"), rest),
            Column(words.text("pdf.column.points"), _POINTS, Align.CENTRE),
            Column(words.text("pdf.column.off"), _OFF, Align.CENTRE),
            Column(words.text("pdf.column.why"), _WHY),
            Column(words.text("pdf.column.photos"), _PHOTOS, Align.CENTRE),
        ),
    )
    for deduction in told.deductions:
        key = "pdf.feedback.rule" if deduction.rule else "pdf.feedback.reason"
        why = words.text(key, reason=deduction.reason) if deduction.reason else ""
        _set_clause(grid, deduction, off=points_text(deduction.off), why=why)
    if told.inapplicable:
        grid.band(words.text("pdf.feedback.absent", policy=wording.policy(told.card)))
    for absent in told.inapplicable:
        _set_clause(grid, absent, off="—", why=absent.reason)


def _set_clause(grid: Grid, line: Deduction | Inapplicability, *, off: str, why: str) -> None:
    clause = line.clause
    files = wording.pieces(line.photos) if isinstance(line, Deduction) else "—"
    grid.add(
        (
            (grid.piece(0, line.number),),
            (grid.piece(1, clause.title),),
            (grid.piece(2, points_text(clause.points)),),
            (grid.piece(3, off, field=f"{clause.id}.off"),),
            (grid.piece(4, why, field=f"{clause.id}.reason"),),
            (grid.piece(5, files, field=f"{clause.id}.evidence"),),
        )
    )


def _sums(sheet: Sheet, told: Feedback, code: CardHash) -> str:
    if told.open_clauses:
        return sheet.words.text("pdf.feedback.open", count=told.open_clauses)
    sums = sheet.words.text(
        "pdf.feedback.sums",
        total=points_text(told.totals.total),
        base=points_text(told.totals.base),
        bonus=points_text(told.totals.bonus),
    )
    if told.policy is Policy.RESCALE:
        converted = points_text(told.totals.converted)
        sums += sheet.words.text("pdf.feedback.converted", converted=converted)
    return sums + sheet.words.text("pdf.feedback.code", code=wording.check_code(code))


def _set_opinion(sheet: Sheet, told: Feedback) -> None:
    """Put the box with the unit's word: as it was given, else to be ticked and written by hand."""
    said = told.opinion
    agrees = _TICKED_BOX if said is not None and not said.objects else _OPEN_BOX
    objects = _TICKED_BOX if said is not None and said.objects else _OPEN_BOX
    question = sheet.words.text("pdf.feedback.opinion", agrees=agrees, objects=objects)
    width = RIGHT - LEFT - 2 * _PAD
    asked = sheet.block(question, width, 10.0)
    answer = sheet.block(said.text if said is not None else "", width, 9.0)
    height = max(_OPINION_HEIGHT, asked.height + answer.height + 2 * _PAD)
    sheet.need(height)
    (box,) = sheet.cells((LEFT, RIGHT), height)
    sheet.page.box(box)
    set_block(sheet.page, asked, left=LEFT + _PAD, top=box.top - _PAD)
    below = box.top - _PAD - asked.height
    rect = set_block(sheet.page, answer, left=LEFT + _PAD, top=below, align=Align.JUSTIFY)
    sheet.page.name_field("opinion", rect, answer.text)
    sheet.y = box.bottom
