"""The time stamp service (RFC 3161) a person chose: where it is, and whose word counts."""

import re
from dataclasses import dataclass

from app.errors import AppError, Code

_ADDRESS = re.compile(r"https?://[^\s/?#@]+([/?][^\s#]*)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StampService:
    """Where time stamps are asked for, and the CA certificate (DER) behind the service."""

    url: str
    ca: bytes


def require_address(url: str) -> str:
    """Return the address of a service; AppError TIME_STAMP_ADDRESS unless it is http or https.

    A name and password in it are refused: the address is shown and kept in the audit trail.
    """
    address = url.strip()
    if not _ADDRESS.fullmatch(address):
        raise AppError(Code.TIME_STAMP_ADDRESS, url=address)
    return address
