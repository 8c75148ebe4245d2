"""What is brought to be verified, told by its content; nothing it says is believed yet.

PDFium and the reading of codes: the compute lane's work.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.errors import AppError, Code
from app.exchange.canonical import content_hash
from app.exchange.sniff import FileKind, kind_of
from app.files import read_whole
from app.services.verify.verdict import Kind

_CODE = re.compile(r"[0-9A-F]{12}")
_NO_PICTURE = frozenset({Code.PICTURE_UNREADABLE, Code.EVIDENCE_EMPTY, Code.PDF_DAMAGED})
_OPENS_WITHIN = 10.0  # seconds; an honest file takes a hundredth of one
_GAPS = re.compile(r"[\s\-_.·]")
_MISREAD = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """Something to verify.

    `name` is that of its file, `content` its bytes, `code` a check code (12 upper-case digits),
    `proofs` the texts of the codes on a picture, `refusal` why there are none.
    """

    kind: Kind
    name: str = ""
    content: bytes = b""
    code: str = ""
    proofs: tuple[str, ...] = ()
    refusal: AppError | None = None

    @property
    def hash(self) -> str:
        """Return the SHA-256 of the bytes."""
        return content_hash(self.content)


def look_at(source: Path) -> Exhibit:
    """Tell what a file is; AppError FILE_MISSING, FILE_UNREADABLE."""
    return look_into(read_whole(source), name=source.name)


def look_into(content: bytes, *, name: str) -> Exhibit:
    """Tell what bytes are: by content, for mail strips extensions and messengers add `(1)`."""
    match kind_of(content):
        case FileKind.PDF:
            return _pdf(content, name)
        case FileKind.UNKNOWN:
            return _picture(content, name)
        case FileKind.PACKAGE:
            return Exhibit(kind=Kind.PACKAGE, name=name)
        case _:
            return Exhibit(kind=Kind.UNKNOWN, name=name, content=content)


def check_code_of(typed: str) -> str:
    """Return the 12 digits of a check code as typed, '' for what is none.

    Blanks, hyphens, case and full-width forms do not count; O is 0, I and L are 1.
    """
    digits = _GAPS.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(_MISREAD)
    return digits if _CODE.fullmatch(digits) else ""


def check_code(typed: str) -> Exhibit:
    """Return a check code to look for; AppError CHECK_CODE_MALFORMED."""
    digits = check_code_of(typed)
    if not digits:
        raise AppError(Code.CHECK_CODE_MALFORMED, typed=typed)
    return Exhibit(kind=Kind.CODE, code=digits)


def _pdf(content: bytes, name: str) -> Exhibit:
    """Tell a sealed PDF from the scan of a page; what is neither is told to be no card of ours."""
    from app.reports.seal.verification import is_ours
    from app.services.desk.apart import apart

    try:
        ours = apart(partial(is_ours, content), name=name, seconds=_OPENS_WITHIN)
    except AppError as refusal:  # it would be our process that it stops
        return Exhibit(kind=Kind.IMAGE, name=name, content=content, refusal=refusal)
    if not ours:
        scan = _picture(content, name)
        if scan.proofs:
            return scan
    return Exhibit(kind=Kind.PDF, name=name, content=content)


def _picture(content: bytes, name: str) -> Exhibit:
    """Read the codes on a picture, or on the pages of a scan."""
    from app.services.seal.paper_proof import read_image

    try:
        proofs = read_image(content, name=name)
    except AppError as refusal:
        is_picture = refusal.code not in _NO_PICTURE
        kind = Kind.IMAGE if is_picture else Kind.UNKNOWN
        return Exhibit(kind=kind, name=name, content=content, refusal=refusal)
    return Exhibit(kind=Kind.IMAGE, name=name, content=content, proofs=proofs)
