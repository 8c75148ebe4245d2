"""The time stamp service a person chose, and a stamp over each seal from it; never a must.

Nothing is asked unless a service is set, and only the hash of a signature leaves. A seal without
its stamp is as good as one was before; why there is none is told.
"""

from dataclasses import dataclass, field
from datetime import datetime

from app.crypto.facts import CertificateFacts, describe
from app.crypto.pem import certificate_of
from app.domain.time_stamp import StampService, require_address
from app.domain.trail import AuditEntry
from app.errors import AppError, Code
from app.services.desk.desk import Changes, Desk, Noun, changed


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenService:
    """The service as it is shown: its address, and what its CA certificate says."""

    url: str
    ca: CertificateFacts

    @property
    def name(self) -> str:
        """Return what the CA certificate is called."""
        return self.ca.common_name or self.ca.organisation


def set_stamp_service(desk: Desk, url: str, certificate: bytes) -> tuple[ChosenService, Changes]:
    """Ask a service for time stamps from now on, and believe those its CA stands behind.

    `certificate` is the CA certificate of the service, PEM or DER.

    Raises:
        AppError: TIME_STAMP_ADDRESS, TIME_STAMP_CERTIFICATE.

    """
    service = StampService(url=require_address(url), ca=_ca(certificate))
    chosen = _chosen(service)
    entry = AuditEntry(
        action="timestamp.set", subject=service.url, details={"ca": chosen.ca.sha256}
    )
    with desk.workspace.change(entry):
        desk.workspace.stamp_service.set(service)
    return chosen, changed(Noun.TRUST)


def clear_stamp_service(desk: Desk) -> tuple[None, Changes]:
    """Ask nobody any more, and believe no stamp but as far as it was received."""
    held = desk.workspace.stamp_service.get()
    if held is None:
        return None, changed()
    with desk.workspace.change(AuditEntry(action="timestamp.clear", subject=held.url)):
        desk.workspace.stamp_service.clear()
    return None, changed(Noun.TRUST)


def stamp_service(desk: Desk) -> ChosenService | None:
    """Return the service that is set."""
    held = desk.workspace.stamp_service.get()
    return None if held is None else _chosen(held)


@dataclass(slots=True, kw_only=True)
class Stamping:
    """Stamps over the seals of one file; `missed` says why one has none.

    A service that failed once is not asked again for the same file, and all its stamps together
    take no longer than one may.
    """

    service: StampService
    now: datetime
    seals: int = 1
    missed: AppError | None = field(default=None, init=False)

    def __call__(self, signature: bytes) -> bytes:
        """Return the token of a stamp over a signature, b'' where none could be had."""
        from app.crypto.timestamp import MOST_SECONDS, ask_stamp

        if self.missed is not None:
            return b""
        seconds = MOST_SECONDS / self.seals
        try:
            return ask_stamp(signature, self.service, now=self.now, seconds=seconds)
        except AppError as refusal:
            self.missed = refusal
            return b""


def _ca(certificate: bytes) -> bytes:
    try:
        ca = certificate_of(certificate)
        is_ca = describe(ca).is_ca
    except AppError as cause:
        raise AppError(Code.TIME_STAMP_CERTIFICATE) from cause
    if not is_ca:
        raise AppError(Code.TIME_STAMP_CERTIFICATE)
    return ca


def _chosen(service: StampService) -> ChosenService:
    return ChosenService(url=service.url, ca=describe(service.ca))
