"""PEM armour for public tools: certificates and sealed keys as files a person hands on."""

from asn1crypto import pem

from app.crypto.facts import describe
from app.errors import AppError, Code

_LONG_SEQUENCE = b"\x30\x82"  # DER: of 256 bytes or more


def is_certificate(content: bytes) -> bool:
    """Tell whether bytes begin as a certificate does, PEM or DER; it may yet be damaged."""
    return bool(pem.detect(content)) or content.startswith(_LONG_SEQUENCE)


def certificate_pem(certificate: bytes) -> bytes:
    """Return a certificate (DER) as PEM (RFC 7468, section 5)."""
    return bytes(pem.armor("CERTIFICATE", certificate))


def sealed_key_pem(sealed: bytes) -> bytes:
    """Return an encrypted PKCS#8 key (DER) as PEM (RFC 7468, section 11)."""
    return bytes(pem.armor("ENCRYPTED PRIVATE KEY", sealed))


def certificate_of(content: bytes) -> bytes:
    """Return the certificate (DER) of a file in PEM or DER; AppError CERTIFICATE_DAMAGED."""
    try:
        is_armoured = pem.detect(content)
        certificate = bytes(pem.unarmor(content)[2]) if is_armoured else content
    except ValueError as cause:
        raise AppError(Code.CERTIFICATE_DAMAGED) from cause
    describe(certificate)
    return certificate
