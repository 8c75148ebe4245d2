"""What stands below the form: totals, signatures, seals and what signing means.

Nothing of it is inside the official table. It fills what the table left of the last page; what
does not fit goes on to the next one, and no row of it is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from app.domain.card import Card, Correction, Policy
from app.domain.points import points_text
from app.domain.scoring import Totals
from app.domain.signature import Ink, Signatory
from app.reports import wording
from app.reports.flow import Flow
from app.reports.page import (
    LEADING,
    LEFT,
    RIGHT,
    Align,
    Block,
    Drawn,
    Named,
    Rect,
    set_block,
    set_centred,
    set_sentence,
)

_SIZE = 9.5
_SMALL = 8.5
_PAD = 3.0
_EDGES = (LEFT, LEFT + 96.0, LEFT + 190.0, RIGHT - 92.0, RIGHT)
_HEADER_HEIGHT = 17.0
_LOW_ROW, _TALL_ROW = 27.0, 52.0
_LOW_SEALS, _TALL_SEALS = 60.0, 130.0
_GAP = 5.0
_ROUNDING = 0.01  # rows that fill a page to the last float must leave room for the seals


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums as printed: nothing while a base clause is open, because blank is never 0."""

    totals: Totals
    is_open: bool

    @property
    def total(self) -> str:
        """Return 总得分."""
        return self._text(self.totals.total)

    @property
    def base(self) -> str:
        """Return 得分（百分制）."""
        return self._text(self.totals.base)

    @property
    def bonus(self) -> str:
        """Return 额外加分."""
        return self._text(self.totals.bonus)

    @property
    def converted(self) -> str:
        """Return 折算得分."""
        return self._text(self.totals.converted)

    def _text(self, points: Decimal) -> str:
        return "" if self.is_open else points_text(points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What the block says. `sealed_by` is '' for a print that is not sealed."""

    card: Card
    figures: Figures
    check_code: str
    correction: Correction | None
    sealed_by: str


@dataclass(frozen=True, slots=True)
class _Row:
    """One signatory: the four cells, and the ink for the third if it was drawn."""

    field: str
    cells: tuple[Block, ...]
    ink: Ink | None

    @property
    def least(self) -> float:
        return max(_LOW_ROW, *(cell.height + 2 * _PAD for cell in self.cells))


def set_signature_block(flow: Flow, below: Below) -> tuple[int, Rect]:
    """Put the block below the table; return page and rectangle of the electronic seal."""
    _set_totals(flow, below)
    _set_lines(flow, below)
    statement = flow.block(wording.statement(below.card.office.name), RIGHT - LEFT, _SMALL)
    tail = statement.height + _GAP
    flow.y -= _GAP
    sealer = _sealer(flow, below.sealed_by)
    low = max(_LOW_SEALS, 2 * _PAD + _SMALL * LEADING + sum(each.height for each in sealer))
    _set_rows(flow, _rows(flow, below.card), low + tail + _GAP + _ROUNDING)
    flow.y -= _GAP
    seal = _set_seals(flow, sealer, low, tail)
    flow.y -= _GAP
    flow.set_line(statement, align=Align.JUSTIFY)
    return seal


def _set_totals(flow: Flow, below: Below) -> None:
    figures = below.figures
    parts: list[str | Named] = [
        "其中 得分（百分制）",
        Named("base", figures.base),
        "，额外加分 ",
        Named("bonus", figures.bonus),
    ]
    if below.card.terms.policy is Policy.RESCALE:
        parts += ["；折算得分 ", Named("converted", figures.converted)]
    _set_sentence(flow, parts)
    revision = Named("revision", wording.revision(below.card, below.correction))
    code = Named("check_code", below.check_code)
    _set_sentence(flow, [f"总得分 {figures.total}　校验码 ", code, "　", revision])


def _set_sentence(flow: Flow, pieces: Sequence[str | Named]) -> None:
    height = _SIZE * LEADING
    flow.need(height)
    set_sentence(flow.page, flow.fonts, pieces, left=LEFT, top=flow.y, size=_SIZE)
    flow.y -= height


def _set_lines(flow: Flow, below: Below) -> None:
    lines = {
        "replaces": wording.replaces(below.card),
        "office": f"竞赛办：{below.card.office.name}",
        "assessors": f"考核组：{wording.assessors(below.card)}",
    }
    for name, text in lines.items():
        if text:
            content = flow.block(text, RIGHT - LEFT, _SIZE)
            rect = flow.set_line(content)
            flow.page.name_field(name, rect, content.text)


def _rows(flow: Flow, card: Card) -> list[_Row]:
    """Return a row for each signature, and an empty one for each signatory without any."""
    rows: list[_Row] = []
    for which in Signatory:
        given = [held for held in card.signatures if held.signatory is which]
        for number, signature in enumerate(given or [None], start=1):
            suffix = f".{number}" if which is Signatory.MEMBER else ""
            said = wording.said(card, signature) if signature else ("", "", "")
            texts = (wording.signatory(which), *said)
            cells = tuple(
                flow.block(text, right - left - 2 * _PAD, _SMALL)
                for text, (left, right) in zip(texts, pairwise(_EDGES), strict=True)
            )
            ink = signature.manner if signature and isinstance(signature.manner, Ink) else None
            rows.append(_Row(f"signature.{which}{suffix}", cells, ink))
    return rows


def _set_rows(flow: Flow, rows: Sequence[_Row], tail: float) -> None:
    """Put the table of signatures, its rows as tall as the page allows."""
    spare = flow.room() - _HEADER_HEIGHT - tail - sum(row.least for row in rows)
    stretch = min(max(spare / len(rows), 0.0), _TALL_ROW - _LOW_ROW)
    flow.need(_HEADER_HEIGHT + rows[0].least)
    _set_header(flow)
    for row in rows:
        if flow.need(row.least + stretch):
            _set_header(flow)
        _set_row(flow, row, row.least + stretch)


def _set_header(flow: Flow) -> None:
    flow.set_header(_EDGES, wording.SIGNATURE_COLUMNS, height=_HEADER_HEIGHT, size=_SMALL)


def _set_row(flow: Flow, row: _Row, height: float) -> None:
    cells = flow.cells(_EDGES, height)
    names = ("", ".name", ".manner", ".at")
    for suffix, content, cell in zip(names, row.cells, cells, strict=True):
        inner = set_centred(flow.page, content, cell)
        if suffix:
            flow.page.name_field(row.field + suffix, inner, content.text)
    if row.ink is not None:
        place = cells[2]
        inner = Rect(place.left + 4, place.bottom + 3, place.right - 4, place.top - 3)
        flow.page.ink.append(Drawn(row.ink, inner))
    flow.close_row(_EDGES, height)


def _sealer(flow: Flow, sealed_by: str) -> tuple[Block, ...]:
    """Return who seals and what that means, broken into lines; nothing for a print not sealed."""
    if not sealed_by:
        return ()
    width = (RIGHT - LEFT) / 3 - 2 * _PAD
    return flow.block(sealed_by, width, 11.0), flow.block(wording.SEAL_MEANING, width, 7.0)


def _set_seals(flow: Flow, sealer: tuple[Block, ...], low: float, tail: float) -> tuple[int, Rect]:
    """Put the three places for seals; return page and rectangle of the electronic one."""
    flow.need(low + tail)
    height = max(low, min(flow.room() - tail, _TALL_SEALS))
    third = (RIGHT - LEFT) / 3
    cells = flow.cells([LEFT + number * third for number in range(4)], height)
    names = (wording.UNIT_SEAL, wording.OFFICE_SEAL, wording.ELECTRONIC_SEAL)
    for name, cell in zip(names, cells, strict=True):
        flow.page.box(cell)
        label = flow.block(name, cell.width - 2 * _PAD, _SMALL)
        set_block(flow.page, label, left=cell.left + _PAD, top=cell.top - _PAD)
    if sealer:
        _set_sealer(flow, *sealer, cell=cells[-1])
    flow.y -= height
    return flow.page.number, cells[-1]


def _set_sealer(flow: Flow, name: Block, meaning: Block, *, cell: Rect) -> None:
    middle = (cell.top + cell.bottom + name.height + meaning.height) / 2 - 4.0
    top = min(middle, cell.top - _PAD - _SMALL * LEADING)  # below the label
    left = cell.left + _PAD
    rect = set_block(flow.page, name, left=left, top=top, align=Align.CENTRE)
    flow.page.name_field("sealed_by", rect, name.text)
    set_block(flow.page, meaning, left=left, top=top - name.height, align=Align.CENTRE)
