"""Whom a workspace trusts: profiles by fingerprint, its own inspector's credential."""

from dataclasses import replace

import pytest

from app.crypto.identity import open_identity
from app.domain.keyring import CredentialKind
from app.domain.signature import Pending
from app.errors import Code
from app.exchange.compact_credential import fits, issue_compact
from app.exchange.credential_file import CredentialFile, read_credential, write_credential
from app.exchange.profile import Profile
from app.services.cards.assess import new_card
from app.services.cards.view import view_card
from app.services.desk.standing import holder_of, inspectors_office, standing
from app.services.keys.trust import add_trust, anchors, refuse_unbelievable, use_identity
from app.services.keys.unlock import unlock, unlock_any
from app.services.office.authority import enroll, found_office, publish_profile, revoke
from tests.app.services.field import (
    INSPECTOR_PASSPHRASE,
    OFFICE_CODE,
    OFFICE_PASSPHRASE,
    WRONG_PASSPHRASE,
    Field,
    Founded,
    Seat,
    actions,
    closing_desk,
    contents,
    fresh_copy,
)
from tests.pki import make_office
from tests.refusals import refused
from tests.scorecards import LONG_MINORITY_NAME


def published(field: Field) -> tuple[Profile, bytes]:
    return publish_profile(field.office.desk, OFFICE_PASSPHRASE)


def credential_of(field: Field, name: str = "测试新人") -> bytes:
    enrolled, _ = enroll(
        field.office.desk,
        name=name,
        post="检查员",
        passphrase=OFFICE_PASSPHRASE,
        identity_passphrase=INSPECTOR_PASSPHRASE,
    )
    return enrolled.credential


def test_an_office_is_trusted_by_its_fingerprint(field: Field) -> None:
    profile, content = published(field)
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        add_trust(desk, content, fingerprint=profile.fingerprint.replace(" ", "").lower())
        (known,) = desk.workspace.trust.all()
        assert (known.fingerprint, known.profile) == (profile.fingerprint, content)
        assert [office.ca for office in anchors(desk).offices] == [profile.ca]
        assert actions(desk) == ["trust.add"]


@pytest.mark.parametrize("typed", ["", "AB12", "0" * 64])
def test_another_fingerprint_is_refused_and_the_right_one_told(field: Field, typed: str) -> None:
    profile, content = published(field)
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        with refused(Code.FINGERPRINT_DIFFERS, fingerprint=profile.fingerprint):
            add_trust(desk, content, fingerprint=typed)
        assert desk.workspace.trust.all() == ()


def test_a_damaged_profile_is_refused(field: Field) -> None:
    profile, content = published(field)
    with refused(Code.PROFILE_DAMAGED):
        add_trust(field.first.desk, content[:-1], fingerprint=profile.fingerprint)


def test_an_older_profile_never_replaces_a_newer(field: Field) -> None:
    old, content = published(field)
    new, newer = published(field)
    add_trust(field.first.desk, newer, fingerprint=new.fingerprint)
    with refused(Code.PROFILE_OLDER, number=old.number, known=new.number):
        add_trust(field.first.desk, content, fingerprint=old.fingerprint)
    add_trust(field.first.desk, newer, fingerprint=new.fingerprint)  # the same again is fine


def test_a_stranger_under_our_own_code_does_not_take_our_place(field: Field) -> None:
    """Its packages would be believed, and those of our own inspectors no longer."""
    with closing_desk(field.folder / "stranger", clock=field.clock, seed=5) as desk:
        profile, _ = found_office(
            desk,
            name="冒名竞赛办",
            code=OFFICE_CODE,
            level="district",
            rehearsal=False,
            passphrase=OFFICE_PASSPHRASE,
        )
        (known,) = desk.workspace.trust.all()
    before = contents(field.office.desk)
    with refused(Code.FINGERPRINT_DIFFERS):
        add_trust(field.office.desk, known.profile, fingerprint=profile.fingerprint)
    assert contents(field.office.desk) == before


def test_practice_does_not_take_the_place_of_the_real_office(
    field: Field, founded_for_practice: Founded
) -> None:
    """Submissions would be sealed to the practice office's key."""
    home = field.folder / "practice"
    with fresh_copy(founded_for_practice, "office", home) as practice:
        (known,) = practice.desk.workspace.trust.all()
    with refused(Code.REHEARSAL_MIXED):
        add_trust(field.first.desk, known.profile, fingerprint=known.fingerprint)


