"""Pages of a PDF as pixels, for screens and printers. PDFium is not thread-safe: one lane only."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO

from pypdfium2 import PdfDocument, PdfiumError

from app.errors import AppError, Code
from app.reports.typeset.page import Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """A page's size in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """A rendered page: rows of 4 bytes a pixel (blue, green, red, 255), nothing between rows."""

    width: int
    height: int
    pixels: bytes


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Return the sizes of all pages; AppError PDF_DAMAGED."""
    with _opened(pdf) as document:
        sizes = (document.get_page_size(number) for number in range(len(document)))
        return tuple(PageSize(width=width, height=height) for width, height in sizes)


def render_page(pdf: bytes, number: int, *, width: int) -> Raster:
    """Return a page (from 0) so many pixels wide, on white; AppError PDF_DAMAGED."""
    with _opened(pdf) as document, closing(document[number]) as page:
        scale = width / page.get_width()
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        with closing(bitmap):
            rows = bytes(bitmap.buffer)
            return Raster(width=bitmap.width, height=bitmap.height, pixels=rows)


def render_part(pdf: bytes, number: int, rect: Rect, *, scale: float) -> Raster:
    """Return a part of a page (from 0), `scale` pixels a point, on white; AppError PDF_DAMAGED."""
    with _opened(pdf) as document, closing(document[number]) as page:
        width, height = page.get_size()
        margins = (rect.left, rect.bottom, width - rect.right, height - rect.top)
        bitmap = page.render(scale=scale, crop=margins, prefer_bgrx=True)
        with closing(bitmap):
            rows = bytes(bitmap.buffer)
            return Raster(width=bitmap.width, height=bitmap.height, pixels=rows)


def merge(pdfs: Sequence[bytes]) -> bytes:
    """Return one PDF with the pages of all; attachments and seals are lost, not what they show.

    Raises:
        AppError: PDF_DAMAGED.

    """
    with closing(PdfDocument.new()) as whole:
        for pdf in pdfs:
            with _opened(pdf) as document:
                _flatten(document)
                whole.import_pages(document)
        content = BytesIO()
        whole.save(content)
        return content.getvalue()


def _flatten(document: PdfDocument) -> None:
    """Make what the boxes of seals show part of the pages: fields do not go along with them."""
    if document.formenv is not None:
        for page in document:
            with closing(page):
                page.flatten()


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    try:
        with PdfDocument(pdf) as document:
            document.init_forms()  # else the box of a second seal stays empty
            yield document
    except PdfiumError as cause:
        raise AppError(Code.PDF_DAMAGED) from cause
