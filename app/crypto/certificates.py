"""Issue certificates: an office's CA, and the people and offices it certifies.

A CA signs certificates and revocation lists only. The office's code stands in the CA certificate,
so the fingerprint compared by telephone covers it, and all the CA issues takes office and
rehearsal mark from there.
"""

import warnings
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.crypto.facts import OFFICE_URN, REHEARSAL_UNIT, ROLE_URN, Role, read_ca
from app.crypto.keys import SigningKey, new_signing_key
from app.errors import AppError, Code

CA_LIFE = timedelta(days=3653)
LIFE = timedelta(days=1096)
# A laptop's clock may be slow, or set to a wrong time zone.
BACKDATED = timedelta(days=1)
# X.520 upper bound of the attributes used here, in characters.
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A CA: its key, and its certificate as DER."""

    key: SigningKey = field(repr=False)
    certificate: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom a certificate names; `post` may be empty."""

    common_name: str
    post: str = ""
    role: Role


def issue_ca(*, name: str, code: str, rehearsal: bool, moment: datetime) -> Authority:
    """Make an office's CA, self-signed for ten years, with a key of its own.

    Raises:
        AppError: NAME_TOO_LONG (over 64 characters).

    """
    key = new_signing_key()
    subject = _name(
        {NameOID.ORGANIZATION_NAME: name, NameOID.COMMON_NAME: f"安康杯 CA {code}"},
        rehearsal=rehearsal,
    )
    builder = (
        _builder(moment, CA_LIFE)
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(ca=True), critical=True)
        .add_extension(_urns(OFFICE_URN + code), critical=False)
    )
    return Authority(key=key, certificate=_signed(builder, key.public_key(), key))


def issue_certificate(
    authority: Authority, holder: Holder, *, public_key: EllipticCurvePublicKey, moment: datetime
) -> bytes:
    """Certify the holder's public key for three years; return the certificate as DER.

    Raises:
        AppError: NAME_TOO_LONG (over 64 characters).

    """
    office = read_ca(authority.certificate)
    attributes = {
        NameOID.ORGANIZATION_NAME: office.organisation,
        NameOID.TITLE: holder.post,
        NameOID.COMMON_NAME: holder.common_name,
    }
    issuer = x509.load_der_x509_certificate(authority.certificate).subject
    builder = (
        _builder(moment, LIFE)
        .subject_name(_name(attributes, rehearsal=office.rehearsal))
        .issuer_name(issuer)
        .public_key(public_key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(ca=False), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(
            _urns(f"{ROLE_URN}{holder.role}", f"{OFFICE_URN}{office.office_code}"), critical=False
        )
    )
    return _signed(builder, public_key, authority.key)


def _builder(moment: datetime, life: timedelta) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - BACKDATED)
        .not_valid_after(moment + life)
    )


def _signed(
    builder: x509.CertificateBuilder, public_key: EllipticCurvePublicKey, issuer: SigningKey
) -> bytes:
    own = x509.SubjectKeyIdentifier.from_public_key(public_key)
    issuers = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
    return (
        builder.add_extension(own, critical=False)
        .add_extension(issuers, critical=False)
        .sign(issuer, SHA256())
        .public_bytes(Encoding.DER)
    )


def _name(attributes: dict[x509.ObjectIdentifier, str], *, rehearsal: bool) -> x509.Name:
    if rehearsal:
        attributes = {NameOID.ORGANIZATIONAL_UNIT_NAME: REHEARSAL_UNIT, **attributes}
    for value in attributes.values():
        if len(value) > LONGEST_NAME:
            raise AppError(Code.NAME_TOO_LONG, length=len(value), longest=LONGEST_NAME)
    # X.520 counts characters; cryptography 50 counts bytes, which ends a name after 21 characters.
    with warnings.catch_warnings(action="ignore", category=UserWarning):
        return x509.Name(
            [
                x509.NameAttribute(oid, text, _validate=False)
                for oid, text in attributes.items()
                if text
            ]
        )


def _usage(*, ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _urns(*urns: str) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([x509.UniformResourceIdentifier(urn) for urn in urns])
