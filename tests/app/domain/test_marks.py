"""Marks on a card: points by the rules, 不涉及 only where a fact allows it, blank is never 0."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.card import (
    Card,
    NotApplicable,
    Scored,
    Source,
    clear_mark,
    fill_open,
    open_clauses,
    score,
    set_not_applicable,
    unreasoned_clauses,
)
from app.domain.form import Clause
from app.domain.unit import UnitFacts
from app.errors import Code
from tests.forms import complete_card, national_form, national_guide, open_card, synthetic_unit
from tests.refusals import refused

FORM = national_form()
FIRST = FORM.clause("S1-R1-C1")  # 3 points
ACCIDENTS = FORM.clause("S6-R1-C1")  # 25 points, all or nothing
WOMEN = FORM.clause("S5-R5-C1")  # 3 points
HAZARD = FORM.clause("S4-R5-C1")  # 2 points
BONUS = FORM.clause("S7-R1-C1")  # 10 points


def give(card: Card, clause: Clause, points: str, reason: str = "未见会议记录") -> Card:
    return score(card, clause, points=Decimal(points), reason=reason, source=Source.ON_SITE)


def leave_out(card: Card, clause: Clause, reason: str = "无女职工") -> Card:
    return set_not_applicable(card, clause, reason=reason, source=Source.PLEDGED)


def without_women() -> Card:
    return open_card(unit=synthetic_unit(facts=UnitFacts(women=0, hazard_exposed=0)))


def test_points_reason_and_source_are_kept() -> None:
    card = score(
        open_card(), FIRST, points=Decimal(2), reason=" 未见\n记录 ", source=Source.DEPARTMENT
    )
    assert card.marks == {
        FIRST.id: Scored(points=Decimal(2), reason="未见 记录", source=Source.DEPARTMENT)
    }


def test_scoring_again_replaces_the_mark() -> None:
    assert give(give(open_card(), FIRST, "1"), FIRST, "3", "") == give(open_card(), FIRST, "3", "")


def test_scoring_leaves_the_card_it_was_given() -> None:
    before = open_card()
    give(before, FIRST, "1")
    assert before == open_card()


@pytest.mark.parametrize("points", ["0", "1", "2", "3", "3.0"])
def test_a_graded_clause_takes_every_step_up_to_its_points(points: str) -> None:
    assert give(open_card(), FIRST, points).marks[FIRST.id] == Scored(
        points=Decimal(points), reason="未见会议记录"
    )


@pytest.mark.parametrize(
    ("clause", "points", "code"),
    [
        (FIRST, "4", Code.POINTS_ABOVE_MAXIMUM),
        (FIRST, "3.1", Code.POINTS_ABOVE_MAXIMUM),
        (BONUS, "11", Code.POINTS_ABOVE_MAXIMUM),
        (FIRST, "-1", Code.POINTS_BELOW_ZERO),
        (FIRST, "-0.1", Code.POINTS_BELOW_ZERO),
        (FIRST, "2.5", Code.POINTS_OFF_STEP),
        (ACCIDENTS, "24", Code.POINTS_ALL_OR_NOTHING),
        (ACCIDENTS, "12.5", Code.POINTS_ALL_OR_NOTHING),
        (ACCIDENTS, "26", Code.POINTS_ABOVE_MAXIMUM),
    ],
)
def test_points_outside_the_rules_are_refused(clause: Clause, points: str, code: Code) -> None:
    with refused(code, clause=clause.id, points=points):
        give(open_card(), clause, points)


@pytest.mark.parametrize(
    ("step", "good", "bad"), [("1", "2", "2.5"), ("0.5", "2.5", "2.4"), ("0.1", "2.4", "2.45")]
)
def test_the_step_is_the_offices(step: str, good: str, bad: str) -> None:
    assert give(open_card(step=step), FIRST, good).marks[FIRST.id] == Scored(
        points=Decimal(good), reason="未见会议记录"
    )
    with refused(Code.POINTS_OFF_STEP, step=step):
        give(open_card(step=step), FIRST, bad)


@pytest.mark.parametrize("points", ["0", "25"])
def test_accident_control_is_all_or_nothing(points: str) -> None:
    assert ACCIDENTS.id in give(open_card(), ACCIDENTS, points).marks


def test_a_reason_that_cannot_be_printed_is_refused() -> None:
    with refused(Code.TEXT_NOT_PRINTABLE):
        give(open_card(), FIRST, "1", "\x00")


def test_not_applicable_needs_a_clause_that_allows_it() -> None:
    with refused(Code.NA_NOT_ALLOWED, clause=FIRST.id):
        leave_out(without_women(), FIRST)


def test_not_applicable_needs_a_known_fact() -> None:
    unknown = open_card(unit=synthetic_unit(facts=UnitFacts(workers=10)))
    with refused(Code.NA_FACT_UNKNOWN, clause=WOMEN.id, fact="women"):
        leave_out(unknown, WOMEN)


def test_not_applicable_needs_a_fact_of_zero() -> None:
    with refused(Code.NA_FACT_CONTRADICTS, clause=WOMEN.id, fact="women", value=40):
        leave_out(open_card(), WOMEN)
    with refused(Code.NA_FACT_CONTRADICTS, fact="hazard_exposed", value=12):
        leave_out(open_card(), HAZARD)


def test_not_applicable_needs_a_reason() -> None:
    with refused(Code.NA_REASON_MISSING, clause=WOMEN.id):
        leave_out(without_women(), WOMEN, " ")


def test_not_applicable_is_kept_with_reason_and_source() -> None:
    card = leave_out(without_women(), WOMEN)
    assert card.marks == {WOMEN.id: NotApplicable(reason="无女职工", source=Source.PLEDGED)}


def test_a_clause_can_be_opened_again() -> None:
    card = clear_mark(complete_card(), FIRST)
    assert open_clauses(card, FORM) == (FIRST,)


def test_an_open_clause_is_not_a_zero() -> None:
    zero = complete_card(points={FIRST.id: "0"})
    assert open_clauses(zero, FORM) == ()
    assert open_clauses(clear_mark(zero, FIRST), FORM) == (FIRST,)


def test_every_base_clause_of_a_new_card_is_open() -> None:
    assert open_clauses(open_card(), FORM) == FORM.base_clauses


def test_an_unclaimed_bonus_holds_nothing_up() -> None:
    assert BONUS.id not in complete_card().marks
    assert open_clauses(complete_card(), FORM) == ()


def test_filling_gives_every_open_base_clause_its_points_and_no_reason() -> None:
    filled = fill_open(open_card(), FORM)
    assert filled.marks == {c.id: Scored(points=c.points) for c in FORM.base_clauses}


def test_filling_touches_no_mark_and_no_bonus() -> None:
    before = leave_out(give(give(without_women(), FIRST, "0"), BONUS, "5"), WOMEN)
    after = fill_open(before, FORM)
    assert {id_: after.marks[id_] for id_ in before.marks} == before.marks
    assert fill_open(open_card(), FORM).marks.keys().isdisjoint({BONUS.id})


def test_points_taken_off_need_a_reason() -> None:
    card = give(complete_card(), FIRST, "2", " ")
    assert unreasoned_clauses(card, FORM) == (FIRST,)
    assert unreasoned_clauses(give(card, FIRST, "2"), FORM) == ()


def test_full_points_an_open_clause_and_a_small_bonus_need_no_reason() -> None:
    assert unreasoned_clauses(give(complete_card(), BONUS, "1", ""), FORM) == ()
    assert unreasoned_clauses(open_card(), FORM) == ()


def test_a_clause_of_another_form_is_unknown() -> None:
    with refused(Code.CLAUSE_UNKNOWN, clause="S9-R1-C1"):
        FORM.clause("S9-R1-C1")


def test_a_guide_says_nothing_of_a_clause_it_does_not_hold() -> None:
    entry = replace(national_guide(), clauses=()).of(FIRST.id)
    assert (entry.methods, entry.papers, entry.rules) == ((), (), ())
