"""报送: what is chosen, in which order packages count, and what nobody would believe."""

import pytest
from PIL import Image

from app.domain.delivery import Outcome, State
from app.domain.keyring import CredentialKind
from app.errors import Code
from app.exchange.head import NO_PREVIOUS
from app.services.cards.assess import attach
from app.services.cards.view import list_cards, view_card
from app.services.keys.trust import add_trust, use_identity
from app.services.keys.unlock import unlock
from app.services.office.authority import enroll, publish_profile, revoke
from app.services.packages.submit import (
    choose_cards,
    note_sent,
    pack,
    plan_submission,
    submit,
)
from app.services.seal.seal import revise_card
from app.services.verify.verify_package import verify_package
from tests.app.services.field import (
    INSPECTOR_PASSPHRASE,
    OFFICE_PASSPHRASE,
    Field,
    Seat,
    actions,
    contents,
    hashes_with,
)
from tests.refusals import refused


def test_only_what_was_never_exported_goes(field: Field) -> None:
    one = field.first.sealed_card(0)
    field.submit()
    two = field.first.sealed_card(1)
    chosen = choose_cards(field.first.desk, ())
    assert [sealed.index.hash for sealed in chosen] == [two.index.hash]
    field.submit()
    with refused(Code.NOTHING_TO_SUBMIT):
        field.submit()
    assert view_card(field.first.desk, one.index.id).state is State.EXPORTED


def test_a_card_that_is_named_goes_again(field: Field) -> None:
    sealed = field.first.sealed_card()
    field.submit()
    field.submit(card_ids=[sealed.index.id, sealed.index.id])
    records = field.first.desk.workspace.packages.all(outgoing=True)
    assert [hashes_with(record, Outcome.SENT) for record in records] == [[sealed.index.hash]] * 2


def test_packages_of_a_workspace_are_a_chain(field: Field) -> None:
    for place in range(3):
        field.first.sealed_card(place)
        field.submit()
    records = field.first.desk.workspace.packages.all(outgoing=True)
    assert [record.sequence for record in records] == [1, 2, 3]
    assert [record.previous for record in records] == [
        NO_PREVIOUS,
        records[0].digest,
        records[1].digest,
    ]
    assert {record.stream for record in records} == {field.first.desk.workspace.id}
    assert actions(field.first.desk).count("package.submission") == 3


def test_a_draft_and_an_unknown_card_are_refused(field: Field) -> None:
    draft = field.first.open_card()
    with refused(Code.CARD_NOT_SEALED):
        choose_cards(field.first.desk, [draft])
    with refused(Code.CARD_UNKNOWN):
        choose_cards(field.first.desk, ["nothing"])


def test_a_card_under_revision_waits(field: Field) -> None:
    sealed = field.first.sealed_card()
    revise_card(field.first.desk, sealed.index.id, reason="复核")
    with refused(Code.NOTHING_TO_SUBMIT):
        choose_cards(field.first.desk, ())
    with refused(Code.CARD_NOT_SEALED):
        choose_cards(field.first.desk, [sealed.index.id])


def test_a_package_that_was_not_written_exports_nothing(field: Field) -> None:
    sealed = field.first.sealed_card()
    before = contents(field.first.desk)
    with refused(Code.FILE_NOT_WRITABLE):
        submit(
            field.first.desk,
            field.folder,
            field.first.keys,
            card_ids=(),
            photos=True,
        )
    assert contents(field.first.desk) == before
    assert view_card(field.first.desk, sealed.index.id).state is State.SIGNED


def test_a_package_whose_photo_is_gone_is_not_written(field: Field) -> None:
    photo = field.folder / "a.png"
    Image.new("RGB", (8, 8)).save(photo)
    card_id = field.first.open_card()
    field.first.score(card_id)
    after, _ = attach(field.first.desk, card_id, "S1-R1-C1", [photo])
    ((kept,),) = after.evidence.values()
    field.first.sign(card_id)
    field.first.seal(card_id)
    path = field.first.desk.workspace.evidence.path(kept.sha256)
    path.write_bytes(b"rotten!")
    with refused(Code.PACKAGE_SOURCE_CHANGED):
        field.submit()
    path.unlink()
    with refused(Code.EVIDENCE_MISSING):
        field.submit()
    assert not list(field.folder.glob("*.akp"))
    assert list_cards(field.first.desk)[0].state is State.SIGNED


def test_the_scores_may_go_without_the_photos(field: Field) -> None:
    photo = field.folder / "a.png"
    Image.new("RGB", (900, 900), "red").save(photo)
    card_id = field.first.open_card()
    field.first.score(card_id)
    attach(field.first.desk, card_id, "S1-R1-C1", [photo])
    field.first.sign(card_id)
    field.first.seal(card_id)
    with_photos = field.submit(photos=True)
    without = field.submit(card_ids=[card_id], photos=False)
    assert with_photos.stat().st_size - without.stat().st_size > photo.stat().st_size


def test_three_steps_give_the_same_as_one(field: Field) -> None:
    field.first.sealed_card()
    chosen = choose_cards(field.first.desk, ())
    plan = plan_submission(field.first.desk, chosen, field.first.keys, photos=True)
    path = field.folder / "x.akp"
    note_sent(field.first.desk, plan, pack(plan, path, field.first.keys))
    assert verify_package(field.office.desk, path, field.office.keys).ok


def test_an_office_does_not_submit(field: Field) -> None:
    with refused(Code.IDENTITY_MISSING):
        field.submit(field.office)


@pytest.mark.parametrize("code", [Code.CERTIFICATE_REVOKED, Code.REVOCATION_STALE])
def test_a_package_that_nobody_would_believe_is_not_written(field: Field, code: Code) -> None:
    sealed = field.first.sealed_card()
    if code is Code.REVOCATION_STALE:
        field.pass_days(401)
    else:
        desk = field.office.desk
        revoke(desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE)
        profile, content = publish_profile(desk, OFFICE_PASSPHRASE)
        add_trust(field.first.desk, content, fingerprint=profile.fingerprint)
    with refused(code):
        field.submit()
    assert not list(field.folder.glob("*.akp"))
    assert view_card(field.first.desk, sealed.index.id).state is State.SIGNED


def test_cards_of_an_office_served_earlier_are_not_sent_to_the_next(
    field: Field, elsewhere: Field
) -> None:
    """The next office would set them aside, and here they would count as sent."""
    sealed = field.first.sealed_card()
    enrolled, _ = enroll(
        elsewhere.office.desk,
        name="测试甲",
        post="",
        passphrase=OFFICE_PASSPHRASE,
        identity_passphrase=INSPECTOR_PASSPHRASE,
    )
    desk = field.first.desk
    use_identity(desk, enrolled.credential, INSPECTOR_PASSPHRASE)
    moved = Seat(desk=desk, keys=unlock(desk, CredentialKind.INSPECTOR, INSPECTOR_PASSPHRASE))
    with refused(Code.NOTHING_TO_SUBMIT):
        field.submit(moved)
    with refused(Code.CARD_FOR_OTHER_OFFICE, office="440306"):
        field.submit(moved, card_ids=[sealed.index.id])
    ours = moved.sealed_card(3)
    assert hashes_with(elsewhere.take(field.submit(moved)), Outcome.ACCEPTED) == [ours.index.hash]
