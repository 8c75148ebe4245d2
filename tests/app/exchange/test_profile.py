"""A profile proves that its parts belong together, or is refused."""

import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from app.crypto.cms import sign_detached
from app.crypto.facts import describe, fingerprint_matches
from app.crypto.identity import SigningIdentity
from app.crypto.pem import certificate_pem
from app.crypto.revocation import Revocation, issue_crl
from app.domain.card import Policy
from app.domain.office import Rules, new_office
from app.errors import AppError, Code
from app.exchange.profile import Profile, read_profile, write_profile
from app.exchange.stored_zip import archive, read_archive
from tests.packages import serial
from tests.pki import MOMENT, Office, make_inspector, make_office

OFFICE = make_office()
INSPECTOR = make_inspector(OFFICE)


def profile_of(office: Office, *, code: str = "440304", rehearsal: bool = False) -> Profile:
    """Return the third profile of an office with one inspector."""
    rules = Rules(step=Decimal("0.5"), policy=Policy.RESCALE)
    name = new_office(name="练习区总工会竞赛办", code=code, level="district")
    return Profile(
        office=replace(name, rules=rules),
        rehearsal=rehearsal,
        number=3,
        created=MOMENT,
        ca=office.authority.certificate,
        certificate=office.identity.certificate,
        issued=(INSPECTOR.certificate,) if office is OFFICE else (),
        crl=office.crl,
        recipient=office.age.recipient,
    )


PROFILE = profile_of(OFFICE)
SOUND = write_profile(PROFILE, OFFICE.identity)


def refusal(content: bytes, *, days: int = 0) -> AppError:
    with pytest.raises(AppError) as refused:
        read_profile(content, now=MOMENT + timedelta(days=days))
    return refused.value


def where(content: bytes) -> object:
    refused = refusal(content)
    assert refused.code is Code.PROFILE_DAMAGED
    return refused.facts["where"]


def edited(sound: str, damaged: str, *, identity: SigningIdentity = OFFICE.identity) -> bytes:
    """Return the profile with its document changed and signed again."""
    files = read_archive(SOUND)
    document = files["profile.json"].decode()
    assert sound in document
    files["profile.json"] = document.replace(sound, damaged).encode()
    files["profile.json.p7s"] = sign_detached(files["profile.json"], identity)
    return archive(files)


def test_a_profile_is_read_back() -> None:
    assert read_profile(SOUND, now=MOMENT) == PROFILE


def test_a_profile_shows_names_and_the_fingerprint() -> None:
    profile = read_profile(SOUND, now=MOMENT)
    assert [describe(issued).common_name for issued in profile.issued] == ["练习员甲"]
    assert fingerprint_matches(profile.fingerprint, OFFICE.authority.certificate)
    assert profile.trusted == OFFICE.trusted


def test_a_practice_profile_is_read_back() -> None:
    office = make_office(rehearsal=True)
    profile = profile_of(office, rehearsal=True)
    assert read_profile(write_profile(profile, office.identity), now=MOMENT) == profile


def test_a_flipped_bit_in_the_archive_is_found() -> None:
    chance = Random(2023)  # noqa: S311 - which bits, not a secret
    for _ in range(200):
        damaged = bytearray(SOUND)
        damaged[chance.randrange(len(SOUND))] ^= 1 << chance.randrange(8)
        assert refusal(bytes(damaged)).code is Code.PROFILE_DAMAGED


def test_what_is_no_whole_profile_is_refused() -> None:
    for content in (b"", b"{}", SOUND[:-1], SOUND[:100], SOUND + b"x", SOUND * 2, archive({})):
        assert refusal(content).code is Code.PROFILE_DAMAGED


@pytest.mark.parametrize("name", ["profile.json", "profile.json.p7s", "ca.der", "revocations.crl"])
def test_a_profile_that_lacks_a_file_is_refused(name: str) -> None:
    files = read_archive(SOUND)
    del files[name]
    assert where(archive(files)) == "files"


