"""Whose seals a PDF bears, and whether its bytes are still those they were put on.

One seal: it covers the whole file. Two: the second fills the empty field the first left for it,
the file before it verifies by itself, and nothing else was added with it. Nothing inside the file
is believed here; what it says is the affair of `verification`.

PDFium is not thread-safe: call `read_seals` from one lane only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_char, c_int
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.generic import parse_pdf_date
from pyhanko.pdf_utils.misc import PdfReadError
from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2 import raw as pdfium

from app.crypto.cms import signer_of, verify_detached
from app.crypto.facts import CertificateFacts, Role, require_office, require_role
from app.crypto.timestamp import StampSeen, read_stamp
from app.crypto.trust import TrustAnchors
from app.errors import AppError, Code
from app.reports.card.sealers import SealedBy, sealer
from app.reports.card.wording import SEALER_ROLE, local_time
from app.reports.seal.printed_text import bare
from app.reports.seal.seal import FIELD, SECOND_FIELD
from app.reports.seal.second_revision import refuse_other_changes, shown_in_boxes
from app.reports.seal.tight_cms import cms_in

_SUBFILTER = b"ETSI.CAdES.detached\0"
_NO_CHANGES, _FILLING = 1, 2  # DocMDP permissions
_NO_CERTIFICATION = 0
_RANGE_NUMBERS = 4
_TIME_ROOM = 64  # a date is at most 23 characters
_MOST_SEALS = 2

_Field = object  # PDFium's handle


@dataclass(frozen=True, slots=True, kw_only=True)
class SealSeen:
    """A seal that holds: its signer, the time his clock claims, and the bytes it covers."""

    signer: CertificateFacts
    claimed_at: datetime
    stamped: StampSeen | None
    covers: int

    def known_by(self, moment: datetime) -> datetime:
        """Return when the seal is known to have existed, `moment` at the latest."""
        return moment if self.stamped is None else self.stamped.known_by(moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A signature as it stands in a file: from `before` to `after` its own place."""

    before: int
    after: int
    covers: int
    permission: int
    claimed_at: datetime


@contextmanager
def opened(pdf: bytes) -> Iterator[PdfDocument]:
    """Open a PDF; AppError PDF_DAMAGED, now or while it is read."""
    try:
        with PdfDocument(pdf) as document:
            yield document
    except (PdfiumError, UnicodeDecodeError) as cause:  # the latter: texts that are no UTF-16
        raise AppError(Code.PDF_DAMAGED) from cause


def read_seals(
    pdf: bytes, *, trust: TrustAnchors, moment: datetime, now: datetime
) -> tuple[SealSeen, ...]:
    """Return the seals of a file, the certifying one first; times as `verdict.judge`.

    A time stamp of a service we know proves that a seal existed then: its signer is judged at
    that moment if it is earlier than `moment`.

    Raises:
        AppError: PDF_DAMAGED, PDF_NOT_SEALED, PDF_CHANGED_AFTER_SEAL, SIGNATURE_INVALID and the
            other verdicts on a signer, SIGNER_ROLE_WRONG, PDF_TEXT_DIFFERS (of a box); of a
            second seal also SIGNER_OFFICE_WRONG, SECOND_SEALER_SAME.

    """
    found = _found(pdf)
    seals = tuple(_seen(pdf, each, trust=trust, moment=moment, now=now) for each in found)
    if len(seals) > 1:
        _refuse_unlike(*seals)
        refuse_other_changes(pdf)
    _refuse_other_boxes(pdf, seals[1:])
    return seals


def sealers_of(pdf: bytes) -> tuple[SealedBy, ...]:
    """Return who sealed a file as it says itself, proving nothing: of our own stored bytes only.

    Raises:
        AppError: PDF_DAMAGED, PDF_NOT_SEALED, PDF_CHANGED_AFTER_SEAL, SIGNATURE_INVALID.

    """
    signed = ((cms_in(pdf[each.before : each.after]).bare, each) for each in _found(pdf))
    return tuple(SealedBy(sealer(signer_of(cms)), each.claimed_at) for cms, each in signed)


