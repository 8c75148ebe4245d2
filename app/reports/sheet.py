"""What the sheets around the card share: heading, ruled tables over pages, signing places, foot.

The words come from the Chinese catalogue (`pdf.*`): a sheet is an official paper whatever language
the interface speaks. No sheet is verified, so its words may be bettered at any time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import accumulate

from app.domain.card import Card
from app.reports import wording
from app.reports.flow import Flow
from app.reports.fonts import Fonts, Style
from app.reports.margins import binding_line, set_foot, set_rehearsal
from app.reports.page import LEFT, RIGHT, TOP, Align, Block, Page, Rect, set_block, set_centred
from app.reports.painter import Imprint, paint
from app.text.catalogue import Catalogue

SHEET_LAYOUT = "ankang-sheet/1"
_TITLE_SIZE = 16.0
_HEAD_SIZE = 10.0
_SIZE = 8.5
_PAD = 3.0
_HEADER_HEIGHT = 18.0
_ONE_ROW = 30.0  # what must follow the first header on its page
_SIGNING_EDGES = (LEFT, LEFT + 140.0, LEFT + 240.0, RIGHT - 110.0, RIGHT)
_SIGNING_HEIGHT = 30.0
_SEALS_HEIGHT = 110.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """What sheets are made with: the faces, and the Chinese sentences."""

    fonts: Fonts
    words: Catalogue


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
        self.set_header(_SIGNING_EDGES, names, height=_HEADER_HEIGHT, size=_SIZE)
        for signatory in signatories:
            if self.need(_SIGNING_HEIGHT):
                self.set_header(_SIGNING_EDGES, names, height=_HEADER_HEIGHT, size=_SIZE)
            first = self.cells(_SIGNING_EDGES, _SIGNING_HEIGHT)[0]
            set_centred(self.page, self.block(signatory, first.width - 2 * _PAD, _SIZE), first)
            self.close_row(_SIGNING_EDGES, _SIGNING_HEIGHT)

    def set_seals(self) -> None:
        """Put the places for the seals of unit and office."""
        self.need(_SEALS_HEIGHT)
        middle = (LEFT + RIGHT) / 2
        places = self.cells((LEFT, middle, RIGHT), _SEALS_HEIGHT)
        for name, place in zip((wording.UNIT_SEAL, wording.OFFICE_SEAL), places, strict=True):
            self.page.box(place)
            label = self.block(name, place.width - 2 * _PAD, _SIZE)
            set_block(self.page, label, left=place.left + _PAD, top=place.top - _PAD)
        self.y -= _SEALS_HEIGHT

    def finished(self, title: str) -> bytes:
        """Return the PDF; raises AppError GLYPH_MISSING (names the character and the field)."""
        return paint_sheet(self.pages, self.fonts, self.card, title=title)


class Grid:
    """A ruled table; its header stands again on every page it goes on to."""

    def __init__(self, flow: Flow, columns: Sequence[Column], *, size: float = _SIZE) -> None:
        self._flow = flow
        self._columns = columns
        self._size = size
        self._band: Block | None = None
        self._edges = tuple(accumulate((column.width for column in columns), initial=LEFT))
        flow.need(_HEADER_HEIGHT + _ONE_ROW)
        self._set_header()

    def piece(self, place: int, text: str, *, field: str = "", size: float = 0.0) -> Piece:
        """Return a text broken for a column (from 0); `size` 0 is that of the table."""
        width = self._columns[place].width - 2 * _PAD
        return Piece(self._flow.block(text, width, size or self._size), field)

    def add(self, cells: Sequence[Sequence[Piece]], *, least: float = 0.0) -> None:
        """Put a row, at least so tall; raises LAYOUT_OVERFLOW when it is taller than a page."""
        tallest = max(sum(piece.block.height for piece in pieces) for pieces in cells)
        height = max(least, tallest + 2 * _PAD)
        above = self._band.height + 2 * _PAD if self._band is not None else 0.0
        if self._flow.need(above + height):
            self._set_header()
        self._set_band(above)
        places = self._flow.cells(self._edges, height)
        for column, pieces, place in zip(self._columns, cells, places, strict=True):
            self._set_cell(pieces, place, column.align)
        self._flow.close_row(self._edges, height)

    def band(self, text: str) -> None:
        """Say across the table what follows; it is put with the next row, on the same page."""
        width = RIGHT - LEFT - 2 * _PAD
        self._band = self._flow.block(text, width, self._size + 0.5, Style.HEI)

    def _set_band(self, height: float) -> None:
        flow = self._flow
        if self._band is not None:
            set_block(flow.page, self._band, left=LEFT + _PAD, top=flow.y - _PAD)
            flow.close_row((LEFT, RIGHT), height)
            self._band = None

    def _set_header(self) -> None:
        names = [column.name for column in self._columns]
        self._flow.set_header(self._edges, names, height=_HEADER_HEIGHT, size=self._size)

    def _set_cell(self, pieces: Sequence[Piece], cell: Rect, align: Align) -> None:
        page = self._flow.page
        tall = sum(piece.block.height for piece in pieces)
        top = cell.top - _PAD if align is not Align.CENTRE else (cell.top + cell.bottom + tall) / 2
        for piece in pieces:
            rect = set_block(page, piece.block, left=cell.left + _PAD, top=top, align=align)
            top -= piece.block.height
            if piece.field:
                page.name_field(piece.field, rect, piece.block.text)


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