def test_a_credential_makes_a_workspace_an_inspectors(field: Field) -> None:
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        facts, changes = use_identity(desk, credential_of(field), INSPECTOR_PASSPHRASE)
        assert (facts.common_name, facts.office_code) == ("测试新人", OFFICE_CODE)
        assert changes.unsigned == ()
        holder = holder_of(desk, CredentialKind.INSPECTOR)
        assert holder == facts
        assert inspectors_office(desk).office == field.office.desk.workspace.office.get()
        assert standing(desk).name.code == OFFICE_CODE
        assert not desk.workspace.rehearsal


def test_a_wrong_passphrase_takes_nothing_into_use(field: Field) -> None:
    content = credential_of(field)
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        before = contents(desk)
        with refused(Code.PASSPHRASE_WRONG):
            use_identity(desk, content, WRONG_PASSPHRASE)
        assert contents(desk) == before


@pytest.mark.parametrize("part", ["identity", "age_key", "profile"])
def test_a_credential_put_together_from_pieces_is_refused(field: Field, part: str) -> None:
    file = read_credential(credential_of(field))
    parts = {"identity": file.identity, "age_key": file.age_key, "profile": file.profile}
    parts[part] = parts[part][:-10]
    broken = write_credential(CredentialFile(**parts))
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        before = contents(desk)
        with refused(
            {
                "identity": Code.CREDENTIAL_DAMAGED,
                "age_key": Code.CREDENTIAL_DAMAGED,
                "profile": Code.PROFILE_DAMAGED,
            }[part]
        ):
            use_identity(desk, broken, INSPECTOR_PASSPHRASE)
        assert contents(desk) == before


def test_the_compact_credential_is_kept_and_opened_with_the_key(field: Field) -> None:
    content = credential_of(field, LONG_MINORITY_NAME)
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        use_identity(desk, content, INSPECTOR_PASSPHRASE)
        identity = unlock(desk, CredentialKind.INSPECTOR, INSPECTOR_PASSPHRASE).identity
    assert identity.compact == read_credential(content).compact
    assert fits(identity.compact, identity.certificate)


def test_a_credential_of_an_older_program_is_used_without_a_compact_one(field: Field) -> None:
    file = replace(read_credential(credential_of(field)), compact=b"")
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        use_identity(desk, write_credential(file), INSPECTOR_PASSPHRASE)
        identity = unlock(desk, CredentialKind.INSPECTOR, INSPECTOR_PASSPHRASE).identity
    assert identity.compact == b""


def test_a_compact_credential_that_does_not_fit_is_refused(field: Field) -> None:
    file = read_credential(credential_of(field))
    colleague = read_credential(credential_of(field))
    own = open_identity(file.identity, INSPECTOR_PASSPHRASE)
    rogue = issue_compact(make_office().authority, own.certificate)
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        before = contents(desk)
        for compact in (colleague.compact, rogue, file.compact[:-1], b"no CBOR"):
            with refused(Code.CREDENTIAL_DAMAGED):
                use_identity(
                    desk,
                    write_credential(replace(file, compact=compact)),
                    INSPECTOR_PASSPHRASE,
                )
        assert contents(desk) == before


def test_a_credential_with_another_offices_profile_is_refused(
    field: Field, elsewhere: Field
) -> None:
    file = read_credential(credential_of(field))
    (known,) = elsewhere.office.desk.workspace.trust.all()
    mixed = write_credential(
        CredentialFile(identity=file.identity, age_key=file.age_key, profile=known.profile)
    )
    with (
        closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk,
        refused(Code.SIGNER_UNKNOWN),
    ):
        use_identity(desk, mixed, INSPECTOR_PASSPHRASE)


def test_an_office_identity_is_no_inspector(field: Field) -> None:
    credential = field.office.desk.workspace.credentials.get(CredentialKind.OFFICE)
    (known,) = field.office.desk.workspace.trust.all()
    assert credential is not None
    file = CredentialFile(
        identity=credential.sealed_key, age_key=credential.sealed_age, profile=known.profile
    )
    with (
        closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk,
        refused(Code.SIGNER_ROLE_WRONG),
    ):
        use_identity(desk, write_credential(file), OFFICE_PASSPHRASE)


