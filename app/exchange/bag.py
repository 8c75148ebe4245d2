"""BagIt (RFC 8493): the fixed files of a bag, manifests in their one spelling, and limits."""

import re
from collections.abc import Collection, Mapping

from app.errors import AppError, Code
from app.exchange.stored_zip import MOST_ENTRIES

TOP = "bag/"
PAYLOAD = "data/"
DECLARATION = "bagit.txt"
BAG_INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.p7s"
TAG_FILES = (DECLARATION, BAG_INFO, MANIFEST)
"""What the tag manifest lists."""

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

MOST_SMALL_FILE = 32 << 20
MOST_PACKAGE = (4 << 30) - 1
"""What a stick formatted FAT32 holds in one file, and a ZIP archive without ZIP64."""
MOST_PAYLOAD = MOST_PACKAGE - (64 << 20)
"""Leaves room for manifests, directory and age at their largest."""
MOST_FILES = MOST_ENTRIES - len(TAG_FILES) - 2

_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")


def manifest(hashes: Mapping[str, str]) -> bytes:
    """Return a manifest: SHA-256, two blanks, name; in the order given."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in hashes.items()).encode("ascii")


def read_manifest(content: bytes, *, name: str) -> dict[str, str]:
    """Return hashes by name from the manifest file called `name`.

    Raises:
        AppError: PACKAGE_MANIFEST_MALFORMED, also when a name stands twice, whatever its hashes;
            PACKAGE_TOO_LARGE.

    """
    if content.count(b"\n") > MOST_ENTRIES:
        raise AppError(Code.PACKAGE_TOO_LARGE, what=name, most=MOST_ENTRIES)
    hashes: dict[str, str] = {}
    for number, line in enumerate(content.decode("ascii", "replace").splitlines(), start=1):
        found = _LINE.fullmatch(line)
        if found is None or found[2] in hashes:
            raise AppError(Code.PACKAGE_MANIFEST_MALFORMED, name=name, line=number)
        hashes[found[2]] = found[1]
    if manifest(hashes) != content:
        raise AppError(Code.PACKAGE_MANIFEST_MALFORMED, name=name, line=len(hashes))
    return hashes


def require_same_names(*, listed: Collection[str], held: Collection[str]) -> None:
    """Refuse a bag that does not hold exactly the files its list names.

    Raises:
        AppError: PACKAGE_ENTRY_MISSING, PACKAGE_ENTRY_UNLISTED.

    """
    for code, names in (
        (Code.PACKAGE_ENTRY_MISSING, set(listed) - set(held)),
        (Code.PACKAGE_ENTRY_UNLISTED, set(held) - set(listed)),
    ):
        if names:
            raise AppError(code, name=min(names))


def oxum(sizes: Collection[int]) -> str:
    """Return Payload-Oxum: octets and files of the payload."""
    return f"{sum(sizes)}.{len(sizes)}"
