"""A unit is its code and sub-unit; its facts are counts, or not known."""

import pytest

from app.domain.unit import Unit, UnitFacts, UnitKey, new_unit, unit_key
from app.errors import Code
from tests.forms import SYNTHETIC_CODES
from tests.refusals import refused

CODE = SYNTHETIC_CODES[0]


def unit() -> Unit:
    return new_unit(code=CODE, sub_unit="", name="深圳市测试机械有限公司")


def test_a_new_unit_is_cleaned_and_knows_no_facts() -> None:
    made = new_unit(code=CODE.lower(), sub_unit=" 龙岗  分公司 ", name=" 测试（深圳）有限公司 ")
    assert made == Unit(
        key=UnitKey(code=CODE, sub_unit="龙岗 分公司"),
        name="测试（深圳）有限公司",
        facts=UnitFacts(),
    )


def test_branches_of_one_code_are_different_units() -> None:
    assert unit_key(code=CODE, sub_unit="一项目部") != unit_key(code=CODE, sub_unit="二项目部")
    assert unit_key(code=CODE, sub_unit=" ") == UnitKey(code=CODE)


def test_a_unit_needs_a_code_and_a_name() -> None:
    with refused(Code.NAME_EMPTY):
        new_unit(code=CODE, sub_unit="", name=" ")
    with refused(Code.CREDIT_CODE_FORMAT):
        new_unit(code="", sub_unit="", name="测试厂")


def test_facts_are_taken_as_typed() -> None:
    known = unit().with_facts(
        {
            "workers": "１３０",
            "women": " 0 ",
            "migrant": "60",
            "hazard_exposed": "12",
            "high_risk": "是",
        }
    )
    assert known.facts == UnitFacts(
        workers=130, women=0, migrant=60, hazard_exposed=12, high_risk=True
    )


@pytest.mark.parametrize(
    ("typed", "known"),
    [("1", True), ("YES", True), ("true", True), ("是", True), ("0", False), ("no", False),
     ("False", False), ("否", False), ("", None), (" ", None)],
)  # fmt: skip
def test_high_risk_is_yes_no_or_unknown(typed: str, known: bool | None) -> None:  # noqa: FBT001 - a table
    assert unit().with_facts({"high_risk": typed}).facts.high_risk is known


@pytest.mark.parametrize("facts", [UnitFacts(), UnitFacts(workers=130, women=0, high_risk=False)])
def test_facts_are_told_as_they_would_be_typed(facts: UnitFacts) -> None:
    assert unit().with_facts(facts.typed).facts == facts


def test_facts_not_named_stay_and_empty_ones_are_forgotten() -> None:
    before = unit().with_facts({"workers": "10", "women": "4"})
    after = before.with_facts({"women": ""})
    assert after.facts == UnitFacts(workers=10, women=None)


@pytest.mark.parametrize(
    "typed", ["-1", "1.5", "many", "1 0", "十", "10000001", "9" * 5000, "0x1", "+1"]
)
def test_a_count_that_is_none_is_refused(typed: str) -> None:
    with refused(Code.FACT_VALUE, fact="women", value=typed):
        unit().with_facts({"women": typed})


def test_high_risk_that_is_neither_yes_nor_no_is_refused() -> None:
    with refused(Code.FACT_VALUE, fact="high_risk", value="maybe"):
        unit().with_facts({"high_risk": "maybe"})


def test_a_fact_nobody_asks_for_is_refused() -> None:
    known = "workers, women, migrant, hazard_exposed, high_risk"
    with refused(Code.FACT_UNKNOWN, fact="wimen", known=known):
        unit().with_facts({"wimen": "1"})


@pytest.mark.parametrize("part", ["women", "migrant", "hazard_exposed"])
def test_a_part_cannot_exceed_the_whole(part: str) -> None:
    unit().with_facts({"workers": "10", part: "10"})
    with refused(Code.FACTS_CONTRADICT, fact=part, value=11, workers=10):
        unit().with_facts({"workers": "10", part: "11"})


def test_facts_are_judged_together_whatever_their_order() -> None:
    """Each alone would contradict what was known before."""
    before = unit().with_facts({"workers": "10", "women": "5"})
    assert before.with_facts({"women": "20", "workers": "30"}).facts.women == 20


def test_an_unknown_whole_contradicts_nothing() -> None:
    assert unit().with_facts({"women": "5"}).facts.women == 5
