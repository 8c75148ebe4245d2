"""Opening the keys of this workspace with a passphrase; nothing opened is ever stored."""

from dataclasses import dataclass, replace

from app.crypto.age import AgeSecret, open_age_secret
from app.crypto.certificates import Authority
from app.crypto.identity import SigningIdentity, open_identity
from app.crypto.keys import open_key
from app.crypto.passphrase import Passphrase
from app.domain.keyring import Credential, CredentialKind
from app.errors import AppError, Code
from app.exchange.credential_file import read_credential
from app.services.desk.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """An opened credential: a key to sign with, and the age secret packages are opened with."""

    kind: CredentialKind
    identity: SigningIdentity
    age: AgeSecret


def unlock(desk: Desk, kind: CredentialKind, passphrase: Passphrase) -> Unlocked:
    """Open the inspector's or the office's credential.

    Raises:
        AppError: IDENTITY_MISSING (inspector), OFFICE_MISSING (office), PASSPHRASE_WRONG.

    """
    return open_credential(credential_of(desk, kind), passphrase)


def open_credential(credential: Credential, passphrase: Passphrase) -> Unlocked:
    """Open a credential without the workspace: 0.4 s, for the compute lane.

    Raises AppError PASSPHRASE_WRONG, CREDENTIAL_DAMAGED.
    """
    identity = open_identity(credential.sealed_key, passphrase)
    return Unlocked(
        kind=credential.kind,
        identity=replace(identity, compact=credential.compact),
        age=open_age_secret(credential.sealed_age, passphrase),
    )


def open_brought(content: bytes, passphrase: Passphrase) -> SigningIdentity:
    """Open the credential (.akid) another inspector brought for one seal; nothing of it is kept.

    Raises AppError CREDENTIAL_DAMAGED, PASSPHRASE_WRONG.
    """
    return open_identity(read_credential(content).identity, passphrase)


def unlock_any(desk: Desk, passphrase: Passphrase) -> Unlocked:
    """Open the credential packages come in under: the office's where there is one.

    A workspace that holds both opens the one the passphrase fits. Raises as `unlock`.
    """
    kinds = [
        kind
        for kind in (CredentialKind.OFFICE, CredentialKind.INSPECTOR)
        if desk.workspace.credentials.get(kind) is not None
    ]
    if len(kinds) > 1:
        try:
            return unlock(desk, kinds[0], passphrase)
        except AppError as refusal:
            if refusal.code is not Code.PASSPHRASE_WRONG:
                raise
    return unlock(desk, kinds[-1] if kinds else CredentialKind.INSPECTOR, passphrase)


def unlock_authority(desk: Desk, passphrase: Passphrase) -> Authority:
    """Open the office's CA, which signs certificates and CRLs only; raises as `unlock`."""
    credential = credential_of(desk, CredentialKind.CA)
    return Authority(
        key=open_key(credential.sealed_key, passphrase), certificate=credential.certificate
    )


def credential_of(desk: Desk, kind: CredentialKind) -> Credential:
    """Return a credential of this workspace; AppError IDENTITY_MISSING, OFFICE_MISSING."""
    credential = desk.workspace.credentials.get(kind)
    if credential is None:
        missing = (
            Code.IDENTITY_MISSING if kind is CredentialKind.INSPECTOR else Code.OFFICE_MISSING
        )
        raise AppError(missing)
    return credential
