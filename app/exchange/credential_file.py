"""An inspector's credential (.akid), a stored ZIP.

It holds identity.p12, age.key.p8, office.akprofile and, unless an older program made it,
identity.cose. Nothing is opened here: the two keys stay sealed under the inspector's passphrase
(`app.crypto`), the profile is verified by `profile`, identity.cose by `compact_credential`.
"""

from dataclasses import dataclass

from app.errors import AppError, Code
from app.exchange.stored_zip import archive, read_archive

IDENTITY = "identity.p12"
_AGE_KEY = "age.key.p8"
_PROFILE = "office.akprofile"
_COMPACT = "identity.cose"


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFile:
    """Its parts: PKCS#12, encrypted PKCS#8, the office's profile, and the compact credential."""

    identity: bytes
    age_key: bytes
    profile: bytes
    compact: bytes = b""


def write_credential(credential: CredentialFile) -> bytes:
    """Return the credential as a file."""
    files = {
        IDENTITY: credential.identity,
        _AGE_KEY: credential.age_key,
        _PROFILE: credential.profile,
    }
    return archive({**files, _COMPACT: credential.compact} if credential.compact else files)


def read_credential(content: bytes) -> CredentialFile:
    """Return the parts of a credential.

    Raises:
        AppError: CREDENTIAL_DAMAGED for a file that is truncated, changed or something else.

    """
    try:
        files = read_archive(content)
    except AppError as cause:
        raise AppError(Code.CREDENTIAL_DAMAGED) from cause
    compact = files.pop(_COMPACT, b"")
    credential = CredentialFile(
        identity=files.get(IDENTITY, b""),
        age_key=files.get(_AGE_KEY, b""),
        profile=files.get(_PROFILE, b""),
        compact=compact,
    )
    if write_credential(credential) != content:
        raise AppError(Code.CREDENTIAL_DAMAGED)
    return credential