@pytest.mark.parametrize(
    ("sound", "damaged", "place"),
    [
        ('"number":3', '"number":0', "$.number"),
        ('"number":3', '"number":3,"z":1', "z"),
        ('"rehearsal":false', '"rehearsal":true', "rehearsal"),
        ('"code":"440304"', '"code":"440305"', "office.code"),
        ('"level":"district"', '"level":"village"', "office_level_unknown"),
        ('"step":"0.5"', '"step":"0.3"', "setting_value"),
        ('"step":"0.5"', '"step":"0.50"', "canonical"),
        ('"na":"rescale"', '"na":"guess"', "setting_value"),
        ("竞赛办", "竞赛办 ", "canonical"),
        ("2021-06-01T01:00:00Z", "2021-06-01T01:00:60Z", "second must be in 0..59"),
        ("ankang.profile/1", "ankang.profile/2", "$.type"),
    ],
)
def test_a_signed_document_that_does_not_fit_is_refused(
    sound: str, damaged: str, place: str
) -> None:
    assert place in str(where(edited(sound, damaged)))


def test_a_profile_changed_after_signing_is_refused() -> None:
    files = read_archive(SOUND)
    files["profile.json"] = files["profile.json"].replace(b'"number":3', b'"number":4')
    assert where(archive(files)) == "signature_invalid"


def test_a_profile_signed_by_an_inspector_is_refused() -> None:
    assert where(edited('"number":3', '"number":4', identity=INSPECTOR)) == "signer_role_wrong"


def test_a_profile_signed_by_the_certificate_authority_is_refused() -> None:
    authority = OFFICE.authority
    identity = replace(OFFICE.identity, key=authority.key, certificate=authority.certificate)
    assert where(edited('"number":3', '"number":4', identity=identity)) == "signer_is_ca"


def test_parts_of_another_office_do_not_fit() -> None:
    other = make_office()
    profile = replace(PROFILE, ca=other.authority.certificate)
    assert where(write_profile(profile, OFFICE.identity)) in {
        "signer_unknown",
        "revocation_damaged",
    }
    profile = replace(PROFILE, crl=other.crl)
    assert where(write_profile(profile, OFFICE.identity)) == "revocation_damaged"
    profile = replace(PROFILE, certificate=other.identity.certificate)
    assert where(write_profile(profile, OFFICE.identity)) == "certificate"
    profile = replace(PROFILE, issued=(make_inspector(other).certificate,))
    assert where(write_profile(profile, OFFICE.identity)) == "issued"


def test_a_list_other_than_the_signed_one_is_refused() -> None:
    """Who may write the file must not be able to put an older revocation list into it."""
    files = read_archive(SOUND)
    files["revocations.crl"] = issue_crl(OFFICE.authority, [], number=2, moment=MOMENT)
    assert where(archive(files)) == "canonical"


def test_a_sound_profile_that_does_not_hold_today_says_why() -> None:
    assert refusal(SOUND, days=401).code is Code.REVOCATION_STALE
    assert refusal(SOUND, days=-2).code is Code.CERTIFICATE_NOT_YET_VALID
    late = issue_crl(OFFICE.authority, [], number=2, moment=MOMENT + timedelta(days=1000))
    old = write_profile(replace(PROFILE, crl=late), OFFICE.identity)
    assert refusal(old, days=1100).code is Code.CERTIFICATE_EXPIRED
    revoked = Revocation(serial=serial(OFFICE.identity), at=MOMENT)
    crl = issue_crl(OFFICE.authority, [revoked], number=2, moment=MOMENT)
    taken_back = write_profile(replace(PROFILE, crl=crl), OFFICE.identity)
    assert refusal(taken_back).code is Code.CERTIFICATE_REVOKED


def test_public_tools_verify_a_profile(tmp_path: Path) -> None:
    (tmp_path / "x.akprofile").write_bytes(SOUND)
    (tmp_path / "ca.pem").write_bytes(certificate_pem(OFFICE.authority.certificate))
    subprocess.run(["unzip", "-q", "x.akprofile"], cwd=tmp_path, check=True)
    command = (
        "openssl cms -verify -binary -inform DER -in profile.json.p7s -content profile.json "
        "-CAfile ca.pem -purpose any -attime 1622509200 -out signed.json"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    assert json.loads((tmp_path / "signed.json").read_text())["type"] == "ankang.profile/1"
