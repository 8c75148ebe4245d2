"""age: who can open a package, and the streams into and out of it.

Only pyrage's streaming calls are used: its calls in memory cost three times the file. They hide
what a stream raised behind errors of their own, so each stream is watched and its failure raised
again unchanged.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import NewType, Protocol

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.crypto.keys import open_sealed, seal_key
from app.crypto.passphrase import Passphrase
from app.errors import AppError, Code

AgeRecipient = NewType("AgeRecipient", str)

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
# pyrage 1.4 has one error for all; only its words tell a stranger's package from a damaged one.
_NO_MATCH = "No matching keys found"


class Readable(Protocol):
    """A binary stream to read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


class Writable(Protocol):
    """A binary stream to write to."""

    def write(self, content: bytes, /) -> int:
        """Write the bytes and return how many were taken."""

    def flush(self) -> None:
        """Hand over what is buffered."""


@dataclass(frozen=True, slots=True)
class AgeSecret:
    """An X25519 key that opens packages; its repr does not show it."""

    key: X25519PrivateKey = field(repr=False)

    @property
    def text(self) -> str:
        """The secret as age's key files hold it, AGE-SECRET-KEY-1..."""
        return bech32("age-secret-key-", self.key.private_bytes_raw()).upper()

    @property
    def recipient(self) -> AgeRecipient:
        """The public side, age1..., to encrypt to."""
        return AgeRecipient(bech32("age", self.key.public_key().public_bytes_raw()))


def new_age_secret() -> AgeSecret:
    """Make a secret."""
    return AgeSecret(X25519PrivateKey.generate())


def seal_age_secret(secret: AgeSecret, passphrase: Passphrase) -> bytes:
    """Return the secret as encrypted PKCS#8, DER."""
    return seal_key(secret.key, passphrase)


def open_age_secret(sealed: bytes, passphrase: Passphrase) -> AgeSecret:
    """Return the secret `seal_age_secret` sealed.

    Raises:
        AppError: PASSPHRASE_WRONG, CREDENTIAL_DAMAGED.

    """
    key = open_sealed(sealed, passphrase)
    if not isinstance(key, X25519PrivateKey):
        raise AppError(Code.CREDENTIAL_DAMAGED)
    return AgeSecret(key)


def encrypt_stream(reader: Readable, writer: Writable, recipients: Iterable[AgeRecipient]) -> None:
    """Encrypt all the reader gives to the recipients, at least one.

    Raises:
        AppError: RECIPIENT_INVALID.

    """
    try:
        keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as cause:
        raise AppError(Code.RECIPIENT_INVALID) from cause
    with _watched(reader, writer) as (source, target):
        pyrage.encrypt_io(source, target, keys)


def decrypt_stream(reader: Readable, writer: Writable, secrets: Iterable[AgeSecret]) -> None:
    """Decrypt a package that one of the secrets opens.

    A truncated or changed package leaves the part before the fault in the writer: decrypt into a
    temporary file and use it only after this returned.

    Raises:
        AppError: PACKAGE_NOT_FOR_US, PACKAGE_DAMAGED.

    """
    keys = [pyrage.x25519.Identity.from_str(secret.text) for secret in secrets]
    with _watched(reader, writer) as (source, target):
        try:
            pyrage.decrypt_io(source, target, keys)
        except pyrage.DecryptError as cause:
            stranger = str(cause) == _NO_MATCH
            code = Code.PACKAGE_NOT_FOR_US if stranger else Code.PACKAGE_DAMAGED
            raise AppError(code) from cause
        except OSError as cause:  # a chunk that does not decrypt; a full disk is the writer's
            raise AppError(Code.PACKAGE_DAMAGED) from cause


def bech32(prefix: str, payload: bytes) -> str:
    """Return the payload in lower-case Bech32 (BIP 173); age lifts its limit of length."""
    values = _five_bit_groups(payload)
    spread = (
        [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    )
    checksum = _polymod([*spread, *values, *[0] * 6]) ^ 1
    values += [checksum >> shift & 31 for shift in range(25, -1, -5)]
    return f"{prefix}1{''.join(_LETTERS[value] for value in values)}"


def _five_bit_groups(payload: bytes) -> list[int]:
    padding = -len(payload) * 8 % 5
    number = int.from_bytes(payload, "big") << padding
    top = len(payload) * 8 + padding - 5
    return [number >> shift & 31 for shift in range(top, -1, -5)]


def _polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            if top >> bit & 1:
                checksum ^= generator
    return checksum


class _Failures:
    """Remember the first exception that left a stream; use as a context around each call."""

    def __init__(self) -> None:
        self.first: BaseException | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.first = self.first or failure


@dataclass(frozen=True, slots=True)
class _WatchedReader:
    stream: Readable
    failures: _Failures

    def read(self, size: int, /) -> bytes:
        with self.failures:
            return self.stream.read(size)


@dataclass(frozen=True, slots=True)
class _WatchedWriter:
    stream: Writable
    failures: _Failures

    def write(self, content: bytes, /) -> int:
        with self.failures:
            return self.stream.write(content)

    def flush(self) -> None:
        with self.failures:
            self.stream.flush()


@contextmanager
def _watched(
    reader: Readable, writer: Writable
) -> Iterator[tuple[_WatchedReader, _WatchedWriter]]:
    """Lend both streams; raise what one of them raised in place of what pyrage made of it."""
    failures = _Failures()
    try:
        yield _WatchedReader(reader, failures), _WatchedWriter(writer, failures)
    finally:
        if failures.first is not None:
            raise failures.first
