"""The PDF objects that ReportLab leaves to us: a named reference and a stream."""

from collections.abc import Mapping
from typing import cast

from reportlab.pdfbase import pdfdoc


class Stream(pdfdoc.PDFStream):
    """Bytes as they are; `entries` name the filter, if they went through one.

    ReportLab 5.1 writes no end of line before `endstream`, which ISO 19005-3, 6.1.7.1, asks for,
    and names an empty list of filters where there is none.
    """

    def __init__(self, content: bytes, entries: Mapping[str, object]) -> None:
        super().__init__(pdfdoc.PDFDictionary({**entries, "Length": len(content)}), content)

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Return what is written between `obj` and `endobj`."""
        dictionary = cast("pdfdoc.PDFDictionary", self.dictionary)
        content = cast("bytes", self.content)
        return dictionary.format(document) + b"\nstream\n" + content + b"\nendstream\n"


def deflated(compressed: bytes, entries: Mapping[str, object]) -> Stream:
    """Return a stream of what zlib has compressed."""
    return Stream(compressed, {"Filter": "/FlateDecode", **entries})


def refer(
    document: pdfdoc.PDFDocument, element: pdfdoc.PDFObject, name: str
) -> pdfdoc.PDFObjectReference:
    """Put an object into a document under a name of our own and return the reference to it."""
    reference: pdfdoc.PDFObjectReference = document.Reference(element, name)  # type: ignore[no-untyped-call]
    return reference
