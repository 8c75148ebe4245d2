"""Where a card is sealed: on paper by unit and office, by a code to check, and by keys."""

from dataclasses import dataclass

from app.domain.signature import Ink
from app.reports.card import wording
from app.reports.card.sealers import SealedBy, set_seal
from app.reports.typeset.flow import Flow
from app.reports.typeset.fonts import Style
from app.reports.typeset.page import (
    LEADING,
    LEFT,
    RIGHT,
    Align,
    Field,
    Matrix,
    Rect,
    Rule,
    set_block,
)
from app.reports.typeset.qr import modules

_MM = 72 / 25.4
_CODE = 40 * _MM
_QUIET = 8.4  # around the code: 4 modules of one with 54 or more
_CODE_CELL = _CODE + 2 * _QUIET  # its height: a round seal of 42 mm beside it has room too
_SEAL_HEIGHT = 60.0
_PAD = 3.0
_SIZE = 8.5
_SMALL = 7.5
_LABEL_HEIGHT = _PAD + _SIZE * LEADING
PLACES_HEIGHT = _CODE_CELL + _SEAL_HEIGHT


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where an electronic seal stands; `page` counts from 0."""

    page: int
    rect: Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What is known of the seals when the page is drawn.

    `by` is None for a print that is not sealed, `ink` where he did not sign in ink, `proof` the
    text of the code, '' where there is none (yet).
    """

    by: SealedBy | None
    ink: Ink | None
    proof: str


def set_seal_places(
    flow: Flow, sealed: Sealed, *, check_code: str, count: int
) -> tuple[SealPlace, ...]:
    """Put the places of all seals, `count` of them electronic; return where those are."""
    flow.need(PLACES_HEIGHT)
    middle = (LEFT + RIGHT) / 2
    edges = (LEFT, (LEFT + middle) / 2, middle, RIGHT)
    unit, office, code = flow.cells(edges, _CODE_CELL)
    flow.page.rules.append(Rule(LEFT, flow.y, RIGHT, flow.y))
    _set_label(flow, wording.UNIT_SEAL, unit)
    _set_label(flow, wording.OFFICE_SEAL, office)
    _set_proof(flow, sealed, code, check_code=check_code)
    flow.close_row(edges, _CODE_CELL)
    halves = (LEFT, middle, RIGHT) if count > 1 else (LEFT, RIGHT)
    names = (wording.FIRST_SEAL, wording.SECOND_SEAL)[:count]
    cells = flow.cells(halves, _SEAL_HEIGHT)
    places = [_set_label(flow, name, cell) for name, cell in zip(names, cells, strict=True)]
    if sealed.by is not None:
        set_seal(flow.page, flow.fonts, sealed.by, ink=sealed.ink, place=places[0])
    flow.close_row(halves, _SEAL_HEIGHT)
    return tuple(SealPlace(flow.page.number, place) for place in places)


def _set_label(flow: Flow, name: str, cell: Rect) -> Rect:
    """Name a place; return what is left of it below the name."""
    label = flow.block(name, cell.width - 2 * _PAD, _SIZE)
    set_block(flow.page, label, left=cell.left + _PAD, top=cell.top - _PAD)
    return Rect(cell.left + 1, cell.bottom + 1, cell.right - 1, cell.top - _LABEL_HEIGHT)


def _set_proof(flow: Flow, sealed: Sealed, cell: Rect, *, check_code: str) -> None:
    """Put the code, or why there is none, and beside it what it is and how it is checked."""
    left, bottom = cell.left + _QUIET, cell.bottom + _QUIET
    square = Rect(left, bottom, left + _CODE, bottom + _CODE)
    why = wording.PROOF_LATER if sealed.by is None else wording.PROOF_NONE
    words = flow.block("" if sealed.proof else why, _CODE, _SIZE)
    top = (square.top + square.bottom + words.height) / 2
    set_block(flow.page, words, left=left, top=top, align=Align.CENTRE)
    # the record does not hold the code, so that whoever lays it out again cannot know
    flow.page.fields.append(
        Field(
            name="proof",
            page=flow.page.number,
            rect=square,
            text=words.text,
            pattern=f"({wording.PROOF_LATER}|{wording.PROOF_NONE})?",
        )
    )
    if sealed.proof:
        flow.page.matrices.append(Matrix(modules(sealed.proof), square))
    _set_words(flow, left=square.right + _QUIET, top=cell.top - _QUIET, code=check_code)


def _set_words(flow: Flow, *, left: float, top: float, code: str) -> None:
    width = RIGHT - _PAD - left
    title = flow.block(wording.PROOF_TITLE, width, _SIZE, Style.HEI)
    label = flow.block("校验码", width, _SMALL)
    number = flow.block(code, width, _SIZE)
    meaning = flow.block(wording.PROOF_MEANING, width, _SMALL)
    checking = flow.block(wording.PROOF_CHECKING, width, _SMALL)
    for content in (title, meaning, label, number, checking):
        rect = set_block(flow.page, content, left=left, top=top)
        if content is number:
            flow.page.name_field("proof.check_code", rect, content.text)
        top -= content.height + (2.0 if content is not label else 0.0)
