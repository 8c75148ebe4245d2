"""What a stroke did to a card can be taken back and done again, and nothing else with it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.card import Card, Source, add_evidence, clear_mark, score
from app.domain.evidence import Evidence, Sha256
from app.domain.history import apply, changes_between
from app.domain.unit import UnitFacts
from app.errors import Code
from tests.forms import complete_card, national_form, open_card
from tests.refusals import refused

FORM = national_form()
PHOTOS = [
    Evidence(sha256=Sha256(f"{place:064x}"), name="测试.jpg", media_type="image/jpeg", size=1)
    for place in range(3)
]


def scored(card: Card, place: int, points: int) -> Card:
    clause = FORM.clauses[place]
    given_ = min(Decimal(points), clause.points)
    reason = "没有记录" if given_ < clause.points else ""
    return score(card, clause, points=given_, reason=reason, source=Source.PLEDGED)


def stroke(card: Card, kind: int, place: int, amount: int) -> Card:
    if kind == 0:
        return scored(card, place, amount)
    if kind == 1:
        return clear_mark(card, FORM.clauses[place])
    return add_evidence(card, FORM.clauses[place], PHOTOS[amount])


STROKES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=8
)


@given(first=STROKES, then=STROKES)
def test_changes_reversed_give_the_card_back(
    first: list[tuple[int, int, int]], then: list[tuple[int, int, int]]
) -> None:
    before = open_card()
    for each in first:
        before = stroke(before, *each)
    after = before
    for each in then:
        after = stroke(after, *each)
    changes = changes_between(before, after)
    assert apply(before, FORM, changes) == after
    assert apply(after, FORM, [change.reversed for change in changes]) == before


def test_what_came_since_stays() -> None:
    clause = FORM.clauses[0]
    before = open_card()
    after = add_evidence(before, clause, PHOTOS[0])
    now = scored(add_evidence(after, clause, PHOTOS[1]), 1, 1)
    back = apply(now, FORM, [change.reversed for change in changes_between(before, after)])
    assert back.evidence == {clause.id: (PHOTOS[1],)}
    assert back.marks == now.marks


def test_what_does_not_apply_is_not_restored_against_a_fact_known_since() -> None:
    card = open_card()
    without_women = replace(card.unit, facts=UnitFacts(workers=130, women=0))
    absent = complete_card(replace(card, unit=without_women), not_applicable=("S5-R5-C1",))
    cleared = clear_mark(absent, FORM.clause("S5-R5-C1"))
    changes = [change.reversed for change in changes_between(absent, cleared)]
    assert apply(cleared, FORM, changes) == absent
    with refused(Code.NA_FACT_CONTRADICTS, value=40):
        apply(replace(cleared, unit=card.unit), FORM, changes)
