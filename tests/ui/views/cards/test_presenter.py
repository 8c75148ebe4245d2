"""考核任务 without widgets: what is listed and found, in which order, and what is begun."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.assignment import Assignment
from app.domain.card import CardId, Person
from app.domain.task import Pile, Task, Urgency
from app.domain.trail import AuditEntry
from app.domain.unit import UnitKey
from app.services.cards.assess import Points, jot, new_card, record
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.units.register import add_unit
from tests.app.services.field import Founded, opened_field
from tests.fakes import START, InlineTasks
from tests.forms import SYNTHETIC_CODES, national_form
from ui.labels import Labels
from ui.steps import Step
from ui.views.cards.presenter import CardsPresenter, TaskList


class Stage:
    """A presenter, and what it showed, said and opened."""

    def __init__(self, desk: Desk, labels: Labels) -> None:
        self.shown: list[TaskList] = []
        self.told: list[str] = []
        self.opened: list[tuple[CardId, Step]] = []
        self.changes: list[Changes] = []
        self.tasks = InlineTasks(desk)
        self.presenter = CardsPresenter(
            self.tasks,
            labels,
            show=self.shown.append,
            open_card=lambda card, step: self.opened.append((card, step)),
            tell=self.told.append,
            announce=self.changes.append,
        )

    def texts(self) -> list[tuple[str, ...]]:
        self.presenter.refresh()
        return [self.presenter.line(task).texts[:4] for task in self.shown[-1].tasks]

    def found(self, typed: str) -> list[str]:
        self.presenter.seek(typed)
        return [task.name for task in self.shown[-1].tasks]

    def task(self, row: int = 0) -> Task:
        return self.shown[-1].tasks[row]


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
    assert stage.texts() == [
        ("丙厂", "2020-11-06", "待签字", "100"),
        ("乙厂", "2020-11-06", "考核中", ""),
        ("甲厂", "", "未考核", ""),
    ]


def test_sealed_cards_stand_last(founded: Founded, tmp_path: Path, labels: Labels) -> None:
    with opened_field(founded, tmp_path / "field") as field:
        field.first.sealed_card(0)
        field.first.unit(1)
        stage = Stage(field.first.desk, labels)
        assert [line[2] for line in stage.texts()] == ["未考核", "已签字"]
        field.submit()
        stage.presenter.note(changed(Noun.PACKAGES))
        assert [line[2] for line in stage.texts()] == ["未考核", "已导出（待签收）"]


def test_a_branch_is_told_from_its_parent_below_the_name(desk: Desk, stage: Stage) -> None:
    add_unit(desk, name="甲厂", code=SYNTHETIC_CODES[0], sub_unit="一车间")
    add_unit(desk, name="甲厂", code=SYNTHETIC_CODES[0], sub_unit="")
    stage.texts()
    lines = [stage.presenter.line(task) for task in stage.shown[-1].tasks]
    assert [line.notes[0] for line in lines] == [
        SYNTHETIC_CODES[0],
        f"一车间　{SYNTHETIC_CODES[0]}",
    ]
    assert lines[1].tip == f"甲厂　一车间　{SYNTHETIC_CODES[0]}"
    assert lines[1].spoken == f"甲厂　一车间　{SYNTHETIC_CODES[0]}　未考核"


def test_a_unit_is_found_by_name_code_pinyin_and_initials(desk: Desk, stage: Stage) -> None:
    register(desk, "测试宝宏材料厂", "测试长安电子厂", "重庆测试机械厂")
    stage.texts()
    for typed in ("宝宏", "bhcl", "baohong", SYNTHETIC_CODES[0][-6:].lower()):
        assert stage.found(typed) == ["测试宝宏材料厂"]
    assert stage.found("zadz") == ["测试长安电子厂"]
    assert stage.found("cq") == stage.found("zq") == ["重庆测试机械厂"]
    assert stage.found("zzz") == []
    assert stage.shown[-1].count == 3
    assert len(stage.found("")) == 3


def test_names_are_found_before_they_are_spelled(desk: Desk, stage: Stage) -> None:
    register(desk, "测试宝宏材料厂")
    stage.tasks.held = True
    stage.presenter.refresh()
    while not stage.shown:
        stage.tasks.release(most=1)
    assert stage.found("宝宏") == ["测试宝宏材料厂"]
    assert stage.found("bhcl") == []
    stage.tasks.release()
    assert [task.name for task in stage.shown[-1].tasks] == ["测试宝宏材料厂"]


def test_what_is_typed_before_the_list_is_read_counts_when_it_is(desk: Desk, stage: Stage) -> None:
    register(desk, "测试甲厂", "测试乙厂")
    stage.presenter.seek("乙")
    assert stage.shown == []
    assert [line[0] for line in stage.texts()] == ["测试乙厂"]


def test_a_part_of_the_list_is_chosen(desk: Desk, stage: Stage) -> None:
    register(desk, "甲厂", "乙厂")
    begin(desk, "乙厂")
    order = Assignment(
        card=CardId("x"),
        season=national_form().edition,
        unit=desk.workspace.units.all()[0],
        due=date(2020, 11, 4),
        team=(Person(name="测试甲"),),
        issued_at=START,
        number=1,
    )
    with desk.workspace.change(AuditEntry(action="test")):
        desk.workspace.assignments.put(order)
    stage.texts()
    stage.presenter.choose(Pile.OVERDUE)
    (late,) = stage.shown[-1].tasks
    line = stage.presenter.line(late)
    assert (line.notes[1], line.urgency) == ("已逾期 2 天", Urgency.LATE)
    stage.presenter.choose(Pile.SIGNED)
    assert stage.shown[-1].tasks == ()
    stage.presenter.choose(Pile.OPEN)
    assert len(stage.shown[-1].tasks) == 2


@pytest.mark.parametrize(
    ("day", "note"),
    [(6, "今天截止"), (8, "还有 2 天截止"), (20, "2020-11-20 截止")],
)
def test_what_is_due_is_told_in_words(stage: Stage, desk: Desk, day: int, note: str) -> None:
    stage.texts()
    key = UnitKey(code=SYNTHETIC_CODES[0])
    task = Task(unit=key, name="甲厂", text="甲厂", due=date(2020, 11, day))
    assert desk.workspace.units.all() == ()
    assert stage.presenter.line(task).notes[1] == note


def test_the_list_is_read_again_only_after_a_change(desk: Desk, stage: Stage) -> None:
    stage.texts()
    register(desk, "甲厂")
    stage.presenter.note(changed(Noun.TRUST))
    assert stage.texts() == []
    assert len(stage.shown) == 1
    stage.presenter.note(changed(Noun.UNITS))
    assert len(stage.texts()) == 1


def test_starting_a_unit_begins_its_card_and_opens_the_visit(desk: Desk, stage: Stage) -> None:
    register(desk, "甲厂")
    stage.texts()
    stage.presenter.start(stage.task())
    (line,) = desk.workspace.cards.lines()
    assert stage.opened == [(line.id, Step.VISIT)]
    assert stage.changes[-1].nouns == {Noun.CARDS}


def test_asking_twice_begins_one_card(desk: Desk, stage: Stage) -> None:
    register(desk, "甲厂")
    stage.texts()
    stage.tasks.held = True
    for _ in range(2):
        stage.presenter.start(stage.task())
    stage.tasks.held = False
    stage.tasks.release()
    assert len(desk.workspace.cards.lines()) == 1
    stage.presenter.begin(stage.task().unit)
    assert len(stage.opened) == 2


def test_starting_a_card_goes_on_where_it_stands(
    founded: Founded, tmp_path: Path, labels: Labels
) -> None:
    with opened_field(founded, tmp_path / "field") as field:
        blank = field.first.open_card(0)
        begun = field.first.open_card(1)
        jot(field.first.desk, begun, Points(clause="S1-R1-C1", points="3"))
        sealed = field.first.sealed_card(2).index.id
        stage = Stage(field.first.desk, labels)
        stage.texts()
        for row in range(3):
            stage.presenter.start(stage.task(row))
        assert dict(stage.opened) == {
            blank: Step.VISIT,
            begun: Step.SCORING,
            sealed: Step.PRINTING,
        }
        assert len(field.first.desk.workspace.cards.lines()) == 3


def test_another_card_may_be_begun_for_a_unit(desk: Desk, stage: Stage) -> None:
    register(desk, "甲厂")
    first = begin(desk, "甲厂")
    stage.texts()
    stage.presenter.begin(stage.task().unit)
    ((second, step),) = stage.opened
    assert (second != first, step) == (True, Step.VISIT)


def test_a_unit_that_is_not_registered_is_refused_in_words(stage: Stage) -> None:
    stage.presenter.begin(UnitKey(code=SYNTHETIC_CODES[3]))
    assert stage.opened == []
    assert len(stage.told) == 1
