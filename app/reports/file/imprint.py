"""What a PDF says of itself, twice and with the same words: document information and XMP."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDocument

LANGUAGE = "zh-CN"
_CREATOR = "ankang-scorecard"
_PRODUCER = "ReportLab"  # its own name for itself names no version either

# ISO 19005-3, 6.6.4 (part and conformance) and 6.6.2; neither filter nor padding: a later
# revision of the file brings a packet of its own.
_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{layout}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:MetadataDate>{made}</xmp:MetadataDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{layout}</pdf:Keywords>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


class Standard(Enum):
    """The part of ISO 19005 a file keeps to, and the PDF version that goes with it.

    Everything is A_3B. A_1B is the same pages without attachments, for the one validator there is
    to ask (docs/adr/0017-archive-standard.md).
    """

    A_3B = (3, (1, 7))
    A_1B = (1, (1, 4))

    def __init__(self, part: int, version: tuple[int, int]) -> None:
        self.part = part
        self.version = version


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the file says of itself. `watermark` is '' for a real card."""

    title: str
    author: str
    layout: str
    made: datetime
    watermark: str
    standard: Standard = Standard.A_3B


def describe(document: PDFDocument, imprint: Imprint) -> None:
    """Write the document information."""
    stamp = pdf_date(imprint.made)
    document.setTitle(imprint.title)
    document.setAuthor(imprint.author)
    document.setSubject(imprint.layout)
    document.setKeywords(imprint.layout)
    document.setCreator(_CREATOR)
    document.setProducer(_PRODUCER)
    document.setDateFormatter(lambda *_: stamp)


def packet(imprint: Imprint) -> bytes:
    """Return the XMP packet: what `describe` writes, the language and the standard."""
    return _PACKET.format(
        part=imprint.standard.part,
        title=escape(imprint.title),
        author=escape(imprint.author),
        layout=escape(imprint.layout),
        language=LANGUAGE,
        creator=_CREATOR,
        producer=_PRODUCER,
        made=imprint.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    ).encode()


def pdf_date(moment: datetime) -> str:
    """Return a time as PDF writes it (ISO 32000-1, 7.9.4), in UTC."""
    return moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
