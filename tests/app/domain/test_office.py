"""An office has a code, a name, one of four levels, and rules for its cards."""

from decimal import Decimal

import pytest

from app.domain.card import OfficeName, Policy
from app.domain.office import Level, Office, Rules, new_office
from app.errors import Code
from tests.refusals import refused


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("440306", "440306"),
        ("440307-DP", "440307-DP"),
        (" 440300-cy-01 ", "440300-CY-01"),
        ("000000", "000000"),
    ],
)
def test_codes_of_districts_areas_and_unions_are_taken(typed: str, code: str) -> None:
    assert new_office(name="测试竞赛办", code=typed, level="district") == Office(
        name=OfficeName(code=code, name="测试竞赛办"), level=Level.DISTRICT
    )


@pytest.mark.parametrize(
    "code",
    ["", "44030", "4403066", "440306-", "440306-A-B-C", "440306_1", "440306-竞", "４４０３０６",
     "440306-ABCDEFGHI", "440306\n-A"],
)  # fmt: skip
def test_other_codes_are_refused(code: str) -> None:
    with refused(Code.OFFICE_CODE_FORMAT):
        new_office(name="测试竞赛办", code=code, level="district")


def test_another_level_is_refused() -> None:
    with refused(Code.OFFICE_LEVEL_UNKNOWN, level="town", allowed="district city province nation"):
        new_office(name="测试竞赛办", code="440306", level="town")


def test_an_office_needs_a_name() -> None:
    with refused(Code.NAME_EMPTY):
        new_office(name=" ", code="440306", level="city")


def test_whole_points_and_full_policy_stand_until_changed() -> None:
    assert Rules() == Rules(step=Decimal(1), policy=Policy.FULL)


@pytest.mark.parametrize("step", ["1", "0.5", "0.1"])
def test_the_step_is_one_of_three(step: str) -> None:
    assert Rules().changed("step", step).step == Decimal(step)


@pytest.mark.parametrize("policy", list(Policy))
def test_the_policy_is_one_of_three(policy: Policy) -> None:
    assert Rules().changed("na", policy.value) == Rules(policy=policy)


def test_one_setting_leaves_the_other() -> None:
    rules = Rules().changed("na", "zero").changed("step", "0.50")
    assert rules == Rules(step=Decimal("0.5"), policy=Policy.ZERO)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("step", "0"), ("step", "2"), ("step", "-1"), ("na", "half"), ("na", "")],
)
def test_another_value_is_refused(setting: str, value: str) -> None:
    with refused(Code.SETTING_VALUE, setting=setting, value=value):
        Rules().changed(setting, value)


def test_a_step_that_is_no_number_is_refused() -> None:
    with refused(Code.POINTS_NOT_A_NUMBER):
        Rules().changed("step", "half")


def test_another_setting_is_refused() -> None:
    with refused(Code.SETTING_UNKNOWN, setting="bonus"):
        Rules().changed("bonus", "1")
