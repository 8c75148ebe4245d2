"""Hold revocation lists: OpenSSL verifies them, only their own CA's count."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.pem import certificate_pem
from app.crypto.revocation import Revocation, RevocationList, RevocationReason, issue_crl, read_crl
from app.errors import AppError, Code
from tests.pki import MOMENT, Office, make_office


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office()


@pytest.fixture(scope="module")
def revocations() -> tuple[Revocation, ...]:
    return tuple(
        Revocation(serial=f"{1000 + number:x}", at=MOMENT - timedelta(days=number), reason=reason)
        for number, reason in enumerate(RevocationReason)
    )


@pytest.fixture(scope="module")
def crl(office: Office, revocations: tuple[Revocation, ...]) -> bytes:
    return issue_crl(office.authority, revocations, number=7, moment=MOMENT)


def said(crl: bytes, office: Office) -> RevocationList | Code:
    try:
        return read_crl(crl, office.authority.certificate)
    except AppError as refusal:
        return refusal.code


def test_a_list_says_what_was_put_on_it(
    office: Office, crl: bytes, revocations: tuple[Revocation, ...]
) -> None:
    listed = read_crl(crl, office.authority.certificate)
    assert listed.number == 7
    assert listed.issued == MOMENT
    assert listed.next_update == MOMENT + timedelta(days=400)
    assert listed.revocations == revocations
    assert listed.of(revocations[1].serial) == revocations[1]
    assert listed.of("ff") is None


def test_openssl_verifies_a_list(office: Office, crl: bytes, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_bytes(certificate_pem(office.authority.certificate))
    (tmp_path / "list.crl").write_bytes(crl)
    checked = subprocess.run(
        ["openssl", "crl", "-inform", "DER", "-in", "list.crl", "-CAfile", "ca.pem", "-noout"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert "verify OK" in checked.stderr


def test_a_list_of_another_ca_is_refused(crl: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        read_crl(crl, make_office().authority.certificate)
    assert refusal.value.code is Code.REVOCATION_DAMAGED


@given(st.data())
def test_a_changed_list_never_says_anything_else(
    office: Office, crl: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(crl)
    damaged[data.draw(st.integers(0, len(crl) - 1))] ^= data.draw(st.integers(1, 255))
    # Only the frame around the signed part may differ.
    assert said(bytes(damaged), office) in (Code.REVOCATION_DAMAGED, said(crl, office))


@pytest.mark.parametrize("content", [b"", b"no list", b"\x30\x00"])
def test_what_is_no_list_is_refused(office: Office, content: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        read_crl(content, office.authority.certificate)
    assert refusal.value.code is Code.REVOCATION_DAMAGED
