"""Another assessor seals at the same time, with a credential he brought along."""

import pytest

from app.crypto.passphrase import Passphrase
from app.domain.keyring import CredentialKind
from app.domain.sealed import SealedCard
from app.domain.signature import Signatory
from app.errors import Code
from app.exchange.credential_file import CredentialFile, write_credential
from app.exchange.profile import read_profile
from app.files import read_whole
from app.reports.seal.seal_reading import SealSeen, read_seals
from app.services.keys.trust import add_trust, anchors
from app.services.keys.unlock import credential_of
from app.services.office.authority import publish_profile, revoke
from app.services.seal.seal import Brought, finalize, keep_sealed, plan_seal, seal
from app.services.seal.sign import sign_card
from app.services.verify.telling import told
from app.services.verify.verify import verify_pdf
from app.text.catalogue import Language, translator
from tests.app.services.field import (
    INSPECTOR_PASSPHRASE,
    OFFICE_PASSPHRASE,
    WRONG_PASSPHRASE,
    Field,
    Seat,
    contents,
    ready,
)
from tests.forms import RESOURCES
from tests.refusals import refused
from tests.scorecards import synthetic_ink


def ready_for_two(field: Field) -> str:
    """Return a card that the second inspector signed as well."""
    card_id = ready(field)
    sign_card(
        field.first.desk,
        card_id,
        signatory=Signatory.MEMBER,
        name="测试乙",
        manner=synthetic_ink(4),
    )
    return card_id


def brought(seat: Seat, passphrase: Passphrase = INSPECTOR_PASSPHRASE) -> Brought:
    """Return the credential of a seat as a file of its own."""
    held = credential_of(seat.desk, CredentialKind.INSPECTOR)
    profile = seat.desk.workspace.trust.all()[0].profile
    file = CredentialFile(identity=held.sealed_key, age_key=held.sealed_age, profile=profile)
    return Brought(credential=write_credential(file), passphrase=passphrase)


def seals_of(field: Field, sealed: SealedCard) -> tuple[SealSeen, ...]:
    desk, now = field.office.desk, field.clock.now()
    pdf = read_whole(field.first.desk.workspace.evidence.path(sealed.pdf.sha256))
    return read_seals(pdf, trust=anchors(desk), moment=now, now=now)


def test_a_card_is_sealed_by_two_and_arrives_so(field: Field) -> None:
    card_id = ready_for_two(field)
    made, _ = finalize(
        field.first.desk, card_id, INSPECTOR_PASSPHRASE, second=brought(field.second)
    )
    names = [seal.signer.common_name for seal in seals_of(field, made.sealed)]
    assert names == ["测试甲", "测试乙"]
    field.take(field.submit())
    kept = field.office.desk.workspace.cards.sealed(made.sealed.index.hash)
    assert kept is not None
    path = field.office.desk.workspace.evidence.path(kept.pdf.sha256)
    report = verify_pdf(field.office.desk, path)
    assert report.ok
    words = told(report, translator(Language.CHINESE, RESOURCES))
    assert words.headline.startswith("校验通过：测试甲、测试乙（")
    assert ("签名人", "测试甲、测试乙") in words.figures


def test_without_the_second_credential_the_place_stays_empty(field: Field) -> None:
    card_id = ready_for_two(field)
    made, _ = finalize(field.first.desk, card_id, INSPECTOR_PASSPHRASE)
    assert len(seals_of(field, made.sealed)) == 1


def test_a_wrong_passphrase_of_the_second_seals_nothing(field: Field) -> None:
    card_id = ready_for_two(field)
    before = contents(field.first.desk)
    for second, code in (
        (brought(field.second, WRONG_PASSPHRASE), Code.PASSPHRASE_WRONG),
        (Brought(credential=b"PK", passphrase=WRONG_PASSPHRASE), Code.CREDENTIAL_DAMAGED),
    ):
        with refused(code):
            finalize(field.first.desk, card_id, INSPECTOR_PASSPHRASE, second=second)
    assert contents(field.first.desk) == before


def test_who_is_not_on_the_team_does_not_seal(field: Field) -> None:
    plan = plan_seal(field.first.desk, ready(field))
    with refused(Code.SECOND_SEALER_NOT_IN_TEAM, name="测试乙"):
        seal(plan, field.first.keys.identity, second=field.second.keys.identity)


@pytest.mark.parametrize(
    ("seat", "code"),
    [("first", Code.SECOND_SEALER_SAME), ("office", Code.SIGNER_ROLE_WRONG)],
)
def test_neither_the_same_inspector_nor_the_office_seals_beside(
    field: Field, seat: str, code: Code
) -> None:
    plan = plan_seal(field.first.desk, ready_for_two(field))
    other = {"first": field.first, "office": field.office}[seat]
    with refused(code):
        seal(plan, field.first.keys.identity, second=other.keys.identity)


def test_an_inspector_of_another_office_does_not_seal_beside(
    field: Field, elsewhere: Field
) -> None:
    plan = plan_seal(field.first.desk, ready_for_two(field))
    with refused(Code.SIGNER_OFFICE_WRONG):
        seal(plan, field.first.keys.identity, second=elsewhere.second.keys.identity)


def test_a_second_inspector_known_to_be_revoked_does_not_seal(field: Field) -> None:
    card_id = ready_for_two(field)
    serial = field.second.serial
    revoke(field.office.desk, serial=serial, reason="离职", passphrase=OFFICE_PASSPHRASE)
    profile, content = publish_profile(field.office.desk, OFFICE_PASSPHRASE)
    assert read_profile(content, now=field.clock.now()) == profile
    add_trust(field.first.desk, content, fingerprint=profile.fingerprint)
    plan = plan_seal(field.first.desk, card_id)
    with refused(Code.CERTIFICATE_REVOKED):
        seal(plan, field.first.keys.identity, second=field.second.keys.identity)
    made = seal(plan, field.first.keys.identity)
    assert keep_sealed(field.first.desk, plan, made)
