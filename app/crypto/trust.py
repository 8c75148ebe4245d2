"""Which offices we trust, and which of them issued a certificate."""

from collections.abc import Callable
from dataclasses import dataclass

from app.crypto.facts import is_issued_by
from app.crypto.revocation import read_crl


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedOffice:
    """An office whose CA certificate (DER) was compared by fingerprint, and its newest CRL.

    The CA certificate names the office's code, so it can certify for no other office.
    """

    ca: bytes
    crl: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustAnchors:
    """The trusted offices: all that verification knows besides the signed bytes and two times.

    `stampers` are the CA certificates (DER) of the time stamp services whose word counts. Without
    `needs_list` a revocation list that is missing or past its date is no refusal: for whoever only
    looks, and says so. What a list at hand revokes stays revoked.
    """

    offices: tuple[TrustedOffice, ...]
    stampers: tuple[bytes, ...] = ()
    needs_list: bool = True

    def issuer_of(self, certificate: bytes) -> TrustedOffice | None:
        """Return the office whose CA signed the certificate, as `issuing`."""
        return self.issuing(lambda ca: is_issued_by(certificate, ca))

    def issuing(self, is_issuer: Callable[[bytes], bool]) -> TrustedOffice | None:
        """Return the office whose CA (DER) issued something, be that expired or revoked.

        An office that is known twice, from here and from a file, counts with the newer list.

        Raises:
            AppError: REVOCATION_DAMAGED.

        """
        found = [office for office in self.offices if is_issuer(office.ca)]
        return found[0] if len(found) == 1 else max(found, key=_list_number, default=None)


def _list_number(office: TrustedOffice) -> int:
    return -1 if office.crl is None else read_crl(office.crl, office.ca).number
