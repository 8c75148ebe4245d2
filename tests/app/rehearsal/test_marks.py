"""Marks of nobody: spread as real ones, valid by the form, every loss in the guide's words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.card import Mark, NotApplicable, Scored, Source
from app.domain.form import ClauseId
from app.domain.scoring import totals
from app.domain.sealing import refuse_unfinished
from app.domain.unit import Unit, UnitFacts
from app.rehearsal.chance import SEED, dice
from app.rehearsal.marks import draw_marks
from app.rehearsal.units import Size, units
from tests.forms import national_form, national_guide, open_card, synthetic_unit

Marks = Mapping[ClauseId, Mark]


def drawn(unit: Unit, number: int, step: str = "1") -> Marks:
    return draw_marks(
        national_form(), national_guide(), unit, step=Decimal(step), dice=dice(SEED, number)
    )


def base(unit: Unit, marks: Marks, step: str = "1") -> Decimal:
    return totals(replace(open_card(unit=unit, step=step), marks=marks), national_form()).base


@pytest.fixture(scope="module")
def crowd() -> list[tuple[Unit, Marks]]:
    return [
        (unit, drawn(unit, number))
        for number, unit in zip(range(2_500), units(Size.CITY, seed=SEED), strict=False)
    ]


def test_the_same_dice_give_the_same_marks() -> None:
    assert drawn(synthetic_unit(), 1) == drawn(synthetic_unit(), 1)
    assert drawn(synthetic_unit(), 1) != drawn(synthetic_unit(), 2)


def test_scores_are_spread_as_real_ones(crowd: list[tuple[Unit, Marks]]) -> None:
    scores = [base(unit, marks) for unit, marks in crowd]
    commonest = {score for score, _ in Counter(scores).most_common(3)}
    assert commonest <= set(map(Decimal, range(90, 98)))
    assert 0.2 < sum(score >= 95 for score in scores) / len(scores) < 0.35
    assert 0.02 < sum(score < 75 for score in scores) / len(scores) < 0.08


def test_the_bonus_is_rare_and_comes_with_full_marks(crowd: list[tuple[Unit, Marks]]) -> None:
    claimed = [base(unit, marks) for unit, marks in crowd if "S7-R1-C1" in marks]
    assert 0.005 < len(claimed) / len(crowd) < 0.025
    assert max(claimed) == 100


def test_an_accident_is_rare_and_costs_everything(crowd: list[tuple[Unit, Marks]]) -> None:
    accidents = [marks[ClauseId("S6-R1-C1")] for _, marks in crowd]
    lost = [mark for mark in accidents if isinstance(mark, Scored) and mark.reason]
    assert 0.005 < len(lost) / len(crowd) < 0.03
    assert {mark.points for mark in lost} == {Decimal(0)}
    assert all(isinstance(mark, Scored) and mark.source is Source.DEPARTMENT for mark in accidents)


@pytest.mark.parametrize("step", ["1", "0.5", "0.1"])
def test_cards_are_finished_by_the_rules_of_the_form(step: str) -> None:
    for number, unit in enumerate(units(Size.DEMO, seed=SEED)):
        card = replace(open_card(unit=unit, step=step), marks=drawn(unit, number, step))
        refuse_unfinished(card, national_form())


def test_every_loss_quotes_a_rule_of_the_guide(crowd: list[tuple[Unit, Marks]]) -> None:
    for _, marks in crowd[:300]:
        for clause, mark in marks.items():
            if isinstance(mark, Scored) and mark.reason:
                rules = national_guide().of(clause).rules
                assert any(mark.reason.startswith(rule.text) for rule in rules), mark.reason


def test_points_quoted_are_the_points_lost(crowd: list[tuple[Unit, Marks]]) -> None:
    form = national_form()
    for _, marks in crowd[:300]:
        for clause, mark in marks.items():
            if isinstance(mark, Scored) and mark.reason:
                quoted = [piece.rpartition("扣")[2] for piece in mark.reason.split("；")]
                lost = sum(Decimal(points.removesuffix("分")) for points in quoted)
                assert lost == form.clause(clause).points - mark.points


def test_what_does_not_concern_a_unit_is_not_applicable() -> None:
    unit = synthetic_unit(facts=UnitFacts(workers=9, women=0, migrant=0, hazard_exposed=0))
    absent = {id_ for id_, mark in drawn(unit, 1).items() if isinstance(mark, NotApplicable)}
    assert absent == {"S5-R5-C1", "S4-R4-C1", "S4-R5-C1", "S4-R6-C1"}


def test_some_cards_stand_on_the_border_of_a_threshold() -> None:
    scores = Counter(
        base(synthetic_unit(), drawn(synthetic_unit(), n, "0.5"), "0.5") for n in range(2_000)
    )
    assert scores[Decimal("94.5")] + scores[Decimal("89.5")] + scores[Decimal("97.5")] > 0
