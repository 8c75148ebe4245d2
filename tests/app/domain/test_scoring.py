"""The sum of the 24 printed cells is the printed 总得分, whatever the marks and the policy."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.card import Card, Mark, NotApplicable, Policy, Scored
from app.domain.form import Clause, ClauseId, Mode
from app.domain.points import STEPS, points_text
from app.domain.scoring import Totals, awarded, totals, totals_of
from app.domain.unit import UnitFacts
from tests.forms import complete_card, national_form, open_card, synthetic_unit

FORM = national_form()
Marks = dict[ClauseId, Mark]
POLICIES = pytest.mark.parametrize("policy", list(Policy))
NOBODY = UnitFacts(workers=10, women=0, hazard_exposed=0)
HAZARDS = ("S4-R4-C1", "S4-R5-C1", "S4-R6-C1")


def scored_clause(clause: Clause, step: Decimal) -> st.SearchStrategy[Mark]:
    steps = int(clause.points / step)
    given_steps = (
        st.sampled_from([0, steps])
        if clause.mode is Mode.ALL_OR_NOTHING
        else st.integers(0, steps)
    )
    return given_steps.map(lambda taken: Scored(points=step * taken))


@st.composite
def any_marks(draw: st.DrawFn) -> Marks:
    """Draw a card half filled: points on one step, 不涉及 anywhere, clauses left open."""
    step = draw(st.sampled_from(STEPS))
    left_out = st.just(NotApplicable(reason="不涉及"))
    marks = {
        clause.id: draw(st.none() | left_out | scored_clause(clause, step))
        for clause in FORM.clauses
    }
    return {clause: mark for clause, mark in marks.items() if mark is not None}


def printed(text: str) -> Decimal:
    return Decimal(0) if text in {"", "/"} else Decimal(text)


@given(any_marks(), st.sampled_from(Policy))
def test_the_printed_cells_add_up_to_the_printed_total(marks: Marks, policy: Policy) -> None:
    result = totals_of(marks, policy, FORM)
    assert len(result.cells) == 24
    assert sum(cell.points for cell in result.cells) == result.total
    assert sum(printed(cell.text) for cell in result.cells) == Decimal(points_text(result.total))


@given(any_marks(), st.sampled_from(Policy))
def test_base_and_bonus_are_apart_and_add_up_to_the_total(marks: Marks, policy: Policy) -> None:
    result = totals_of(marks, policy, FORM)
    counted = {
        clause.id: awarded(clause, marks.get(clause.id), policy) or Decimal(0)
        for clause in FORM.clauses
    }
    assert result.bonus == counted[FORM.bonus_clauses[0].id]
    assert result.base + result.bonus == result.total == sum(counted.values())
    assert 0 <= result.base <= 100
    assert 0 <= result.bonus <= 10


@given(any_marks(), st.sampled_from(Policy))
def test_each_cell_is_the_sum_of_its_clauses(marks: Marks, policy: Policy) -> None:
    for cell in totals_of(marks, policy, FORM).cells:
        given_points = [awarded(c, marks.get(c.id), policy) for c in cell.row.clauses]
        counted = [points for points in given_points if points is not None]
        assert cell.points == sum(counted)
        if counted:
            assert cell.text == points_text(cell.points)
        elif all(clause.id in marks for clause in cell.row.clauses):
            assert cell.text == "/"
        else:
            assert cell.text == ""


@given(any_marks())
def test_the_base_as_ranked_is_rescaled_to_100_only_under_rescale(marks: Marks) -> None:
    for policy in (Policy.FULL, Policy.ZERO):
        result = totals_of(marks, policy, FORM)
        assert result.converted == result.base
    result = totals_of(marks, Policy.RESCALE, FORM)
    assert result.base <= result.converted <= 100


@given(any_marks())
def test_full_never_gives_less_than_the_other_policies(marks: Marks) -> None:
    full, rescale, zero = (totals_of(marks, policy, FORM) for policy in Policy)
    assert full.total >= zero.total
    assert rescale.total == zero.total


@POLICIES
def test_a_full_card_has_100_points_under_every_policy(policy: Policy) -> None:
    result = totals(complete_card(open_card(policy=policy)), FORM)
    assert figures(result) == ["100", "0", "100", "100"]


@POLICIES
def test_a_full_card_with_bonus_has_110(policy: Policy) -> None:
    result = totals(complete_card(open_card(policy=policy), points={"S7-R1-C1": "10"}), FORM)
    assert figures(result) == ["100", "10", "110", "100"]


@POLICIES
def test_an_open_card_prints_24_blanks_and_adds_up_to_nothing(policy: Policy) -> None:
    result = totals(open_card(policy=policy), FORM)
    assert [cell.text for cell in result.cells] == [""] * 24
    assert result.total == 0


def test_a_zero_is_printed_and_a_blank_is_not_a_zero() -> None:
    cells = texts(totals(complete_card(points={"S6-R1-C1": "0"}), FORM))
    assert cells["S6-R1"] == "0"
    assert cells["S7-R1"] == ""


def test_a_row_prints_the_sum_of_its_clauses() -> None:
    card = complete_card(open_card(step="0.5"), points={"S4-R2-C1": "1.5", "S4-R2-C3": "0.5"})
    assert texts(totals(card, FORM))["S4-R2"] == "4"


def test_a_section_gets_the_sum_of_its_rows() -> None:
    sums = totals(complete_card(points={"S4-R2-C1": "0", "S7-R1-C1": "4"}), FORM)
    got = [sums.of_section(section) for section in FORM.sections]
    assert got == [7, 18, 10, 18, 20, 25, 4]


def test_a_row_half_open_prints_what_it_has() -> None:
    marks: Marks = {ClauseId("S1-R1-C1"): Scored(points=Decimal(3))}
    assert texts(totals_of(marks, Policy.FULL, FORM))["S1-R1"] == "3"


@pytest.mark.parametrize(
    ("policy", "cell", "total"),
    [(Policy.FULL, "3", 100), (Policy.RESCALE, "/", 97), (Policy.ZERO, "/", 97)],
)
def test_a_clause_left_out_prints_its_points_or_a_stroke(
    policy: Policy, cell: str, total: int
) -> None:
    result = totals(without(policy, "S5-R5-C1"), FORM)
    assert texts(result)["S5-R5"] == cell
    assert result.total == total


@pytest.mark.parametrize(
    ("left_out", "lost", "converted"),
    [
        ((), {}, "100"),
        (("S4-R5-C1",), {"S5-R1-C1": "0"}, "94.90"),  # 93 / 98 = 94.8979...
        (
            ("S4-R5-C1", "S4-R6-C1"),
            {"S2-R1-C1": "0", "S3-R1-C2": "0"},
            "90.63",
        ),  # 87 / 96 = 90.625
        (("S5-R5-C1",), {"S1-R1-C1": "2"}, "98.97"),  # 96 / 97 = 98.9690...
        (("S5-R5-C1", *HAZARDS), {"S6-R1-C1": "0"}, "72.53"),  # 66 / 91 = 72.5274...
        (("S5-R5-C1", *HAZARDS), {}, "100"),
    ],
)
def test_rescaling_rounds_halves_up_to_two_decimals(
    left_out: tuple[str, ...], lost: dict[str, str], converted: str
) -> None:
    result = totals(without(Policy.RESCALE, *left_out, lost=lost), FORM)
    assert result.converted == Decimal(converted)


def test_rescaling_leaves_the_bonus_alone() -> None:
    card = without(Policy.RESCALE, "S5-R5-C1", lost={"S7-R1-C1": "7"})
    result = totals(card, FORM)
    assert figures(result) == ["97", "7", "104", "100"]


def test_a_card_with_nothing_that_applies_divides_by_nothing() -> None:
    marks: Marks = {clause.id: NotApplicable(reason="不涉及") for clause in FORM.clauses}
    assert totals_of(marks, Policy.RESCALE, FORM).converted == 0


def without(policy: Policy, *left_out: str, lost: dict[str, str] | None = None) -> Card:
    card = open_card(policy=policy, unit=synthetic_unit(facts=NOBODY))
    return complete_card(card, points=lost, not_applicable=left_out)


def texts(result: Totals) -> dict[str, str]:
    return {cell.row.id: cell.text for cell in result.cells}


def figures(result: Totals) -> list[str]:
    """Return base, bonus, total and the base as ranked."""
    return [*map(points_text, (result.base, result.bonus, result.total, result.converted))]
