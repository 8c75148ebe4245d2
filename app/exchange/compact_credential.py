"""An inspector's certificate in a form small enough for a QR code (`ankang.credential/1`).

The office's CA key signs it when the certificate is made. It says the same and nothing more, so it
can be revoked by the same serial. Format: docs/paper-proof.md.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Meta

from app.crypto.certificates import LONGEST_NAME, Authority
from app.crypto.cose import payload_of, sign_cose, verify_cose
from app.crypto.facts import Role, describe
from app.domain.moment import local_date
from app.errors import AppError, Code
from app.exchange.cbor_wire import Day, day_of, days_of, from_cbor, printable, to_cbor

CONTEXT = b"ankang.credential/1"
LONGEST_POST = 20
CUT = "…"
_ROLES = {Role.INSPECTOR: 1, Role.OFFICE: 2}

Name = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]


class _Wire(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={
        "name": "1",
        "post": "2",
        "role": "3",
        "office": "4",
        "serial": "5",
        "key": "6",
        "not_before": "7",
        "not_after": "8",
    },
):
    name: Name
    post: Annotated[str, Meta(max_length=LONGEST_POST)]
    role: Annotated[int, Meta(ge=1, le=len(_ROLES))]
    office: Annotated[str, Meta(min_length=6, max_length=32, pattern=r"^[0-9A-Z-]+\Z")]
    serial: Annotated[bytes, Meta(min_length=1, max_length=20)]
    key: Annotated[bytes, Meta(min_length=33, max_length=33)]
    not_before: Day
    not_after: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactCredential:
    """What a compact credential says.

    `post` is cut to 20 characters; `office` is the office's code; `serial` is lower-case
    hexadecimal as in CertificateFacts. The days are those of the certificate in China, both
    included.
    """

    name: str
    post: str
    role: Role
    office: str
    serial: str
    not_before: date
    not_after: date
    key: EllipticCurvePublicKey = field(repr=False)


def issue_compact(authority: Authority, certificate: bytes) -> bytes:
    """Have the CA sign the compact form of a certificate it made."""
    return sign_cose(to_cbor(_of(certificate)), authority.key, context=CONTEXT)


def claimed_credential(message: bytes) -> CompactCredential:
    """Return what a compact credential says that nobody has verified; AppError PROOF_DAMAGED."""
    return _credential(from_cbor(payload_of(message), _Wire))


def is_issued_by(message: bytes, ca: bytes) -> bool:
    """Tell whether this CA (certificate, DER) signed the credential; AppError PROOF_DAMAGED."""
    try:
        key = x509.load_der_x509_certificate(ca).public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False
    if not isinstance(key, EllipticCurvePublicKey):
        return False
    try:
        verify_cose(message, key, context=CONTEXT)
    except AppError as refusal:
        if refusal.code is Code.SIGNATURE_INVALID:
            return False
        raise
    return True


def fits(message: bytes, certificate: bytes) -> bool:
    """Tell whether a compact credential says what the certificate says; AppError PROOF_DAMAGED."""
    return payload_of(message) == to_cbor(_of(certificate))


def _of(certificate: bytes) -> _Wire:
    facts = describe(certificate)
    key = x509.load_der_x509_certificate(certificate).public_key()
    if facts.role is None or not isinstance(key, EllipticCurvePublicKey):
        raise AppError(Code.CERTIFICATE_DAMAGED)
    return _Wire(
        name=facts.common_name,
        post=shortened(facts.post, LONGEST_POST),
        role=_ROLES[facts.role],
        office=facts.office_code or "",
        serial=bytes.fromhex(facts.serial.rjust(len(facts.serial) + len(facts.serial) % 2, "0")),
        key=key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
        not_before=days_of(local_date(facts.not_before)),
        not_after=days_of(local_date(facts.not_after)),
    )


def _credential(wire: _Wire) -> CompactCredential:
    try:
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), wire.key)
    except ValueError as cause:
        raise AppError(Code.PROOF_DAMAGED) from cause
    return CompactCredential(
        name=printable(wire.name),
        post=printable(wire.post),
        role=next(role for role, number in _ROLES.items() if number == wire.role),
        office=wire.office,
        serial=wire.serial.hex().lstrip("0"),
        not_before=day_of(wire.not_before),
        not_after=day_of(wire.not_after),
        key=key,
    )


def shortened(text: str, longest: int) -> str:
    """Return a text cut to so many characters, … the last of them: the code must stay coarse."""
    return text if len(text) <= longest else text[: longest - len(CUT)] + CUT
