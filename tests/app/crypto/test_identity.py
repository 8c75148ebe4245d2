"""Hold identities at rest (PKCS#12): all the rounds everywhere, OpenSSL opens them."""

import subprocess
from pathlib import Path

import pytest
from asn1crypto.pkcs12 import Pfx
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from app.crypto.identity import SigningIdentity, open_identity, seal_identity
from app.crypto.keys import new_signing_key, private_bytes
from app.crypto.passphrase import passphrase_of_text
from app.errors import AppError, Code
from tests.pki import PASSPHRASE, make_inspector, make_office


@pytest.fixture(scope="module")
def identity() -> SigningIdentity:
    return make_inspector(make_office())


@pytest.fixture(scope="module")
def sealed(identity: SigningIdentity) -> bytes:
    return seal_identity(identity, PASSPHRASE)


def test_a_sealed_identity_opens_again(identity: SigningIdentity, sealed: bytes) -> None:
    opened = open_identity(sealed, PASSPHRASE)
    assert private_bytes(opened.key) == private_bytes(identity.key)
    assert (opened.certificate, opened.chain) == (identity.certificate, identity.chain)


def test_openssl_opens_it_and_finds_600000_rounds_everywhere(
    sealed: bytes, tmp_path: Path
) -> None:
    (tmp_path / "identity.p12").write_bytes(sealed)
    (tmp_path / "word").write_bytes(PASSPHRASE.utf8 + b"\n")
    opened = subprocess.run(
        ["openssl", "pkcs12", "-in", "identity.p12", "-passin", "file:word", "-noout", "-info"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [line for line in opened.stderr.splitlines() if "Iteration" in line]
    assert len(lines) == 3, "the MAC, the certificates, the key"
    assert all("Iteration 600000" in line for line in lines)
    assert "MAC: sha256" in opened.stderr
    assert opened.stderr.count("PBES2, PBKDF2, AES-256-CBC") == 2


def test_a_wrong_passphrase_is_refused(sealed: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        open_identity(sealed, passphrase_of_text("wrong"))
    assert refusal.value.code is Code.PASSPHRASE_WRONG


@pytest.mark.parametrize("length", [0, 1, 500, -1])
def test_a_truncated_identity_is_damaged(sealed: bytes, length: int) -> None:
    with pytest.raises(AppError) as refusal:
        open_identity(sealed[:length], PASSPHRASE)
    assert refusal.value.code is Code.CREDENTIAL_DAMAGED


@pytest.mark.parametrize("part", range(8))
def test_a_changed_byte_is_refused(sealed: bytes, part: int) -> None:
    damaged = bytearray(sealed)
    damaged[60 + part * (len(sealed) - 120) // 8] ^= 1
    with pytest.raises(AppError) as refusal:
        open_identity(bytes(damaged), PASSPHRASE)
    assert refusal.value.code in {Code.CREDENTIAL_DAMAGED, Code.PASSPHRASE_WRONG}


def test_an_identity_in_ber_opens_without_a_warning(
    identity: SigningIdentity, sealed: bytes
) -> None:
    indefinite_length = b"\x30\x80" + sealed[4:] + b"\0\0"
    opened = open_identity(indefinite_length, PASSPHRASE)
    assert opened.certificate == identity.certificate


def test_what_is_no_identity_is_damaged(sealed: bytes) -> None:
    pfx = Pfx.load(sealed)
    pfx["mac_data"]["iterations"] = 0
    for content in (pfx.dump(), b"PK\x03\x04 no identity"):
        with pytest.raises(AppError) as refusal:
            open_identity(content, PASSPHRASE)
        assert refusal.value.code is Code.CREDENTIAL_DAMAGED


def test_a_key_without_a_certificate_is_no_identity() -> None:
    encryption = BestAvailableEncryption(PASSPHRASE.utf8)
    bare = serialize_key_and_certificates(None, new_signing_key(), None, None, encryption)
    with pytest.raises(AppError) as refusal:
        open_identity(bare, PASSPHRASE)
    assert refusal.value.code is Code.CREDENTIAL_DAMAGED


def test_a_key_is_not_shown(identity: SigningIdentity) -> None:
    assert "key" not in repr(identity)
