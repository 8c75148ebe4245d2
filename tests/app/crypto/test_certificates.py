"""Hold the profile of our certificates, against OpenSSL and what they say."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from app.crypto.certificates import Holder, issue_ca, issue_certificate
from app.crypto.facts import Role, describe, read_ca
from app.crypto.identity import SigningIdentity
from app.crypto.keys import new_signing_key
from app.crypto.pem import certificate_pem
from app.errors import AppError, Code
from tests.pki import MOMENT, Office, make_inspector, make_office


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office("440304", "练习区总工会竞赛办")


@pytest.fixture(scope="module")
def inspector(office: Office) -> SigningIdentity:
    return make_inspector(office, "练习员乙")


def test_an_inspectors_certificate_says_who_and_what(inspector: SigningIdentity) -> None:
    facts = describe(inspector.certificate)
    assert (facts.common_name, facts.post) == ("练习员乙", "劳动保护检查员")
    assert facts.organisation == "练习区总工会竞赛办"
    assert (facts.role, facts.office_code) == (Role.INSPECTOR, "440304")
    assert not facts.is_ca
    assert not facts.rehearsal
    assert facts.not_before == MOMENT - timedelta(days=1)
    assert facts.not_after == MOMENT + timedelta(days=1096)


def test_an_offices_certificate_says_so(office: Office) -> None:
    facts = describe(office.identity.certificate)
    assert (facts.role, facts.office_code, facts.post) == (Role.OFFICE, "440304", "")


def test_a_ca_names_its_office_and_has_no_role(office: Office) -> None:
    facts = read_ca(office.authority.certificate)
    assert (facts.is_ca, facts.office_code, facts.role) == (True, "440304", None)
    assert facts.not_after == MOMENT + timedelta(days=3653)


def test_a_rehearsal_office_marks_all_it_issues() -> None:
    office = make_office(rehearsal=True)
    for certificate in (
        office.authority.certificate,
        office.identity.certificate,
        make_inspector(office).certificate,
    ):
        assert describe(certificate).rehearsal
        subject = x509.load_der_x509_certificate(certificate).subject
        units = subject.get_attributes_for_oid(x509.NameOID.ORGANIZATIONAL_UNIT_NAME)
        assert [unit.value for unit in units] == ["练习"]


def test_a_ca_signs_certificates_and_lists_only(office: Office) -> None:
    ca = x509.load_der_x509_certificate(office.authority.certificate)
    usage = ca.extensions.get_extension_for_class(x509.KeyUsage)
    constraints = ca.extensions.get_extension_for_class(x509.BasicConstraints)
    assert usage.critical
    assert (usage.value.key_cert_sign, usage.value.crl_sign) == (True, True)
    assert not usage.value.digital_signature
    assert not usage.value.content_commitment
    assert constraints.critical
    assert constraints.value == x509.BasicConstraints(ca=True, path_length=0)


def test_an_end_entity_signs_content_only(inspector: SigningIdentity) -> None:
    certificate = x509.load_der_x509_certificate(inspector.certificate)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    assert (usage.key_cert_sign, usage.crl_sign) == (False, False)
    assert list(purposes) == [ExtendedKeyUsageOID.EMAIL_PROTECTION]


def test_openssl_finds_the_chain_good(
    office: Office, inspector: SigningIdentity, tmp_path: Path
) -> None:
    for name, der in (("ca", office.authority.certificate), ("own", inspector.certificate)):
        (tmp_path / f"{name}.pem").write_bytes(certificate_pem(der))
    subprocess.run(
        f"openssl verify -x509_strict -purpose smimesign -attime {int(MOMENT.timestamp())}"
        " -CAfile ca.pem own.pem".split(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )


def test_a_name_longer_than_a_certificate_takes_is_refused(office: Office) -> None:
    with pytest.raises(AppError) as refusal:
        issue_ca(name="长" * 65, code="440304", rehearsal=False, moment=MOMENT)
    assert refusal.value.code is Code.NAME_TOO_LONG
    with pytest.raises(AppError) as refusal:
        issue_certificate(
            office.authority,
            Holder(common_name="长" * 65, role=Role.INSPECTOR),
            public_key=new_signing_key().public_key(),
            moment=MOMENT,
        )
    assert refusal.value.code is Code.NAME_TOO_LONG
    assert refusal.value.facts == {"length": 65, "longest": 64}


def test_a_serial_is_never_used_twice(office: Office) -> None:
    serials = {describe(make_inspector(office).certificate).serial for _ in range(20)}
    assert len(serials) == 20
