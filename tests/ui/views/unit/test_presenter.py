"""单位情况 without widgets: all that was typed is kept, or nothing."""

from dataclasses import replace

import pytest

from app.domain.signature import Pending, Signatory
from app.domain.unit import UnitFacts, UnitKey
from app.services.cards.assess import new_card, record
from app.services.desk.desk import Changes, Desk, Noun
from app.services.seal.sign import sign_card
from app.services.units.register import add_unit
from tests.fakes import InlineTasks
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.views.unit.presenter import UnitForm, UnitPresenter

INNER_CHECK_FAILS = "91440303MA00T0014K"  # made like the synthetic codes
KNOWN = {"workers": "130", "women": "0", "migrant": "", "hazard_exposed": "", "high_risk": "no"}


class Stage:
    """A presenter, and what it showed and said."""

    def __init__(self, desk: Desk, labels: Labels) -> None:
        self.shown: list[UnitForm] = []
        self.refusals: list[str] = []
        self.saved: list[str] = []
        self.told: list[str] = []
        self.changes: list[Changes] = []
        self.presenter = UnitPresenter(
            InlineTasks(desk),
            labels,
            show=self.shown.append,
            refuse=self.refusals.append,
            saved=self.saved.append,
            tell=self.told.append,
            announce=self.changes.append,
        )


@pytest.fixture
def stage(desk: Desk, labels: Labels) -> Stage:
    return Stage(desk, labels)


def typed(*, name: str = "甲厂", code: str = SYNTHETIC_CODES[0], **facts: str) -> UnitForm:
    return UnitForm(name=name, code=code, facts={**KNOWN, **facts})


def test_the_district_is_kept_and_shown_again(desk: Desk, stage: Stage) -> None:
    stage.presenter.open_new()
    form = UnitForm(name="甲厂", code=SYNTHETIC_CODES[0], district="测试新区", facts={})
    stage.presenter.save(form)
    key = UnitKey(code=SYNTHETIC_CODES[0])
    stage.presenter.open(key)
    assert stage.shown[-1].district == "测试新区"
    stage.presenter.save(replace(stage.shown[-1], district=""))
    unit = desk.workspace.units.get(key)
    assert unit is not None
    assert unit.district == ""


def test_a_new_unit_is_kept_with_its_facts(desk: Desk, stage: Stage) -> None:
    stage.presenter.open_new()
    assert stage.presenter.is_new
    stage.presenter.save(typed())
    unit = desk.workspace.units.get(UnitKey(code=SYNTHETIC_CODES[0]))
    assert unit is not None
    assert unit.name == "甲厂"
    assert unit.facts == UnitFacts(workers=130, women=0, high_risk=False)
    assert stage.saved == ["已保存：甲厂。"]
    assert Noun.UNITS in stage.changes[-1].nouns


def test_nothing_is_kept_of_a_unit_with_a_wrong_fact(desk: Desk, stage: Stage) -> None:
    stage.presenter.open_new()
    for wrong in (typed(women="many"), typed(women="131"), typed(code="91440303MA00T0013X")):
        stage.presenter.save(wrong)
    assert len(stage.refusals) == 3
    assert "女职工数" in stage.refusals[0]
    assert stage.saved == []
    assert desk.workspace.units.all() == ()


def test_a_registered_unit_is_shown_and_its_facts_renewed(desk: Desk, stage: Stage) -> None:
    unit, _ = add_unit(desk, name="甲厂", code=SYNTHETIC_CODES[0], sub_unit="")
    stage.presenter.open(unit.key)
    assert not stage.presenter.is_new
    assert stage.shown[-1].facts["women"] == ""
    stage.presenter.save(typed(name="甲厂（更名）"))
    stage.presenter.open(unit.key)
    assert stage.shown[-1] == typed(name="甲厂（更名）")


def test_signatures_that_fall_are_told(desk: Desk, stage: Stage) -> None:
    unit, _ = add_unit(desk, name="甲厂", code=SYNTHETIC_CODES[0], sub_unit="")
    card, _ = new_card(desk, unit)
    record(desk, card.id, [], fill=True)
    sign_card(desk, card.id, signatory=Signatory.UNIT, name="测试丙", manner=Pending())
    stage.presenter.open(unit.key)
    stage.presenter.save(typed())
    assert "1 份评分表的签字已失效" in stage.saved[-1]


def test_a_code_whose_inner_check_fails_is_kept_and_told(desk: Desk, stage: Stage) -> None:
    stage.presenter.open_new()
    stage.presenter.save(typed(code=INNER_CHECK_FAILS))
    assert "校验位不符" in stage.saved[-1]
    assert len(desk.workspace.units.all()) == 1


def test_what_is_not_saved_is_known(stage: Stage) -> None:
    stage.presenter.open_new()
    empty = stage.shown[-1]
    assert not stage.presenter.differs(empty)
    assert stage.presenter.differs(typed())


def test_a_unit_that_is_not_there_is_told(stage: Stage) -> None:
    stage.presenter.open(UnitKey(code=SYNTHETIC_CODES[3]))
    assert stage.shown == []
    assert len(stage.told) == 1
