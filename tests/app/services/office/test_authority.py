"""竞赛办 as an authority: founding, enrolling, rules, revocation, profiles, keys for escrow."""

import stat
from datetime import timedelta

import pytest

from app.crypto.facts import Role, describe, fingerprint_groups
from app.crypto.passphrase import passphrase_of_text
from app.crypto.revocation import read_crl
from app.domain.card import Policy
from app.domain.keyring import CredentialKind
from app.errors import Code
from app.exchange.compact_credential import fits
from app.exchange.credential_file import read_credential
from app.exchange.profile import read_profile
from app.services.desk.desk import Desk
from app.services.keys.unlock import unlock, unlock_any, unlock_authority
from app.services.office.authority import (
    enroll,
    export_keys,
    found_office,
    publish_profile,
    revoke,
    set_rules,
)
from tests.app.services.field import (
    INSPECTOR_PASSPHRASE,
    OFFICE_CODE,
    OFFICE_NAME,
    OFFICE_PASSPHRASE,
    WRONG_PASSPHRASE,
    Field,
    Seat,
    actions,
    closing_desk,
    contents,
)
from tests.refusals import refused


def found(desk: Desk, *, name: str = "新竞赛办", code: str = "440399", level: str = "city") -> str:
    profile, _ = found_office(
        desk,
        name=name,
        code=code,
        level=level,
        rehearsal=False,
        passphrase=OFFICE_PASSPHRASE,
    )
    return profile.fingerprint


def test_a_new_office_has_three_keys_and_trusts_itself(field: Field) -> None:
    workspace = field.office.desk.workspace
    kinds = [kind for kind in CredentialKind if workspace.credentials.get(kind)]
    assert kinds == [CredentialKind.CA, CredentialKind.OFFICE]
    (known,) = workspace.trust.all()
    assert (known.office.name.code, known.office.name.name) == (OFFICE_CODE, OFFICE_NAME)
    ca = workspace.credentials.get(CredentialKind.CA)
    assert ca is not None
    assert known.fingerprint == fingerprint_groups(ca.certificate)
    own = describe(field.office.keys.identity.certificate)
    assert (own.role, own.office_code, own.is_ca) == (Role.OFFICE, OFFICE_CODE, False)


def test_an_office_is_founded_once_and_never_in_place_of_a_trusted_one(field: Field) -> None:
    before = contents(field.office.desk)
    with refused(Code.OFFICE_EXISTS):
        found(field.office.desk)
    assert contents(field.office.desk) == before
    before = contents(field.first.desk)
    with refused(Code.OFFICE_EXISTS):
        found(field.first.desk, code=OFFICE_CODE)
    assert contents(field.first.desk) == before


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": ""}, Code.NAME_EMPTY),
        ({"name": "字" * 70}, Code.NAME_TOO_LONG),
        ({"name": "竞赛办\U0001f600"}, Code.GLYPH_MISSING),
        ({"code": "12345"}, Code.OFFICE_CODE_FORMAT),
        ({"code": "440399_X"}, Code.OFFICE_CODE_FORMAT),
        ({"level": "village"}, Code.OFFICE_LEVEL_UNKNOWN),
    ],
)
def test_a_malformed_office_leaves_nothing(
    field: Field, given: dict[str, str], code: Code
) -> None:
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        before = contents(desk)
        with refused(code):
            found(desk, **given)
        assert contents(desk) == before


def test_practice_is_not_mixed_into_a_workspace_in_use(field: Field) -> None:
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        Seat(desk=desk, keys=field.first.keys).open_card()
        with refused(Code.REHEARSAL_MIXED):
            found_office(
                desk,
                name="练习竞赛办",
                code="440398",
                level="district",
                rehearsal=True,
                passphrase=OFFICE_PASSPHRASE,
            )


