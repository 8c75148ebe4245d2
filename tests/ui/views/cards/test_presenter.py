"""考核任务 without widgets: what is listed, in which order, and what is begun."""

from pathlib import Path

import pytest

from app.domain.card import CardId
from app.domain.unit import UnitKey
from app.services.assess import new_card, record
from app.services.desk import Changes, Desk, Noun, changed
from app.services.register import add_unit
from tests.app.services.field import Founded, opened_field
from tests.fakes import InlineTasks
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.models.cards import TaskLine
from ui.views.cards.presenter import CardsPresenter


class Stage:
    """A presenter, and what it showed, said and opened."""

    def __init__(self, desk: Desk, labels: Labels) -> None:
        self.shown: list[tuple[TaskLine, ...]] = []
        self.told: list[str] = []
        self.opened: list[CardId] = []
        self.changes: list[Changes] = []
        self.presenter = CardsPresenter(
            InlineTasks(desk),
            labels,
            show=self.shown.append,
            tell=self.told.append,
            open_card=self.opened.append,
            announce=self.changes.append,
        )

    def list(self) -> list[tuple[str, str, str, str]]:
        self.presenter.refresh()
        return [line.texts for line in self.shown[-1]]


@pytest.fixture
def stage(desk: Desk, labels: Labels) -> Stage:
    return Stage(desk, labels)


def register(desk: Desk, *names: str) -> None:
    for name, code in zip(names, SYNTHETIC_CODES, strict=False):
        add_unit(desk, name=name, code=code, sub_unit="")


def begin(desk: Desk, name: str) -> CardId:
    unit = next(unit for unit in desk.workspace.units.all() if unit.name == name)
    return new_card(desk, unit)[0].id


def test_units_are_listed_with_what_became_of_them(desk: Desk, stage: Stage) -> None:
    register(desk, "甲厂", "乙厂", "丙厂")
    begin(desk, "乙厂")
    record(desk, begin(desk, "丙厂"), [], fill=True)
    assert stage.list() == [
        ("丙厂", "2020-11-06", "待签字", "100"),
        ("乙厂", "2020-11-06", "考核中", "0"),
        ("甲厂", "", "未考核", ""),
    ]


def test_sealed_cards_stand_last(founded: Founded, tmp_path: Path, labels: Labels) -> None:
    with opened_field(founded, tmp_path / "field") as field:
        field.first.sealed_card(0)
        field.first.unit(1)
        stage = Stage(field.first.desk, labels)
        assert [line[2] for line in stage.list()] == ["未考核", "已签字"]
        field.submit()
        stage.presenter.note(changed(Noun.PACKAGES))
        assert [line[2] for line in stage.list()] == ["未考核", "已导出（待签收）"]


def test_a_branch_is_told_from_its_parent(desk: Desk, stage: Stage) -> None:
    add_unit(desk, name="甲厂", code=SYNTHETIC_CODES[0], sub_unit="一车间")
    assert stage.list()[0][0] == "甲厂（一车间）"


def test_the_list_is_read_again_only_after_a_change(desk: Desk, stage: Stage) -> None:
    stage.list()
    register(desk, "甲厂")
    stage.presenter.note(changed(Noun.TRUST))
    assert stage.list() == []
    assert len(stage.shown) == 1
    stage.presenter.note(changed(Noun.UNITS))
    assert len(stage.list()) == 1


def test_starting_a_unit_begins_its_card_and_opens_it(desk: Desk, stage: Stage) -> None:
    register(desk, "甲厂")
    stage.list()
    stage.presenter.start(stage.shown[-1][0])
    assert stage.opened == [line.id for line in desk.workspace.cards.lines()]
    assert stage.changes[-1].nouns == {Noun.CARDS}


def test_starting_a_card_opens_it_and_begins_none(desk: Desk, stage: Stage) -> None:
    register(desk, "甲厂")
    card_id = begin(desk, "甲厂")
    stage.list()
    stage.presenter.start(stage.shown[-1][0])
    assert stage.opened == [card_id]
    assert len(desk.workspace.cards.lines()) == 1


def test_another_card_may_be_begun_for_a_unit(desk: Desk, stage: Stage) -> None:
    register(desk, "甲厂")
    first = begin(desk, "甲厂")
    stage.list()
    stage.presenter.begin(stage.shown[-1][0].unit)
    assert len(stage.opened) == 1
    assert stage.opened[0] != first


def test_a_unit_that_is_not_registered_is_refused_in_words(stage: Stage) -> None:
    stage.presenter.begin(UnitKey(code=SYNTHETIC_CODES[3]))
    assert stage.opened == []
    assert len(stage.told) == 1
