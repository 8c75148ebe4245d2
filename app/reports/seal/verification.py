"""Whether a sealed PDF is whole, whose it is, and whether it says what its record says.

The order: our layout at all → one seal over every byte of the file → the seal's CMS and its
signer's right → the record inside, signed by the same inspector → every printed field against the
record. Reading the record (card.json) is the exchange's affair, so it comes between
`open_scorecard` and `compare_scorecard`.

PDFium is not thread-safe: call these from one lane only.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from pypdfium2 import PdfDocument, PdfTextPage

from app.crypto.cms import verify_detached
from app.crypto.facts import CertificateFacts
from app.crypto.trust import TrustAnchors
from app.errors import AppError, Code
from app.reports.card.annex import GUIDE_FIELD
from app.reports.card.scorecard import Scorecard, lay_out
from app.reports.card.sealers import SealedBy, sealer
from app.reports.card.wording import LAYOUT
from app.reports.seal.printed_text import bare
from app.reports.seal.seal import RECORD_NAME, RECORD_SEAL_NAME, Record
from app.reports.seal.seal_reading import SealSeen, opened, read_seals
from app.reports.typeset.fonts import Fonts
from app.reports.typeset.page import Field, Page

_LAYOUT_FAMILY = LAYOUT.partition("/")[0] + "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedScorecard:
    """A sealed card whose bytes are as they were sealed, the certifying seal first."""

    seals: tuple[SealSeen, ...]
    record: Record

    @property
    def signer(self) -> CertificateFacts:
        """Return who sealed it first: the author of the record."""
        return self.seals[0].signer

    @property
    def sealed_by(self) -> tuple[SealedBy, ...]:
        """Return what the page says of its seal; a second one is no text of the page."""
        first = self.seals[0]
        return (SealedBy(sealer(first.signer), first.claimed_at),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that does not agree: a stable code, the field or page, and both texts of a field.

    `printed` and `signed` are '' where there is no one text to show.
    """

    code: Code
    where: str
    printed: str = ""
    signed: str = ""


def open_scorecard(
    pdf: bytes, *, trust: TrustAnchors, moment: datetime, now: datetime
) -> OpenedScorecard:
    """Return the signers and the record of a sealed PDF; times as `verdict.judge`.

    Raises:
        AppError: as `open_seals` and `open_record`.

    """
    seals = open_seals(pdf, trust=trust, moment=moment, now=now)
    known = proven_moment(seals, moment)
    record = open_record(pdf, seals[0].signer, trust=trust, moment=known, now=now)
    return OpenedScorecard(seals=seals, record=record)


def open_seals(
    pdf: bytes, *, trust: TrustAnchors, moment: datetime, now: datetime
) -> tuple[SealSeen, ...]:
    """Return the seals of a PDF of our layout, the certifying one first.

    Raises:
        AppError: PDF_DAMAGED, PDF_NOT_A_SCORECARD, PDF_LAYOUT_UNKNOWN, PDF_NOT_SEALED,
            PDF_CHANGED_AFTER_SEAL, SIGNATURE_INVALID and the other verdicts on a signer,
            SIGNER_ROLE_WRONG, and as `read_seals`.

    """
    with opened(pdf) as document:
        _require_layout(document)
    return read_seals(pdf, trust=trust, moment=moment, now=now)


def proven_moment(seals: tuple[SealSeen, ...], moment: datetime) -> datetime:
    """Return when the sealed file is known to have existed: at the latest when it was stamped."""
    return seals[0].known_by(moment)


def open_record(
    pdf: bytes, signer: CertificateFacts, *, trust: TrustAnchors, moment: datetime, now: datetime
) -> Record:
    """Return the record inside, signed by the one who sealed the file.

    Raises:
        AppError: PDF_DAMAGED, PDF_RECORD_MISSING, PDF_RECORD_ALTERED, PDF_SIGNERS_DIFFER.

    """
    with opened(pdf) as document:
        record = _record(document)
    try:
        author = verify_detached(record.document, record.cms, trust=trust, moment=moment, now=now)
    except AppError as refusal:
        if refusal.code is Code.SIGNATURE_INVALID:
            raise AppError(Code.PDF_RECORD_ALTERED) from refusal
        raise
    if author.sha256 != signer.sha256:
        raise AppError(Code.PDF_SIGNERS_DIFFER, name=author.common_name, sealer=signer.common_name)
    return record


def compare_scorecard(pdf: bytes, scorecard: Scorecard, fonts: Fonts) -> tuple[Problem, ...]:
    """Return where the printed text is not that of the card; () when all of it is.

    Every field is compared in its place, then every page as a whole, so that nothing else is
    printed beside. Blanks and line ends do not count. Where the name of the guide is not known
    (''), the page that prints it is not compared as a whole.

    Raises:
        AppError: PDF_DAMAGED.

    """
    pages = lay_out(scorecard, fonts).pages
    with opened(pdf) as document:
        if len(document) != len(pages):
            return (Problem(code=Code.PDF_TEXT_DIFFERS, where="pages"),)
        return tuple(
            problem
            for page in pages
            for problem in _differences(document, page, guide_known=bool(scorecard.guide))
        )


def text_in(pdf: bytes, field: Field) -> str:
    """Return what is printed in the place of a field, without blanks; AppError PDF_DAMAGED."""
    with (
        opened(pdf) as document,
        closing(document[field.page]) as printed,
        closing(printed.get_textpage()) as text,
    ):
        return _printed(text, field)


def is_ours(pdf: bytes) -> bool:
    """Tell whether a PDF says it is a scorecard of ours, of whatever version."""
    try:
        with opened(pdf) as document:
            return _layout_of(document).startswith(_LAYOUT_FAMILY)
    except AppError:
        return False


def _require_layout(document: PdfDocument) -> None:
    layout = _layout_of(document)
    if not layout.startswith(_LAYOUT_FAMILY):
        raise AppError(Code.PDF_NOT_A_SCORECARD)
    if layout != LAYOUT:
        raise AppError(Code.PDF_LAYOUT_UNKNOWN, layout=layout, known=LAYOUT)


def _layout_of(document: PdfDocument) -> str:
    return str(document.get_metadata_value("Keywords"))


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


def _differences(document: PdfDocument, page: Page, *, guide_known: bool) -> Iterator[Problem]:
    with closing(document[page.number]) as printed, closing(printed.get_textpage()) as text:
        shown = {field.name: _printed(text, field) for field in page.fields}
        whole = bare(text.get_text_range())
    wrong = [field for field in page.fields if not _agrees(shown[field.name], field)]
    for field in wrong:
        if guide_known or field.name != GUIDE_FIELD:
            yield Problem(
                code=Code.PDF_TEXT_DIFFERS,
                where=field.name,
                printed=shown[field.name],
                signed="" if field.pattern else field.text,
            )
    if not wrong and (guide_known or all(field.name != GUIDE_FIELD for field in page.fields)):
        unknown = [field for field in page.fields if field.pattern]
        expected = Counter(bare("".join(piece.text for piece in page.texts)))
        expected.subtract(bare("".join(field.text for field in unknown)))
        found = Counter(whole)
        found.subtract("".join(shown[field.name] for field in unknown))
        if +found != +expected or -found or -expected:
            yield Problem(code=Code.PDF_TEXT_DIFFERS, where=f"page {page.number + 1}")


def _agrees(printed: str, field: Field) -> bool:
    if field.pattern:
        return re.fullmatch(field.pattern, printed) is not None
    return printed == bare(field.text)


def _printed(text: PdfTextPage, field: Field) -> str:
    rect = field.rect
    return bare(text.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top))