def test_an_enrolled_inspector_is_known_and_in_the_profile(field: Field) -> None:
    desk = field.office.desk
    number = desk.workspace.trust.all()[0].number
    enrolled, _ = enroll(
        desk,
        name=" 测试·新人 ",
        post="检查员",
        passphrase=OFFICE_PASSPHRASE,
        identity_passphrase=INSPECTOR_PASSPHRASE,
    )
    issued = {each.serial: each for each in desk.workspace.office.issued()}[enrolled.serial]
    assert (issued.name, issued.post) == ("测试·新人", "检查员")
    profile = read_profile(read_credential(enrolled.credential).profile, now=field.clock.now())
    assert profile.number == number + 1
    assert issued.certificate in profile.issued
    assert fits(read_credential(enrolled.credential).compact, issued.certificate)
    assert actions(desk)[-1] == "office.enroll"


@pytest.mark.parametrize(
    ("name", "post", "code"),
    [
        ("", "", Code.NAME_EMPTY),
        ("字" * 65, "", Code.NAME_TOO_LONG),
        ("甲\U0001f600", "", Code.GLYPH_MISSING),
        ("甲", "\x00", Code.TEXT_NOT_PRINTABLE),
    ],
)
def test_a_name_that_cannot_stand_on_a_card_is_not_enrolled(
    field: Field, name: str, post: str, code: Code
) -> None:
    before = contents(field.office.desk)
    with refused(code):
        enroll(
            field.office.desk,
            name=name,
            post=post,
            passphrase=OFFICE_PASSPHRASE,
            identity_passphrase=INSPECTOR_PASSPHRASE,
        )
    assert contents(field.office.desk) == before


def test_without_the_passphrase_the_office_does_nothing(field: Field) -> None:
    desk = field.office.desk
    before = contents(desk)
    with refused(Code.PASSPHRASE_WRONG):
        enroll(
            desk,
            name="甲",
            post="",
            passphrase=WRONG_PASSPHRASE,
            identity_passphrase=WRONG_PASSPHRASE,
        )
    with refused(Code.PASSPHRASE_WRONG):
        revoke(desk, serial=field.first.serial, reason="离职", passphrase=WRONG_PASSPHRASE)
    with refused(Code.PASSPHRASE_WRONG):
        publish_profile(desk, WRONG_PASSPHRASE)
    with refused(Code.PASSPHRASE_WRONG):
        export_keys(desk, field.folder / "keys", WRONG_PASSPHRASE)
    assert contents(desk) == before
    assert not (field.folder / "keys").exists()


def test_rules_are_kept_with_their_history(field: Field) -> None:
    desk = field.office.desk
    set_rules(desk, {"step": "0.5"})
    office, _ = set_rules(desk, {"na": "rescale"})
    assert (str(office.rules.step), office.rules.policy) == ("0.5", Policy.RESCALE)
    history = [(str(each.step), each.policy) for each in desk.workspace.office.past_rules()]
    assert history == [("1", "full"), ("0.5", "full"), ("0.5", "rescale")]


def test_the_same_rules_again_write_nothing(field: Field) -> None:
    before = contents(field.office.desk)
    _, changes = set_rules(field.office.desk, {"step": "1", "na": "full"})
    assert changes.nouns == frozenset()
    assert contents(field.office.desk) == before


def test_one_bad_setting_leaves_the_other_unset(field: Field) -> None:
    before = contents(field.office.desk)
    with refused(Code.SETTING_VALUE):
        set_rules(field.office.desk, {"step": "0.5", "na": "half"})
    assert contents(field.office.desk) == before


def test_a_revocation_is_on_the_next_list(field: Field) -> None:
    desk = field.office.desk
    field.pass_days(1)
    revoke(
        desk,
        serial=field.first.serial.upper(),
        reason=" 离\n职 ",
        passphrase=OFFICE_PASSPHRASE,
    )
    newest = desk.workspace.office.revocation_list()
    ca = desk.workspace.credentials.get(CredentialKind.CA)
    assert newest is not None
    assert ca is not None
    revocation = read_crl(newest.der, ca.certificate).of(field.first.serial)
    assert revocation is not None
    assert revocation.at == field.clock.now()
    assert read_crl(newest.der, ca.certificate).of(field.second.serial) is None
    (issued,) = [
        each for each in desk.workspace.office.issued() if each.serial == field.first.serial
    ]
    assert issued.revocation_reason == "离 职"
    assert desk.workspace.trust.all()[0].crl == newest.der


