"""Open a package: who sent it, that it is whole, and what it holds. Nothing is believed earlier.

The order, each step only after the one before:

1. decrypt into the staging folder, all of it;
2. the archive's directory (`stored_zip`), names, sizes and counts;
3. the signature over tagmanifest-sha256.txt, against the trusted offices;
4. the tag manifest, the hashes of the three files it lists, bagit.txt;
5. the head: its version, its kind against the signer's role, practice or earnest, to whom;
6. the manifest against the names in the archive, and every hash;
7. Payload-Oxum.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from app.crypto.age import AgeSecret, decrypt_stream
from app.crypto.cms import verify_detached
from app.crypto.facts import CertificateFacts, Role, require_office, require_role
from app.crypto.trust import TrustAnchors
from app.errors import AppError, Code
from app.exchange import bag
from app.exchange.canonical import content_hash
from app.exchange.entries import check_names
from app.exchange.head import FORMAT_VERSION, Head, Kind, read_bag_info
from app.exchange.opened import OpenPackage, PackedFile
from app.exchange.sniff import FileKind, sniff
from app.exchange.stored_zip import Member, read_members, shown
from app.files import atomic_writer
from app.ports.progress import Progress

_SENDERS = {
    Kind.ASSIGNMENT: Role.OFFICE,
    Kind.SUBMISSION: Role.INSPECTOR,
    Kind.RECEIPT: Role.OFFICE,
    Kind.ROLLUP: Role.OFFICE,
}
_SUPPORTED = {Kind.SUBMISSION, Kind.RECEIPT, Kind.ASSIGNMENT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who opens a package: our office's code if we are one, the serials of our certificates."""

    office: str | None
    serials: frozenset[str]


def open_package(
    path: Path,
    *,
    reader: Reader,
    secrets: Iterable[AgeSecret],
    trust: TrustAnchors,
    now: datetime,
    moment_of: Callable[[str], datetime],
    staging: Path,
    progress: Progress | None = None,
) -> OpenPackage:
    """Return the package once everything about it is verified.

    `moment_of` tells, by the package's digest, when it is known to have existed: the time of our
    own receipt when we hold one, else `now`. A package is for the reader when it is addressed to
    him or signed by him. Whether what comes down is from the office the inspector belongs to is
    the caller's to compare.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE, FILE_KIND_UNKNOWN, DISK_FULL;
            PACKAGE_NOT_FOR_US, PACKAGE_DAMAGED, PACKAGE_TOO_LARGE; PACKAGE_ZIP_MALFORMED,
            PACKAGE_ENTRY_REFUSED, PACKAGE_ENTRY_DUPLICATE, PACKAGE_ENTRY_MISSING,
            PACKAGE_ENTRY_UNLISTED; what `verify_detached` raises; PACKAGE_MANIFEST_MALFORMED,
            PACKAGE_HASH_DIFFERS;
            PACKAGE_NEWER, PACKAGE_HEAD_MALFORMED, SIGNER_ROLE_WRONG, SIGNER_OFFICE_WRONG,
            PACKAGE_KIND_UNSUPPORTED, PACKAGE_REHEARSAL_MIXED, PACKAGE_FOR_OTHER_OFFICE.

    """
    plain = staging / f"{token_hex(8)}.zip"  # one folder may stage several packages
    _decrypt(path, plain, secrets)
    with plain.open("rb") as stream:
        archive = _Archive(stream)
        tag_manifest = archive.tag(bag.TAG_MANIFEST)
        digest = content_hash(tag_manifest)
        signer = verify_detached(
            tag_manifest,
            archive.tag(bag.SIGNATURE),
            trust=trust,
            moment=moment_of(digest),
            now=now,
        )
        tags = _verified_tags(archive, tag_manifest)
        head, oxum = read_bag_info(tags[bag.BAG_INFO])
        _check_sender(head, signer)
        _check_recipient(head, signer, reader)
        files = archive.payload(bag.read_manifest(tags[bag.MANIFEST], name=bag.MANIFEST))
        _check_hashes(stream, files, progress)
    if bag.oxum([packed.size for packed in files.values()]) != oxum:
        raise AppError(Code.PACKAGE_HEAD_MALFORMED, where="Payload-Oxum")
    return OpenPackage(head=head, digest=digest, signer=signer, files=files, archive=plain)


