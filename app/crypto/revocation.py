"""Revocation lists: what an office's CA has taken back, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.crypto.certificates import Authority
from app.errors import AppError, Code

LIFE = timedelta(days=400)


class RevocationReason(StrEnum):
    """Why a certificate was taken back, of RFC 5280's reasons those that are for ever."""

    UNSPECIFIED = "unspecified"
    KEY_COMPROMISE = "key_compromise"
    AFFILIATION_CHANGED = "affiliation_changed"
    SUPERSEDED = "superseded"
    CESSATION_OF_OPERATION = "cessation_of_operation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """One certificate taken back; `serial` is lower-case hexadecimal as in CertificateFacts."""

    serial: str
    at: datetime
    reason: RevocationReason = RevocationReason.UNSPECIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationList:
    """A list whose signature was checked. A list with a lower number never replaces it."""

    number: int
    issued: datetime
    next_update: datetime
    revocations: tuple[Revocation, ...]

    def of(self, serial: str) -> Revocation | None:
        """Return the revocation of this certificate, if there is one."""
        return next((entry for entry in self.revocations if entry.serial == serial), None)


def issue_crl(
    authority: Authority, revocations: Iterable[Revocation], *, number: int, moment: datetime
) -> bytes:
    """Sign the list of all revoked certificates, good for 400 days; return it as DER."""
    ca = x509.load_der_x509_certificate(authority.certificate)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ca.subject)
        .last_update(moment)
        .next_update(moment + LIFE)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
            critical=False,
        )
    )
    for revocation in revocations:
        builder = builder.add_revoked_certificate(_entry(revocation))
    return builder.sign(authority.key, SHA256()).public_bytes(Encoding.DER)


def read_crl(crl: bytes, ca: bytes) -> RevocationList:
    """Return what the list (DER) says after checking that this CA signed it.

    Raises:
        AppError: REVOCATION_DAMAGED.

    """
    try:
        listed = x509.load_der_x509_crl(crl)
        key = x509.load_der_x509_certificate(ca).public_key()
        if not isinstance(key, EllipticCurvePublicKey) or not listed.is_signature_valid(key):
            raise AppError(Code.REVOCATION_DAMAGED)
        number = listed.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        revocations = tuple(_revocation(entry) for entry in listed)
    except (
        ValueError,
        UnsupportedAlgorithm,
        x509.ExtensionNotFound,
        x509.InvalidVersion,
    ) as cause:
        raise AppError(Code.REVOCATION_DAMAGED) from cause
    if listed.next_update_utc is None:
        raise AppError(Code.REVOCATION_DAMAGED)
    return RevocationList(
        number=number,
        issued=listed.last_update_utc,
        next_update=listed.next_update_utc,
        revocations=revocations,
    )


def _entry(revocation: Revocation) -> x509.RevokedCertificate:
    builder = (
        x509.RevokedCertificateBuilder()
        .serial_number(int(revocation.serial, 16))
        .revocation_date(revocation.at)
    )
    # RFC 5280 5.3.1: "unspecified" is said by leaving the reason out.
    if revocation.reason is not RevocationReason.UNSPECIFIED:
        reason = x509.ReasonFlags[revocation.reason]
        builder = builder.add_extension(x509.CRLReason(reason), critical=False)
    return builder.build()


def _revocation(entry: x509.RevokedCertificate) -> Revocation:
    reason = RevocationReason.UNSPECIFIED
    for extension in entry.extensions:
        if isinstance(extension.value, x509.CRLReason):
            reason = RevocationReason(extension.value.reason.name)
    return Revocation(
        serial=f"{entry.serial_number:x}", at=entry.revocation_date_utc, reason=reason
    )
