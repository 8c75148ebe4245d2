"""空白评分表: the official form with the unit's name and empty cells, to be filled by hand."""

from app.domain.card import Card
from app.domain.form import Form
from app.domain.signature import Signatory
from app.reports.card import wording
from app.reports.card.form_table import lay_out_form, set_form_head, unit_block
from app.reports.card.margins import set_mark
from app.reports.sheets.sheet import Sheet, Stationery
from app.reports.typeset.page import Page

_GAP = 6.0
_SIGNATORIES = (Signatory.LEAD, Signatory.MEMBER, Signatory.MEMBER, Signatory.UNIT)


def draw_blank(card: Card, form: Form, stationery: Stationery) -> bytes:
    """Return the PDF; of the card only unit, office and 练习 are printed.

    Raises:
        AppError: GLYPH_MISSING, LAYOUT_OVERFLOW.

    """
    sheet = Sheet(stationery, card)
    words, fonts = sheet.words, sheet.fonts
    unit = unit_block(form, fonts, wording.unit_title(card.unit))
    table = lay_out_form(form, fonts, len(unit.lines))
    sheet.pages[:] = [
        Page(number, texts=list(page.texts), rules=list(page.rules))
        for number, page in enumerate(table)
    ]
    set_form_head(sheet.pages[0], fonts, form, unit=unit, day=words.text("pdf.blank.day"))
    sheet.y = table[-1].bottom - _GAP
    sheet.set_field("office", words.text("pdf.blank.sums", office=card.office.name))
    sheet.y -= _GAP
    sheet.set_signing([wording.signatory(which) for which in _SIGNATORIES])
    sheet.y -= _GAP
    sheet.set_seals()
    sheet.y -= _GAP
    sheet.set_words(wording.statement(card.office.name))
    for page in sheet.pages:
        set_mark(page, fonts, words.text("pdf.blank.mark"))
    return sheet.finished(words.text("pdf.blank.title"))
