"""Scans of signed papers for the window: read on the compute lane, kept on the database lane."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.evidence import Evidence
from app.errors import AppError, Code
from app.files import read_whole
from app.services.desk import Desk
from app.services.intake import kept_name, picture_or_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A picture or PDF of a signed paper, not kept yet."""

    content: bytes
    name: str
    media_type: str


def read_scan(path: Path) -> Scan:
    """Return a scan from a file.

    Raises:
        AppError: SCAN_UNREADABLE (neither a picture that opens nor a PDF), FILE_MISSING,
            FILE_UNREADABLE.

    """
    media_type = picture_or_pdf(path)
    if media_type is None:
        raise AppError(Code.SCAN_UNREADABLE, path=str(path))
    return Scan(content=read_whole(path), name=kept_name(path.name), media_type=media_type)


def keep_scan(desk: Desk, scan: Scan) -> Evidence:
    """Keep a scan like evidence; AppError DISK_FULL."""
    return desk.workspace.evidence.put(scan.content, name=scan.name, media_type=scan.media_type)