def _seen(
    pdf: bytes, found: _Found, *, trust: TrustAnchors, moment: datetime, now: datetime
) -> SealSeen:
    cms = cms_in(pdf[found.before : found.after])
    stamped = (
        read_stamp(cms.stamp, cms.signature, stampers=trust.stampers, moment=moment)
        if cms.stamp
        else None
    )
    known = moment if stamped is None else stamped.known_by(moment)
    signed = pdf[: found.before] + pdf[found.after : found.covers]
    signer = verify_detached(signed, cms.bare, trust=trust, moment=known, now=now)
    require_role(signer, Role.INSPECTOR)
    return SealSeen(
        signer=signer, claimed_at=found.claimed_at, stamped=stamped, covers=found.covers
    )


def _refuse_unlike(first: SealSeen, second: SealSeen) -> None:
    """Refuse a second seal of another office or of the same person."""
    require_office(second.signer, first.signer.office_code or "")
    if second.signer.sha256 == first.signer.sha256:
        raise AppError(Code.SECOND_SEALER_SAME, name=second.signer.common_name)


def _refuse_other_boxes(pdf: bytes, second: tuple[SealSeen, ...]) -> None:
    """Refuse boxes that say anything but, in the second one, who sealed and when.

    What the first seal shows is drawn with the page.
    """
    said = (f"{sealer(by.signer)}{SEALER_ROLE}{local_time(by.claimed_at)}" for by in second)
    with opened(pdf) as document:
        shown = shown_in_boxes(document)
    if shown != bare("".join(said)):
        raise AppError(Code.PDF_TEXT_DIFFERS, where=SECOND_FIELD if second else FIELD)


def _found(pdf: bytes) -> tuple[_Found, ...]:
    """Return the signatures of a file, the last of which covers all of it."""
    found = _signatures(pdf)
    if not found:
        raise AppError(Code.PDF_NOT_SEALED)
    first, last = found[0], found[-1]
    if last.covers != len(pdf) or first.permission not in {_NO_CHANGES, _FILLING}:
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL)
    is_second_let_in = (
        len(found) == _MOST_SEALS
        and first.permission == _FILLING
        and last.permission == _NO_CERTIFICATION
        and _signatures(pdf[: first.covers]) == found[:1]
    )
    if first is not last and not is_second_let_in:
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL)
    return found


def _signatures(pdf: bytes) -> tuple[_Found, ...]:
    """Return the filled signature fields of a file, those that cover less of it first."""
    with opened(pdf) as document:
        count = pdfium.FPDF_GetSignatureCount(document)
        fields = [pdfium.FPDF_GetSignatureObject(document, number) for number in range(count)]
        found = [_signature(field) for field in fields if not _is_empty(field)]
    return tuple(sorted(found, key=lambda each: each.covers))


def _is_empty(field: _Field) -> bool:
    numbers = pdfium.FPDFSignatureObj_GetByteRange(field, None, 0)
    content = pdfium.FPDFSignatureObj_GetContents(field, None, 0)
    return (numbers, content) == (0, 0)


def _signature(field: _Field) -> _Found:
    numbers = (c_int * _RANGE_NUMBERS)()
    count = pdfium.FPDFSignatureObj_GetByteRange(field, numbers, _RANGE_NUMBERS)
    start, before, after, length = numbers
    if count != _RANGE_NUMBERS or start != 0 or not 0 < before < after or length < 0:
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL)
    subfilter = (c_char * len(_SUBFILTER))()
    pdfium.FPDFSignatureObj_GetSubFilter(field, subfilter, len(_SUBFILTER))
    if bytes(subfilter) != _SUBFILTER:
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL)
    return _Found(
        before=before,
        after=after,
        covers=after + length,
        permission=pdfium.FPDFSignatureObj_GetDocMDPPermission(field),
        claimed_at=_claimed_time(field),
    )


def _claimed_time(field: _Field) -> datetime:
    text = (c_char * _TIME_ROOM)()
    pdfium.FPDFSignatureObj_GetTime(field, text, _TIME_ROOM)
    try:
        return parse_pdf_date(text.value.decode("ascii"))
    except (PdfReadError, ValueError) as cause:
        raise AppError(Code.PDF_CHANGED_AFTER_SEAL) from cause
