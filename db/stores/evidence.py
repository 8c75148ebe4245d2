"""Evidence as files under the SHA-256 of their content, beside the database.

A file is fsynced before any row names it; what no row names is an orphan, never the other way.
"""

import re
from collections.abc import Callable
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

from app.domain.evidence import Evidence, Sha256
from app.errors import AppError, Code
from app.files import atomic_writer

_CHUNK = 1 << 20
_SHA256 = re.compile("[0-9a-f]{64}")


class EvidenceStore:
    """Fulfils `app.ports.EvidenceStore`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, source: Path, *, name: str, media_type: str) -> Evidence:
        """Copy a file in, fsynced.

        Raises:
            AppError: FILE_MISSING, FILE_UNREADABLE (also when it changes meanwhile),
                EVIDENCE_EMPTY, DISK_FULL, FILE_NOT_WRITABLE.

        """
        try:
            with source.open("rb") as stream:
                digest = Sha256(file_digest(stream, "sha256").hexdigest())
                size = stream.tell()
                if size == 0:
                    raise AppError(Code.EVIDENCE_EMPTY, name=name)
                self._keep(digest, lambda target: _copy(stream, target, digest))
        except FileNotFoundError as cause:
            raise AppError(Code.FILE_MISSING, path=str(source)) from cause
        except OSError as cause:
            raise AppError(Code.FILE_UNREADABLE, path=str(source)) from cause
        return Evidence(sha256=digest, name=name, media_type=media_type, size=size)

    def put(self, content: bytes, *, name: str, media_type: str) -> Evidence:
        """Keep bytes as a file; AppError DISK_FULL."""
        digest = Sha256(sha256(content).hexdigest())
        self._keep(digest, lambda target: target.write(content))
        return Evidence(sha256=digest, name=name, media_type=media_type, size=len(content))

    def path(self, sha256: Sha256) -> Path:
        """Return where a kept file lies; AppError EVIDENCE_MISSING."""
        path = self._place(sha256)
        if not path.is_file():
            raise AppError(Code.EVIDENCE_MISSING, sha256=sha256)
        return path

    def open(self, sha256: Sha256) -> BinaryIO:
        """Open a kept file for reading; AppError EVIDENCE_MISSING, FILE_UNREADABLE."""
        path = self.path(sha256)
        try:
            return path.open("rb")
        except OSError as cause:
            raise AppError(Code.FILE_UNREADABLE, path=str(path)) from cause

    def holds(self, sha256: Sha256) -> bool:
        """Tell whether the file is there."""
        return self._place(sha256).is_file()

    def is_intact(self, sha256: Sha256) -> bool:
        """Tell whether the file is there and still has its hash."""
        try:
            with self._place(sha256).open("rb") as stream:
                return file_digest(stream, "sha256").hexdigest() == sha256
        except OSError:
            return False

    def all(self) -> tuple[Sha256, ...]:
        """Return the hashes of all files, sorted."""
        names = (path.name for path in self._folder.glob("??/*"))
        return tuple(Sha256(name) for name in sorted(names) if _SHA256.fullmatch(name))

    def _keep(self, digest: Sha256, write: Callable[[BinaryIO], object]) -> None:
        if self.is_intact(digest):
            return
        with atomic_writer(self._place(digest), private=True) as target:
            write(target)

    def _place(self, digest: Sha256) -> Path:
        return self._folder / digest[:2] / digest


def _copy(source: BinaryIO, target: BinaryIO, digest: Sha256) -> None:
    """Copy a file from its start, and be sure that it still is what was hashed."""
    source.seek(0)
    hashed = sha256()
    while chunk := source.read(_CHUNK):
        hashed.update(chunk)
        target.write(chunk)
    if hashed.hexdigest() != digest:
        raise AppError(Code.FILE_UNREADABLE, path=source.name)
