"""Taking files in: what kind a file is, by content, and keeping it as evidence or scan."""

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.evidence import Evidence
from app.errors import AppError, Code
from app.files import read_beginning, read_whole
from app.services.desk.desk import Desk

_PDF = "application/pdf"
_UNKNOWN = "application/octet-stream"
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A picture or PDF of a signed paper, not kept yet."""

    content: bytes
    name: str
    media_type: str


def take_evidence(desk: Desk, path: Path) -> Evidence:
    """Keep any file as evidence; raises as `EvidenceStore.take`."""
    guessed = mimetypes.guess_type(path.name)[0] or _UNKNOWN
    return _take(desk, path, picture_or_pdf(path) or guessed)


def take_scan(desk: Desk, path: Path) -> Evidence:
    """Keep the scan of a paper signature; raises as `read_scan` and as `take_evidence`."""
    return _take(desk, path, _kind_of_scan(path))


def read_scan(path: Path) -> Scan:
    """Return a scan from a file, for the compute lane.

    Raises:
        AppError: SCAN_UNREADABLE (neither a picture that opens nor a PDF), FILE_MISSING,
            FILE_UNREADABLE.

    """
    media_type = _kind_of_scan(path)
    return Scan(content=read_whole(path), name=kept_name(path.name), media_type=media_type)


def scan_of(given: Path | Callable[[], bytes], *, pasted: str) -> Scan:
    """Return a scan from a file, else of what makes a PNG; `pasted` names that.

    Raises as `read_scan`.
    """
    if isinstance(given, Path):
        return read_scan(given)
    return Scan(content=given(), name=pasted, media_type="image/png")


def keep_scan(desk: Desk, scan: Scan) -> Evidence:
    """Keep a scan that was read; AppError DISK_FULL."""
    return desk.workspace.evidence.put(scan.content, name=scan.name, media_type=scan.media_type)


def printable_name(path: Path) -> str:
    """Return a file's name for keeping: what no text may hold (bytes of GBK) made U+FFFD."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in path.name)


def kept_name(name: str) -> str:
    """Return the name a file is kept under: printable, its end when it is overlong."""
    return printable_name(Path(name))[-_LONGEST_NAME:]


def _kind_of_scan(path: Path) -> str:
    media_type = picture_or_pdf(path)
    if media_type is None:
        raise AppError(Code.SCAN_UNREADABLE, path=str(path))
    return media_type


def _take(desk: Desk, path: Path, media_type: str) -> Evidence:
    return desk.workspace.evidence.take(path, name=kept_name(path.name), media_type=media_type)


def picture_or_pdf(path: Path) -> str | None:
    """Tell what a picture or PDF is, of whatever size: its head is read, nothing is unpacked."""
    if read_beginning(path, 5) == b"%PDF-":
        return _PDF
    from app.pictures.opening import kind_of

    return kind_of(path)
