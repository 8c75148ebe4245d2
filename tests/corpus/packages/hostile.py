"""Packages nobody should make, built so that each has one fault and is sound in all else.

The signature is real where the fault does not forbid it: a signer may be hostile himself.
"""

import hashlib
from collections.abc import Iterable, Mapping

from app.crypto.cms import sign_detached
from app.crypto.identity import SigningIdentity
from app.exchange.head import bag_info
from app.exchange.stored_zip import stored
from tests.packages import make_head

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = {"data/a.txt": b"hello"}


def lines(files: Mapping[str, bytes]) -> bytes:
    """Return a manifest over files."""
    return b"".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode()
        for name, content in files.items()
    )


def signed_bag(
    identity: SigningIdentity,
    *,
    payload: Mapping[str, bytes] = PAYLOAD,
    more_lines: bytes = b"",
    tags: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return the files of a bag by name; `tags` replace or add what the tag manifest lists."""
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    listed = {
        "bagit.txt": BAGIT,
        "bag-info.txt": bag_info(make_head(), oxum=oxum),
        "manifest-sha256.txt": lines(payload) + more_lines,
        **(tags or {}),
    }
    tag_manifest = lines(listed)
    return {
        **payload,
        **listed,
        "tagmanifest-sha256.txt": tag_manifest,
        "tagmanifest-sha256.txt.p7s": sign_detached(tag_manifest, identity),
    }


def zipped(files: Iterable[tuple[str, bytes]], *, top: str = "bag/") -> bytes:
    """Return an archive of exactly our form with any names, any number of times."""
    return b"".join(stored((top + name, (content,)) for name, content in files))


def without(files: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    """Return the files without one."""
    return {other: content for other, content in files.items() if other != name}
