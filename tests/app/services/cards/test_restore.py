"""Whole sections, and putting clauses back, on real SQLite."""

from decimal import Decimal

from app.domain.card import Card, Scored, Source
from app.domain.history import changes_between
from app.errors import Code
from app.services.cards.assess import Cleared, Points, fill_section, find_card, jot, restore
from tests.app.services.field import Field
from tests.refusals import refused

CLAUSE = "S1-R1-C1"


def card_of(field: Field, card_id: str) -> Card:
    return find_card(field.first.desk, card_id)[0]


def test_a_clause_is_put_back_with_reason_and_source(field: Field) -> None:
    card_id = field.first.open_card()
    entry = Points(clause=CLAUSE, points="1", reason="机构不健全", source=Source.DEPARTMENT)
    before, _ = jot(field.first.desk, card_id, entry)
    after, _ = jot(field.first.desk, card_id, Cleared(clause=CLAUSE))
    back = [change.reversed for change in changes_between(before, after)]
    restored, _ = restore(field.first.desk, card_id, back)
    assert restored == before == card_of(field, card_id)


def test_a_reason_can_be_emptied_and_is_kept_when_none_is_given(field: Field) -> None:
    card_id = field.first.open_card()
    jot(field.first.desk, card_id, Points(clause=CLAUSE, points="1", reason="机构不健全"))
    jot(field.first.desk, card_id, Points(clause=CLAUSE, points="2"))
    assert card_of(field, card_id).marks == {
        CLAUSE: Scored(points=Decimal(2), reason="机构不健全")
    }
    jot(field.first.desk, card_id, Points(clause=CLAUSE, reason=""))
    assert card_of(field, card_id).marks == {CLAUSE: Scored(points=Decimal(2))}


def test_a_section_is_filled_where_it_is_open(field: Field) -> None:
    card_id = field.first.open_card()
    jot(field.first.desk, card_id, Points(clause=CLAUSE, points="1", reason="机构不健全"))
    card, _ = fill_section(field.first.desk, card_id, "S1")
    assert card == card_of(field, card_id)
    assert card.marks == {
        CLAUSE: Scored(points=Decimal(1), reason="机构不健全"),
        "S1-R1-C2": Scored(points=Decimal(2)),
        "S1-R2-C1": Scored(points=Decimal(2)),
    }


def test_the_bonus_is_never_filled(field: Field) -> None:
    card_id = field.first.open_card()
    assert fill_section(field.first.desk, card_id, "S7")[0].marks == {}


def test_a_sealed_card_is_not_put_back(field: Field) -> None:
    sealed = field.first.sealed_card()
    with refused(Code.CARD_SEALED):
        restore(field.first.desk, sealed.index.id, [])
    with refused(Code.CARD_SEALED):
        fill_section(field.first.desk, sealed.index.id, "S1")
