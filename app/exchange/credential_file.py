"""An inspector's credential (.akid): a stored ZIP of identity.p12, age.key.p8, office.akprofile.

Nothing is opened here: the two keys stay sealed under the inspector's passphrase (`app.crypto`),
and the profile is verified by `profile`.
"""

from dataclasses import dataclass

from app.errors import AppError, Code
from app.exchange.stored_zip import archive, read_archive

IDENTITY = "identity.p12"
_AGE_KEY = "age.key.p8"
_PROFILE = "office.akprofile"


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialFile:
    """The three parts: PKCS#12, encrypted PKCS#8, and the office's profile, as bytes."""

    identity: bytes
    age_key: bytes
    profile: bytes


def write_credential(credential: CredentialFile) -> bytes:
    """Return the credential as a file."""
    return archive(
        {
            IDENTITY: credential.identity,
            _AGE_KEY: credential.age_key,
            _PROFILE: credential.profile,
        }
    )


def read_credential(content: bytes) -> CredentialFile:
    """Return the parts of a credential.

    Raises:
        AppError: CREDENTIAL_DAMAGED for a file that is truncated, changed or something else.

    """
    try:
        files = read_archive(content)
    except AppError as cause:
        raise AppError(Code.CREDENTIAL_DAMAGED) from cause
    if [*files] != [IDENTITY, _AGE_KEY, _PROFILE]:
        raise AppError(Code.CREDENTIAL_DAMAGED)
    return CredentialFile(
        identity=files[IDENTITY], age_key=files[_AGE_KEY], profile=files[_PROFILE]
    )
