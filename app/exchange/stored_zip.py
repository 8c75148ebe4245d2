"""The one form of ZIP archive written and read here: entries stored, in one row, nothing between.

Every field has one value, which the writer gives and the reader demands, so no byte of an archive
can differ unseen and none is left to interpretation. Any ZIP program reads the result; what other
programs write is refused. Sizes and checksums stand after each entry, because a file is read once.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import SEEK_END, BytesIO
from typing import BinaryIO
from zlib import crc32

from app.errors import AppError, Code

_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTOR = struct.Struct("<4s3L")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")

_MADE_BY = 3 << 8 | 20  # Unix, ZIP 2.0
_NEEDED = 20
_SIZES_FOLLOW = 1 << 3
_STORED = 0
_TIME, _DATE = 0, 1 << 5 | 1  # 1980-01-01 00:00
_REGULAR_FILE = 0o100644 << 16

MOST_ENTRIES = 50_000
LONGEST_NAME = 200
_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One entry: where its header begins, how many bytes it holds, and their CRC-32."""

    name: str
    offset: int
    size: int
    crc: int

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.offset + len(_local(self.name))

    @property
    def end(self) -> int:
        """Where the next entry begins."""
        return self.start + self.size + _DESCRIPTOR.size


def stored(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Yield the archive of named contents; each is pulled when its turn comes, and once."""
    members: list[Member] = []
    offset = 0
    for name, blocks in files:
        yield _local(name)
        crc = size = 0
        for block in blocks:
            crc = crc32(block, crc)
            size += len(block)
            yield block
        member = Member(name=name, offset=offset, size=size, crc=crc)
        yield _descriptor(member)
        members.append(member)
        offset = member.end
    yield _directory(members, offset)


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return the archive of small files, in the order given."""
    return b"".join(stored((name, (content,)) for name, content in files.items()))


def read_archive(content: bytes) -> dict[str, bytes]:
    """Return the files of a small archive.

    Raises:
        AppError: as `read_members`; PACKAGE_HASH_DIFFERS when a checksum does not fit.

    """
    files: dict[str, bytes] = {}
    for member in read_members(BytesIO(content)):
        files[member.name] = content[member.start : member.start + member.size]
        if crc32(files[member.name]) != member.crc:
            raise AppError(Code.PACKAGE_HASH_DIFFERS, name=shown(member.name))
    return files


def read_members(stream: BinaryIO) -> tuple[Member, ...]:
    """Return the entries of an archive whose every byte outside their contents is as it must be.

    The names may be anything that is ASCII: `entries` judges them.

    Raises:
        AppError: PACKAGE_ZIP_MALFORMED; PACKAGE_ENTRY_REFUSED for an entry that is compressed,
            encrypted, a link, or in any other field not what it must be; PACKAGE_TOO_LARGE.

    """
    start, count, listed = _read_directory(stream)
    members = tuple(_listed(listed, count, start))
    if _directory(members, members[-1].end if members else 0) != listed:
        raise AppError(Code.PACKAGE_ZIP_MALFORMED)
    for member in members:
        opening, closing = _local(member.name), _descriptor(member)
        if (
            _read_at(stream, member.offset, len(opening)) != opening
            or _read_at(stream, member.end - len(closing), len(closing)) != closing
        ):
            raise AppError(Code.PACKAGE_ENTRY_REFUSED, name=shown(member.name))
    return members


def shown(name: str) -> str:
    """Return a stranger's name for a message: control characters escaped, cut to length."""
    return name.encode("unicode_escape").decode("ascii")[:_LONGEST_SHOWN]


def _read_directory(stream: BinaryIO) -> tuple[int, int, bytes]:
    """Return where the directory begins, how many entries it names, and all bytes to the end."""
    length = stream.seek(0, SEEK_END)
    if length < _END.size:
        raise AppError(Code.PACKAGE_ZIP_MALFORMED)
    end = _END.unpack(_read_at(stream, length - _END.size, _END.size))
    count, size, start = end[4], end[5], end[6]
    if start + size + _END.size != length or size > count * (_CENTRAL.size + LONGEST_NAME):
        raise AppError(Code.PACKAGE_ZIP_MALFORMED)
    if count > MOST_ENTRIES:
        raise AppError(Code.PACKAGE_TOO_LARGE, what="entries", most=MOST_ENTRIES)
    return start, count, _read_at(stream, start, length - start)


def _listed(directory: bytes, count: int, start: int) -> Iterator[Member]:
    position = offset = 0
    for _ in range(count):
        if len(directory) - position < _CENTRAL.size:
            raise AppError(Code.PACKAGE_ZIP_MALFORMED)
        fields = _CENTRAL.unpack_from(directory, position)
        record = directory[position : position + _CENTRAL.size + fields[10]]
        name = record[_CENTRAL.size :].decode("ascii", "backslashreplace")
        member = Member(name=name, offset=offset, size=fields[9], crc=fields[7])
        if record != _central(member):
            raise AppError(Code.PACKAGE_ENTRY_REFUSED, name=shown(name))
        if member.end > start:
            raise AppError(Code.PACKAGE_ZIP_MALFORMED)
        yield member
        position += len(record)
        offset = member.end


def _read_at(stream: BinaryIO, offset: int, size: int) -> bytes:
    stream.seek(offset)
    return stream.read(size)


def _local(name: str) -> bytes:
    raw = name.encode("ascii")
    return (
        _LOCAL.pack(
            b"PK\x03\x04", _NEEDED, _SIZES_FOLLOW, _STORED, _TIME, _DATE, 0, 0, 0, len(raw), 0
        )
        + raw
    )


def _descriptor(member: Member) -> bytes:
    return _DESCRIPTOR.pack(b"PK\x07\x08", member.crc, member.size, member.size)


def _central(member: Member) -> bytes:
    raw = member.name.encode("ascii")
    fixed = (_MADE_BY, _NEEDED, _SIZES_FOLLOW, _STORED, _TIME, _DATE)
    sizes = (member.crc, member.size, member.size, len(raw))
    return (
        _CENTRAL.pack(b"PK\x01\x02", *fixed, *sizes, 0, 0, 0, 0, _REGULAR_FILE, member.offset)
        + raw
    )


def _directory(members: Sequence[Member], start: int) -> bytes:
    records = b"".join(map(_central, members))
    count = len(members)
    return records + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(records), start, 0)
