"""Who this workspace is: its office, its inspector, and the rules that follow."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.card import OfficeName
from app.domain.keyring import CredentialKind, TrustedOffice
from app.domain.office import Office, Rules
from app.errors import AppError, Code
from app.services.desk.desk import Desk

if TYPE_CHECKING:
    from app.crypto.facts import CertificateFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The office for which cards are made here, and its rules. Both blank before one is known."""

    name: OfficeName
    rules: Rules


def standing(desk: Desk) -> Standing:
    """Return the office cards are made for: the inspector's own, else that of this workspace."""
    if desk.workspace.credentials.get(CredentialKind.INSPECTOR) is not None:
        office = inspectors_office(desk).office
        return Standing(name=office.name, rules=office.rules)
    own = desk.workspace.office.get()
    if own is not None:
        return Standing(name=own.name, rules=own.rules)
    return Standing(name=OfficeName(code="", name=""), rules=Rules())


def inspectors_office(desk: Desk) -> TrustedOffice:
    """Return the office that enrolled the inspector here; AppError IDENTITY_MISSING."""
    holder = holder_of(desk, CredentialKind.INSPECTOR)
    known = None if holder is None else desk.workspace.trust.get(holder.office_code or "")
    if known is None:
        raise AppError(Code.IDENTITY_MISSING)
    return known


def own_office(desk: Desk) -> Office:
    """Return the office of this workspace; AppError OFFICE_MISSING when it is not one."""
    office = desk.workspace.office.get()
    if office is None:
        raise AppError(Code.OFFICE_MISSING)
    return office


def holder_of(desk: Desk, kind: CredentialKind) -> "CertificateFacts | None":
    """Return what the certificate of a credential says, None when there is no such credential."""
    credential = desk.workspace.credentials.get(kind)
    if credential is None:
        return None
    from app.crypto.facts import describe

    return describe(credential.certificate)
