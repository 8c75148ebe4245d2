"""准备资料清单: what the unit should lay ready, clause by clause; sent before the visit."""

from app.domain.card import Card
from app.domain.form import Form
from app.domain.guide import Guide
from app.reports.sheets.sheet import Sheet, Stationery
from app.reports.typeset.grid import Column, Grid
from app.reports.typeset.page import LEFT, RIGHT, Align

_NUMBER, _PAPERS, _REMARK = 34.0, 214.0, 74.0
_BOX = "□ "


def draw_checklist(card: Card, form: Form, guide: Guide, stationery: Stationery) -> bytes:
    """Return the PDF; a clause for which the guide names no papers is left out.

    Raises:
        AppError: GLYPH_MISSING, LAYOUT_OVERFLOW.

    """
    sheet = Sheet(stationery, card)
    words = sheet.words
    title = words.text("pdf.checklist.title")
    sheet.set_heading(title, day=words.text("pdf.sheet.day_blank"))
    sheet.set_words(words.text("pdf.checklist.intro"))
    sheet.y -= 4.0
    text_width = RIGHT - LEFT - _NUMBER - _PAPERS - _REMARK
    grid = Grid(
        sheet,
        (
            Column(words.text("pdf.column.number"), _NUMBER, Align.CENTRE),
            Column(words.text("pdf.column.clause"), text_width),
            Column(words.text("pdf.column.papers"), _PAPERS),
            Column(words.text("pdf.column.remark"), _REMARK),
        ),
    )
    for section in form.sections:
        grid.band(section.title)
        for clause in section.clauses:
            papers = [*guide.of(clause.id).papers]
            if papers and clause.absent_fact is not None:
                papers.append(words.text("pdf.checklist.declaration"))
            if papers:
                grid.add(
                    (
                        (grid.piece(0, form.number(clause.id)),),
                        (grid.piece(1, clause.title),),
                        tuple(grid.piece(2, _BOX + paper) for paper in papers),
                        (),
                    )
                )
    sheet.y -= 6.0
    sheet.set_words(words.text("pdf.checklist.note", guide=guide.title))
    return sheet.finished(title)
