"""隐患与建议 without widgets: saved as typed, refused beside the field, steps as they are due."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.card import CardId
from app.domain.evidence import Evidence
from app.domain.form import ClauseId
from app.domain.hazard import Act, Field, Grade, Hazard, HazardState, Side
from app.services.cards.assess import attach, new_card
from app.services.desk.desk import Changes, Desk, Noun
from app.services.units.hazards import draft_hazard, step_hazard, write_hazard
from app.services.units.register import add_unit
from tests.fakes import FakeClock, InlineTasks
from tests.forms import SYNTHETIC_CODES
from tests.hazards import synthetic_jpeg
from tests.returned import returned_page
from ui.labels import Labels
from ui.views.hazards.page import Page, Sheet
from ui.views.hazards.presenter import HazardsPresenter

CLAUSE = ClauseId("S5-R2-C1")


class Stage:
    """A card, a presenter over its hazards, and what it showed and said."""

    def __init__(self, desk: Desk, tasks: InlineTasks, labels: Labels) -> None:
        self.desk = desk
        self.tasks = tasks
        self.unit, _ = add_unit(desk, name="测试一号工厂", code=SYNTHETIC_CODES[0], sub_unit="")
        card, _ = new_card(desk, self.unit)
        self.card_id: CardId = card.id
        self.pages: list[Page] = []
        self.opened: list[None] = []
        self.begun: list[None] = []
        self.told: list[str] = []
        self.changes: list[Changes] = []
        self.presenter = HazardsPresenter(
            tasks,
            labels,
            show=self.pages.append,
            opened=lambda: self.opened.append(None),
            begun=lambda: self.begun.append(None),
            tell=self.told.append,
            announce=self.changes.append,
        )

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def sheet(self) -> Sheet:
        sheet = self.page.sheet
        assert sheet is not None
        return sheet

    def acts(self) -> tuple[Act, ...]:
        return self.sheet.acts

    def is_blank(self) -> bool:
        return self.presenter.is_blank

    def has_unsaved(self) -> bool:
        return self.presenter.has_unsaved

    def write(self, name: Field, typed: str) -> None:
        self.presenter.write(self.sheet.id, name, typed)

    def kept(self) -> tuple[Hazard, ...]:
        return self.desk.workspace.hazards.of_unit(self.unit.key)

    def raised(self, text: str = "测试：通道堵塞", **fields: str) -> Hazard:
        """Keep a hazard of the unit behind the presenter's back."""
        hazard = draft_hazard(self.desk, self.unit.key)
        for name, typed in {"text": text, **fields}.items():
            hazard, _ = write_hazard(self.desk, hazard, Field(name), typed)
        return hazard

    def photo(self, folder: Path, name: str = "IMG_1.jpg", colour: str = "red") -> Path:
        path = folder / name
        path.write_bytes(synthetic_jpeg(colour))
        return path


@pytest.fixture
def stage(desk: Desk, tasks: InlineTasks, labels: Labels) -> Stage:
    return Stage(desk, tasks, labels)


def test_a_unit_without_hazards_shows_none_and_one_can_be_raised(stage: Stage) -> None:
    stage.presenter.open(stage.card_id)
    assert (stage.page.lines, stage.page.sheet) == ((), None)
    assert stage.page.may_raise
    assert stage.opened == [None]


def test_a_new_hazard_is_kept_with_its_first_word_and_not_before(stage: Stage) -> None:
    stage.presenter.open(stage.card_id)
    stage.presenter.begin()
    assert stage.is_blank()
    assert stage.acts() == ()
    assert stage.kept() == ()
    assert stage.changes == []
    stage.presenter.begin()  # once more: still the same blank one
    assert len(stage.page.lines) == 1
    stage.write(Field.TEXT, "测试：通道堵塞")
    stage.write(Field.PLACE, "二车间")
    (hazard,) = stage.kept()
    assert (hazard.text, hazard.place) == ("测试：通道堵塞", "二车间")
    assert not stage.is_blank()
    assert stage.acts() == (Act.BEGIN, Act.WITHDRAW)
    assert stage.changes[-1].nouns == {Noun.HAZARDS}
    assert stage.page.summary == "未销号 1 项，逾期 0 项"


