"""Write a package: age around a stored ZIP around a signed bag, in one pass and little memory.

age pulls the archive block by block, so every source is read once and hashed on its way. The
result is read back from the disk before it takes its name: what stands under the name has been
seen to be what was written. Reading back compares ciphertext, because opening it would ask for the
sender's age key, and that the ciphertext opens is age's promise, not the disk's.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from app.crypto.age import AgeRecipient, encrypt_stream
from app.crypto.cms import sign_detached
from app.crypto.identity import SigningIdentity
from app.errors import AppError, Code
from app.exchange import bag
from app.exchange.canonical import content_hash
from app.exchange.entries import check_names
from app.exchange.head import Head, bag_info
from app.exchange.stored_zip import stored
from app.files import atomic_writer
from app.ports.progress import Progress

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A small file of the payload; `name` as `naming` gives it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """A file of the payload on disk, with the size and SHA-256 it was recorded with."""

    name: str
    path: Path
    size: int
    sha256: str


def write_package(
    path: Path,
    *,
    head: Head,
    entries: Iterable[Entry | FileEntry],
    identity: SigningIdentity,
    recipients: Iterable[AgeRecipient],
    progress: Progress | None = None,
) -> str:
    """Write a package, signed, sealed to the recipients and the sender; return its digest.

    The digest is the SHA-256 of tagmanifest-sha256.txt: the package's identity, since age's output
    is different each time. The file is whole, or there is none and an earlier one stands.

    Raises:
        AppError: PACKAGE_SOURCE_CHANGED (gone, or not what it was recorded as), PACKAGE_TOO_LARGE,
            PACKAGE_NOT_WRITTEN (what was read back differs), RECIPIENT_INVALID, DISK_FULL,
            FILE_NOT_WRITABLE; PACKAGE_ENTRY_REFUSED, PACKAGE_ENTRY_DUPLICATE for a bad name.

    """
    packing = _Packing(head, entries, identity, progress)
    with atomic_writer(path) as stream:
        written = _HashedWriter(stream)
        encrypt_stream(_Pulled(stored(packing.files())), written, recipients)
        _read_back(path, stream, written.sha256.digest())
    return packing.digest


class _Packing:
    """The files of one bag, in the order they are written: payload, tag files, signature."""

    def __init__(
        self,
        head: Head,
        entries: Iterable[Entry | FileEntry],
        identity: SigningIdentity,
        progress: Progress | None,
    ) -> None:
        self._head = head
        self._entries = sorted(entries, key=lambda entry: entry.name)
        self._identity = identity
        self._progress = progress
        self._sizes = [_size(entry) for entry in self._entries]
        self._hashes: dict[str, str] = {}
        self._done = 0
        self.digest = ""
        self._check()

    def files(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield each file as its name in the archive and its blocks."""
        for entry in self._entries:
            yield bag.TOP + entry.name, self._payload(entry)
        tags = {
            bag.DECLARATION: bag.BAGIT,
            bag.BAG_INFO: bag_info(self._head, oxum=bag.oxum(self._sizes)),
            bag.MANIFEST: bag.manifest(self._hashes),
        }
        tag_manifest = bag.manifest({name: content_hash(tags[name]) for name in bag.TAG_FILES})
        self.digest = content_hash(tag_manifest)
        tags[bag.TAG_MANIFEST] = tag_manifest
        tags[bag.SIGNATURE] = sign_detached(tag_manifest, self._identity)
        for name, content in tags.items():
            yield bag.TOP + name, (content,)

    def _payload(self, entry: Entry | FileEntry) -> Iterator[bytes]:
        hashed = sha256()
        size = 0
        for block in _blocks(entry):
            hashed.update(block)
            size += len(block)
            yield block
            self._advance(len(block))
        self._hashes[entry.name] = hashed.hexdigest()
        if isinstance(entry, FileEntry) and (size, hashed.hexdigest()) != (
            entry.size,
            entry.sha256,
        ):
            raise _changed(entry)

    def _advance(self, octets: int) -> None:
        self._done += octets
        if self._progress is not None:
            self._progress.advance(self._done, sum(self._sizes))

    def _check(self) -> None:
        check_names(entry.name for entry in self._entries)
        for entry in self._entries:
            if not entry.name.startswith(bag.PAYLOAD):
                raise AppError(Code.PACKAGE_ENTRY_REFUSED, name=entry.name)
        if len(self._entries) > bag.MOST_FILES:
            raise AppError(Code.PACKAGE_TOO_LARGE, what="entries", most=bag.MOST_FILES)
        if sum(self._sizes) > bag.MOST_PAYLOAD:
            raise AppError(Code.PACKAGE_TOO_LARGE, what="bytes", most=bag.MOST_PAYLOAD)


class _Pulled:
    """A stream to read from, made of blocks that are produced as they are asked for."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = memoryview(b"")

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return b""
            self._rest = memoryview(block)
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


class _HashedWriter:
    """A stream to write to that knows the SHA-256 of all it passed on."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.sha256 = sha256()

    def write(self, content: bytes, /) -> int:
        """Write the bytes and return how many were taken."""
        self.sha256.update(content)
        return self._stream.write(content)

    def flush(self) -> None:
        """Hand over what is buffered."""
        self._stream.flush()


def _size(entry: Entry | FileEntry) -> int:
    return entry.size if isinstance(entry, FileEntry) else len(entry.content)


def _blocks(entry: Entry | FileEntry) -> Iterator[bytes]:
    if isinstance(entry, Entry):
        yield entry.content
        return
    try:
        with entry.path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                yield block
    except OSError as cause:
        raise _changed(entry) from cause


def _changed(entry: FileEntry) -> AppError:
    return AppError(Code.PACKAGE_SOURCE_CHANGED, name=entry.name, path=str(entry.path))


def _read_back(path: Path, stream: BinaryIO, written: bytes) -> None:
    """Compare the file as the disk holds it now with what was handed to it."""
    stream.flush()
    os.fsync(stream.fileno())
    if hasattr(os, "posix_fadvise"):  # not on Windows: there the cache may answer for the disk
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    stream.seek(0)
    found = sha256()
    while block := stream.read(_BLOCK):
        found.update(block)
    if found.digest() != written:
        raise AppError(Code.PACKAGE_NOT_WRITTEN, path=str(path))
