"""Of two orders the later one holds; what was entered on the laptop is not overwritten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.assignment import Assignment, renewed_unit
from app.domain.card import CardId
from app.domain.unit import UnitFacts
from tests.forms import synthetic_unit

MOMENT = datetime(2020, 11, 1, tzinfo=UTC)
SENT = synthetic_unit(0, facts=UnitFacts(workers=100, women=40))


def facts(workers: int | None = None, women: int | None = None) -> UnitFacts:
    return UnitFacts(workers=workers, women=women)


def order(*, hours: int = 0, number: int = 1) -> Assignment:
    return Assignment(
        card=CardId("0175a4f4-0000-7000-8000-000000000001"),
        season="2020—2021年度",
        unit=SENT,
        due=date(2020, 11, 30),
        team=(),
        issued_at=MOMENT + timedelta(hours=hours),
        number=number,
    )


@pytest.mark.parametrize(
    ("one", "other", "is_newer"),
    [
        (order(), None, True),
        (order(hours=1), order(number=2), True),
        (order(number=2), order(hours=1), False),
        (order(number=2), order(), True),
        (order(), order(), False),
    ],
)
def test_the_later_order_holds(one: Assignment, other: Assignment | None, is_newer: bool) -> None:  # noqa: FBT001
    assert one.is_newer_than(other) is is_newer


@pytest.mark.parametrize(
    ("held", "sent", "before", "renewed"),
    [
        pytest.param(facts(100), facts(90), facts(100), facts(90), id="as it was sent"),
        pytest.param(facts(95), facts(90), facts(100), facts(95), id="corrected here"),
        pytest.param(facts(95), facts(90), None, facts(95), id="known here before"),
        pytest.param(facts(), facts(90, 7), None, facts(90, 7), id="nobody knew"),
        pytest.param(facts(90, 7), facts(90), facts(90, 7), facts(90), id="taken back"),
        pytest.param(facts(30), facts(None, 40), None, facts(30), id="would contradict"),
    ],
)
def test_a_fact_follows_the_office_until_it_is_corrected_here(
    held: UnitFacts, sent: UnitFacts, before: UnitFacts | None, renewed: UnitFacts
) -> None:
    known = None if before is None else replace(SENT, facts=before)
    found = renewed_unit(replace(SENT, facts=held), replace(SENT, facts=sent), known)
    assert found.facts == renewed


def test_a_name_follows_the_office_until_it_is_corrected_here() -> None:
    anew, own = replace(SENT, name="测试新名称"), replace(SENT, name="测试自改名称")
    assert renewed_unit(SENT, anew, SENT).name == anew.name
    assert renewed_unit(own, anew, SENT).name == own.name
    assert renewed_unit(SENT, anew, None).name == SENT.name
