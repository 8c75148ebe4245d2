"""Keys at rest, certificates issued, offices trusted: what the program keeps of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.office import Office


class CredentialKind(StrEnum):
    """Whose key: the office's CA, the office itself, or the inspector at this computer."""

    CA = "ca"
    OFFICE = "office"
    INSPECTOR = "inspector"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A key at rest, only ever under a passphrase.

    `sealed_key` is PKCS#8 for the CA and PKCS#12 for the others; `sealed_age` is empty for the CA.
    `compact` is the certificate as the CA signed it for the code on a paper, of inspectors only.
    """

    kind: CredentialKind
    certificate: bytes
    sealed_key: bytes
    sealed_age: bytes = b""
    compact: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCertificate:
    """A certificate the office made; its holder's receipts are sealed to `age_recipient`."""

    serial: str
    certificate: bytes
    name: str
    post: str
    age_recipient: str
    issued_at: datetime
    revoked_at: datetime | None = None
    revocation_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationList:
    """A CRL (DER) of the office's CA; its number never goes back."""

    number: int
    der: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedOffice:
    """An office trusted by fingerprint, as its newest known profile tells.

    `ca` is its CA certificate and `crl` that CA's revocation list, both DER; `recipient` is the
    age recipient packages for it are sealed to; `profile` the signed file itself.
    """

    office: Office
    rehearsal: bool
    fingerprint: str
    number: int
    ca: bytes
    crl: bytes
    recipient: str
    profile: bytes