def test_a_credential_revoked_meanwhile_is_refused_by_the_newest_list_known(
    field: Field,
) -> None:
    content = credential_of(field)
    all_issued = field.office.desk.workspace.office.issued()
    (serial,) = [issued.serial for issued in all_issued if issued.name == "测试新人"]
    revoke(field.office.desk, serial=serial, reason="离职", passphrase=OFFICE_PASSPHRASE)
    profile, newest = published(field)
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        add_trust(desk, newest, fingerprint=profile.fingerprint)
        with refused(Code.CERTIFICATE_REVOKED, name="测试新人"):
            use_identity(desk, content, INSPECTOR_PASSPHRASE)


def test_an_older_credential_does_not_turn_trust_back(field: Field) -> None:
    content = credential_of(field)
    profile, newest = published(field)
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        add_trust(desk, newest, fingerprint=profile.fingerprint)
        use_identity(desk, content, INSPECTOR_PASSPHRASE)
        assert inspectors_office(desk).number == profile.number


def test_cards_begun_before_any_office_was_known_are_bound_and_say_what_fell(
    field: Field,
) -> None:
    with closing_desk(field.folder / "new", clock=field.clock, seed=5) as desk:
        seat = Seat(desk=desk, keys=field.first.keys)
        signed = seat.open_card(0)
        seat.score(signed)
        seat.sign(signed, Pending())
        unsigned, _ = new_card(desk, seat.unit(1))
        _, changes = use_identity(desk, credential_of(field), INSPECTOR_PASSPHRASE)
        assert changes.unsigned == (signed,)
        for card_id in (signed, unsigned.id):
            card = view_card(desk, card_id).card
            assert (card.office.code, card.signatures) == (OFFICE_CODE, ())
        seat.sign(signed)
        keys = unlock(desk, CredentialKind.INSPECTOR, INSPECTOR_PASSPHRASE)
        sealed = Seat(desk=desk, keys=keys).seal(signed)
        assert sealed.index.id == signed


def test_cards_of_the_office_before_stay_its_own(field: Field, elsewhere: Field) -> None:
    draft = field.first.open_card()
    use_identity(field.first.desk, credential_of(elsewhere), INSPECTOR_PASSPHRASE)
    assert view_card(field.first.desk, draft).card.office.code == OFFICE_CODE
    assert standing(field.first.desk).name.code == "440307"


@pytest.mark.parametrize("use", ["office", "draft", "sealed"])
def test_practice_does_not_move_into_a_workspace_in_use(
    field: Field, founded_for_practice: Founded, elsewhere: Field, use: str
) -> None:
    """What is real must not become practice, nor the reverse."""
    with fresh_copy(founded_for_practice, "office", field.folder / "practice") as practice:
        enrolled, _ = enroll(
            practice.desk,
            name="练习员",
            post="",
            passphrase=OFFICE_PASSPHRASE,
            identity_passphrase=INSPECTOR_PASSPHRASE,
        )
    seat = elsewhere.office if use == "office" else elsewhere.first
    if use == "draft":
        seat.open_card()
    if use == "sealed":
        seat.sealed_card()
    before = contents(seat.desk)
    with refused(Code.REHEARSAL_MIXED):
        use_identity(seat.desk, enrolled.credential, INSPECTOR_PASSPHRASE)
    assert contents(seat.desk) == before


def test_one_workspace_may_be_office_and_inspector(field: Field) -> None:
    desk = field.office.desk
    use_identity(desk, credential_of(field), INSPECTOR_PASSPHRASE)
    assert unlock_any(desk, OFFICE_PASSPHRASE).kind is CredentialKind.OFFICE
    assert unlock_any(desk, INSPECTOR_PASSPHRASE).kind is CredentialKind.INSPECTOR
    with refused(Code.PASSPHRASE_WRONG):
        unlock_any(desk, WRONG_PASSPHRASE)


def test_an_identity_is_believable_until_it_is_not(field: Field) -> None:
    refuse_unbelievable(field.first.desk, field.first.keys.identity)
    field.pass_days(-3)
    with refused(Code.CERTIFICATE_NOT_YET_VALID):
        refuse_unbelievable(field.first.desk, field.first.keys.identity)
    field.pass_days(3 + 401)
    with refused(Code.REVOCATION_STALE):
        refuse_unbelievable(field.first.desk, field.first.keys.identity)
