"""Hold private keys at rest: OpenSSL opens them, damage and wrong passphrases are told apart."""

import subprocess
from pathlib import Path

import pytest
from asn1crypto.keys import EncryptedPrivateKeyInfo
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.crypto.age import AgeSecret, new_age_secret, open_age_secret, seal_age_secret
from app.crypto.keys import (
    SigningKey,
    new_signing_key,
    open_key,
    private_bytes,
    seal_key,
)
from app.crypto.passphrase import passphrase_of_text
from app.crypto.pem import sealed_key_pem
from app.errors import AppError, Code
from tests.pki import PASSPHRASE

DAMAGE = {Code.CREDENTIAL_DAMAGED, Code.PASSPHRASE_WRONG}


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return new_signing_key()


@pytest.fixture(scope="module")
def sealed(key: SigningKey) -> bytes:
    return seal_key(key, PASSPHRASE)


@pytest.fixture(scope="module")
def secret() -> AgeSecret:
    return new_age_secret()


@pytest.fixture(scope="module")
def sealed_secret(secret: AgeSecret) -> bytes:
    return seal_age_secret(secret, PASSPHRASE)


def test_a_sealed_key_opens_again(key: SigningKey, sealed: bytes) -> None:
    assert private_bytes(open_key(sealed, PASSPHRASE)) == private_bytes(key)


def test_a_sealed_age_secret_opens_again(secret: AgeSecret, sealed_secret: bytes) -> None:
    assert open_age_secret(sealed_secret, PASSPHRASE).text == secret.text


def test_a_sealed_key_has_600000_rounds_of_sha256_and_aes256(sealed: bytes) -> None:
    parameters = EncryptedPrivateKeyInfo.load(sealed).native["encryption_algorithm"]["parameters"]
    derivation = parameters["key_derivation_func"]
    assert derivation["algorithm"] == "pbkdf2"
    assert derivation["parameters"]["iteration_count"] == 600_000
    assert derivation["parameters"]["prf"]["algorithm"] == "sha256"
    assert parameters["encryption_scheme"]["algorithm"] == "aes256_cbc"


def test_the_same_key_is_never_sealed_alike(key: SigningKey, sealed: bytes) -> None:
    assert seal_key(key, PASSPHRASE) != sealed


def test_openssl_opens_a_sealed_key(key: SigningKey, sealed: bytes, tmp_path: Path) -> None:
    assert openssl_public_key(sealed, tmp_path) == key.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )


def test_openssl_opens_a_sealed_age_secret(
    secret: AgeSecret, sealed_secret: bytes, tmp_path: Path
) -> None:
    assert openssl_public_key(sealed_secret, tmp_path) == secret.key.public_key().public_bytes(
        Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
    )


def test_a_wrong_passphrase_is_refused(sealed: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        open_key(sealed, passphrase_of_text("wrong"))
    assert refusal.value.code is Code.PASSPHRASE_WRONG


@pytest.mark.parametrize("length", [0, 1, 40, -1])
def test_a_truncated_key_is_damaged(sealed: bytes, length: int) -> None:
    with pytest.raises(AppError) as refusal:
        open_key(sealed[:length], PASSPHRASE)
    assert refusal.value.code is Code.CREDENTIAL_DAMAGED


def test_text_is_no_key() -> None:
    with pytest.raises(AppError) as refusal:
        open_key(b"-----BEGIN ENCRYPTED PRIVATE KEY-----", PASSPHRASE)
    assert refusal.value.code is Code.CREDENTIAL_DAMAGED


@pytest.mark.parametrize("from_the_end", [1, 17, 33, 60, 75, 90, 110, 125])
def test_a_changed_byte_never_gives_another_age_secret(
    sealed_secret: bytes, from_the_end: int
) -> None:
    with pytest.raises(AppError) as refusal:
        open_age_secret(flipped(sealed_secret, len(sealed_secret) - from_the_end), PASSPHRASE)
    assert refusal.value.code in DAMAGE


@pytest.mark.parametrize("from_the_end", [1, 40, 80, 120, 160, 200])
def test_a_changed_byte_never_gives_another_key(sealed: bytes, from_the_end: int) -> None:
    with pytest.raises(AppError) as refusal:
        open_key(flipped(sealed, len(sealed) - from_the_end), PASSPHRASE)
    assert refusal.value.code in DAMAGE


def test_damage_inside_the_key_is_told_from_a_wrong_passphrase(sealed_secret: bytes) -> None:
    # The second block of the ciphertext: the key itself, its frame of DER untouched.
    start = sealed_secret.index(
        EncryptedPrivateKeyInfo.load(sealed_secret)["encrypted_data"].native
    )
    with pytest.raises(AppError) as refusal:
        open_age_secret(flipped(sealed_secret, start + 16 + 3), PASSPHRASE)
    assert refusal.value.code is Code.CREDENTIAL_DAMAGED


def test_a_count_of_rounds_that_would_take_hours_is_refused(sealed: bytes) -> None:
    envelope = EncryptedPrivateKeyInfo.load(sealed)
    derivation = envelope["encryption_algorithm"]["parameters"]["key_derivation_func"]
    derivation["parameters"]["iteration_count"] = 2**40
    with pytest.raises(AppError) as refusal:
        open_key(envelope.dump(force=True), PASSPHRASE)
    assert refusal.value.code is Code.CREDENTIAL_DAMAGED


def test_a_key_of_the_other_kind_is_refused(sealed: bytes, sealed_secret: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        open_key(sealed_secret, PASSPHRASE)
    assert refusal.value.code is Code.CREDENTIAL_DAMAGED
    with pytest.raises(AppError) as refusal:
        open_age_secret(sealed, PASSPHRASE)
    assert refusal.value.code is Code.CREDENTIAL_DAMAGED


def flipped(content: bytes, position: int) -> bytes:
    damaged = bytearray(content)
    damaged[position] ^= 1
    return bytes(damaged)


def openssl_public_key(sealed: bytes, folder: Path) -> bytes:
    (folder / "key.pem").write_bytes(sealed_key_pem(sealed))
    (folder / "word").write_bytes(PASSPHRASE.utf8 + b"\n")
    return subprocess.run(
        ["openssl", "pkey", "-in", "key.pem", "-passin", "file:word", "-pubout"],
        cwd=folder,
        check=True,
        capture_output=True,
    ).stdout
