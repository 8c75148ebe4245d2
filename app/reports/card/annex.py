"""附页: what the card is bound to, what was said at the visit, and how every clause came out.

Each part stands only where the record has something to say.
"""

from collections.abc import Iterator

from app.domain.card import Card, Correction
from app.domain.form import Form
from app.domain.points import points_text
from app.reports.card import annex_words as words
from app.reports.card import wording
from app.reports.card.clause_tables import set_absences, set_clauses
from app.reports.typeset.flow import Flow
from app.reports.typeset.fonts import Style
from app.reports.typeset.page import LEADING, LEFT, RIGHT, Align, Rect, set_block

GUIDE_FIELD = "guide"
_SIZE = 8.5
_SMALL = 8.0
_LABEL_WIDTH = 76.0
_GAP = 5.0
_INSET = 6.0
_GUIDE_LINES = 2  # kept free, so that a reader without its name finds the same pages

_Line = tuple[str, str, str]  # name of the field, label, text


def set_annex(
    flow: Flow, card: Card, form: Form, *, card_hash: str, guide: str, kind: Correction | None
) -> None:
    """Put the annex on pages of its own; `kind` is what a revision changed.

    The name of the guide comes last, so that a reader who does not know it ('') finds everything
    else in its place.
    """
    flow.new_page()
    title = flow.block(words.TITLE, RIGHT - LEFT, 13.0, Style.HEI)
    flow.set_line(title, align=Align.CENTRE)
    flow.y -= 4.0
    for line in (*_head(card, form, card_hash), *_history(card, kind), *_visit(card, form)):
        if line[2]:
            _set_line(flow, *line)
    flow.y -= _GAP
    set_absences(flow, card, form)
    set_clauses(flow, card, form)
    flow.y -= 4.0
    flow.set_line(flow.block(words.NOTE, RIGHT - LEFT, _SIZE))
    flow.y -= _GAP
    _set_reader_notes(flow)
    _set_guide(flow, guide)


def _head(card: Card, form: Form, card_hash: str) -> Iterator[_Line]:
    """Yield who was assessed, by whom, and what the card is bound to."""
    code, label = card.unit.key.code, card.unit.key.sub_unit
    yield "unit", "被考核单位", card.unit.name
    yield "unit_code", "统一社会信用代码", f"{code}（{label}）" if label else code
    yield "unit_facts", "单位情况", words.facts(card.unit)
    yield "season", "竞赛年度", card.season
    yield "dates", "考核日期", wording.period(card)
    yield "office", "竞赛办", f"{card.office.name}（{card.office.code}）"
    yield "terms", "计分规则", f"每步{points_text(card.terms.step)}分；{wording.policy(card)}"
    yield "form", "评分表", f"{form.id}　{form.hash}"
    yield "guide", "评分细则", card.terms.guide
    yield "record", "本表校验值", card_hash
    yield "layout", "版式", wording.LAYOUT


def _history(card: Card, kind: Correction | None) -> Iterator[_Line]:
    """Yield what a revision replaces and whose signatures it carries."""
    if card.previous is not None:
        yield "revised", "修订", words.revised(card, kind)
        yield "standing", "签字情况", words.standing(card)


def _visit(card: Card, form: Form) -> Iterator[_Line]:
    """Yield what was said at the visit, and what it left open."""
    if card.visit is not None:
        yield "visit", "考核程序", words.procedure(card.visit)
        yield "hosts", "接待人员", wording.people(card.visit.received_by)
        if card.visit.transcript is not None:
            yield "transcript", "纸质补录", words.transcript(card.visit.transcript)
    if card.opinion is not None:
        yield "opinion", "单位意见", words.opinion(card.opinion)
    yield "unsigned", "拒签和缺席", words.unsigned(card)
    yield "awaiting", "部门核实待核", words.awaiting(card, form)


def _set_line(flow: Flow, name: str, label: str, text: str) -> None:
    value = flow.block(text, RIGHT - LEFT - _LABEL_WIDTH, _SIZE)
    flow.need(value.height)
    set_block(flow.page, flow.block(label, _LABEL_WIDTH, _SIZE), left=LEFT, top=flow.y)
    rect = flow.set_line(value, left=LEFT + _LABEL_WIDTH)
    flow.page.name_field(f"annex.{name}", rect, value.text)


def _set_reader_notes(flow: Flow) -> None:
    """Put the box that says why a reader may not know the signer, and how to check."""
    width = RIGHT - LEFT - 2 * _INSET
    title = flow.block(words.READER_TITLE, width, _SMALL, Style.HEI)
    lines = [title, *(flow.block(note, width, _SMALL) for note in words.READER_NOTES)]
    height = sum(line.height for line in lines) + 2 * _INSET
    flow.need(height)
    flow.page.box(Rect(LEFT, flow.y - height, RIGHT, flow.y))
    flow.y -= _INSET
    for line in lines:
        flow.set_line(line, left=LEFT + _INSET)
    flow.y -= _INSET + _GAP


def _set_guide(flow: Flow, guide: str) -> None:
    name = flow.block(words.guide(guide), RIGHT - LEFT, _SIZE)
    flow.need(max(name.height, _GUIDE_LINES * _SIZE * LEADING))
    rect = flow.set_line(name)
    flow.page.name_field(GUIDE_FIELD, rect, name.text)
