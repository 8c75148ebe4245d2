"""What the sheets around the card share: heading, ruled tables over pages, signing places, foot.

The words come from the Chinese catalogue (`pdf.*`): a sheet is an official paper whatever language
the interface speaks. No sheet is verified, so its words may be bettered at any time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import accumulate

from app.domain.card import Card
from app.ports.progress import Progress, Unheard
from app.reports import wording
from app.reports.flow import Flow
from app.reports.fonts import Fonts, Style
from app.reports.imprint import Imprint
from app.reports.margins import binding_line, set_foot, set_rehearsal
from app.reports.page import (
    LEFT,
    RIGHT,
    TOP,
    Align,
    Block,
    Page,
    Rect,
    Rule,
    set_block,
    set_centred,
)
from app.reports.painter import paint
from app.reports.signature_rows import SIGNING_EDGES
from app.text.catalogue import Catalogue

SHEET_LAYOUT = "ankang-sheet/1"
_UNHEARD = Unheard()
_TITLE_SIZE = 16.0
_HEAD_SIZE = 10.0
_SIZE = 8.5
_PAD = 3.0
_HEADER_HEIGHT = 18.0
_TALLEST = 300.0  # of a row that may go on in another
_INSET = 8.0  # of what goes across a table under a row
_SIGNING_HEIGHT = 30.0
_SEALS_HEIGHT = 124.0  # a round seal of 42 mm has room


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """What sheets are made with: the faces, the Chinese sentences, and who waits for them."""

    fonts: Fonts
    words: Catalogue
    progress: Progress = _UNHEARD


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in points, where its lines stand."""

    name: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Piece:
    """A text in a cell; `field` names it when it comes from the card, '' for fixed words."""

    block: Block
    field: str = ""


class Sheet(Flow):
    """A paper about one card, filled from the top."""

    def __init__(self, stationery: Stationery, card: Card) -> None:
        super().__init__([Page(0)], stationery.fonts, TOP)
        self.words = stationery.words
        self.card = card

    def set_heading(self, title: str, *, day: str) -> None:
        """Put the title and the lines that say for whom the sheet is."""
        heading = self.block(title, RIGHT - LEFT, _TITLE_SIZE, Style.HEI)
        self.set_line(heading, align=Align.CENTRE)
        self.y -= 6.0
        unit = wording.unit_title(self.card.unit)
        office = self.card.office.name
        self.set_field("unit", self.words.text("pdf.sheet.unit", unit=unit))
        self.set_field("office", self.words.text("pdf.sheet.office", office=office))
        self.set_field("day", self.words.text("pdf.sheet.about", day=day, season=self.card.season))
        self.y -= 4.0

    def set_field(self, name: str, text: str) -> None:
        """Put a line that holds a value of the card."""
        content = self.block(text, RIGHT - LEFT, _HEAD_SIZE)
        rect = self.set_line(content)
        self.page.name_field(name, rect, content.text)

    def set_words(self, text: str) -> None:
        """Put a sentence of fixed words over the whole width."""
        self.set_line(self.block(text, RIGHT - LEFT, 9.0), align=Align.JUSTIFY)

    def set_signing(self, signatories: Sequence[str]) -> None:
        """Put an empty row to sign in for each signatory."""
        rows = len(signatories) * _SIGNING_HEIGHT
        self.need(min(_HEADER_HEIGHT + rows, TOP / 2))
        names = wording.SIGNATURE_COLUMNS
        self.set_header(SIGNING_EDGES, names, height=_HEADER_HEIGHT, size=_SIZE)
        for signatory in signatories:
            if self.need(_SIGNING_HEIGHT):
                self.set_header(SIGNING_EDGES, names, height=_HEADER_HEIGHT, size=_SIZE)
            first, *_, last = self.cells(SIGNING_EDGES, _SIGNING_HEIGHT)
            for text, cell in ((signatory, first), (wording.DAY_BY_HAND, last)):
                set_centred(self.page, self.block(text, cell.width - 2 * _PAD, _SIZE), cell)
            self.close_row(SIGNING_EDGES, _SIGNING_HEIGHT)

    def set_seals(self) -> None:
        """Put the places for the seals of unit and office."""
        self.need(_SEALS_HEIGHT)
        middle = (LEFT + RIGHT) / 2
        edges = (LEFT, middle, RIGHT)
        places = self.cells(edges, _SEALS_HEIGHT)
        self.page.rules.append(Rule(LEFT, self.y, RIGHT, self.y))
        for name, place in zip((wording.UNIT_SEAL, wording.OFFICE_SEAL), places, strict=True):
            label = self.block(name, place.width - 2 * _PAD, _SIZE)
            set_block(self.page, label, left=place.left + _PAD, top=place.top - _PAD)
        self.close_row(edges, _SEALS_HEIGHT)

    def finished(self, title: str) -> bytes:
        """Return the PDF; raises AppError GLYPH_MISSING (names the character and the field)."""
        return paint_sheet(self.pages, self.fonts, self.card, title=title)


