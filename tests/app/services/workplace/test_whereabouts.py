"""Where a person was: remembered, forgotten on leaving, never in the way when damaged."""

from pathlib import Path

import pytest

from app.domain.card import CardId
from app.errors import Code
from app.services.workplace.opening import choose_rehearsal, look_around
from app.services.workplace.whereabouts import Whereabouts, note_closed, note_open, open_cards
from tests.app.services.field import Field
from tests.disks import full_disk
from tests.refusals import refused


def at(card_id: CardId, clause: str = "") -> Whereabouts:
    return Whereabouts(card=card_id, step="scoring", clause=clause)


def test_the_place_last_noted_is_where_work_goes_on(field: Field) -> None:
    desk = field.first.desk
    first, second = field.first.open_card(0), field.first.open_card(1)
    note_open(desk, at(first))
    note_open(desk, at(second))
    note_open(desk, at(first, "S1-R1-C2"))
    opened = open_cards(desk)
    assert [(each.where.card, each.where.clause) for each in opened] == [
        (first, "S1-R1-C2"),
        (second, ""),
    ]
    assert opened[0].unit == field.first.unit(0)
    note_closed(desk, first)
    assert [each.where.card for each in open_cards(desk)] == [second]


def test_a_card_that_is_not_here_is_refused(field: Field) -> None:
    with refused(Code.CARD_UNKNOWN):
        note_open(field.first.desk, at(CardId("0175a4f4-0000-7000-8000-000000000000")))


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'[["a"]]', b"\xff"])
def test_a_damaged_note_is_as_good_as_none(field: Field, content: bytes) -> None:
    desk = field.first.desk
    _note(desk.workspace.home).write_bytes(content)
    assert open_cards(desk) == ()
    note_open(desk, at(field.first.open_card()))
    assert len(open_cards(desk)) == 1


def test_practice_is_chosen_only_while_nothing_was_done(field: Field) -> None:
    assert not look_around(field.first.desk).is_new
    with refused(Code.REHEARSAL_MIXED):
        choose_rehearsal(field.first.desk, rehearsal=True)


def _note(home: Path) -> Path:
    return home / "open.json"


def test_a_full_disk_keeps_nobody_from_looking_at_a_card(field: Field) -> None:
    desk, card_id = field.first.desk, field.first.open_card()
    with full_disk(at=0):
        assert note_open(desk, at(card_id)) == field.first.unit()
    assert open_cards(desk) == ()
