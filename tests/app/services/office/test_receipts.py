"""签收: everybody is told what is new, once, and the office's last word stands."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.crypto.identity import SigningIdentity
from app.domain.delivery import Outcome, State
from app.domain.keyring import CredentialKind
from app.domain.sealed import SealedCard
from app.errors import AppError, Code
from app.exchange.head import NO_PREVIOUS, Head, Kind
from app.exchange.naming import RECEIPT
from app.exchange.receipt import CardAnswer, CardOutcome, ReceiptDocument, receipt_bytes
from app.exchange.writer import Entry, write_package
from app.services.cards.view import view_card
from app.services.keys.trust import add_trust, use_identity
from app.services.keys.unlock import unlock
from app.services.office.authority import enroll, publish_profile, revoke
from app.services.office.decide import accept_cards, return_card
from app.services.office.receipts import WrittenReceipt, write_receipts
from app.services.packages.take_in import take_in
from app.services.seal.seal import revise_card
from app.services.verify.verify_package import verify_package
from tests.app.services.field import (
    INSPECTOR_PASSPHRASE,
    OFFICE_PASSPHRASE,
    Field,
    Founded,
    Seat,
    closing_desk,
    contents,
    fresh_copy,
)
from tests.app.services.forgery import honest, packed
from tests.refusals import refused


def write(field: Field) -> tuple[WrittenReceipt, ...]:
    return write_receipts(field.office.desk, field.folder / "receipts", field.office.keys)[0]


def state(field: Field, card_id: str, seat: Seat | None = None) -> State:
    return view_card((seat or field.first).desk, card_id).state


def test_each_inspector_is_told_of_his_own_cards(field: Field) -> None:
    one = field.received(0)
    two = field.received(1, seat=field.second)
    written = write(field)
    assert sorted((each.person, each.cards) for each in written) == [("测试乙", 1), ("测试甲", 1)]
    for each in written:
        seat = field.first if each.person == "测试甲" else field.second
        other = field.second if seat is field.first else field.first
        with refused(Code.PACKAGE_NOT_FOR_US):
            field.take(each.path, other)
        field.take(each.path, seat)
    assert state(field, one.index.id) is State.RECEIVED
    assert state(field, two.index.id, field.second) is State.RECEIVED


def test_a_second_run_writes_nothing(field: Field) -> None:
    field.received()
    write(field)
    before = contents(field.office.desk)
    assert write(field) == ()
    assert contents(field.office.desk) == before
    assert len(list((field.folder / "receipts").iterdir())) == 1


def test_nobody_is_told_nothing(field: Field) -> None:
    assert write(field) == ()
    assert not (field.folder / "receipts").exists()


def test_a_decision_is_told_again_when_it_changes(field: Field) -> None:
    sealed = field.received()
    card = sealed.index.id
    steps = (
        (lambda: None, State.RECEIVED),
        (lambda: accept_cards(field.office.desk, [card]), State.ADOPTED),
        (lambda: return_card(field.office.desk, card, reason="缺照片"), State.RETURNED),
        (lambda: return_card(field.office.desk, card, reason="缺签字"), State.RETURNED),
    )
    for act, expected in steps:
        act()
        field.pass_days(0.1)
        (written,) = write(field)
        field.take(written.path, field.first)
        assert state(field, card) is expected
    assert view_card(field.first.desk, card).reason == "缺签字"


def test_receipts_of_an_inspector_are_numbered(field: Field) -> None:
    for place in range(3):
        field.received(place)
        write(field)
    records = field.office.desk.workspace.packages.all(outgoing=True)
    assert [record.sequence for record in records] == [1, 2, 3]
    assert records[2].previous == records[1].digest


@pytest.mark.parametrize("apart", [0, 1], ids=["in the same second", "a day apart"])
def test_an_older_receipt_after_a_newer_one_changes_nothing(field: Field, apart: int) -> None:
    sealed = field.accepted()
    (older,) = write(field)
    field.pass_days(apart)
    return_card(field.office.desk, sealed.index.id, reason="缺照片")
    (newer,) = write(field)
    field.take(newer.path, field.first)
    field.take(older.path, field.first)
    assert state(field, sealed.index.id) is State.RETURNED
    before = contents(field.first.desk)
    field.take(newer.path, field.first)
    assert contents(field.first.desk) == before


def test_a_receipt_taken_in_twice_changes_nothing(field: Field) -> None:
    field.accepted()
    path = field.receipt()
    field.take(path, field.first)
    before = contents(field.first.desk)
    imported, changes = take_in(field.first.desk, path, field.first.keys)
    assert [item.outcome for item in imported.items] == [Outcome.DUPLICATE]
    assert changes.nouns == frozenset()
    assert contents(field.first.desk) == before


def test_a_returned_card_is_revised_and_sent_again(field: Field) -> None:
    sealed = field.received(S1_R1_C1="1")
    card = sealed.index.id
    return_card(field.office.desk, card, reason="理由不清")
    field.take(field.receipt(), field.first)
    assert view_card(field.first.desk, card).reason == "理由不清"
    revise_card(field.first.desk, card, reason="补充理由")
    assert state(field, card) is State.COMPLETE
    field.first.score(card, S1_R1_C1="0")
    field.first.sign(card)
    field.first.seal(card)
    field.take(field.submit())
    assert view_card(field.office.desk, card).state is State.RECEIVED
    accept_cards(field.office.desk, [card])
    field.take(write(field)[0].path, field.first)
    assert state(field, card) is State.ADOPTED


def test_a_card_set_aside_is_told_by_its_code(field: Field) -> None:
    sealed = field.first.sealed_card()
    revoke(
        field.office.desk, serial=field.first.serial, reason="离职", passphrase=OFFICE_PASSPHRASE
    )
    field.take(packed(field, honest(field, sealed), seat=field.second))
    (written,) = write(field)
    assert written.person == "测试乙"
    imported = field.take(written.path, field.second)
    assert imported.with_outcome(Outcome.ACCEPTED) == ()
    (aside,) = imported.with_outcome(Outcome.SET_ASIDE)
    assert aside.hash == sealed.index.hash


def test_the_sender_learns_why_his_own_card_was_set_aside(field: Field) -> None:
    """It is not received: he must not take it for safe."""
    sealed = field.first.sealed_card(S1_R1_C1="1")
    field.take(packed(field, replace(honest(field, sealed), base="100")))
    (written,) = write(field)
    imported = field.take(written.path, field.first)
    (aside,) = imported.with_outcome(Outcome.SET_ASIDE)
    assert (aside.card, aside.reason) == (sealed.index.id, Code.CARD_DOCUMENT_DAMAGED)
    assert state(field, sealed.index.id) is State.SIGNED


def test_two_inspectors_of_one_name_do_not_overwrite_each_other(field: Field) -> None:
    enrolled, _ = enroll(
        field.office.desk,
        name="测试甲",
        post="",
        passphrase=OFFICE_PASSPHRASE,
        identity_passphrase=INSPECTOR_PASSPHRASE,
    )
    field.received(0)
    with closing_desk(field.folder / "namesake", clock=field.clock, seed=7) as desk:
        use_identity(desk, enrolled.credential, INSPECTOR_PASSPHRASE)
        keys = unlock(desk, CredentialKind.INSPECTOR, INSPECTOR_PASSPHRASE)
        namesake = Seat(desk=desk, keys=keys)
        namesake.sealed_card(1)
        field.take(field.submit(namesake))
        written = write(field)
        assert len({each.path for each in written}) == 2
        assert {outcome(field, each.path, namesake) for each in written} == {
            "taken in",
            Code.PACKAGE_NOT_FOR_US,
        }


def outcome(field: Field, path: Path, seat: Seat) -> str:
    try:
        field.take(path, seat)
    except AppError as refusal:
        return refusal.code
    return "taken in"


def forged_receipt(field: Field, sealed: SealedCard, signer: SigningIdentity) -> Path:
    """Write a receipt that calls a card accepted, signed by whomever, to the first inspector."""
    answer = CardAnswer(
        id=sealed.index.id,
        revision=sealed.index.revision,
        hash=sealed.index.hash,
        outcome=CardOutcome.ADOPTED,
    )
    document = ReceiptDocument(packages=(), cards=(answer,))
    path = field.folder / "forged.akp"
    write_package(
        path,
        head=Head(
            package_id=field.office.desk.ids.new(),
            kind=Kind.RECEIPT,
            rehearsal=False,
            stream=field.office.desk.workspace.id,
            sequence=1,
            previous=NO_PREVIOUS,
            recipient=field.first.serial,
            created=field.clock.now(),
            audit_head="0" * 64,
            counts=document.counts,
        ),
        entries=(Entry(name=RECEIPT, content=receipt_bytes(document)),),
        identity=signer,
        recipients=(field.first.keys.age.recipient,),
    )
    return path


def test_a_receipt_written_by_hand_is_believed_from_our_own_office(field: Field) -> None:
    """Without this the two below might be refused for what they have in common."""
    sealed = field.first.sealed_card()
    field.take(forged_receipt(field, sealed, field.office.keys.identity), field.first)
    assert state(field, sealed.index.id) is State.ADOPTED


def test_a_receipt_of_another_office_is_refused(field: Field, elsewhere: Field) -> None:
    sealed = field.first.sealed_card()
    (known,) = elsewhere.office.desk.workspace.trust.all()
    add_trust(field.first.desk, known.profile, fingerprint=known.fingerprint)
    before = contents(field.first.desk)
    with refused(Code.SIGNER_OFFICE_WRONG, office="440307", expected="440306"):
        field.take(forged_receipt(field, sealed, elsewhere.office.keys.identity), field.first)
    assert contents(field.first.desk) == before


def test_a_colleague_cannot_write_receipts(field: Field) -> None:
    sealed = field.first.sealed_card()
    with refused(Code.SIGNER_ROLE_WRONG):
        field.take(forged_receipt(field, sealed, field.second.keys.identity), field.first)


def test_an_inspector_writes_no_receipts(field: Field) -> None:
    with refused(Code.OFFICE_MISSING):
        write_receipts(field.first.desk, field.folder / "r", field.first.keys)
    with refused(Code.OFFICE_MISSING):
        write_receipts(field.office.desk, field.folder / "r", field.first.keys)


def test_the_office_can_verify_what_it_wrote(field: Field) -> None:
    field.accepted()
    report = verify_package(field.office.desk, field.receipt(), field.office.keys)
    assert report.ok


def test_receipts_wait_while_nobody_would_believe_them(field: Field) -> None:
    field.received()
    field.pass_days(401)
    with refused(Code.REVOCATION_STALE):
        write(field)
    publish_profile(field.office.desk, OFFICE_PASSPHRASE)
    assert len(write(field)) == 1


def test_a_receipt_for_cards_this_computer_lost_says_so(
    field: Field, founded: Founded, tmp_path: Path
) -> None:
    """A laptop set up anew does not know the card: nothing is made up."""
    sealed = field.accepted()
    path = field.receipt()
    with fresh_copy(founded, "first", tmp_path / "new-laptop") as seat:
        (item,) = field.take(path, seat).items
        assert (item.outcome, item.reason) == (Outcome.SET_ASIDE, Code.CARD_UNKNOWN)
        assert item.hash == sealed.index.hash
        assert seat.desk.workspace.decisions.all() == {}
