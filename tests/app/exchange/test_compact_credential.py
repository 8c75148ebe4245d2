"""The compact credential says what the certificate says, signed by the same CA."""

from datetime import date

import pytest

from app.crypto.certificates import Holder
from app.crypto.cose import sign_cose
from app.crypto.facts import Role, describe
from app.crypto.identity import new_identity
from app.errors import Code
from app.exchange.compact_credential import (
    CONTEXT,
    claimed_credential,
    fits,
    is_issued_by,
    issue_compact,
)
from tests.pki import MOMENT, make_inspector, make_office
from tests.refusals import refused
from tests.scorecards import LONG_MINORITY_NAME, RARE_NAME

OFFICE = make_office()
INSPECTOR = make_inspector(OFFICE)


def test_it_says_what_the_certificate_says() -> None:
    facts = describe(INSPECTOR.certificate)
    said = claimed_credential(INSPECTOR.compact)
    assert (said.name, said.post, said.role) == (facts.common_name, facts.post, facts.role)
    assert (said.office, said.serial) == (facts.office_code, facts.serial)
    assert (said.not_before, said.not_after) == (date(2021, 5, 31), date(2024, 6, 1))
    assert said.key == INSPECTOR.key.public_key()
    assert fits(INSPECTOR.compact, INSPECTOR.certificate)
    assert is_issued_by(INSPECTOR.compact, OFFICE.authority.certificate)


@pytest.mark.parametrize("name", [RARE_NAME, LONG_MINORITY_NAME, "测" * 64])
def test_rare_and_long_names_stand_in_it_whole(name: str) -> None:
    assert claimed_credential(make_inspector(OFFICE, name).compact).name == name


def test_a_long_post_is_cut_and_says_so() -> None:
    holder = Holder(common_name="测试员", post="长" * 64, role=Role.INSPECTOR)
    identity = new_identity(OFFICE.authority, holder, moment=MOMENT)
    compact = issue_compact(OFFICE.authority, identity.certificate)
    assert claimed_credential(compact).post == "长" * 19 + "…"
    assert fits(compact, identity.certificate)


def test_it_fits_no_other_certificate_and_no_other_ca() -> None:
    namesake = make_inspector(OFFICE)
    assert not fits(INSPECTOR.compact, namesake.certificate)
    rogue = make_office()
    assert not is_issued_by(INSPECTOR.compact, rogue.authority.certificate)
    assert not is_issued_by(INSPECTOR.compact, b"no certificate")


def test_what_is_no_credential_is_refused() -> None:
    for payload in (
        b"",
        b"\xa0",
        b"\xa1\x01\x61a",
        b"\x80",
        b"\xa1\x61a\x01",
        b"\xfb" + b"\0" * 8,
    ):
        message = sign_cose(payload, OFFICE.authority.key, context=CONTEXT)
        with refused(Code.PROOF_DAMAGED):
            claimed_credential(message)


def test_a_ca_or_a_stranger_gets_no_compact_form() -> None:
    with refused(Code.CERTIFICATE_DAMAGED):
        issue_compact(OFFICE.authority, OFFICE.authority.certificate)