class _Archive:
    """The decrypted archive with its directory checked; gives tag files and payload by name."""

    def __init__(self, stream: BinaryIO) -> None:
        members = read_members(stream)
        check_names(member.name for member in members)
        for member in members:
            if not member.name.startswith(bag.TOP):
                raise AppError(Code.PACKAGE_ENTRY_UNLISTED, name=member.name)
        self._stream = stream
        self._members = {member.name.removeprefix(bag.TOP): member for member in members}

    def tag(self, name: str) -> bytes:
        """Return a file of the bag that is no payload."""
        if name not in self._members:
            raise AppError(Code.PACKAGE_ENTRY_MISSING, name=name)
        member = self._members[name]
        if member.size > bag.MOST_SMALL_FILE:
            raise AppError(Code.PACKAGE_TOO_LARGE, what=name, most=bag.MOST_SMALL_FILE)
        self._stream.seek(member.start)
        return self._stream.read(member.size)

    def payload(self, hashes: Mapping[str, str]) -> dict[str, PackedFile]:
        """Return what the manifest lists, which must be all the bag holds beside its tag files."""
        held = self._members.keys() - {*bag.TAG_FILES, bag.TAG_MANIFEST, bag.SIGNATURE}
        bag.require_same_names(listed=hashes, held=held)
        return {
            name: _packed(name, self._members[name], sha256) for name, sha256 in hashes.items()
        }


def _packed(name: str, member: Member, sha256: str) -> PackedFile:
    if not name.startswith(bag.PAYLOAD):
        raise AppError(Code.PACKAGE_ENTRY_UNLISTED, name=name)
    return PackedFile(name=name, size=member.size, sha256=sha256, start=member.start)


@dataclass(frozen=True, slots=True)
class _Source:
    """The package as a stream whose failures name it, not the staging folder."""

    stream: BinaryIO
    path: Path

    def read(self, size: int, /) -> bytes:
        try:
            return self.stream.read(size)
        except OSError as cause:
            raise AppError(Code.FILE_UNREADABLE, path=str(self.path)) from cause


def _decrypt(path: Path, plain: Path, secrets: Iterable[AgeSecret]) -> None:
    if sniff(path) is not FileKind.PACKAGE:
        raise AppError(Code.FILE_KIND_UNKNOWN, path=str(path))
    try:
        if path.stat().st_size > bag.MOST_PACKAGE:  # plaintext is always shorter
            raise AppError(Code.PACKAGE_TOO_LARGE, what="bytes", most=bag.MOST_PACKAGE)
        with path.open("rb") as source, atomic_writer(plain, private=True) as target:
            decrypt_stream(_Source(source, path), target, secrets)
    except OSError as cause:
        raise AppError(Code.FILE_UNREADABLE, path=str(path)) from cause


def _verified_tags(archive: _Archive, tag_manifest: bytes) -> dict[str, bytes]:
    hashes = bag.read_manifest(tag_manifest, name=bag.TAG_MANIFEST)
    bag.require_same_names(listed=bag.TAG_FILES, held=hashes)
    tags = {name: archive.tag(name) for name in bag.TAG_FILES}
    for name, content in tags.items():
        if content_hash(content) != hashes[name]:
            raise AppError(Code.PACKAGE_HASH_DIFFERS, name=name)
    if tags[bag.DECLARATION] != bag.BAGIT:
        version = shown(tags[bag.DECLARATION].decode("ascii", "replace").split("\n")[0])
        raise AppError(Code.PACKAGE_NEWER, version=version, known=FORMAT_VERSION)
    return tags


def _check_sender(head: Head, signer: CertificateFacts) -> None:
    require_role(signer, _SENDERS[head.kind])
    if head.kind not in _SUPPORTED:
        raise AppError(Code.PACKAGE_KIND_UNSUPPORTED, kind=head.kind.value)
    if head.rehearsal != signer.rehearsal:
        raise AppError(Code.PACKAGE_REHEARSAL_MIXED, name=signer.common_name)
    if head.kind is Kind.SUBMISSION:  # an office takes the cards of inspectors it enrolled
        require_office(signer, head.recipient)


def _check_recipient(head: Head, signer: CertificateFacts, reader: Reader) -> None:
    ours = {reader.office} if head.kind.goes_up else reader.serials
    if head.recipient not in ours and signer.serial not in reader.serials:
        raise AppError(Code.PACKAGE_FOR_OTHER_OFFICE, recipient=head.recipient)


def _check_hashes(
    stream: BinaryIO, files: Mapping[str, PackedFile], progress: Progress | None
) -> None:
    done, total = 0, sum(packed.size for packed in files.values())
    for packed in files.values():
        for block in packed.blocks(stream):
            done += len(block)
            if progress is not None:
                progress.advance(done, total)
