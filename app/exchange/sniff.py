"""What kind of file this is, by its content: mail strips extensions, messengers add `(1)`."""

from enum import StrEnum
from pathlib import Path

from app.errors import AppError, Code
from app.exchange.stored_zip import stored

_HEAD = 1024  # a PDF may begin this late


class FileKind(StrEnum):
    """The kinds of file the program takes in."""

    PACKAGE = "package"
    PROFILE = "profile"
    CREDENTIAL = "credential"
    PDF = "pdf"
    UNKNOWN = "unknown"


def sniff(path: Path) -> FileKind:
    """Tell what a file looks like; whether it is sound is for its reader to say.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE.

    """
    try:
        with path.open("rb") as stream:
            return kind_of(stream.read(_HEAD))
    except FileNotFoundError as cause:
        raise AppError(Code.FILE_MISSING, path=str(path)) from cause
    except OSError as cause:
        raise AppError(Code.FILE_UNREADABLE, path=str(path)) from cause


def kind_of(content: bytes) -> FileKind:
    """Tell what bytes look like by how they begin."""
    head = content[:_HEAD]
    if head.startswith(b"age-encryption.org/v1\n"):
        return FileKind.PACKAGE
    if head.startswith(_zip_of("profile.json")):
        return FileKind.PROFILE
    if head.startswith(_zip_of("identity.p12")):
        return FileKind.CREDENTIAL
    return FileKind.PDF if b"%PDF-" in head else FileKind.UNKNOWN


def _zip_of(name: str) -> bytes:
    """Return how an archive begins whose first entry has this name."""
    return next(stored([(name, ())]))
