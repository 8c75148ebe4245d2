"""审核: accepting and returning are acts, one card counts for a unit."""

from app.domain.delivery import State, Verdict
from app.errors import Code
from app.services.cards.view import view_card
from app.services.office.decide import accept_cards, return_card
from app.services.seal.seal import revise_card
from tests.app.services.field import Field, actions, contents
from tests.app.services.forgery import packed, redated
from tests.refusals import refused


def test_several_cards_are_accepted_at_once(field: Field) -> None:
    cards = [field.received(place).index.id for place in range(2)]
    accept_cards(field.office.desk, [*cards, cards[0]])
    states = [view_card(field.office.desk, card).state for card in cards]
    assert states == [State.ADOPTED] * 2
    assert actions(field.office.desk)[-1] == "card.accept"


def test_of_several_cards_all_are_accepted_or_none(field: Field) -> None:
    good = field.received(0).index.id
    before = contents(field.office.desk)
    with refused(Code.CARD_UNKNOWN, card="nothing"):
        accept_cards(field.office.desk, [good, "nothing"])
    assert contents(field.office.desk) == before


def test_a_second_card_of_a_unit_is_refused_and_named(field: Field) -> None:
    one = field.accepted()
    two = field.received(seat=field.second)
    third = field.received(5)
    before = contents(field.office.desk)
    with refused(Code.UNIT_ALREADY_ACCEPTED, card=one.index.id, unit="测试1号工厂"):
        accept_cards(field.office.desk, [third.index.id, two.index.id])
    assert contents(field.office.desk) == before
    return_card(field.office.desk, one.index.id, reason="以另一份为准")
    accept_cards(field.office.desk, [two.index.id])


def test_two_cards_of_a_unit_in_one_go_are_refused(field: Field) -> None:
    one = field.received()
    two = field.received(seat=field.second)
    with refused(Code.UNIT_ALREADY_ACCEPTED):
        accept_cards(field.office.desk, [one.index.id, two.index.id])
    assert field.office.desk.workspace.decisions.all() == {}


def test_a_branch_is_another_unit(field: Field) -> None:
    field.first.sealed_card(sub_unit="东厂")
    field.first.sealed_card(sub_unit="西厂")
    imported = field.take(field.submit())
    accept_cards(field.office.desk, [item.card for item in imported.items])


def test_a_newer_revision_is_accepted_beside_the_older(field: Field) -> None:
    sealed = field.accepted()
    revise_card(field.first.desk, sealed.index.id, reason="名称有误")
    field.first.sign(sealed.index.id)
    newer = field.first.seal(sealed.index.id)
    field.take(field.submit())
    accept_cards(field.office.desk, [sealed.index.id])
    decisions = field.office.desk.workspace.decisions.all()
    assert {hash_: each.verdict for hash_, each in decisions.items()} == {
        sealed.index.hash: Verdict.ADOPTED,
        newer.index.hash: Verdict.ADOPTED,
    }


def test_of_two_contents_of_one_revision_one_is_chosen_by_its_hash(field: Field) -> None:
    sealed = field.received()
    rival = redated(field, sealed)
    field.take(packed(field, rival))
    card = sealed.index.id
    with refused(Code.CARD_CONFLICT, card=card):
        accept_cards(field.office.desk, [card])
    with refused(Code.CARD_CONFLICT):
        return_card(field.office.desk, card, reason="x")
    accept_cards(field.office.desk, [rival.record.hash])
    with refused(Code.UNIT_ALREADY_ACCEPTED):
        accept_cards(field.office.desk, [sealed.index.hash])
    view = view_card(field.office.desk, card)
    assert (view.state, view.sealed and view.sealed.hash) == (State.ADOPTED, rival.record.hash)
    assert view.card == rival.card


def test_a_return_needs_a_reason(field: Field) -> None:
    sealed = field.received()
    before = contents(field.office.desk)
    with refused(Code.REASON_MISSING):
        return_card(field.office.desk, sealed.index.id, reason=" \n ")
    assert contents(field.office.desk) == before
    return_card(field.office.desk, sealed.index.id, reason="缺\n照片")
    view = view_card(field.office.desk, sealed.index.id)
    assert (view.state, view.reason) == (State.RETURNED, "缺 照片")


def test_an_accepted_card_may_still_be_returned(field: Field) -> None:
    sealed = field.accepted()
    return_card(field.office.desk, sealed.index.id, reason="举报属实")
    assert view_card(field.office.desk, sealed.index.id).state is State.RETURNED


def test_a_card_that_was_never_received_is_not_decided_on(field: Field) -> None:
    """An office's own workspace may hold drafts of its own."""
    draft = field.office.open_card()
    with refused(Code.CARD_NOT_RECEIVED, card=draft):
        accept_cards(field.office.desk, [draft])
    with refused(Code.CARD_UNKNOWN):
        accept_cards(field.office.desk, ["0" * 64])


def test_an_inspector_decides_nothing(field: Field) -> None:
    sealed = field.first.sealed_card()
    with refused(Code.OFFICE_MISSING):
        accept_cards(field.first.desk, [sealed.index.id])
    with refused(Code.OFFICE_MISSING):
        return_card(field.first.desk, sealed.index.id, reason="x")
