"""A PDF made for the archive: PDF/A-3b (ISO 19005-3:2012), whatever its pages show.

Output intent, XMP packet, attachments and what they are to the pages. The fonts are `fonts`, what
is drawn is `painter`; tests/pdfa.py checks the whole.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFCatalog,
    PDFDictionary,
    PDFDocument,
    PDFObject,
    PDFObjectReference,
    PDFPage,
    PDFString,
)

from app.reports.file.imprint import LANGUAGE, Imprint, describe, packet, pdf_date
from app.reports.typeset.objects import Stream, deflated, refer


class Relationship(StrEnum):
    """What an attachment is to the pages (ISO 19005-3, annex E)."""

    SOURCE = "Source"
    DATA = "Data"
    SUPPLEMENT = "Supplement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside the PDF; `description` is for people who open the list of attachments."""

    name: str
    content: bytes
    media_type: str
    relationship: Relationship
    description: str


class _Catalog(PDFCatalog):
    """The catalogue with the two entries that ReportLab 5.1 would leave out."""

    __NoDefault__ = [*PDFCatalog.__NoDefault__, "AF", "OutputIntents"]  # noqa: RUF012 - its way
    __Refs__ = __NoDefault__

    AF: PDFArray
    Lang: PDFString
    Metadata: Stream
    Names: PDFDictionary
    OutputIntents: PDFArray
    Pages: PDFObject
    ViewerPreferences: PDFDictionary


class Archive(PDFDocument):
    """A document that keeps to the standard of its imprint; the same calls give the same bytes."""

    Catalog: _Catalog
    Pages: PDFObject

    def __init__(self, imprint: Imprint, profile: Path) -> None:
        """Begin a document without pages; `profile` is the ICC profile of sRGB."""
        super().__init__(invariant=1, pdfVersion=imprint.standard.version)
        self._date = pdf_date(imprint.made)
        describe(self, imprint)
        self.Catalog = _Catalog()
        self.Catalog.Pages = self.Pages
        self.Catalog.Lang = PDFString(LANGUAGE)
        self.Catalog.Metadata = Stream(packet(imprint), {"Type": "/Metadata", "Subtype": "/XML"})
        self.Catalog.OutputIntents = PDFArray([self._output_intent(profile)])
        self.Catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})

    def attach(self, attachments: Sequence[Attachment]) -> None:
        """Embed files, in the order of their names, and tie them to the document (6.8)."""
        ordered = sorted(attachments, key=lambda attachment: attachment.name)
        files = {attachment.name: self._file(attachment) for attachment in ordered}
        self.Catalog.AF = PDFArray(files.values())
        pairs = ((PDFString(name), file) for name, file in files.items())
        names = PDFArray(entry for pair in pairs for entry in pair)
        self.Catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": names})})

    def picture(self, name: str, picture: Stream) -> str:
        """Keep a picture, once, and return the name by which pages draw it."""
        if not self.hasForm(name):
            self.addForm(name, picture)
        return self.getXObjectName(name)

    def draw_page(self, code: str, pictures: Iterable[str], size: tuple[float, float]) -> None:
        """Add a page; `pictures` are the names that were given to those it draws."""
        content = code.encode("ascii")
        self.updateSignature(content)
        page = PDFPage()
        page.MediaBox = PDFArray([0, 0, *size])
        page.Contents = deflated(zlib.compress(content), {})
        page.Resources = PDFDictionary({"Font": PDFObjectReference("BasicFonts")})
        drawn = {name: PDFObjectReference(name) for name in pictures}
        if drawn:
            page.Resources["XObject"] = PDFDictionary(drawn)
        self.addPage(page)

    def _output_intent(self, profile: Path) -> PDFObjectReference:
        stream = deflated(_compressed(profile), {"N": 3})
        intent = PDFDictionary(
            {
                "Type": "/OutputIntent",
                "S": "/GTS_PDFA1",
                "OutputConditionIdentifier": PDFString("sRGB"),
                "Info": PDFString("sRGB (IEC 61966-2-1)"),
                "DestOutputProfile": refer(self, stream, "outputProfile"),
            }
        )
        return refer(self, intent, "outputIntent")

    def _file(self, attachment: Attachment) -> PDFObjectReference:
        """Return the specification of an embedded file (ISO 32000-1, 7.11.3 and 7.11.4)."""
        self.updateSignature(attachment.content)
        stream = deflated(
            zlib.compress(attachment.content),
            {
                "Type": "/EmbeddedFile",
                "Subtype": f"/{attachment.media_type.replace('/', '#2F')}",
                "Params": PDFDictionary(
                    {"ModDate": PDFString(self._date), "Size": len(attachment.content)}
                ),
            },
        )
        embedded = refer(self, stream, f"embedded:{attachment.name}")
        specification = PDFDictionary(
            {
                "Type": "/Filespec",
                "F": PDFString(attachment.name),
                "UF": PDFString(attachment.name),
                "Desc": PDFString(attachment.description),
                "AFRelationship": f"/{attachment.relationship}",
                "EF": PDFDictionary({"F": embedded, "UF": embedded}),
            }
        )
        return refer(self, specification, f"file:{attachment.name}")


@lru_cache(maxsize=1)
def _compressed(profile: Path) -> bytes:
    return zlib.compress(profile.read_bytes())
