"""隐患: what is overdue, what comes first, and what a card must be asked about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.card import Card, Source, score
from app.domain.checks import BLOCKING, Finding, Hint
from app.domain.form import ClauseId
from app.domain.hazard import (
    Hazard,
    HazardState,
    days_overdue,
    hazard_findings,
    in_order,
    is_from_before,
)
from app.domain.points import ZERO
from app.domain.unit import UnitKey
from tests.forms import complete_card, national_form
from tests.hazards import BY, TODAY, brought_to, synthetic_hazard, typed

FORM = national_form()
ON_RECTIFICATION = ClauseId("S5-R2-C1")  # 及时整改（3分） of the national form
LAST_YEAR = replace(BY, at=datetime(2019, 11, 6, 2, tzinfo=UTC))


def major(card: Card) -> Hazard:
    return replace(typed(synthetic_hazard(), grade="suspected_major"), unit=card.unit.key)


@pytest.mark.parametrize(
    ("deadline", "days"), [("", 0), ("2020-11-07", 0), ("2020-11-06", 0), ("2020-11-05", 1)]
)
def test_a_hazard_is_overdue_from_the_day_after_its_deadline(deadline: str, days: int) -> None:
    assert days_overdue(typed(synthetic_hazard(), deadline=deadline), TODAY) == days


@pytest.mark.parametrize("state", HazardState)
def test_what_is_settled_is_never_overdue(state: HazardState) -> None:
    hazard = brought_to(state, typed(synthetic_hazard(), deadline="2020-10-01"))
    settled = state in {HazardState.CLOSED, HazardState.WITHDRAWN}
    assert (days_overdue(hazard, TODAY) == 0) is settled


def test_an_earlier_year_is_told_by_the_calendar_of_china() -> None:
    eve = replace(BY, at=datetime(2019, 12, 31, 15, 59, tzinfo=UTC))
    day = replace(eve, at=eve.at + timedelta(minutes=1))
    assert is_from_before(synthetic_hazard(by=eve), TODAY)
    assert not is_from_before(synthetic_hazard(by=day), TODAY)


def test_overdue_ones_come_first_then_last_years_then_by_deadline() -> None:
    long_overdue = typed(synthetic_hazard(1), deadline="2020-10-01")
    overdue = typed(synthetic_hazard(2), deadline="2020-11-05")
    last_years = synthetic_hazard(3, by=LAST_YEAR)
    soon = typed(synthetic_hazard(4), deadline="2020-11-06")
    undated = synthetic_hazard(5)
    closed = brought_to(HazardState.CLOSED, typed(synthetic_hazard(6), deadline="2020-10-01"))
    order = (long_overdue, overdue, last_years, soon, undated, closed)
    assert in_order(reversed(order), TODAY) == order


def test_full_points_for_rectification_beside_an_open_major_hazard_are_a_question() -> None:
    card = complete_card()
    finding = Finding(hint=Hint.MAJOR_HAZARD_OPEN, clause=ON_RECTIFICATION)
    assert hazard_findings(card, FORM, [major(card)]) == (finding,)
    assert Hint.MAJOR_HAZARD_OPEN not in BLOCKING


def test_other_hazards_other_units_and_points_taken_off_ask_nothing() -> None:
    card = complete_card()
    elsewhere = replace(major(card), unit=UnitKey(code=card.unit.key.code, sub_unit="另一厂"))
    ordinary = replace(major(card), grade=synthetic_hazard().grade)
    withdrawn = brought_to(HazardState.WITHDRAWN, major(card))
    assert hazard_findings(card, FORM, [elsewhere, ordinary, withdrawn]) == ()
    clause = FORM.clause(ON_RECTIFICATION)
    less = score(card, clause, points=ZERO, reason="未及时整改", source=Source.ON_SITE)
    assert hazard_findings(less, FORM, [major(card)]) == ()


def test_the_clause_is_found_by_its_text_in_another_form() -> None:
    card = complete_card()
    section = next(section for section in FORM.sections if section.id == "S5")
    rows = tuple(
        replace(
            row,
            clauses=tuple(replace(c, text=c.text.replace("整改", "治理")) for c in row.clauses),
        )
        for row in section.rows
    )
    sections = tuple(
        replace(section, rows=rows) if one.id == "S5" else one for one in FORM.sections
    )
    other = replace(FORM, sections=sections)
    assert hazard_findings(card, other, [major(card)]) == ()
