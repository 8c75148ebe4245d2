"""附页: every clause with what it got, how and why, and what the card is bound to."""

from collections.abc import Iterator

from app.domain.card import Card
from app.domain.form import Clause, Form, Section
from app.domain.points import points_text
from app.reports import wording
from app.reports.flow import Flow
from app.reports.fonts import Style
from app.reports.page import LEFT, RIGHT, Align, Block, set_block, set_centred

GUIDE_FIELD = "guide"
_SIZE = 8.5
_PAD = 2.2
_EDGES = (LEFT, LEFT + 26, RIGHT - 224, RIGHT - 194, RIGHT - 164, RIGHT - 92, RIGHT - 32, RIGHT)
_HEADER_HEIGHT = 17.0
_LABEL_WIDTH = 76.0
_ONE_CLAUSE = 40.0  # what must follow a section's name on its page


def set_annex(flow: Flow, card: Card, form: Form, *, card_hash: str, guide: str) -> None:
    """Put the annex on pages of its own.

    The name of the guide comes last, so that a reader who does not know it ('') finds everything
    else in its place.
    """
    flow.new_page()
    title = flow.block(wording.ANNEX_TITLE, RIGHT - LEFT, 13.0, Style.HEI)
    flow.set_line(title, align=Align.CENTRE)
    flow.y -= 4.0
    for fact in _facts(card, form, card_hash):
        _set_fact(flow, *fact)
    flow.y -= 5.0
    _set_header(flow)
    number = 0
    for section in form.sections:
        _set_section(flow, section)
        for clause in section.clauses:
            number += 1
            _set_clause(flow, card, clause, number=number, bonus=section.bonus)
            _set_reason(flow, card, clause)
    flow.y -= 4.0
    for note in wording.ANNEX_NOTES:
        flow.set_line(flow.block(note, RIGHT - LEFT, _SIZE))
    name = flow.block(wording.guide(guide), RIGHT - LEFT, _SIZE)
    rect = flow.set_line(name)
    flow.page.name_field(GUIDE_FIELD, rect, name.text)


def _facts(card: Card, form: Form, card_hash: str) -> list[tuple[str, str, str]]:
    """Return the lines above the table: name of the field, label, text."""
    code, label = card.unit.key.code, card.unit.key.sub_unit
    return [
        ("unit", "被考核单位", card.unit.name),
        ("unit_code", "统一社会信用代码", f"{code}（{label}）" if label else code),
        ("unit_facts", "单位情况", wording.facts(card.unit)),
        ("season", "竞赛年度", card.season),
        ("dates", "考核日期", wording.period(card)),
        ("office", "竞赛办", f"{card.office.name}（{card.office.code}）"),
        *_said_at_the_visit(card),
        ("terms", "计分规则", f"每步{points_text(card.terms.step)}分；{wording.policy(card)}"),
        ("form", "评分表", f"{form.id}　{form.hash}"),
        ("guide", "评分细则", card.terms.guide),
        ("record", "本表记录", card_hash),
    ]


def _said_at_the_visit(card: Card) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of visit and opinion; a card that has neither prints none."""
    if card.visit is not None:
        yield ("visit", "考核程序", wording.procedure(card.visit))
        if card.visit.received_by:
            yield ("hosts", "接待人员", wording.hosts(card.visit))
        if card.visit.transcript is not None:
            yield ("transcript", "纸质补录", wording.transcript(card.visit.transcript))
    if card.opinion is not None:
        yield ("opinion", "单位意见", wording.opinion(card.opinion))


def _set_fact(flow: Flow, name: str, label: str, text: str) -> None:
    value = flow.block(text, RIGHT - LEFT - _LABEL_WIDTH, _SIZE)
    flow.need(value.height)
    set_block(flow.page, flow.block(label, _LABEL_WIDTH, _SIZE), left=LEFT, top=flow.y)
    rect = flow.set_line(value, left=LEFT + _LABEL_WIDTH)
    flow.page.name_field(f"annex.{name}", rect, value.text)


def _set_header(flow: Flow) -> None:
    flow.set_header(_EDGES, wording.ANNEX_COLUMNS, height=_HEADER_HEIGHT, size=_SIZE)


def _need(flow: Flow, height: float) -> None:
    if flow.need(height):
        _set_header(flow)


def _set_section(flow: Flow, section: Section) -> None:
    name = flow.block(section.title, RIGHT - LEFT - 8.0, _SIZE, Style.HEI)
    height = name.height + 2 * _PAD
    _need(flow, height + _ONE_CLAUSE)
    set_block(flow.page, name, left=LEFT + 4.0, top=flow.y - _PAD)
    flow.close_row((LEFT, RIGHT), height)


def _set_clause(flow: Flow, card: Card, clause: Clause, *, number: int, bonus: bool) -> None:
    """Put the row of a clause, on the page that its reason will fit on too."""
    text = flow.block(clause.text, _EDGES[2] - _EDGES[1] - 2 * 3.0, _SIZE)
    height = text.height + 2 * _PAD
    _need(flow, height + _reason_height(_reason(flow, card, clause)))
    first, content, *narrow = flow.cells(_EDGES, height)
    shown = {
        "maximum": points_text(clause.points),
        "points": wording.clause_points(card, clause),
        "status": wording.status(card, clause, bonus=bonus),
        "source": wording.source(card, clause),
        "evidence": wording.pieces(card.evidence.get(clause.id, ())),
    }
    set_centred(flow.page, flow.block(str(number), first.width, _SIZE), first)
    set_block(flow.page, text, left=content.left + 3.0, top=flow.y - _PAD)
    for (name, value), cell in zip(shown.items(), narrow, strict=True):
        inner = set_centred(flow.page, flow.block(value, cell.width - 2, _SIZE), cell)
        flow.page.name_field(f"{clause.id}.{name}", inner, value)
    flow.close_row(_EDGES, height)


def _set_reason(flow: Flow, card: Card, clause: Clause) -> None:
    why = _reason(flow, card, clause)
    if why.text:
        rect = set_block(flow.page, why, left=LEFT + 8.0, top=flow.y - _PAD)
        flow.page.name_field(f"{clause.id}.reason", rect, why.text)
        flow.close_row((LEFT, RIGHT), _reason_height(why))


def _reason(flow: Flow, card: Card, clause: Clause) -> Block:
    return flow.block(wording.reason(card, clause), RIGHT - LEFT - 2 * 8.0, _SIZE)


def _reason_height(why: Block) -> float:
    return why.height + 2 * _PAD if why.text else 0.0
