"""P-256 signing keys, and private keys at rest: encrypted PKCS#8 that OpenSSL opens.

EncryptedPrivateKeyInfo (RFC 5958) under PBES2 (RFC 8018): PBKDF2-HMAC-SHA256 with 600,000 rounds,
AES-256-CBC. cryptography 50 writes the same with 20,000 rounds and takes no other number.

PBES2 has no checksum, so the key's attributes carry a localKeyId (PKCS#9) with the SHA-256 of the
public key: a changed byte is found, and told from a wrong passphrase.
"""

import hashlib
import os

from asn1crypto.algos import Pbkdf2Salt
from asn1crypto.core import OctetString
from asn1crypto.keys import EncryptedPrivateKeyInfo, PrivateKeyInfo
from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from app.crypto.facts import PARSER_ERRORS
from app.crypto.passphrase import Passphrase
from app.errors import AppError, Code

ROUNDS = 600_000
# A damaged count must not keep the program busy for an hour.
MOST_ROUNDS = 5_000_000
_LOCAL_KEY_ID = "1.2.840.113549.1.9.21"
_BLOCK_BITS = 128

# Half the order of P-256 (FIPS 186-5; SP 800-186, 3.2.1.3), rounded down.
MOST_S = 0x7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8

SigningKey = ec.EllipticCurvePrivateKey
SealableKey = SigningKey | X25519PrivateKey


def new_signing_key() -> SigningKey:
    """Make a P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def has_low_s(signature: bytes) -> bool:
    """Tell whether a signature (DER) bears the lower of the two values of s that ECDSA takes.

    Raises:
        ValueError: It is no ECDSA signature.

    """
    _, s = decode_dss_signature(signature)
    return s <= MOST_S


def private_bytes(key: SealableKey) -> bytes:
    """Return the key as unencrypted PKCS#8, DER."""
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def seal_key(key: SealableKey, passphrase: Passphrase) -> bytes:
    """Return the key as encrypted PKCS#8, DER; takes as long as 600,000 rounds take."""
    salt, vector = os.urandom(16), os.urandom(16)
    padder = PKCS7(_BLOCK_BITS).padder()
    padded = padder.update(_with_key_id(key)) + padder.finalize()
    encryptor = _cipher(passphrase, salt=salt, rounds=ROUNDS, vector=vector).encryptor()
    sealed = EncryptedPrivateKeyInfo(
        {
            "encryption_algorithm": {
                "algorithm": "pbes2",
                "parameters": {
                    "key_derivation_func": {
                        "algorithm": "pbkdf2",
                        "parameters": {
                            "salt": Pbkdf2Salt("specified", salt),
                            "iteration_count": ROUNDS,
                            "prf": {"algorithm": "sha256"},
                        },
                    },
                    "encryption_scheme": {"algorithm": "aes256_cbc", "parameters": vector},
                },
            },
            "encrypted_data": encryptor.update(padded) + encryptor.finalize(),
        }
    )
    return bytes(sealed.dump())


def open_key(sealed: bytes, passphrase: Passphrase) -> SigningKey:
    """Return the signing key `seal_key` sealed.

    Raises:
        AppError: PASSPHRASE_WRONG, CREDENTIAL_DAMAGED.

    """
    key = open_sealed(sealed, passphrase)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise AppError(Code.CREDENTIAL_DAMAGED)
    return key


def open_sealed(sealed: bytes, passphrase: Passphrase) -> SealableKey:
    """Return the key of either kind `seal_key` sealed; AppError as `open_key`."""
    cipher, encrypted = _read_envelope(sealed, passphrase)
    decryptor = cipher.decryptor()
    unpadder = PKCS7(_BLOCK_BITS).unpadder()
    try:
        padded = decryptor.update(encrypted) + decryptor.finalize()
        plain = PrivateKeyInfo.load(unpadder.update(padded) + unpadder.finalize(), strict=True)
        key = load_der_private_key(plain.dump(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm, InternalError) as cause:
        # InternalError: cryptography 50 over an X25519 key of the wrong length.
        raise AppError(Code.PASSPHRASE_WRONG) from cause
    if not isinstance(key, SealableKey) or not _carries_key_id(plain, key):
        raise AppError(Code.CREDENTIAL_DAMAGED)
    return key


def _read_envelope(sealed: bytes, passphrase: Passphrase) -> tuple[Cipher[modes.CBC], bytes]:
    """Return the cipher of the passphrase and the encrypted bytes."""
    try:
        envelope = EncryptedPrivateKeyInfo.load(sealed, strict=True)
        encryption = envelope["encryption_algorithm"].native["parameters"]
        derivation = encryption["key_derivation_func"]["parameters"]
        salt, rounds = derivation["salt"], derivation["iteration_count"]
        vector = encryption["encryption_scheme"]["parameters"]
        if not 0 < rounds <= MOST_ROUNDS:
            raise AppError(Code.CREDENTIAL_DAMAGED)
        encrypted = envelope["encrypted_data"].native
        return _cipher(passphrase, salt=salt, rounds=rounds, vector=vector), encrypted
    except PARSER_ERRORS as cause:
        raise AppError(Code.CREDENTIAL_DAMAGED) from cause


def _cipher(
    passphrase: Passphrase, *, salt: bytes, rounds: int, vector: bytes
) -> Cipher[modes.CBC]:
    key = PBKDF2HMAC(SHA256(), 32, salt, rounds).derive(passphrase.utf8)
    return Cipher(algorithms.AES256(key), modes.CBC(vector))


def _with_key_id(key: SealableKey) -> bytes:
    plain = PrivateKeyInfo.load(private_bytes(key))
    plain["attributes"] = [{"type": _LOCAL_KEY_ID, "values": [OctetString(_key_id(key))]}]
    return bytes(plain.dump())


def _carries_key_id(plain: PrivateKeyInfo, key: SealableKey) -> bool:
    try:
        return bool(plain["attributes"].native[0]["values"][0] == _key_id(key))
    except PARSER_ERRORS:
        return False


def _key_id(key: SealableKey) -> bytes:
    public = key.public_key()
    return hashlib.sha256(
        public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).digest()