def test_a_revocation_stays_on_every_later_list(field: Field) -> None:
    desk = field.office.desk
    revoke(desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE)
    field.pass_days(1)
    revoke(desk, serial=field.second.serial, reason="调离", passphrase=OFFICE_PASSPHRASE)
    profile, _ = publish_profile(desk, OFFICE_PASSPHRASE)
    listed = read_crl(profile.crl, profile.ca)
    assert listed.of(field.first.serial) is not None
    assert listed.of(field.second.serial) is not None


@pytest.mark.parametrize(
    ("serial", "reason", "code"),
    [("ff", "x", Code.CERTIFICATE_UNKNOWN), ("first", " ", Code.REASON_MISSING)],
)
def test_a_malformed_revocation_changes_nothing(
    field: Field, serial: str, reason: str, code: Code
) -> None:
    meant = field.first.serial if serial == "first" else serial
    before = contents(field.office.desk)
    with refused(code):
        revoke(field.office.desk, serial=meant, reason=reason, passphrase=OFFICE_PASSPHRASE)
    assert contents(field.office.desk) == before


def test_each_profile_has_the_next_number_and_a_fresh_list(field: Field) -> None:
    desk = field.office.desk
    first, content = publish_profile(desk, OFFICE_PASSPHRASE)
    field.pass_days(399)
    second, _ = publish_profile(desk, OFFICE_PASSPHRASE)
    assert second.number == first.number + 1
    assert read_profile(content, now=field.clock.now()) == first
    lists = [read_crl(profile.crl, profile.ca) for profile in (first, second)]
    assert lists[1].number == lists[0].number + 1
    assert lists[1].next_update - lists[0].next_update == timedelta(days=399)


def test_keys_go_into_escrow_readable_by_public_tools_and_their_owner_alone(
    field: Field,
) -> None:
    folder = field.folder / "\udcff 口令"
    names = export_keys(field.office.desk, folder, OFFICE_PASSPHRASE)
    assert {path.name for path in folder.iterdir()} == set(names)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert (folder / "age.key").read_text() == f"{field.office.keys.age.text}\n"
    chain = (folder / "chain.pem").read_text()
    assert chain.count("BEGIN CERTIFICATE") == 2
    assert chain.endswith((folder / "ca.pem").read_text())


def test_an_inspector_is_no_authority(field: Field) -> None:
    desk = field.first.desk
    with refused(Code.OFFICE_MISSING):
        unlock_authority(desk, INSPECTOR_PASSPHRASE)
    with refused(Code.OFFICE_MISSING):
        unlock(desk, CredentialKind.OFFICE, INSPECTOR_PASSPHRASE)
    with refused(Code.OFFICE_MISSING):
        set_rules(desk, {"step": "1"})
    with refused(Code.OFFICE_MISSING):
        revoke(desk, serial="ff", reason="x", passphrase=INSPECTOR_PASSPHRASE)


def test_packages_are_opened_by_whatever_credential_is_here(field: Field) -> None:
    assert unlock_any(field.office.desk, OFFICE_PASSPHRASE).kind is CredentialKind.OFFICE
    assert unlock_any(field.first.desk, INSPECTOR_PASSPHRASE).kind is CredentialKind.INSPECTOR
    with refused(Code.PASSPHRASE_WRONG):
        unlock_any(field.first.desk, passphrase_of_text("x"))
    with (
        closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk,
        refused(Code.IDENTITY_MISSING),
    ):
        unlock_any(desk, OFFICE_PASSPHRASE)
