"""A signing identity (key, certificate, chain), and its form at rest: PKCS#12.

cryptography 50 derives the keys that hide key and certificates in 600,000 rounds but the key of
the MAC over them in 2,048, which would let a thief try passphrases on the MAC at a three
hundredth of the cost. So the MAC (RFC 7292, appendix B) is made anew here with all the rounds;
OpenSSL opens the file as before.
"""

import hashlib
import hmac
import os
import warnings
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.pkcs12 import Pfx
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PBES,
    load_pkcs12,
    serialize_key_and_certificates,
)
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import CertificateRegistry

from app.crypto.certificates import Authority, Holder, issue_certificate
from app.crypto.facts import PARSER_ERRORS
from app.crypto.keys import (
    MOST_ROUNDS,
    ROUNDS,
    SigningKey,
    has_low_s,
    new_signing_key,
    private_bytes,
)
from app.crypto.passphrase import Passphrase
from app.errors import AppError, Code

_SHA256_BLOCK = 64
_FOR_A_MAC = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningIdentity:
    """What signs: the key, its certificate, and the certificates above it, DER.

    `compact` is the certificate as the CA signed it for the code on a paper, b"" where the office
    made none; it is kept beside the PKCS#12, not in it.
    """

    key: SigningKey = field(repr=False)
    certificate: bytes
    chain: tuple[bytes, ...]
    compact: bytes = b""


class _LowSigner(SimpleSigner):
    """Signs with the lower s only: with the other value anybody could change a sealed file."""

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        while True:  # twice on average: ECDSA takes another number each time
            signature = super().sign_raw(data, digest_algorithm)
            if has_low_s(signature):
                return signature


def new_identity(authority: Authority, holder: Holder, *, moment: datetime) -> SigningIdentity:
    """Make a key and have the CA certify it for the holder."""
    key = new_signing_key()
    certificate = issue_certificate(authority, holder, public_key=key.public_key(), moment=moment)
    return SigningIdentity(key=key, certificate=certificate, chain=(authority.certificate,))


def pyhanko_signer(identity: SigningIdentity) -> SimpleSigner:
    """Return the identity as pyHanko signs with it, in CMS and in PDF."""
    store = CertificateRegistry.build(map(Certificate.load, identity.chain))
    return _LowSigner(
        signing_cert=Certificate.load(identity.certificate),
        signing_key=PrivateKeyInfo.load(private_bytes(identity.key)),
        cert_registry=store,
    )


def seal_identity(identity: SigningIdentity, passphrase: Passphrase) -> bytes:
    """Return the identity as PKCS#12: PBES2 with AES-256-CBC, SHA-256, 600,000 rounds."""
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(ROUNDS)
        .key_cert_algorithm(PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(passphrase.utf8)
    )
    sealed = serialize_key_and_certificates(
        None,
        identity.key,
        x509.load_der_x509_certificate(identity.certificate),
        [x509.load_der_x509_certificate(certificate) for certificate in identity.chain],
        encryption,
    )
    return _with_slow_mac(sealed, passphrase)


def open_identity(sealed: bytes, passphrase: Passphrase) -> SigningIdentity:
    """Return the identity `seal_identity` sealed.

    Raises:
        AppError: PASSPHRASE_WRONG (the MAC cannot tell it from a changed byte),
            CREDENTIAL_DAMAGED.

    """
    _check_envelope(sealed)
    try:
        # cryptography 50 warns of a file in BER, which is allowed; a damaged one looks like it.
        with warnings.catch_warnings(action="ignore", category=UserWarning):
            opened = load_pkcs12(sealed, passphrase.utf8)
    except (ValueError, UnsupportedAlgorithm) as cause:
        raise AppError(Code.PASSPHRASE_WRONG) from cause
    key, own = opened.key, opened.cert
    if not isinstance(key, EllipticCurvePrivateKey) or own is None:
        raise AppError(Code.CREDENTIAL_DAMAGED)
    return SigningIdentity(
        key=key,
        certificate=own.certificate.public_bytes(Encoding.DER),
        chain=tuple(
            above.certificate.public_bytes(Encoding.DER) for above in opened.additional_certs
        ),
    )


def _check_envelope(sealed: bytes) -> None:
    """Refuse what is no PKCS#12 with a MAC of bearable cost."""
    try:
        rounds = Pfx.load(sealed, strict=True)["mac_data"]["iterations"].native
    except PARSER_ERRORS as cause:
        raise AppError(Code.CREDENTIAL_DAMAGED) from cause
    if not 0 < rounds <= MOST_ROUNDS:
        raise AppError(Code.CREDENTIAL_DAMAGED)


def _with_slow_mac(sealed: bytes, passphrase: Passphrase) -> bytes:
    pfx = Pfx.load(sealed)
    salt = os.urandom(16)
    covered = pfx["auth_safe"]["content"].native
    digest = hmac.digest(_mac_key(passphrase, salt), covered, "sha256")
    pfx["mac_data"] = {
        "mac": {"digest_algorithm": {"algorithm": "sha256"}, "digest": digest},
        "mac_salt": salt,
        "iterations": ROUNDS,
    }
    return bytes(pfx.dump())


def _mac_key(passphrase: Passphrase, salt: bytes) -> bytes:
    """Derive a key of one SHA-256 (RFC 7292 B.2); the passphrase counts as BMPString with NUL."""
    text = passphrase.utf8.decode().encode("utf-16-be") + b"\0\0"
    derived = bytes([_FOR_A_MAC]) * _SHA256_BLOCK + _filled(salt) + _filled(text)
    for _ in range(ROUNDS):
        derived = hashlib.sha256(derived).digest()
    return derived


def _filled(part: bytes) -> bytes:
    """Repeat the part until it fills whole blocks."""
    length = -(-len(part) // _SHA256_BLOCK) * _SHA256_BLOCK
    return (part * (length // len(part) + 1))[:length]