class Grid:
    """A ruled table; its header stands again on every page it goes on to."""

    def __init__(
        self, flow: Flow, columns: Sequence[Column], *, size: float = _SIZE, pad: float = _PAD
    ) -> None:
        self._flow = flow
        self._columns = columns
        self._size = size
        self._pad = pad
        self._band: Piece | None = None
        self._has_header = False
        self._edges = tuple(accumulate((column.width for column in columns), initial=LEFT))

    def piece(self, place: int, text: str, *, field: str = "", size: float = 0.0) -> Piece:
        """Return a text broken for a column (from 0); `size` 0 is that of the table."""
        width = self._columns[place].width - 2 * self._pad
        return Piece(self._flow.block(text, width, size or self._size), field)

    def across(self, text: str, *, field: str = "") -> Piece:
        """Return a text broken for the whole width, to go under a row."""
        return Piece(self._flow.block(text, RIGHT - LEFT - 2 * _INSET, self._size), field)

    def add(
        self,
        cells: Sequence[Sequence[Piece]],
        *,
        least: float = 0.0,
        below: Piece | None = None,
    ) -> None:
        """Put a row, at least so tall, and what goes under it, all on one page.

        Raises:
            AppError: LAYOUT_OVERFLOW when they are taller than a page.

        """
        tallest = max(sum(piece.block.height for piece in pieces) for pieces in cells)
        height = max(least, tallest + 2 * self._pad)
        self._need(height + self._height(self._band) + self._height(below))
        self._set_across(self._band, self._pad)
        self._band = None
        places = self._flow.cells(self._edges, height)
        for column, pieces, place in zip(self._columns, cells, places, strict=True):
            self._set_cell(pieces, place, column.align)
        self._flow.close_row(self._edges, height)
        self._set_across(below, _INSET)

    def add_long(self, cells: Sequence[Sequence[Piece]]) -> None:
        """Put a row that may be of any length: what is too tall goes on in rows below it."""
        left = [list(pieces) for pieces in cells]
        while any(left):
            self.add([_taken(pieces) for pieces in left])

    def band(self, text: str) -> None:
        """Say across the table what follows; it is put with the next row, on the same page."""
        width = RIGHT - LEFT - 2 * self._pad
        self._band = Piece(self._flow.block(text, width, self._size + 0.5, Style.HEI))

    def _need(self, height: float) -> None:
        """Put the header where none stands over a row so tall, on the page that has room."""
        flow = self._flow
        if self._has_header and height <= flow.room():
            return
        flow.need(_HEADER_HEIGHT + height)
        names = [column.name for column in self._columns]
        flow.set_header(self._edges, names, height=_HEADER_HEIGHT, size=self._size)
        self._has_header = True

    def _height(self, across: Piece | None) -> float:
        return 0.0 if across is None else across.block.height + 2 * self._pad

    def _set_across(self, piece: Piece | None, inset: float) -> None:
        if piece is not None:
            flow = self._flow
            rect = set_block(flow.page, piece.block, left=LEFT + inset, top=flow.y - self._pad)
            self._name(piece, rect)
            flow.close_row((LEFT, RIGHT), self._height(piece))

    def _set_cell(self, pieces: Sequence[Piece], cell: Rect, align: Align) -> None:
        page, top = self._flow.page, cell.top - self._pad
        if align is Align.CENTRE and len(pieces) == 1:
            self._name(pieces[0], set_centred(page, pieces[0].block, cell))
            return
        if align is Align.CENTRE:
            top = (cell.top + cell.bottom + sum(piece.block.height for piece in pieces)) / 2
        for piece in pieces:
            left = cell.left + self._pad
            rect = set_block(page, piece.block, left=left, top=top, align=align)
            top -= piece.block.height
            self._name(piece, rect)

    def _name(self, piece: Piece, rect: Rect) -> None:
        if piece.field:
            self._flow.page.name_field(piece.field, rect, piece.block.text)


def _taken(pieces: list[Piece]) -> list[Piece]:
    """Take as many pieces from the beginning as a row may hold, the first in any case."""
    taken: list[Piece] = []
    height = 0.0
    while pieces and (not taken or height + pieces[0].block.height <= _TALLEST):
        height += pieces[0].block.height
        taken.append(pieces.pop(0))
    return taken


def closing_height(signatories: int) -> float:
    """Return the height of rows to sign in and of the places for the seals."""
    return _HEADER_HEIGHT + signatories * _SIGNING_HEIGHT + _SEALS_HEIGHT


def paint_sheet(pages: Sequence[Page], fonts: Fonts, card: Card, *, title: str) -> bytes:
    """Return the PDF of pages about a card, with foot and mark of 练习; raises GLYPH_MISSING."""
    unit = wording.unit_title(card.unit)
    fonts.require_glyphs(unit, "unit")
    binding = binding_line(fonts, f"{title}　{unit}")
    for page in pages:
        set_foot(page, fonts, binding, len(pages))
        if card.rehearsal:
            set_rehearsal(page, fonts)
        for field in page.fields:
            fonts.require_glyphs(field.text, field.name)
    imprint = Imprint(
        title=f"{title}　{unit}",
        author=card.office.name,
        layout=SHEET_LAYOUT,
        made=datetime.combine(card.date_to, time(), tzinfo=UTC),
        watermark=wording.REHEARSAL if card.rehearsal else "",
    )
    return paint(pages, fonts, imprint, dict.fromkeys(Style, ""))
