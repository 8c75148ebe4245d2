"""Bookmarks of a file that binds several prints: one for each, at its first page.

PDFium writes none; they are added behind its file as an incremental update. pyHanko 0.38 ships
types, but not for the calls that are marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    PdfObject,
    TextStringObject,
    pdf_name,
)

from app.reports.seal.seal import Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A title and the page it leads to, from 0."""

    title: str
    page: int


def with_bookmarks(pdf: bytes, bookmarks: Sequence[Bookmark]) -> bytes:
    """Return a file of our own with bookmarks, at least one, shown when it is opened."""
    writer = Update(BytesIO(pdf))
    outlines = _dictionary({"/Type": pdf_name("/Outlines")})
    outlines_at = writer.add_object(outlines)
    items = [_item(writer, outlines_at, bookmark) for bookmark in bookmarks]
    placed = [(item, writer.add_object(item)) for item in items]
    for (one, one_at), (other, other_at) in pairwise(placed):
        one[pdf_name("/Next")] = other_at
        other[pdf_name("/Prev")] = one_at
    outlines[pdf_name("/First")] = placed[0][1]
    outlines[pdf_name("/Last")] = placed[-1][1]
    outlines[pdf_name("/Count")] = NumberObject(len(placed))  # type: ignore[no-untyped-call]
    writer.root[pdf_name("/Outlines")] = outlines_at
    writer.root[pdf_name("/PageMode")] = pdf_name("/UseOutlines")
    writer.update_root()  # type: ignore[no-untyped-call]
    written = BytesIO()
    writer.write(written)  # type: ignore[no-untyped-call]
    return written.getvalue()


def _item(writer: Update, parent: IndirectObject, bookmark: Bookmark) -> DictionaryObject:
    page, _ = writer.find_page_for_modification(bookmark.page)  # type: ignore[no-untyped-call]
    return _dictionary(
        {
            "/Title": TextStringObject(bookmark.title),
            "/Parent": parent,
            "/Dest": ArrayObject([page, pdf_name("/Fit")]),
        }
    )


def _dictionary(entries: Mapping[str, PdfObject]) -> DictionaryObject:
    named = {pdf_name(name): value for name, value in entries.items()}
    return DictionaryObject(named)  # type: ignore[no-untyped-call]
