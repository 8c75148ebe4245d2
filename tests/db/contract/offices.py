"""What the stores of an office's affairs, of keys and of trust must do."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from app.domain.card import OfficeName, Policy
from app.domain.keyring import (
    Credential,
    CredentialKind,
    IssuedCertificate,
    RevocationList,
    TrustedOffice,
)
from app.domain.office import Level, Office, Rules
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract
from tests.fakes import START
from tests.forms import SYNTHETIC_OFFICE

OFFICE = Office(name=SYNTHETIC_OFFICE, level=Level.DISTRICT)
ISSUED = IssuedCertificate(
    serial="7f" * 10,
    certificate=b"\x30\x82",
    name="测试甲",
    post="考核员",
    age_recipient="age1test",
    issued_at=START,
)


class OfficeStoreContract(WorkspaceContract):
    def test_a_workspace_is_no_office_until_it_is_made_one(self, workspace: Workspace) -> None:
        assert workspace.office.get() is None
        assert workspace.office.past_rules() == ()
        assert workspace.office.revocation_list() is None

    def test_the_newest_rules_hold_and_none_is_forgotten(self, workspace: Workspace) -> None:
        rules = (
            Rules(),
            Rules(step=Decimal("0.1"), policy=Policy.RESCALE),
            Rules(step=Decimal("0.5"), policy=Policy.ZERO),
        )
        for each in rules:
            with workspace.change(CHANGE):
                workspace.office.set(replace(OFFICE, rules=each))
            assert workspace.office.get() == replace(OFFICE, rules=each)
        assert workspace.office.past_rules() == rules

    def test_an_office_may_change_its_name(self, workspace: Workspace) -> None:
        renamed = replace(OFFICE, name=OfficeName(code="440300-CY-01", name="新办公室"))
        with workspace.change(CHANGE):
            workspace.office.set(OFFICE)
            workspace.office.set(replace(renamed, level=Level.CITY))
        assert workspace.office.get() == replace(renamed, level=Level.CITY)

    def test_certificates_stand_in_the_order_of_their_making(self, workspace: Workspace) -> None:
        moments = (timedelta(), timedelta(microseconds=1), timedelta(seconds=1))
        issued = [
            replace(ISSUED, serial=serial, issued_at=START + later)
            for serial, later in zip(("cc", "bb", "aa"), moments, strict=True)
        ]
        with workspace.change(CHANGE):
            for each in (issued[1], issued[2], issued[0]):
                workspace.office.add_issued(each)
        assert workspace.office.issued() == tuple(issued)

    def test_a_revocation_is_kept(self, workspace: Workspace) -> None:
        revoked = replace(
            ISSUED, revoked_at=START + timedelta(days=1), revocation_reason="笔记本遗失"
        )
        with workspace.change(CHANGE):
            workspace.office.add_issued(ISSUED)
            workspace.office.add_issued(replace(ISSUED, serial="aa"))
            workspace.office.save_issued(revoked)
        assert set(workspace.office.issued()) == {revoked, replace(ISSUED, serial="aa")}

    def test_the_revocation_list_of_the_highest_number_counts(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            for number in (1, 2, 10):
                workspace.office.add_revocation_list(
                    RevocationList(number=number, der=bytes([number]))
                )
        assert workspace.office.revocation_list() == RevocationList(number=10, der=b"\n")

    def test_profile_numbers_never_come_twice(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            assert [workspace.office.next_profile_number() for _ in range(3)] == [1, 2, 3]


class CredentialStoreContract(WorkspaceContract):
    def test_each_kind_of_credential_is_kept_once(self, workspace: Workspace) -> None:
        authority = Credential(kind=CredentialKind.CA, certificate=b"ca", sealed_key=b"k1")
        office = Credential(
            kind=CredentialKind.OFFICE, certificate=b"ee", sealed_key=b"k2", sealed_age=b"age"
        )
        renewed = replace(
            office, certificate=b"new", sealed_key=b"k3", sealed_age=b"\x00", compact=b"\xd2\x84"
        )
        with workspace.change(CHANGE):
            for each in (authority, office, renewed):
                workspace.credentials.set(each)
        assert workspace.credentials.get(CredentialKind.CA) == authority
        assert workspace.credentials.get(CredentialKind.OFFICE) == renewed
        assert workspace.credentials.get(CredentialKind.INSPECTOR) is None


class TrustStoreContract(WorkspaceContract):
    def test_an_office_is_trusted_as_its_newest_profile_tells(self, workspace: Workspace) -> None:
        first = TrustedOffice(
            office=OFFICE,
            rehearsal=False,
            fingerprint="AB12 CD34",
            number=1,
            ca=b"ca",
            crl=b"crl",
            recipient="age1test",
            profile=b"PK",
        )
        rules = Rules(step=Decimal("0.5"), policy=Policy.ZERO)
        renewed = TrustedOffice(
            office=Office(
                name=OfficeName(code=OFFICE.name.code, name="改名"), level=Level.CITY, rules=rules
            ),
            rehearsal=True,
            fingerprint="EF56",
            number=2,
            ca=b"ca2",
            crl=b"crl2",
            recipient="age2",
            profile=b"PK2",
        )
        other = replace(
            first, office=replace(OFFICE, name=OfficeName(code="440300", name="市竞赛办"))
        )
        with workspace.change(CHANGE):
            for each in (first, other, renewed):
                workspace.trust.set(each)
        assert workspace.trust.get(OFFICE.name.code) == renewed
        assert workspace.trust.all() == (other, renewed)
        assert workspace.trust.get("110000") is None
