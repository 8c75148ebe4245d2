"""PEM armour for public tools: certificates and sealed keys as files a person hands on."""

from asn1crypto import pem


def certificate_pem(certificate: bytes) -> bytes:
    """Return a certificate (DER) as PEM (RFC 7468, section 5)."""
    return bytes(pem.armor("CERTIFICATE", certificate))


def sealed_key_pem(sealed: bytes) -> bytes:
    """Return an encrypted PKCS#8 key (DER) as PEM (RFC 7468, section 11)."""
    return bytes(pem.armor("ENCRYPTED PRIVATE KEY", sealed))
