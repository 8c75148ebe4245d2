"""补充: what comes after sealing is added, signed for itself, and reaches the office."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from app.crypto.cms import sign_detached
from app.domain.card import CardHash
from app.domain.delivery import Outcome, State
from app.domain.sealed import SealedCard
from app.domain.signature import Absent, Paper, Pending, Refused, Signatory
from app.domain.supplement import LateEvidence, SealedSupplement, added_files
from app.errors import Code
from app.exchange.supplement_document import supplement_hash, write_supplement
from app.services.cards.view import view_card
from app.services.desk.desk import Desk
from app.services.desk.intake import take_scan
from app.services.seal.seal import revise_card
from app.services.seal.sign import Given
from app.services.seal.supplement import (
    attach_late,
    keep_supplement,
    plan_late_signature,
    seal_supplement,
    sign_late,
)
from app.services.verify.audit import audit
from tests.app.services.field import Field, contents, rows_of
from tests.refusals import refused
from tests.scorecards import synthetic_ink


def scan_in(folder: Path) -> Path:
    """Draw the scan of a paper nobody signed."""
    path = folder / "synthetic-scan.png"
    Image.new("RGB", (40, 30), "#f4f0e0").save(path)
    return path


def late(desk: Desk, folder: Path) -> Given:
    """Let the unit sign on paper afterwards."""
    scan = take_scan(desk, scan_in(folder))
    return Given(signatory=Signatory.UNIT, name="测试丙", manner=Paper(scan=scan))


def sign_afterwards(field: Field, sealed: SealedCard) -> SealedSupplement:
    desk = field.first.desk
    made, _ = sign_late(desk, sealed.index.id, late(desk, field.folder), field.first.keys)
    return made


def test_a_backup_counts_the_files_of_what_came_after_sealing(field: Field) -> None:
    desk = field.first.desk
    made = sign_afterwards(field, field.first.sealed_card())
    (scan,) = added_files(made.supplement.addition)
    before = desk.workspace.copies.snapshot().contents
    desk.workspace.evidence.path(scan.sha256).unlink()
    assert desk.workspace.copies.snapshot().contents == replace(before, missing=before.missing + 1)


def test_a_signature_still_to_come_is_added_and_the_sealed_card_stays_as_it_is(
    field: Field,
) -> None:
    sealed = field.first.sealed_card()
    before = view_card(field.first.desk, sealed.index.id)
    assert [held.signatory for held in before.pending] == [Signatory.UNIT]
    made = sign_afterwards(field, sealed)
    after = view_card(field.first.desk, sealed.index.id)
    assert (after.card, after.sealed, after.pending) == (before.card, before.sealed, ())
    assert after.supplements == (made,)
    assert made.supplement.card_hash == sealed.index.hash


@pytest.mark.parametrize(
    "manner", [synthetic_ink(), Refused(why="不认可", witness="测试丁")], ids=["ink", "refused"]
)
def test_a_place_somebody_settled_takes_no_late_signature(field: Field, manner: Refused) -> None:
    card_id = field.first.open_card()
    field.first.score(card_id)
    field.first.sign(card_id, manner)
    field.first.seal(card_id)
    before = contents(field.first.desk)
    with refused(Code.CARD_SEALED):
        sign_late(
            field.first.desk, card_id, late(field.first.desk, field.folder), field.first.keys
        )
    assert contents(field.first.desk) == before


def test_who_was_absent_may_sign_later_and_only_once(field: Field) -> None:
    card_id = field.first.open_card()
    field.first.score(card_id)
    field.first.sign(card_id, Absent(why="出差", witness="测试丁"))
    sealed = field.first.seal(card_id)
    sign_afterwards(field, sealed)
    with refused(Code.CARD_SEALED):
        sign_afterwards(field, sealed)


def test_a_draft_takes_no_supplement(field: Field) -> None:
    card_id = field.first.open_card()
    with refused(Code.CARD_NOT_SEALED):
        attach_late(
            field.first.desk, card_id, "S1-R1-C1", [scan_in(field.folder)], field.first.keys
        )


def test_files_are_added_behind_a_clause_the_form_has(field: Field) -> None:
    sealed = field.first.sealed_card()
    desk, scan = field.first.desk, scan_in(field.folder)
    with refused(Code.CLAUSE_UNKNOWN):
        attach_late(desk, sealed.index.id, "S9-R1-C1", [scan], field.first.keys)
    made, _ = attach_late(desk, sealed.index.id, "S1-R1-C1", [scan], field.first.keys)
    assert isinstance(made.supplement.addition, LateEvidence)
    assert desk.workspace.evidence.holds(made.supplement.addition.files[0].sha256)


def test_the_office_signs_no_supplement(field: Field) -> None:
    sealed = field.received()
    with refused(Code.SIGNER_ROLE_WRONG):
        attach_late(
            field.office.desk,
            sealed.index.id,
            "S1-R1-C1",
            [scan_in(field.folder)],
            field.office.keys,
        )


def test_a_supplement_follows_its_card_to_the_office_and_a_receipt_tells_of_it(
    field: Field,
) -> None:
    sealed = field.received()
    made = sign_afterwards(field, sealed)
    imported = field.take(field.submit())
    assert [item.hash for item in imported.with_outcome(Outcome.ACCEPTED)] == [made.hash]
    assert [item.hash for item in imported.with_outcome(Outcome.DUPLICATE)] == [sealed.index.hash]
    at_office = view_card(field.office.desk, sealed.index.id)
    assert at_office.pending == ()
    assert [held.document for held in at_office.supplements] == [made.document]
    told = field.take(field.receipt(), field.first)
    assert {item.hash for item in told.with_outcome(Outcome.ACCEPTED)} == {
        sealed.index.hash,
        made.hash,
    }
    assert view_card(field.first.desk, sealed.index.id).state is State.RECEIVED


def test_the_same_supplement_twice_changes_nothing(field: Field) -> None:
    sealed = field.first.sealed_card()
    sign_afterwards(field, sealed)
    path = field.submit()
    field.take(path)
    before = contents(field.office.desk)
    again = field.take(path)
    assert again.with_outcome(Outcome.ACCEPTED) == ()
    assert contents(field.office.desk) == before


def test_a_supplement_to_another_card_is_set_aside_and_the_card_goes_on(field: Field) -> None:
    sealed = field.first.sealed_card()
    forged = sign_afterwards(field, sealed)
    document = write_supplement(
        replace(forged.supplement, card_hash=CardHash("0" * 64), revision=7)
    )
    with rows_of(field.first.desk) as rows:
        rows.execute(
            "UPDATE supplement SET hash = ?, document = ?, cms = ?",
            (
                supplement_hash(document),
                document,
                sign_detached(document, field.first.keys.identity),
            ),
        )
    imported = field.take(field.submit())
    aside = imported.with_outcome(Outcome.SET_ASIDE)
    assert [item.reason for item in aside] == [Code.CARD_UNKNOWN.value]
    assert [item.hash for item in imported.with_outcome(Outcome.ACCEPTED)] == [sealed.index.hash]


def test_a_supplement_another_key_signed_is_set_aside(field: Field) -> None:
    sealed = field.first.sealed_card()
    made = sign_afterwards(field, sealed)
    with rows_of(field.first.desk) as rows:
        rows.execute(
            "UPDATE supplement SET cms = ?",
            (sign_detached(made.document, field.office.keys.identity),),
        )
    aside = field.take(field.submit()).with_outcome(Outcome.SET_ASIDE)
    assert [item.reason for item in aside] == [Code.SIGNER_ROLE_WRONG.value]


def test_an_audit_finds_a_changed_supplement_and_a_lost_file(field: Field) -> None:
    sealed = field.first.sealed_card()
    made, _ = attach_late(
        field.first.desk,
        sealed.index.id,
        "S1-R1-C1",
        [scan_in(field.folder)],
        field.first.keys,
    )
    assert audit(field.first.desk).ok
    assert isinstance(made.supplement.addition, LateEvidence)
    file = made.supplement.addition.files[0].sha256
    field.first.desk.workspace.evidence.path(file).unlink()
    assert [flaw.code for flaw in audit(field.first.desk).flaws] == ["evidence"]
    with rows_of(field.first.desk) as rows:
        document = made.document.replace(b"S1-R1-C1", b"S1-R1-C2")
        rows.execute("UPDATE supplement SET document = ?", (document,))
    assert "supplement_bytes" in {flaw.code for flaw in audit(field.first.desk).flaws}


def test_a_new_revision_starts_without_the_supplements_of_the_old_one(field: Field) -> None:
    sealed = field.first.sealed_card()
    sign_afterwards(field, sealed)
    draft, _ = revise_card(field.first.desk, sealed.index.id, reason="更正")
    assert view_card(field.first.desk, draft.id).supplements == ()


def test_pending_is_what_a_sealed_card_says_of_it(field: Field) -> None:
    sealed = field.first.sealed_card()
    signatures = view_card(field.first.desk, sealed.index.id).card.signatures
    assert sum(isinstance(held.manner, Pending) for held in signatures) == 1


def test_a_place_taken_while_a_supplement_was_sealed_is_not_taken_twice(field: Field) -> None:
    sealed = field.first.sealed_card()
    desk = field.first.desk
    plan = plan_late_signature(desk, sealed.index.id, late(desk, field.folder))
    made = seal_supplement(plan, field.first.keys.identity)
    first = sign_afterwards(field, sealed)
    with refused(Code.CARD_SEALED):
        keep_supplement(desk, made)
    assert view_card(desk, sealed.index.id).supplements == (first,)