def test_a_hazard_raised_from_a_clause_names_it_and_takes_over_from_the_guide(
    stage: Stage,
) -> None:
    stage.presenter.raise_from(stage.card_id, CLAUSE)
    assert "及时整改" in stage.sheet.origin
    rule, measure = stage.sheet.offers.texts[0], stage.sheet.offers.measures[0]
    stage.write(Field.TEXT, rule)
    stage.write(Field.MEASURE, measure)
    (hazard,) = stage.kept()
    assert (hazard.clause, hazard.card_id) == (CLAUSE, stage.card_id)
    assert (hazard.text, hazard.measure) == (rule, measure)
    assert stage.begun == [None]


def test_a_refused_field_stays_as_typed_beside_its_refusal_and_the_rest_is_saved(
    stage: Stage,
) -> None:
    hazard = stage.raised()
    stage.presenter.open(stage.card_id)
    stage.write(Field.TELEPHONE, "440301199001011234")
    stage.write(Field.PLACE, "二车间")
    assert stage.sheet.values[Field.TELEPHONE] == "440301199001011234"
    assert "不是电话号码" in stage.sheet.refusals[Field.TELEPHONE]
    assert stage.has_unsaved()
    assert stage.kept() == (replace(hazard, place="二车间"),)
    stage.write(Field.TELEPHONE, "0755-12345678")
    assert stage.sheet.refusals == {}
    assert not stage.has_unsaved()
    assert stage.kept()[0].person.telephone == "0755-12345678"


def test_what_is_given_up_is_forgotten(stage: Stage) -> None:
    stage.raised()
    stage.presenter.open(stage.card_id)
    stage.write(Field.TELEPHONE, "无")
    stage.presenter.give_up()
    assert not stage.has_unsaved()


@pytest.mark.parametrize("typed", ["2020-11-9", "2020/11/09", "２０２０年11月9日", "20201109"])
def test_a_day_is_taken_as_people_write_it(stage: Stage, typed: str) -> None:
    stage.raised()
    stage.presenter.open(stage.card_id)
    stage.write(Field.DEADLINE, typed)
    assert stage.kept()[0].deadline == date(2020, 11, 9)
    assert stage.sheet.values[Field.DEADLINE] == "2020-11-09"


def test_half_a_day_is_no_refusal_until_the_field_is_left(stage: Stage) -> None:
    stage.raised()
    stage.presenter.open(stage.card_id)
    stage.write(Field.DEADLINE, "2020-1")
    assert stage.sheet.refusals == {}
    stage.presenter.finish(stage.sheet.id, Field.DEADLINE)
    assert Field.DEADLINE in stage.sheet.refusals
    assert stage.sheet.values[Field.DEADLINE] == "2020-1"


def test_settling_sends_what_was_held_back(stage: Stage) -> None:
    stage.raised()
    stage.presenter.open(stage.card_id)
    stage.write(Field.DEADLINE, "2020-1")
    settled: list[bool] = []
    stage.presenter.settle(lambda: settled.append(stage.presenter.has_unsaved))
    assert settled == [True]
    stage.write(Field.DEADLINE, "")
    stage.presenter.settle(lambda: settled.append(stage.presenter.has_unsaved))
    assert settled == [True, False]


def test_a_deadline_in_days_counts_from_today(stage: Stage) -> None:
    stage.raised()
    stage.presenter.open(stage.card_id)
    stage.presenter.set_deadline(15)
    assert stage.kept()[0].deadline == date(2020, 11, 21)


def test_strokes_under_way_do_not_take_back_what_was_typed_since(stage: Stage) -> None:
    stage.raised("测")
    stage.presenter.open(stage.card_id)
    stage.tasks.held = True
    stage.write(Field.TEXT, "测试：通")
    stage.write(Field.TEXT, "测试：通道")
    stage.tasks.release(1)
    assert stage.sheet.values[Field.TEXT] == "测试：通道"
    stage.tasks.release()
    assert stage.kept()[0].text == "测试：通道"
    assert not stage.has_unsaved()


