"""What stands on the pages of a PDF, read by PDFium."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from ctypes import create_string_buffer
from dataclasses import dataclass

from pypdfium2 import PdfDocument
from pypdfium2 import raw as pdfium

from app.reports.typeset.page import Field

_LONGEST_NAME = 200
_HAIR = 0.3  # points


def bare(text: str) -> str:
    """Return a text without blanks and line ends."""
    return "".join(text.split())


def texts_of(pdf: bytes) -> list[str]:
    """Return the text of each page without blanks."""
    return [bare(text) for text in _texts(pdf)]


def _texts(pdf: bytes) -> Iterator[str]:
    with PdfDocument(pdf) as document:
        for number in range(len(document)):
            with closing(document[number]) as page, closing(page.get_textpage()) as text:
                yield text.get_text_range()


def fields_of(pdf: bytes, fields: Iterable[Field]) -> dict[str, str]:
    """Return the text in the rectangle of each field, without blanks."""
    found = {}
    with PdfDocument(pdf) as document:
        for field in fields:
            with closing(document[field.page]) as page, closing(page.get_textpage()) as text:
                rect = field.rect
                found[field.name] = bare(
                    text.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top)
                )
    return found


@dataclass(frozen=True, slots=True)
class Box:
    """Where a piece of text stands, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def intersects(self, other: "Box") -> bool:
        """Tell whether two texts meet by more than a hair."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.top, other.top) - max(self.bottom, other.bottom)
        return across > _HAIR and down > _HAIR


def boxes_of(pdf: bytes) -> list[list[Box]]:
    """Return where the texts of each page stand; one whole line may be several pieces."""
    found = []
    with PdfDocument(pdf) as document:
        for number in range(len(document)):
            with closing(document[number]) as page:
                texts = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])
                found.append([Box(*each.get_bounds()) for each in texts])
    return found


def faces_of(pdf: bytes) -> dict[str, bool]:
    """Return the base name of every font that sets a text, and whether it is embedded."""
    found: dict[str, bool] = {}
    with PdfDocument(pdf) as document:
        for number in range(len(document)):
            with closing(document[number]) as page:
                for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                    font = pdfium.FPDFTextObj_GetFont(each)
                    name = create_string_buffer(_LONGEST_NAME)
                    pdfium.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
                    found[name.value.decode()] = pdfium.FPDFFont_GetIsEmbedded(font) == 1
    return found


def attachments_of(pdf: bytes) -> list[str]:
    """Return the names of the embedded files."""
    with PdfDocument(pdf) as document:
        count = document.count_attachments()
        return [document.get_attachment(number).get_name() for number in range(count)]
