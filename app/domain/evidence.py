"""Evidence: a file kept under the hash of its content (the original is never altered)."""

from dataclasses import dataclass
from typing import NewType

Sha256 = NewType("Sha256", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One kept file: SHA-256 (hex), its name on arrival, media type, size in bytes."""

    sha256: Sha256
    name: str
    media_type: str
    size: int
