"""Attacks with a key that is not the right one: another role, strangers, expired, revoked."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from app.crypto.certificates import Holder
from app.crypto.cms import sign_detached, verify_detached
from app.crypto.facts import Role, require_role
from app.crypto.identity import new_identity
from app.crypto.timestamp import ask_stamp
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.errors import Code
from app.services.verify.judge_pdf import judge_pdf
from app.services.verify.verdict import CheckName, Outcome
from tests.app.attacks.bench import (
    NAME,
    SEALED_AT,
    bench,
    card_of,
    codes,
    court,
    honest,
    judged,
    record_of,
    sealed,
)
from tests.pki import certify_anything, make_inspector, make_office, revoking, trusting
from tests.refusals import refused
from tests.tsa import NOW, make_authority, serving

_YEARS = 4 * 365


def test_the_office_key_on_a_card_is_found() -> None:
    forged = sealed(card_of(), identity=bench().office.identity)
    report = judged(forged)
    assert codes(report) == {"signer_role_wrong"}
    assert report.check(CheckName.SIGNER).outcome is Outcome.FAILED
    assert report.check(CheckName.CHAIN).outcome is Outcome.PASSED


def test_an_inspectors_key_on_a_document_of_the_office_is_found() -> None:
    document = b'{"type":"ankang.profile/1"}'
    cms = sign_detached(document, bench().inspector)
    signer = verify_detached(document, cms, trust=bench().trust, moment=SEALED_AT, now=SEALED_AT)
    with refused(Code.SIGNER_ROLE_WRONG):
        require_role(signer, Role.OFFICE)


def test_the_key_of_the_authority_on_a_card_is_found() -> None:
    office = bench().office
    root = replace(
        office.identity, key=office.authority.key, certificate=office.authority.certificate
    )
    assert codes(judged(sealed(card_of(), identity=root))) & {"signer_is_ca", "signature_invalid"}


def test_a_rogue_authority_of_the_same_name_and_code_is_found() -> None:
    rogue = make_office("440304", "练习区总工会竞赛办")
    forged = sealed(card_of(), identity=make_inspector(rogue, NAME))
    report = judged(forged)
    assert codes(report) == {"signer_unknown"}
    assert report.check(CheckName.SIGNATURE).outcome is Outcome.PASSED
    assert report.check(CheckName.CHAIN).outcome is Outcome.FAILED


def test_an_inspector_of_another_trusted_office_is_found() -> None:
    other = make_office("440305", "练习另一区竞赛办")
    forged = sealed(card_of(), identity=make_inspector(other, NAME))
    trust = TrustAnchors(offices=(*bench().trust.offices, other.trusted))
    assert codes(judged(forged, trust=trust)) == {"signer_office_wrong"}


def test_a_certificate_that_claims_two_roles_is_found() -> None:
    both = certify_anything(
        bench().office.authority,
        "urn:ankang:role:inspector",
        "urn:ankang:role:office",
        "urn:ankang:office:440304",
        common_name=NAME,
    )
    assert codes(judged(sealed(card_of(), identity=both))) == {"signer_role_wrong"}


def test_an_expired_key_is_found() -> None:
    report = judged(honest(), days=_YEARS)
    assert codes(report) == {"certificate_expired"}


def test_a_key_not_yet_valid_is_found() -> None:
    assert codes(judged(honest(), days=-30)) == {"certificate_not_yet_valid"}


@pytest.mark.parametrize(("days", "found"), [(1, {"certificate_revoked"}), (-0.1, set())])
def test_a_revoked_key_is_found_unless_the_file_was_received_before(
    days: float, found: set[str]
) -> None:
    """The moment that counts is that of our own receipt."""
    trust = revoking(bench().office, bench().inspector, at=SEALED_AT + timedelta(days=0.5))
    assert codes(judged(honest(), trust=trust, days=days + 0.2)) == found


def test_a_list_past_its_date_or_none_at_hand_is_told_and_not_passed_over() -> None:
    stale = judged(honest(), days=401)
    assert stale.outcome is Outcome.WARNED
    (refusal,) = stale.check(CheckName.REVOCATION).refusals
    assert refusal.code is Code.REVOCATION_STALE
    bare = TrustedOffice(ca=bench().office.authority.certificate, crl=None)
    missing = judged(honest(), trust=TrustAnchors(offices=(bare,)))
    (refusal,) = missing.check(CheckName.REVOCATION).refusals
    assert (missing.outcome, refusal.code) == (Outcome.WARNED, Code.REVOCATION_MISSING)


def test_a_record_signed_by_a_colleague_is_found() -> None:
    forged = sealed(card_of(), record=record_of(card_of(), bench().second))
    assert codes(judged(forged)) == {"pdf_signers_differ"}


def test_a_namesake_of_the_same_office_is_told_by_his_certificate() -> None:
    """Two certificates under one name: the record must be signed with the one that sealed."""
    holder = Holder(common_name=NAME, post="劳动保护检查员", role=Role.INSPECTOR)
    namesake = new_identity(bench().office.authority, holder, moment=SEALED_AT)
    forged = sealed(card_of(), record=record_of(card_of(), namesake))
    assert codes(judged(forged)) == {"pdf_signers_differ"}


def test_what_follows_a_failed_check_is_not_checked() -> None:
    report = judged(honest(), trust=TrustAnchors(offices=()))
    assert codes(report) == {"signer_unknown"}
    after = report.checks[[check.name for check in report.checks].index(CheckName.CHAIN) + 1 :]
    assert {check.outcome for check in after} == {Outcome.NOT_CHECKED}


def test_a_seal_dated_back_is_found(tmp_path: Path) -> None:
    """The clock of the laptop was set back; the service of time stamps has another."""
    issued = NOW - timedelta(days=60)
    office = make_office("440304", "练习区总工会竞赛办", moment=issued)
    inspector = make_inspector(office, NAME, moment=issued)
    with serving(make_authority(tmp_path)) as service:
        stamp = partial(ask_stamp, service=service.chosen, now=NOW)
        back = NOW - timedelta(days=30)
        pdf = sealed(card_of(), identity=inspector, moment=back, stamp=stamp)
    trust = replace(trusting(office), stampers=(service.authority.ca,))
    report = judge_pdf(pdf, court(trust, NOW))
    assert report.check(CheckName.TIME).variant == "apart"
    assert report.outcome is Outcome.WARNED
