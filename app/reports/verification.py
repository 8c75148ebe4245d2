"""Whether a sealed PDF is whole, whose it is, and whether it says what its record says.

The order: our layout at all → one seal over every byte of the file → the seal's CMS and its
signer's right → the record inside, signed by the same inspector → every printed field against the
record. Reading the record (card.json) is the exchange's affair, so it comes between
`open_scorecard` and `compare_scorecard`.

PDFium is not thread-safe: call these from one lane only.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from ctypes import c_char, c_int
from dataclasses import dataclass
from datetime import datetime

from pypdfium2 import PdfDocument, PdfiumError, PdfTextPage
from pypdfium2 import raw as pdfium

from app.crypto.cms import verify_detached
from app.crypto.facts import CertificateFacts, Role, require_role
from app.crypto.trust import TrustAnchors
from app.errors import AppError, Code
from app.reports.annex import GUIDE_FIELD
from app.reports.fonts import Fonts
from app.reports.page import Field, Page
from app.reports.scorecard import Scorecard, lay_out
from app.reports.seal import RECORD_NAME, RECORD_SEAL_NAME, Record
from app.reports.tight_cms import cms_in
from app.reports.wording import LAYOUT

_LAYOUT_FAMILY = LAYOUT.partition("/")[0] + "/"
_SUBFILTER = b"ETSI.CAdES.detached\0"
_NO_CHANGES = 1  # DocMDP permission
_RANGE_NUMBERS = 4
_SOFT_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})  # PDFium's for - at a line's end


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedScorecard:
    """A sealed card whose bytes are as they were sealed by this signer."""

    signer: CertificateFacts
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that does not agree: a stable code and the field or page."""

    code: Code
    where: str


def open_scorecard(
    pdf: bytes, *, trust: TrustAnchors, moment: datetime, now: datetime
) -> OpenedScorecard:
    """Return the signer and the record of a sealed PDF; times as `verdict.judge`.

    Raises:
        AppError: PDF_DAMAGED, PDF_NOT_A_SCORECARD, PDF_LAYOUT_UNKNOWN, PDF_NOT_SEALED,
            PDF_CHANGED_AFTER_SEAL, SIGNATURE_INVALID and the other verdicts on a signer,
            SIGNER_ROLE_WRONG, PDF_RECORD_MISSING, PDF_RECORD_ALTERED, PDF_SIGNERS_DIFFER.

    """
    with _opened(pdf) as document:
        _require_layout(document)
        signed, cms = _sealed_parts(pdf, document)
        signer = verify_detached(signed, cms, trust=trust, moment=moment, now=now)
        require_role(signer, Role.INSPECTOR)
        record = _record(document)
    try:
        author = verify_detached(record.document, record.cms, trust=trust, moment=moment, now=now)
    except AppError as refusal:
        if refusal.code is Code.SIGNATURE_INVALID:
            raise AppError(Code.PDF_RECORD_ALTERED) from refusal
        raise
    if author.sha256 != signer.sha256:
        raise AppError(Code.PDF_SIGNERS_DIFFER, name=author.common_name, sealer=signer.common_name)
    return OpenedScorecard(signer=signer, record=record)


def compare_scorecard(pdf: bytes, scorecard: Scorecard, fonts: Fonts) -> tuple[Problem, ...]:
    """Return where the printed text is not that of the card; () when all of it is.

    Every field is compared in its place, then every page as a whole, so that nothing else is
    printed beside. Blanks and line ends do not count. Where the name of the guide is not known
    (''), the page that prints it is not compared as a whole.

    Raises:
        AppError: PDF_DAMAGED.

    """
    pages = lay_out(scorecard, fonts).pages
    with _opened(pdf) as document:
        if len(document) != len(pages):
            return (Problem(code=Code.PDF_TEXT_DIFFERS, where="pages"),)
        return tuple(
            Problem(code=Code.PDF_TEXT_DIFFERS, where=where)
            for page in pages
            for where in _differences(document, page, guide_known=bool(scorecard.guide))
        )


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    try:
        with PdfDocument(pdf) as document:
            yield document
    except (PdfiumError, UnicodeDecodeError) as cause:  # the latter: texts that are no UTF-16
        raise AppError(Code.PDF_DAMAGED) from cause


def _require_layout(document: PdfDocument) -> None:
    layout = document.get_metadata_value("Keywords")
    if not layout.startswith(_LAYOUT_FAMILY):
        raise AppError(Code.PDF_NOT_A_SCORECARD)
    if layout != LAYOUT:
        raise AppError(Code.PDF_LAYOUT_UNKNOWN, layout=layout, known=LAYOUT)


def _sealed_parts(pdf: bytes, document: PdfDocument) -> tuple[bytes, bytes]:
    """Return the bytes the only signature covers, all but its own place, and its CMS."""
    count = pdfium.FPDF_GetSignatureCount(document)
    if count < 1:
        raise AppError(Code.PDF_NOT_SEALED)
    if count > 1:
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL)
    signature = pdfium.FPDF_GetSignatureObject(document, 0)
    numbers = (c_int * _RANGE_NUMBERS)()
    if pdfium.FPDFSignatureObj_GetByteRange(signature, numbers, _RANGE_NUMBERS) != len(numbers):
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL)
    start, before, after, length = numbers
    if start != 0 or not 0 < before < after or after + length != len(pdf):
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL)
    subfilter = (c_char * len(_SUBFILTER))()
    pdfium.FPDFSignatureObj_GetSubFilter(signature, subfilter, len(_SUBFILTER))
    permission = pdfium.FPDFSignatureObj_GetDocMDPPermission(signature)
    if bytes(subfilter) != _SUBFILTER or permission != _NO_CHANGES:
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL)
    return pdf[:before] + pdf[after:], cms_in(pdf[before:after])


def _record(document: PdfDocument) -> Record:
    """Return the record from the two attachments; any other attachment is refused."""
    found: dict[str, bytes] = {}
    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        found[attachment.get_name()] = bytes(attachment.get_data())
    if document.count_attachments() != len(found) or found.keys() != {
        RECORD_NAME,
        RECORD_SEAL_NAME,
    }:
        raise AppError(Code.PDF_RECORD_MISSING)
    return Record(document=found[RECORD_NAME], cms=found[RECORD_SEAL_NAME])


def _differences(document: PdfDocument, page: Page, *, guide_known: bool) -> Iterator[str]:
    with closing(document[page.number]) as printed, closing(printed.get_textpage()) as text:
        wrong = [field for field in page.fields if _printed(text, field) != _bare(field.text)]
        whole = text.get_text_range()
    yield from (field.name for field in wrong if guide_known or field.name != GUIDE_FIELD)
    if guide_known or all(field.name != GUIDE_FIELD for field in page.fields):
        expected = Counter(_bare("".join(piece.text for piece in page.texts)))
        if not wrong and Counter(_bare(whole)) != expected:
            yield f"page {page.number + 1}"


def _printed(text: PdfTextPage, field: Field) -> str:
    rect = field.rect
    return _bare(text.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top))


def _bare(text: str) -> str:
    return "".join(text.translate(_SOFT_HYPHENS).split())
