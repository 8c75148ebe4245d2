"""What a certificate says: role, office, rehearsal, fingerprint, issuer. Decides no trust.

Read with asn1crypto, as pyHanko reads it, so that what is shown is what was verified.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from asn1crypto.x509 import Certificate, NameTypeAndValue
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from app.errors import AppError, Code

ROLE_URN = "urn:ankang:role:"
OFFICE_URN = "urn:ankang:office:"
REHEARSAL_UNIT = "练习"
# What asn1crypto raises over malformed bytes, now or when a field is first read.
PARSER_ERRORS = (ValueError, TypeError, LookupError, AttributeError, OverflowError)
_prepare = NameTypeAndValue._ldap_string_prep  # noqa: SLF001 - see below


def _prepare_any(value: NameTypeAndValue, text: str) -> str:
    """Prepare a name for comparison (RFC 4518), or take it as it is written.

    asn1crypto 1.5.1 knows the characters of Unicode 3.2 only and refuses all later ones, so that
    pyHanko finds no path to the certificate of anyone called 𬭎 or 𫍯.
    """
    try:
        prepared: str = _prepare(value, text)
    except ValueError:
        return "".join(filter(str.isprintable, text))
    return prepared


NameTypeAndValue._ldap_string_prep = _prepare_any  # noqa: SLF001 - until it reads newer tables


class Role(StrEnum):
    """What an end-entity certificate is for."""

    INSPECTOR = "inspector"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What a certificate says, its texts made printable.

    `serial` and `sha256` (of the whole certificate) are lower-case hexadecimal. `role` and
    `office_code` are None where the certificate names none, or more than one.
    """

    serial: str
    common_name: str
    post: str
    organisation: str
    role: Role | None
    office_code: str | None
    is_ca: bool
    rehearsal: bool
    not_before: datetime
    not_after: datetime
    sha256: str


def describe(certificate: bytes) -> CertificateFacts:
    """Return what the certificate (DER) says; AppError CERTIFICATE_DAMAGED."""
    try:
        return _facts(Certificate.load(certificate, strict=True))
    except PARSER_ERRORS as cause:
        raise AppError(Code.CERTIFICATE_DAMAGED) from cause


def read_ca(certificate: bytes) -> CertificateFacts:
    """Return what an office's CA certificate says.

    Raises:
        AppError: CERTIFICATE_DAMAGED; also when it is no CA or names no office.

    """
    facts = describe(certificate)
    if not facts.is_ca or facts.office_code is None:
        raise AppError(Code.CERTIFICATE_DAMAGED)
    return facts


def is_issued_by(certificate: bytes, ca: bytes) -> bool:
    """Tell whether this CA signed the certificate; all our CAs sign by P-256 and SHA-256."""
    try:
        issued, issuer = Certificate.load(certificate, strict=True), Certificate.load(ca)
        key = load_der_public_key(issuer.public_key.dump())
        if issued.issuer != issuer.subject or not isinstance(key, EllipticCurvePublicKey):
            return False
        signed, signature = issued["tbs_certificate"].dump(), issued.signature
        key.verify(signature, signed, ECDSA(SHA256()))
    except (*PARSER_ERRORS, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def require_role(facts: CertificateFacts, role: Role) -> None:
    """Refuse a signer who has not this role; AppError SIGNER_ROLE_WRONG."""
    if facts.role is not role:
        raise AppError(Code.SIGNER_ROLE_WRONG, name=facts.common_name, needed=role.value)


def require_office(facts: CertificateFacts, code: str) -> None:
    """Refuse a signer of another office; AppError SIGNER_OFFICE_WRONG."""
    if facts.office_code != code:
        raise AppError(
            Code.SIGNER_OFFICE_WRONG,
            name=facts.common_name,
            office=facts.office_code or "-",
            expected=code,
        )


def fingerprint_groups(certificate: bytes) -> str:
    """Return the SHA-256 of the certificate for reading aloud: upper case, groups of four."""
    digits = hashlib.sha256(certificate).hexdigest().upper()
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def fingerprint_matches(typed: str, certificate: bytes) -> bool:
    """Tell whether the typed fingerprint is the certificate's, all 64 digits of it.

    Blanks, colons, hyphens, case and full-width forms do not count.
    """
    digits = re.sub(r"[\s:\-]", "", unicodedata.normalize("NFKC", typed)).lower()
    return digits == hashlib.sha256(certificate).hexdigest()


def _facts(certificate: Certificate) -> CertificateFacts:
    subject, issuer = certificate.subject.native, certificate.issuer.native
    names = [] if (value := certificate.subject_alt_name_value) is None else value.native
    role = _only(names, ROLE_URN)
    return CertificateFacts(
        serial=f"{certificate.serial_number:x}",
        common_name=_text(subject, "common_name"),
        post=_text(subject, "title"),
        organisation=_text(subject, "organization_name"),
        role=next((known for known in Role if known.value == role), None),
        office_code=_only(names, OFFICE_URN),
        is_ca=bool(certificate.ca),
        rehearsal=REHEARSAL_UNIT
        in (_text(subject, "organizational_unit_name"), _text(issuer, "organizational_unit_name")),
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        sha256=certificate.sha256.hex(),
    )


def _text(name: dict[str, str | list[str]], attribute: str) -> str:
    """Return the attribute of a name; a stranger's may hold control characters."""
    value = name.get(attribute, "")
    text = value if isinstance(value, str) else " ".join(value)
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def _only(names: list[object], urn: str) -> str | None:
    """Return what follows this URN when exactly one of the names begins with it."""
    found = [name[len(urn) :] for name in names if isinstance(name, str) and name.startswith(urn)]
    return found[0] if len(found) == 1 else None