def test_what_was_typed_of_one_hazard_is_not_written_on_another(stage: Stage) -> None:
    first, second = stage.raised("测试：甲"), stage.raised("测试：乙")
    stage.presenter.open(stage.card_id)
    stage.presenter.select(second.id)
    stage.presenter.write(first.id, Field.PLACE, "甲处")
    assert [one.place for one in stage.kept()] == ["甲处", ""]
    assert stage.sheet.id == second.id


def test_only_the_steps_that_may_come_next_are_offered_and_taken(stage: Stage) -> None:
    stage.raised()
    stage.presenter.open(stage.card_id)
    for act, state in (
        (Act.BEGIN, HazardState.RECTIFYING),
        (Act.SUBMIT, HazardState.RECHECK),
    ):
        assert act in stage.acts()
        stage.presenter.take_step(act, "")
        assert stage.kept()[0].state is state
    stage.presenter.take_step(Act.PASS, "")
    assert "整改后照片" in stage.sheet.act_refusal
    stage.presenter.take_step(Act.PASS, "测试：设备已拆除，无法拍照")
    assert stage.sheet.act_refusal == ""
    assert stage.sheet.is_read_only
    assert stage.acts() == (Act.FAIL,)
    assert "测试：设备已拆除，无法拍照" in stage.sheet.history[0]
    assert stage.page.summary == "未销号 0 项，逾期 0 项"


def test_a_suspected_major_one_shows_its_two_reports_at_once(stage: Stage) -> None:
    stage.raised()
    stage.presenter.open(stage.card_id)
    assert stage.page.lines[0].grade == ""
    stage.tasks.held = True
    stage.write(Field.GRADE, Grade.SUSPECTED_MAJOR)
    stage.tasks.release()
    assert stage.sheet.is_suspected_major
    assert stage.page.lines[0].grade == "疑似重大"


def test_overdue_hazards_of_all_units_say_so_in_words_and_name_their_unit(stage: Stage) -> None:
    stage.raised(deadline="2020-11-01")
    branch, _ = add_unit(
        stage.desk, name="测试二号工厂", code=SYNTHETIC_CODES[1], sub_unit="一分厂"
    )
    blank = draft_hazard(stage.desk, branch.key)
    write_hazard(stage.desk, blank, Field.TEXT, "测试：配电箱未上锁")
    stage.presenter.open_all()
    assert not stage.presenter.is_of_one_unit
    assert [(line.late, line.where) for line in stage.page.lines] == [
        ("逾期 5 天", "测试一号工厂"),
        ("", "测试二号工厂（一分厂）"),
    ]
    stage.presenter.select(blank.id)
    stage.presenter.begin()
    stage.write(Field.TEXT, "测试：另一处")
    assert len(stage.desk.workspace.hazards.of_unit(branch.key)) == 2


def test_without_any_hazard_there_is_no_unit_to_raise_one_for(stage: Stage) -> None:
    stage.presenter.open_all()
    assert not stage.page.may_raise
    stage.presenter.begin()
    assert stage.page.lines == ()


def test_last_years_hazards_say_their_year(stage: Stage) -> None:
    stage.raised()
    clock = stage.desk.clock
    assert isinstance(clock, FakeClock)
    clock.pass_time(timedelta(days=300))
    stage.presenter.open(stage.card_id)
    assert stage.page.lines[0].where == "2020 年提出"


def test_what_changed_elsewhere_is_read_again_and_the_hazard_in_front_stays(stage: Stage) -> None:
    stage.raised("测试：甲")
    second = stage.raised("测试：乙")
    stage.presenter.open(stage.card_id)
    stage.presenter.select(second.id)
    step_hazard(stage.desk, second.id, Act.BEGIN)
    stage.presenter.read_again()
    assert stage.sheet.id == second.id
    assert stage.acts() == (Act.SUBMIT, Act.WITHDRAW)
    assert stage.opened == [None]


