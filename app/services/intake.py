"""Taking files in: what kind a file is, by content, and keeping it as evidence or scan."""

import mimetypes
from pathlib import Path

from app.domain.evidence import Evidence
from app.errors import AppError, Code
from app.files import read_beginning
from app.services.desk import Desk

_PDF = "application/pdf"
_UNKNOWN = "application/octet-stream"
_LONGEST_NAME = 120


def take_evidence(desk: Desk, path: Path) -> Evidence:
    """Keep any file as evidence; raises as `EvidenceStore.take`."""
    guessed = mimetypes.guess_type(path.name)[0] or _UNKNOWN
    return _take(desk, path, picture_or_pdf(path) or guessed)


def take_scan(desk: Desk, path: Path) -> Evidence:
    """Keep the scan of a paper signature.

    Raises:
        AppError: SCAN_UNREADABLE (neither a picture that opens nor a PDF), and as `take_evidence`.

    """
    media_type = picture_or_pdf(path)
    if media_type is None:
        raise AppError(Code.SCAN_UNREADABLE, path=str(path))
    return _take(desk, path, media_type)


def printable_name(path: Path) -> str:
    """Return a file's name for keeping: what no text may hold (bytes of GBK) made U+FFFD."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in path.name)


def kept_name(name: str) -> str:
    """Return the name a file is kept under: printable, its end when it is overlong."""
    return printable_name(Path(name))[-_LONGEST_NAME:]


def _take(desk: Desk, path: Path, media_type: str) -> Evidence:
    return desk.workspace.evidence.take(path, name=kept_name(path.name), media_type=media_type)


def picture_or_pdf(path: Path) -> str | None:
    """Tell what a picture or PDF is, of whatever size: its head is read, nothing is unpacked."""
    if read_beginning(path, 5) == b"%PDF-":
        return _PDF
    from app.pictures.opening import kind_of

    return kind_of(path)
