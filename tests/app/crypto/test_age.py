"""Hold the age streams: who opens them, damage, and failures of the streams themselves."""

import io

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.age import (
    AgeRecipient,
    AgeSecret,
    bech32,
    decrypt_stream,
    encrypt_stream,
    new_age_secret,
)
from app.errors import AppError, Code

# age encrypts in chunks of 64 KiB.
CONTENT = b"synthetic content " * 10_000


class FullDisk(io.BytesIO):
    """A writer that takes one write and then has no room."""

    def write(self, content: object, /) -> int:
        if self.tell():
            raise OSError(28, "No space left on device")
        return super().write(content)  # type: ignore[arg-type] # typeshed: a private buffer type


class Refusing(io.BytesIO):
    """A reader whose second read refuses, as a package writer may that is pulled from."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise AppError(Code.EVIDENCE_MISSING)
        return super().read(size)


def encrypted(*secrets: AgeSecret) -> bytes:
    target = io.BytesIO()
    encrypt_stream(io.BytesIO(CONTENT), target, [secret.recipient for secret in secrets])
    return target.getvalue()


def decrypted(content: bytes, *secrets: AgeSecret) -> bytes:
    target = io.BytesIO()
    decrypt_stream(io.BytesIO(content), target, secrets)
    return target.getvalue()


@pytest.fixture(scope="module")
def secret() -> AgeSecret:
    return new_age_secret()


@pytest.fixture(scope="module")
def package(secret: AgeSecret) -> bytes:
    return encrypted(secret)


def test_every_recipient_opens_a_package() -> None:
    office, sender = new_age_secret(), new_age_secret()
    content = encrypted(office, sender)
    assert decrypted(content, office) == CONTENT
    assert decrypted(content, new_age_secret(), sender) == CONTENT


def test_a_stranger_does_not_open_a_package(package: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        decrypted(package, new_age_secret())
    assert refusal.value.code is Code.PACKAGE_NOT_FOR_US


@pytest.mark.parametrize("length", [0, 10, 60, 300, 65_536, 100_000, -17, -1])
def test_a_truncated_package_is_damaged(package: bytes, secret: AgeSecret, length: int) -> None:
    with pytest.raises(AppError) as refusal:
        decrypted(package[:length], secret)
    assert refusal.value.code is Code.PACKAGE_DAMAGED


def test_appended_bytes_are_damage(package: bytes, secret: AgeSecret) -> None:
    with pytest.raises(AppError) as refusal:
        decrypted(package + b"more", secret)
    assert refusal.value.code is Code.PACKAGE_DAMAGED


@given(st.data())
def test_every_changed_bit_is_refused(
    package: bytes, secret: AgeSecret, data: st.DataObject
) -> None:
    damaged = bytearray(package)
    position = data.draw(st.one_of(st.integers(0, 250), st.integers(0, len(package) - 1)))
    damaged[position] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(AppError) as refusal:
        decrypted(bytes(damaged), secret)
    assert refusal.value.code in {Code.PACKAGE_DAMAGED, Code.PACKAGE_NOT_FOR_US}


def test_what_is_no_age_file_is_damaged(secret: AgeSecret) -> None:
    with pytest.raises(AppError) as refusal:
        decrypted(b"PK\x03\x04" + bytes(500), secret)
    assert refusal.value.code is Code.PACKAGE_DAMAGED


def test_what_the_reader_refuses_comes_out_unchanged(secret: AgeSecret, package: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        encrypt_stream(Refusing(CONTENT), io.BytesIO(), [secret.recipient])
    assert refusal.value.code is Code.EVIDENCE_MISSING
    with pytest.raises(AppError) as refusal:
        decrypt_stream(Refusing(package), io.BytesIO(), [secret])
    assert refusal.value.code is Code.EVIDENCE_MISSING


def test_a_full_disk_comes_out_unchanged(secret: AgeSecret, package: bytes) -> None:
    with pytest.raises(OSError, match="No space left"):
        encrypt_stream(io.BytesIO(CONTENT), FullDisk(), [secret.recipient])
    with pytest.raises(OSError, match="No space left"):
        decrypt_stream(io.BytesIO(package), FullDisk(), [secret])


def test_a_malformed_recipient_is_refused() -> None:
    with pytest.raises(AppError) as refusal:
        encrypt_stream(io.BytesIO(CONTENT), io.BytesIO(), [AgeRecipient("age1nobody")])
    assert refusal.value.code is Code.RECIPIENT_INVALID


@pytest.mark.parametrize(
    ("prefix", "payload", "encoded"),
    [
        # BIP 173, valid strings
        ("a", "", "a12uel5l"),
        (
            "abcdef",
            "00443214c74254b635cf84653a56d7c675be77df",
            "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        ),
        ("?", "", "?1ezyfcl"),
    ],
)
def test_bech32_is_that_of_bip_173(prefix: str, payload: str, encoded: str) -> None:
    assert bech32(prefix, bytes.fromhex(payload)) == encoded


def test_age_reads_our_secrets_and_finds_the_same_recipient() -> None:
    for _ in range(50):
        secret = new_age_secret()
        identity = pyrage.x25519.Identity.from_str(secret.text)
        assert str(identity) == secret.text
        assert str(identity.to_public()) == secret.recipient


def test_a_secret_is_not_shown(secret: AgeSecret) -> None:
    assert repr(secret) == "AgeSecret()"
