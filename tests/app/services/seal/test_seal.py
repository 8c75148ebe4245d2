"""定稿: sealing once with the right key, revisions, and a PDF that never changes."""

import shutil
from dataclasses import replace

import pytest
from PIL import Image

from app.domain.delivery import State
from app.domain.keyring import CredentialKind
from app.domain.signature import Signatory
from app.domain.trail import AuditEntry
from app.errors import Code
from app.exchange.card_document import card_hash, part_hashes, write_card
from app.services.cards.assess import Cleared, Points, attach, jot, new_card, record
from app.services.cards.view import view_card
from app.services.keys.trust import add_trust, use_identity
from app.services.keys.unlock import unlock
from app.services.office.authority import enroll, publish_profile, revoke
from app.services.seal.seal import (
    finalize,
    keep_sealed,
    plan_seal,
    revise_card,
    seal,
    sealed_of,
    signed_card,
    write_pdf,
)
from app.services.seal.sign import sign_card
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
    ready,
)
from tests.forms import national_form
from tests.pki import make_inspector, make_office
from tests.refusals import refused
from tests.scorecards import synthetic_ink


def test_a_signed_card_is_sealed_with_a_passphrase(field: Field) -> None:
    card_id = ready(field)
    made, _ = finalize(field.first.desk, card_id, INSPECTOR_PASSPHRASE)
    sealed = made.sealed
    assert made.unstamped is None
    view = view_card(field.first.desk, card_id)
    assert view.sealed == sealed.index
    assert view.state is State.SIGNED
    assert sealed.index.hash == card_hash(sealed.document)
    assert signed_card(field.first.desk, sealed) == view.card
    assert actions(field.first.desk)[-1] == "card.finalize"


def test_a_wrong_passphrase_seals_nothing(field: Field) -> None:
    card_id = ready(field)
    before = contents(field.first.desk)
    with refused(Code.PASSPHRASE_WRONG):
        finalize(field.first.desk, card_id, WRONG_PASSPHRASE)
    assert contents(field.first.desk) == before


def test_a_card_is_sealed_once(field: Field) -> None:
    card_id = ready(field)
    field.first.seal(card_id)
    before = contents(field.first.desk)
    with refused(Code.CARD_SEALED, revision=1):
        field.first.seal(card_id)
    assert contents(field.first.desk) == before


def test_an_unfinished_card_is_not_sealed(field: Field) -> None:
    card_id = ready(field)
    jot(field.first.desk, card_id, Cleared(clause="S1-R2-C1"))
    with refused(Code.CARD_UNFINISHED, count=1, clauses="S1-R2-C1"):
        field.first.seal(card_id)


def test_a_deduction_without_its_reason_is_not_sealed(field: Field) -> None:
    card_id = field.first.open_card()
    field.first.score(card_id)
    jot(field.first.desk, card_id, Points(clause="S1-R2-C1", points="0"))
    with refused(Code.REASON_MISSING, clause="S1-R2-C1"):
        field.first.seal(card_id)


@pytest.mark.parametrize(
    ("present", "missing"), [(Signatory.UNIT, "lead"), (Signatory.LEAD, "unit")]
)
def test_both_sides_must_have_had_their_say(
    field: Field, present: Signatory, missing: str
) -> None:
    card_id = field.first.open_card()
    field.first.score(card_id)
    sign_card(field.first.desk, card_id, signatory=present, name="测试甲", manner=synthetic_ink())
    with refused(Code.CARD_UNSIGNED, signatory=missing):
        field.first.seal(card_id)


def test_a_pending_signature_does_not_hold_the_seal_up(field: Field) -> None:
    assert field.first.sealed_card().index.revision == 1


