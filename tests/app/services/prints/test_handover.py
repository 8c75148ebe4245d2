"""Handing the unit's copy over: kept as typed, recorded for good."""

from datetime import date

import pytest

from app.domain.handover import HandoverManner, HandoverNote
from app.errors import Code
from app.services.cards.view import view_card
from app.services.desk.desk import Noun
from app.services.prints.card_prints import print_hash
from app.services.prints.handover import jot_handover, record_handover, view_handovers
from tests.app.services.field import Field, actions, contents, ready
from tests.refusals import refused

DAY = date(2020, 11, 6)


def test_an_empty_note_is_of_today(field: Field) -> None:
    found = view_handovers(field.first.desk, field.first.open_card())
    assert (found.recorded, found.written) == ((), HandoverNote(day=DAY))


def test_what_is_typed_is_there_again(field: Field) -> None:
    desk, card_id = field.first.desk, field.first.open_card()
    for recipient in ("测", "测试", "测试丙"):
        note = HandoverNote(manner=HandoverManner.POST, recipient=recipient, day=DAY)
        jot_handover(desk, card_id, note)
        assert view_handovers(desk, card_id).written == note
    assert view_handovers(desk, card_id).recorded == ()


def test_a_recorded_handover_names_the_copy_and_leaves_an_empty_note(field: Field) -> None:
    desk, card_id = field.first.desk, ready(field)
    note = HandoverNote(recipient="测试丙", day=DAY, remark="当场收讫")
    jot_handover(desk, card_id, note)
    draft, changes = record_handover(desk, card_id, note)
    assert changes.nouns == {Noun.HANDOVERS}
    assert draft.copy == print_hash(view_card(desk, card_id))
    assert draft.recorded_at == field.clock.now()
    sealed = field.first.seal(card_id)
    final, _ = record_handover(desk, card_id, HandoverNote(recipient="测试丁", day=DAY))
    assert final.copy == sealed.index.hash
    found = view_handovers(desk, card_id)
    assert found.recorded == (draft, final)
    assert found.written == HandoverNote(day=DAY)
    assert actions(desk)[-1] == "card.handover"


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (HandoverNote(day=DAY), Code.NAME_EMPTY),
        (HandoverNote(recipient="测试丙", day=date(2020, 11, 7)), Code.HANDOVER_DAY),
    ],
)
def test_an_incomplete_note_is_refused_and_changes_nothing(
    field: Field, note: HandoverNote, code: Code
) -> None:
    desk, card_id = field.first.desk, field.first.open_card()
    before = contents(desk)
    with refused(code):
        record_handover(desk, card_id, note)
    assert contents(desk) == before


def test_a_card_nobody_knows_has_no_handovers(field: Field) -> None:
    for use in (jot_handover, record_handover):
        with refused(Code.CARD_UNKNOWN):
            use(field.first.desk, "none", HandoverNote(recipient="测试丙", day=DAY))
    with refused(Code.CARD_UNKNOWN):
        view_handovers(field.first.desk, "none")
