"""The table of signatures: who signs for whom, with post, manner and time; ink as it was drawn.

A print to be signed has an empty row for everybody who has not signed yet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.card import Card
from app.domain.signature import Ink, Signatory, Signature
from app.reports.card import wording
from app.reports.typeset.flow import Flow
from app.reports.typeset.page import LEFT, RIGHT, Block, Drawn, Rect, set_centred

_SIZE = 8.5
_PAD = 3.0
SIGNING_EDGES = (LEFT, LEFT + 84.0, LEFT + 164.0, LEFT + 240.0, RIGHT - 88.0, RIGHT)
_NAMES = ("", ".name", ".post", ".manner", ".at")
_INK_CELL = 3
_HEADER_HEIGHT = 17.0
_LOW_ROW, _TALL_ROW = 27.0, 52.0
_ROUNDING = 0.01  # rows that fill a page to the last float must not run over it


@dataclass(frozen=True, slots=True)
class _Row:
    """One signatory: the five cells, and the ink for the fourth if it was drawn."""

    field: str
    cells: tuple[Block, ...]
    ink: Ink | None

    @property
    def least(self) -> float:
        return max(_LOW_ROW, *(cell.height + 2 * _PAD for cell in self.cells))


def set_signatures(flow: Flow, card: Card, *, is_sealed: bool, tail: float) -> None:
    """Put the table, its rows as tall as the page allows; `tail` is what should follow on it."""
    rows = list(_rows(flow, card, is_sealed=is_sealed))
    room = flow.room() - _HEADER_HEIGHT - sum(row.least for row in rows) - _ROUNDING
    spare = room - tail if room >= tail else room  # what cannot follow needs no room kept
    stretch = min(max(spare / len(rows), 0.0), _TALL_ROW - _LOW_ROW)
    flow.need(_HEADER_HEIGHT + rows[0].least)
    _set_header(flow)
    for row in rows:
        if flow.need(row.least + stretch):
            _set_header(flow)
        _set_row(flow, row, row.least + stretch)


def _rows(flow: Flow, card: Card, *, is_sealed: bool) -> Iterator[_Row]:
    for which in Signatory:
        given = [held for held in card.signatures if held.signatory is which]
        awaited = [] if is_sealed and card.signatures else _awaited(card, which, given)
        lines = [
            *((held.name, *wording.said(card, held), held.manner) for held in given),
            *((name, "", wording.DAY_BY_HAND, None) for name in awaited),
        ]
        for number, (name, manner, at, drawn) in enumerate(lines, start=1):
            suffix = f".{number}" if which is Signatory.MEMBER else ""
            texts = (wording.signatory(which), name, wording.post(card, which, name), manner, at)
            yield _Row(
                f"signature.{which}{suffix}",
                _blocks(flow, texts),
                drawn if isinstance(drawn, Ink) else None,
            )


def _awaited(card: Card, which: Signatory, given: Sequence[Signature]) -> list[str]:
    """Return the names of who has yet to sign, '' for somebody whose name is not known."""
    lead, *members = [person.name for person in card.assessors] or [""]
    signed = {held.name for held in card.signatures if held.signatory is not Signatory.UNIT}
    nobody = [] if given else [""]
    match which:
        case Signatory.LEAD:
            return nobody if given or lead in signed else [lead]
        case Signatory.MEMBER:
            return [name for name in members if name not in signed] or nobody
        case Signatory.UNIT:
            return nobody


def _blocks(flow: Flow, texts: Sequence[str]) -> tuple[Block, ...]:
    return tuple(
        flow.block(text, right - left - 2 * _PAD, _SIZE)
        for text, (left, right) in zip(texts, pairwise(SIGNING_EDGES), strict=True)
    )


def _set_header(flow: Flow) -> None:
    flow.set_header(SIGNING_EDGES, wording.SIGNATURE_COLUMNS, height=_HEADER_HEIGHT, size=_SIZE)


def _set_row(flow: Flow, row: _Row, height: float) -> None:
    cells = flow.cells(SIGNING_EDGES, height)
    for name, content, cell in zip(_NAMES, row.cells, cells, strict=True):
        inner = set_centred(flow.page, content, cell)
        if name:
            flow.page.name_field(row.field + name, inner, content.text)
    if row.ink is not None:
        place = cells[_INK_CELL]
        inner = Rect(place.left + 4, place.bottom + 3, place.right - 4, place.top - 3)
        flow.page.ink.append(Drawn(row.ink, inner))
    flow.close_row(SIGNING_EDGES, height)