def test_without_a_credential_nothing_is_sealed(field: Field) -> None:
    with closing_desk(field.folder / "nobody", clock=field.clock, seed=9) as desk:
        card, _ = new_card(desk, field.first.unit())
        record(desk, card.id, (), fill=True)
        seat = Seat(desk=desk, keys=field.first.keys)
        seat.sign(card.id)
        with refused(Code.IDENTITY_MISSING):
            finalize(desk, card.id, INSPECTOR_PASSPHRASE)
        with refused(Code.SIGNER_OFFICE_WRONG):  # the card is bound to no office yet
            seat.seal(card.id)


def test_a_card_of_another_office_is_not_sealed(field: Field, elsewhere: Field) -> None:
    """An inspector who changed offices keeps the drafts of the one before."""
    plan = plan_seal(field.first.desk, ready(field))
    with refused(Code.SIGNER_OFFICE_WRONG, office="440307", expected="440306"):
        seal(plan, elsewhere.first.keys.identity)


def test_a_stranger_under_the_same_office_code_seals_nothing(field: Field) -> None:
    plan = plan_seal(field.first.desk, ready(field))
    with refused(Code.SIGNER_UNKNOWN):
        seal(plan, make_inspector(make_office(OFFICE_CODE), moment=field.clock.now()))


def test_a_practice_credential_seals_no_real_card(
    field: Field, founded_for_practice: Founded
) -> None:
    with refused(Code.REHEARSAL_MIXED):
        seal(
            plan_seal(field.first.desk, ready(field)),
            founded_for_practice.keys["first"].identity,
        )


@pytest.mark.parametrize(
    ("days", "code"),
    [(3 * 366, Code.CERTIFICATE_EXPIRED), (-30, Code.CERTIFICATE_NOT_YET_VALID)],
)
def test_a_seal_that_nobody_would_believe_is_never_kept(
    field: Field, days: int, code: Code
) -> None:
    """A certificate run out, or a computer whose clock is wrong."""
    card_id = ready(field)
    if days > 0:  # the office's list must still be fresh
        field.pass_days(days - 10)
        profile, content = publish_profile(field.office.desk, OFFICE_PASSPHRASE)
        add_trust(field.first.desk, content, fingerprint=profile.fingerprint)
        field.pass_days(10)
    else:
        field.pass_days(days)
    before = contents(field.first.desk)
    with refused(code):
        field.first.seal(card_id)
    assert contents(field.first.desk) == before


