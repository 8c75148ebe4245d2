"""What the sheets around the card share: heading, signing places, foot.

The words come from the Chinese catalogue (`pdf.*`): a sheet is an official paper whatever language
the interface speaks. No sheet is verified, so its words may be bettered at any time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from app.domain.card import Card
from app.ports.progress import Progress, Unheard
from app.reports.card import wording
from app.reports.card.margins import binding_line, set_foot, set_rehearsal
from app.reports.card.signature_rows import SIGNING_EDGES
from app.reports.file.imprint import Imprint
from app.reports.file.painter import paint
from app.reports.typeset.flow import Flow
from app.reports.typeset.fonts import Fonts, Style
from app.reports.typeset.page import (
    LEFT,
    RIGHT,
    TOP,
    Align,
    Page,
    Rule,
    set_block,
    set_centred,
)
from app.text.catalogue import Catalogue

SHEET_LAYOUT = "ankang-sheet/1"
_UNHEARD = Unheard()
_TITLE_SIZE = 16.0
_HEAD_SIZE = 10.0
_SIZE = 8.5
_PAD = 3.0
_HEADER_HEIGHT = 18.0
_SIGNING_HEIGHT = 30.0
_SEALS_HEIGHT = 124.0  # a round seal of 42 mm has room


@dataclass(frozen=True, slots=True, kw_only=True)
class Stationery:
    """What sheets are made with: the faces, the Chinese sentences, and who waits for them."""

    fonts: Fonts
    words: Catalogue
    progress: Progress = _UNHEARD


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
