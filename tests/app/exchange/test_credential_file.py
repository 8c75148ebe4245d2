"""A credential is two sealed parts and two signed ones, whole or refused."""

import pytest

from app.crypto.age import open_age_secret, seal_age_secret
from app.crypto.identity import open_identity, seal_identity
from app.crypto.passphrase import passphrase_of_text
from app.errors import AppError, Code
from app.exchange.credential_file import CredentialFile, read_credential, write_credential
from app.exchange.stored_zip import archive
from tests.pki import PASSPHRASE, make_inspector, make_office

OFFICE = make_office()
INSPECTOR = make_inspector(OFFICE)
CREDENTIAL = CredentialFile(
    identity=b"identity", age_key=b"age", profile=b"profile", compact=b"compact"
)
SOUND = write_credential(CREDENTIAL)


def refusal(content: bytes) -> Code:
    with pytest.raises(AppError) as refused:
        read_credential(content)
    return refused.value.code


def test_a_credential_is_read_back_and_opens_with_its_passphrase() -> None:
    sealed = CredentialFile(
        identity=seal_identity(INSPECTOR, PASSPHRASE),
        age_key=seal_age_secret(OFFICE.age, PASSPHRASE),
        profile=b"signed, read elsewhere",
        compact=INSPECTOR.compact,
    )
    read = read_credential(write_credential(sealed))
    assert read == sealed
    assert open_identity(read.identity, PASSPHRASE).certificate == INSPECTOR.certificate
    assert open_age_secret(read.age_key, PASSPHRASE).text == OFFICE.age.text
    with pytest.raises(AppError) as refused:
        open_identity(read.identity, passphrase_of_text("another"))
    assert refused.value.code is Code.PASSPHRASE_WRONG


def test_a_credential_of_an_older_program_has_no_compact_part() -> None:
    older = archive({"identity.p12": b"i", "age.key.p8": b"a", "office.akprofile": b"p"})
    assert read_credential(older) == CredentialFile(identity=b"i", age_key=b"a", profile=b"p")


def test_every_truncation_is_refused() -> None:
    codes = {refusal(SOUND[:length]) for length in range(len(SOUND))}
    assert codes == {Code.CREDENTIAL_DAMAGED}


def test_every_flipped_byte_is_refused() -> None:
    for place in range(len(SOUND)):
        damaged = bytearray(SOUND)
        damaged[place] ^= 0x10
        assert refusal(bytes(damaged)) is Code.CREDENTIAL_DAMAGED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"age-encryption.org/v1\n",
        archive({"identity.p12": b"", "age.key.p8": b""}),
        archive({"age.key.p8": b"", "identity.p12": b"", "office.akprofile": b""}),
        archive({"identity.p12": b"", "age.key.p8": b"", "office.akprofile": b"", "../evil": b""}),
        archive({"identity.p12": b"", "age.key.p8": b"", "identity.cose": b"c"}),
        archive(
            {
                "identity.p12": b"",
                "age.key.p8": b"",
                "office.akprofile": b"",
                "identity.cose": b"",
            }
        ),
        archive(
            {
                "identity.cose": b"c",
                "identity.p12": b"",
                "age.key.p8": b"",
                "office.akprofile": b"",
            }
        ),
    ],
)
def test_another_file_is_refused(content: bytes) -> None:
    assert refusal(content) is Code.CREDENTIAL_DAMAGED
