"""现场记录表: every clause once, in the order of a walk, with room to write.

看现场 comes first, then 问职工, then 查资料: a clause stands where its first method is; the boxes
beside it say which others it needs.
"""

from app.domain.card import Card
from app.domain.form import Clause, Form
from app.domain.guide import ClauseGuide, Guide, Method
from app.domain.points import points_text
from app.reports.sheets.sheet import Sheet, Stationery
from app.reports.typeset.grid import Column, Grid, Piece
from app.reports.typeset.page import LEFT, RIGHT, Align

ORDER = (Method.SITE, Method.PEOPLE, Method.PAPERS)
_NUMBER, _POINTS, _METHODS, _OFF, _PHOTOS, _NOTES = 34.0, 28.0, 52.0, 32.0, 52.0, 104.0
_RULE_SIZE = 7.0
_LEAST = 34.0  # room to write by hand


def draw_walk(card: Card, form: Form, guide: Guide, stationery: Stationery) -> bytes:
    """Return the PDF; raises AppError GLYPH_MISSING, LAYOUT_OVERFLOW."""
    sheet = Sheet(stationery, card)
    words = sheet.words
    title = words.text("pdf.walk.title")
    sheet.set_heading(title, day=words.text("pdf.sheet.day_blank"))
    sheet.set_words(words.text("pdf.walk.intro"))
    sheet.y -= 4.0
    grid = _grid(sheet)
    for method in ORDER:
        mine = [clause for clause in form.clauses if first_method(guide.of(clause.id)) is method]
        if mine:
            grid.band(words.text(f"pdf.walk.{method.value}"))
        for clause in mine:
            _set_clause(sheet, grid, clause, guide.of(clause.id), number=form.number(clause.id))
    sheet.y -= 6.0
    sheet.set_words(words.text("pdf.walk.signing"))
    return sheet.finished(title)


def first_method(entry: ClauseGuide) -> Method:
    """Return where on a walk a clause comes up first; papers where the guide says nothing."""
    return next((method for method in ORDER if method in entry.methods), Method.PAPERS)


def _grid(sheet: Sheet) -> Grid:
    words = sheet.words
    rest = RIGHT - LEFT - _NUMBER - _POINTS - _METHODS - _OFF - _PHOTOS - _NOTES
    return Grid(
        sheet,
        (
            Column(words.text("pdf.column.number"), _NUMBER, Align.CENTRE),
            Column(words.text("pdf.column.clause"), rest),
            Column(words.text("pdf.column.points"), _POINTS, Align.CENTRE),
            Column(words.text("pdf.column.method"), _METHODS),
            Column(words.text("pdf.column.off"), _OFF, Align.CENTRE),
            Column(words.text("pdf.column.photo_numbers"), _PHOTOS),
            Column(words.text("pdf.column.notes"), _NOTES),
        ),
    )


def _set_clause(
    sheet: Sheet, grid: Grid, clause: Clause, entry: ClauseGuide, *, number: str
) -> None:
    methods = [method for method in ORDER if method in entry.methods]
    boxes = (sheet.words.text(f"pdf.box.{method.value}") for method in methods)
    grid.add(
        (
            (grid.piece(0, number),),
            (grid.piece(1, clause.title), *_rules(sheet, grid, entry)),
            (grid.piece(2, points_text(clause.points)),),
            tuple(grid.piece(3, box) for box in boxes),
            (),
            (),
            (),
        ),
        least=_LEAST,
    )


def _rules(sheet: Sheet, grid: Grid, entry: ClauseGuide) -> tuple[Piece, ...]:
    """Return the deduction rules in one small paragraph, each with its points."""
    rules = [
        rule.text
        if rule.points is None
        else sheet.words.text("pdf.walk.rule", rule=rule.text, points=points_text(rule.points))
        for rule in entry.rules
    ]
    text = sheet.words.text("pdf.walk.rules", rules="；".join(rules))
    return (grid.piece(1, text, size=_RULE_SIZE),) if rules else ()
