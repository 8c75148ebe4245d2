"""Which offices we trust, and which of them issued a certificate."""

from dataclasses import dataclass

from app.crypto.facts import is_issued_by


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedOffice:
    """An office whose CA certificate (DER) was compared by fingerprint, and its newest CRL.

    The CA certificate names the office's code, so it can certify for no other office.
    """

    ca: bytes
    crl: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustAnchors:
    """The trusted offices: all that verification knows besides the signed bytes and two times."""

    offices: tuple[TrustedOffice, ...]

    def issuer_of(self, certificate: bytes) -> TrustedOffice | None:
        """Return the office whose CA signed the certificate, be it expired or revoked."""
        return next(
            (office for office in self.offices if is_issued_by(certificate, office.ca)), None
        )
