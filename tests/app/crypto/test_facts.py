"""Hold what is read from certificates, strangers' and damaged ones included."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.facts import (
    Role,
    describe,
    fingerprint_groups,
    fingerprint_matches,
    is_issued_by,
    read_ca,
    require_office,
    require_role,
)
from app.errors import AppError, Code
from tests.pki import Office, certify_anything, make_inspector, make_office


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office()


def described(certificate: bytes) -> str | Code:
    try:
        return describe(certificate).sha256
    except AppError as refusal:
        return refusal.code


def test_a_role_or_office_named_twice_counts_for_none(office: Office) -> None:
    two = certify_anything(
        office.authority,
        "urn:ankang:role:inspector",
        "urn:ankang:role:office",
        "urn:ankang:office:440304",
        "urn:ankang:office:440305",
        common_name="练习员",
    )
    facts = describe(two.certificate)
    assert (facts.role, facts.office_code) == (None, None)


def test_an_unknown_role_counts_for_none(office: Office) -> None:
    stranger = certify_anything(office.authority, "urn:ankang:role:king", common_name="练习员")
    assert describe(stranger.certificate).role is None


def test_control_characters_of_a_stranger_are_not_shown(office: Office) -> None:
    stranger = certify_anything(office.authority, "urn:x", common_name="张\x1b[2J\n三")
    assert describe(stranger.certificate).common_name == "张\ufffd[2J\ufffd三"


def test_only_the_ca_that_signed_a_certificate_issued_it(office: Office) -> None:
    own, ca = office.identity.certificate, office.authority.certificate
    namesake = make_office()
    assert is_issued_by(own, ca)
    assert is_issued_by(ca, ca)
    assert not is_issued_by(own, namesake.authority.certificate)
    assert not is_issued_by(own, own)
    assert not is_issued_by(b"no certificate", ca)
    assert not is_issued_by(own[:-1] + bytes([own[-1] ^ 1]), ca)


def test_the_wrong_role_is_refused(office: Office) -> None:
    facts = describe(make_inspector(office, "练习员").certificate)
    require_role(facts, Role.INSPECTOR)
    with pytest.raises(AppError) as refusal:
        require_role(facts, Role.OFFICE)
    assert refusal.value.code is Code.SIGNER_ROLE_WRONG
    assert refusal.value.facts == {"name": "练习员", "needed": "office"}


def test_the_wrong_office_is_refused(office: Office) -> None:
    facts = describe(office.identity.certificate)
    require_office(facts, "440304")
    with pytest.raises(AppError) as refusal:
        require_office(facts, "440305")
    assert refusal.value.code is Code.SIGNER_OFFICE_WRONG


def test_only_a_ca_with_an_office_is_read_as_one(office: Office) -> None:
    for certificate in (office.identity.certificate, b"", b"no certificate"):
        with pytest.raises(AppError) as refusal:
            read_ca(certificate)
        assert refusal.value.code is Code.CERTIFICATE_DAMAGED


@given(st.data())
def test_a_damaged_certificate_is_described_or_refused(
    office: Office, data: st.DataObject
) -> None:
    damaged = bytearray(office.identity.certificate)
    damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    assert described(bytes(damaged)) in (
        Code.CERTIFICATE_DAMAGED,
        hashlib.sha256(damaged).hexdigest(),
    )


def test_the_fingerprint_is_openssls(office: Office, tmp_path: Path) -> None:
    certificate = office.authority.certificate
    (tmp_path / "ca.der").write_bytes(certificate)
    printed = subprocess.run(
        [
            "openssl",
            "x509",
            "-inform",
            "DER",
            "-in",
            "ca.der",
            "-noout",
            "-sha256",
            "-fingerprint",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert fingerprint_matches(printed.split("=")[1], certificate)


def test_a_fingerprint_is_shown_in_sixteen_groups_of_four(office: Office) -> None:
    groups = fingerprint_groups(office.authority.certificate).split(" ")
    assert [len(group) for group in groups] == [4] * 16


@pytest.mark.parametrize("typed", [str.lower, str.upper, lambda text: text.replace(" ", "")])
def test_a_fingerprint_is_compared_as_people_type(office: Office, typed: "type[str]") -> None:
    certificate = office.authority.certificate
    assert fingerprint_matches(typed(fingerprint_groups(certificate)), certificate)


def test_a_full_width_fingerprint_matches(office: Office) -> None:
    certificate = office.authority.certificate
    wide = "".join(
        letter if letter == " " else chr(ord(letter) + 0xFEE0)
        for letter in fingerprint_groups(certificate)
    )
    assert fingerprint_matches(wide.replace(" ", "\u3000"), certificate)


def test_part_of_a_fingerprint_does_not_match(office: Office) -> None:
    certificate = office.authority.certificate
    groups = fingerprint_groups(certificate)
    assert not fingerprint_matches(groups[:-1], certificate)
    assert not fingerprint_matches(groups[:4], certificate)
    assert not fingerprint_matches("", certificate)
    assert not fingerprint_matches(groups, office.identity.certificate)
