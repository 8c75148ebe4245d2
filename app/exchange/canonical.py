"""The canonical form of a document (RFC 8785) and the hash that names content: their only home."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

import msgspec
import rfc8785

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def canonical(value: msgspec.Struct | Json) -> bytes:
    """Return the one byte string of a JSON value or wire struct (RFC 8785), fields sorted, UTF-8.

    Points and times enter as text, so no float is met. A lone surrogate or an integer beyond 2**53
    raises `rfc8785.CanonicalizationError`.
    """
    return rfc8785.dumps(msgspec.to_builtins(value))


def content_hash(content: bytes) -> str:
    """Return the SHA-256 of content as 64 lower-case hexadecimal digits."""
    return sha256(content).hexdigest()
