"""What counts as the same passphrase: NFC, UTF-8, one trailing newline of a file dropped."""

import unicodedata
from dataclasses import dataclass, field

from app.errors import AppError, Code


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A normalised passphrase; built by the two functions below. Its repr shows nothing."""

    utf8: bytes = field(repr=False)


def passphrase_of_file(content: bytes) -> Passphrase:
    """Return the passphrase a file holds.

    A byte order mark (Windows' editor writes one) and one trailing LF or CRLF do not belong to it.

    Raises:
        AppError: PASSPHRASE_MALFORMED (not UTF-8), PASSPHRASE_EMPTY.

    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise AppError(Code.PASSPHRASE_MALFORMED) from cause
    return passphrase_of_text(text.removesuffix("\n").removesuffix("\r"))


def passphrase_of_text(text: str) -> Passphrase:
    """Return the passphrase a person typed.

    Raises:
        AppError: PASSPHRASE_EMPTY; PASSPHRASE_MALFORMED (half a surrogate pair).

    """
    if not text:
        raise AppError(Code.PASSPHRASE_EMPTY)
    try:
        return Passphrase(unicodedata.normalize("NFC", text).encode())
    except UnicodeEncodeError as cause:
        raise AppError(Code.PASSPHRASE_MALFORMED) from cause