def test_files_are_taken_in_each_by_itself_and_shown_small(stage: Stage, tmp_path: Path) -> None:
    stage.raised()
    stage.presenter.open(stage.card_id)
    note = tmp_path / "说明.txt"
    note.write_text("测试")
    photos = [stage.photo(tmp_path, "a.jpg"), stage.photo(tmp_path, "b.jpg", "blue")]
    stage.presenter.add_files(Side.AFTER, [photos[0], note, photos[1]])
    assert [photo.name for photo in stage.kept()[0].after] == ["a.jpg", "b.jpg"]
    assert "说明.txt" in stage.sheet.photo_refusals[Side.AFTER]
    tiles = stage.sheet.photos[Side.AFTER]
    assert [tile.pixels is not None for tile in tiles] == [True, True]
    stage.presenter.remove_photo(Side.AFTER, tiles[0].sha256)
    assert [photo.name for photo in stage.kept()[0].after] == ["b.jpg"]


def test_a_pasted_picture_is_a_photo(stage: Stage) -> None:
    stage.raised()
    stage.presenter.open(stage.card_id)
    stage.presenter.add_pasted(Side.BEFORE, synthetic_jpeg)
    (photo,) = stage.kept()[0].before
    assert photo.name == "粘贴的照片.png"
    stage.presenter.add_pasted(Side.BEFORE, lambda: b"not a picture")
    assert Side.BEFORE in stage.sheet.photo_refusals


def test_a_photo_behind_the_clause_is_taken_over_and_off_again(
    stage: Stage, tmp_path: Path
) -> None:
    attach(stage.desk, stage.card_id, CLAUSE, [stage.photo(tmp_path)])
    stage.presenter.raise_from(stage.card_id, CLAUSE)
    (choice,) = stage.sheet.choices
    assert not choice.is_chosen
    stage.presenter.toggle_photo(choice.sha256)
    before: tuple[Evidence, ...] = stage.kept()[0].before
    assert [photo.sha256 for photo in before] == [choice.sha256]
    assert stage.sheet.choices[0].is_chosen
    stage.presenter.toggle_photo(choice.sha256)
    assert stage.kept()[0].before == ()


def test_an_unknown_card_is_told(stage: Stage) -> None:
    stage.presenter.open(CardId("none"))
    assert stage.opened == []
    assert len(stage.told) == 1


def raised_with_card(stage: Stage, text: str) -> Hazard:
    hazard = draft_hazard(stage.desk, stage.unit.key, card_id=stage.card_id)
    return write_hazard(stage.desk, hazard, Field.TEXT, text)[0]


def test_what_is_due_with_the_card_can_be_printed_and_an_older_one_by_itself(
    stage: Stage,
) -> None:
    older = stage.raised("测试：灯具损坏")
    stage.presenter.open(stage.card_id)
    assert stage.page.to_print == f"rectification:{older.id}"
    step_hazard(stage.desk, older.id, Act.WITHDRAW, remark="测试：误报")
    stage.presenter.open(stage.card_id)
    assert stage.page.to_print == ""
    ours = raised_with_card(stage, "测试：通道堵塞")
    stage.presenter.open(stage.card_id)
    stage.presenter.select(older.id)
    assert stage.page.to_print == "rectification"
    stage.presenter.select(ours.id)
    assert stage.page.to_print == "rectification"


def test_the_ledger_of_all_units_prints_nothing(stage: Stage) -> None:
    raised_with_card(stage, "测试：通道堵塞")
    stage.presenter.open_all()
    assert stage.page.to_print == ""


def test_a_returned_page_goes_to_the_hazard_it_names_and_that_is_told(
    stage: Stage, tmp_path: Path
) -> None:
    ours = raised_with_card(stage, "测试：通道堵塞")
    page = returned_page(stage.desk, stage.card_id, tmp_path)
    other = raised_with_card(stage, "测试：灯具损坏")
    stage.presenter.open(stage.card_id)
    stage.presenter.select(other.id)
    stage.presenter.add_files(Side.AFTER, [page])
    after = {hazard.id: [photo.name for photo in hazard.after] for hazard in stage.kept()}
    assert after == {ours.id: ["回复1.jpg"], other.id: []}
    assert stage.told == ["照片上的小方码指明另一条隐患，已归到“测试：通道堵塞”。"]
