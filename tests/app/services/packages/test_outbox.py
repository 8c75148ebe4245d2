"""报送 as it is listed: only what is proven, with when and by what."""

from app.domain.delivery import State
from app.services.office.decide import accept_cards, return_card
from app.services.packages.outbox import outbox
from tests.app.services.field import Field


def test_each_state_shows_since_when_and_by_which_package(field: Field) -> None:
    desk = field.first.desk
    field.first.sealed_card(0)
    assert [(card.state, card.package) for card in outbox(desk).cards] == [(State.SIGNED, None)]
    field.pass_days(1)
    package = field.submit()
    exported = outbox(desk).cards[0]
    assert (exported.state, exported.package) == (State.EXPORTED, 1)
    assert exported.since == field.clock.now()
    field.take(package)
    field.pass_days(1)
    accept_cards(field.office.desk, [exported.card])
    field.take(field.receipt(), field.first)
    adopted = outbox(desk).cards[0]
    assert adopted.state is State.ADOPTED
    assert adopted.since > exported.since


def test_what_was_returned_stands_first_with_the_offices_word(field: Field) -> None:
    field.first.sealed_card(0)
    returned = field.received(1)
    return_card(field.office.desk, returned.index.id, reason="请补照片")
    field.take(field.receipt(), field.first)
    field.first.open_card(2)
    box = outbox(field.first.desk)
    assert box.cards[0].state is State.RETURNED
    assert box.cards[0].reason == "请补照片"
    assert box.unsealed == 1