def test_a_revoked_inspector_who_knows_of_it_seals_nothing(field: Field) -> None:
    card_id = ready(field)
    revoke(
        field.office.desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    profile, content = publish_profile(field.office.desk, OFFICE_PASSPHRASE)
    add_trust(field.first.desk, content, fingerprint=profile.fingerprint)
    with refused(Code.CERTIFICATE_REVOKED):
        field.first.seal(card_id)


def test_a_missing_glyph_is_named_and_nothing_is_stored(field: Field) -> None:
    """The name was written on a computer that had the font."""
    card_id = ready(field)
    desk = field.first.desk
    card = view_card(desk, card_id).card
    odd = replace(card, office=replace(card.office, name="测试\U0001f600竞赛办"), signatures=())
    hashes = part_hashes(odd, national_form())
    signatures = tuple(
        replace(each, header_hash=hashes.header, scores_hash=hashes.scores)
        for each in card.signatures
    )
    with desk.workspace.change(AuditEntry(action="test")):
        desk.workspace.cards.save(card, replace(odd, signatures=signatures))
    before, files = contents(desk), desk.workspace.evidence.all()
    with refused(Code.GLYPH_MISSING, character="\U0001f600"):
        field.first.seal(card_id)
    assert contents(desk) == before
    assert desk.workspace.evidence.all() == files


def test_a_card_whose_photo_is_gone_is_not_sealed(field: Field) -> None:
    photo = field.folder / "a.png"
    Image.new("RGB", (8, 8)).save(photo)
    card_id = field.first.open_card()
    field.first.score(card_id)
    after, _ = attach(field.first.desk, card_id, "S1-R1-C1", [photo])
    (kept,) = after.evidence[national_form().clauses[0].id]
    field.first.sign(card_id)
    field.first.desk.workspace.evidence.path(kept.sha256).unlink()
    with refused(Code.EVIDENCE_MISSING, sha256=kept.sha256):
        field.first.seal(card_id)
    attach(field.first.desk, card_id, "S1-R1-C1", [photo])
    assert field.first.seal(card_id).index.revision == 1


def test_a_card_changed_while_its_seal_was_made_is_not_sealed(field: Field) -> None:
    card_id = ready(field)
    plan = plan_seal(field.first.desk, card_id)
    made = seal(plan, field.first.keys.identity)
    field.first.score(card_id, S1_R1_C1="0")
    with refused(Code.CARD_CONFLICT):
        keep_sealed(field.first.desk, plan, made)
    assert view_card(field.first.desk, card_id).sealed is None


def test_the_pdf_is_the_same_bytes_for_ever(field: Field) -> None:
    desk, card_id = field.first.desk, ready(field)
    sealed = field.first.seal(card_id)
    first, second = field.folder / "1.pdf", field.folder / "2.pdf"
    assert write_pdf(desk, card_id, first) == sealed.pdf.sha256
    field.pass_days(100)
    revise_card(desk, card_id, reason="复核")  # an open revision changes nothing either
    write_pdf(desk, card_id, second)
    assert first.read_bytes() == second.read_bytes()


def test_the_office_prints_the_same_bytes(field: Field) -> None:
    sealed = field.received()
    ours, theirs = field.folder / "1.pdf", field.folder / "2.pdf"
    write_pdf(field.first.desk, sealed.index.id, ours)
    write_pdf(field.office.desk, sealed.index.id, theirs)
    assert ours.read_bytes() == theirs.read_bytes()


def test_a_card_that_is_not_sealed_has_no_pdf(field: Field) -> None:
    with refused(Code.CARD_NOT_SEALED):
        write_pdf(field.first.desk, ready(field), field.folder / "x.pdf")
    assert not (field.folder / "x.pdf").exists()


def test_a_kept_pdf_that_was_changed_is_not_written(field: Field) -> None:
    sealed = field.first.sealed_card()
    kept = field.first.desk.workspace.evidence.path(sealed.pdf.sha256)
    kept.write_bytes(kept.read_bytes()[:-1])
    with refused(Code.EVIDENCE_DAMAGED, sha256=sealed.pdf.sha256):
        write_pdf(field.first.desk, sealed.index.id, field.folder / "x.pdf")
    kept.unlink()
    with refused(Code.EVIDENCE_MISSING):
        write_pdf(field.first.desk, sealed.index.id, field.folder / "x.pdf")


def test_the_office_returns_a_card_and_does_not_revise_it(field: Field) -> None:
    sealed = field.received()
    before = contents(field.office.desk)
    with refused(Code.IDENTITY_MISSING):
        revise_card(field.office.desk, sealed.index.id, reason="改一下")
    assert contents(field.office.desk) == before


def test_a_newly_enrolled_credential_seals_at_once(field: Field) -> None:
    enrolled, _ = enroll(
        field.office.desk,
        name="测试新人",
        post="",
        passphrase=OFFICE_PASSPHRASE,
        identity_passphrase=INSPECTOR_PASSPHRASE,
    )
    shutil.rmtree(field.folder / "new", ignore_errors=True)
    with closing_desk(field.folder / "new", clock=field.clock, seed=8) as desk:
        use_identity(desk, enrolled.credential, INSPECTOR_PASSPHRASE)
        keys = unlock(desk, CredentialKind.INSPECTOR, INSPECTOR_PASSPHRASE)
        sealed = Seat(desk=desk, keys=keys).sealed_card()
        assert write_card(signed_card(desk, sealed), national_form()) == sealed.document
        assert sealed_of(desk, sealed.index.id) == sealed
