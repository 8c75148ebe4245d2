"""Documents as they come in: wire structs strictly decoded, in their canonical form only."""

from typing import TypeVar

import msgspec
from msgspec import Struct

from app.errors import AppError, Code
from app.exchange.canonical import canonical
from app.exchange.opened import OpenPackage

_Document = TypeVar("_Document", bound=Struct)


def read_document(content: bytes, document: type[_Document]) -> _Document:
    """Return the document whose canonical form these bytes are; ValueError says where not."""
    try:
        read = msgspec.json.decode(content, type=document)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        raise ValueError(str(cause).partition(" - at `")[2].rstrip("`") or str(cause)) from cause
    if canonical(read) != content:
        raise ValueError("not in canonical form")
    return read


def read_record(package: OpenPackage, name: str, document: type[_Document]) -> _Document:
    """Return the document a file of the package holds.

    Raises:
        AppError: PACKAGE_ENTRY_MISSING, PACKAGE_RECORD_MALFORMED.

    """
    try:
        return read_document(package.read(name), document)
    except ValueError as cause:
        raise AppError(Code.PACKAGE_RECORD_MALFORMED, name=name, where=str(cause)) from cause
