"""A verified package: what it says of itself, and its files for the taking."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from app.crypto.facts import CertificateFacts
from app.errors import AppError, Code
from app.exchange import bag
from app.exchange.head import Head
from app.files import atomic_writer

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file of the payload: size in bytes, SHA-256, where its content lies in the archive."""

    name: str
    size: int
    sha256: str
    start: int = field(repr=False)

    def blocks(self, archive: BinaryIO) -> Iterator[bytes]:
        """Yield the content; AppError PACKAGE_HASH_DIFFERS at its end if it is another."""
        hashed = sha256()
        left = self.size
        archive.seek(self.start)
        while left and (block := archive.read(min(left, _BLOCK))):
            hashed.update(block)
            left -= len(block)
            yield block
        if hashed.hexdigest() != self.sha256:
            raise AppError(Code.PACKAGE_HASH_DIFFERS, name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPackage:
    """A verified package; good for as long as its staging folder stands. It holds no file open.

    `digest` is its identity. `files` is the payload by name.
    """

    head: Head
    digest: str
    signer: CertificateFacts
    files: Mapping[str, PackedFile]
    archive: Path = field(repr=False)

    def read(self, name: str) -> bytes:
        """Return a small file of the payload.

        Raises:
            AppError: PACKAGE_ENTRY_MISSING, PACKAGE_TOO_LARGE (over 32 MiB), PACKAGE_HASH_DIFFERS
                (the staging folder was touched).

        """
        packed = self._packed(name)
        if packed.size > bag.MOST_SMALL_FILE:
            raise AppError(Code.PACKAGE_TOO_LARGE, what=name, most=bag.MOST_SMALL_FILE)
        with self.archive.open("rb") as archive:
            return b"".join(packed.blocks(archive))

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """Lend a file of the payload as one of its own in the staging folder.

        Raises:
            AppError: PACKAGE_ENTRY_MISSING, PACKAGE_HASH_DIFFERS, DISK_FULL.

        """
        packed = self._packed(name)
        path = self.archive.with_name(f"{self.archive.stem}-{name.replace('/', '-')}")
        with self.archive.open("rb") as archive, atomic_writer(path, private=True) as stream:
            stream.writelines(packed.blocks(archive))
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _packed(self, name: str) -> PackedFile:
        if name not in self.files:
            raise AppError(Code.PACKAGE_ENTRY_MISSING, name=name)
        return self.files[name]
