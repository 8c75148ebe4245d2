"""Undo and redo on a real desk: each is a saved change, in the order of the strokes."""

from decimal import Decimal
from pathlib import Path

from app.domain.card import NotApplicable, Scored, Source
from app.domain.signature import Pending, Signatory
from app.services.cards.assess import attach, find_card, new_card, record
from app.services.desk.desk import Desk
from app.services.seal.sign import sign_card
from tests.app.services.field import Founded, opened_field
from tests.disks import full_disk
from tests.ui.views.scoring.stage import BONUS, GRADED, NEXT, WOMEN, Stage, begin, set_stage
from ui.labels import Labels
from ui.views.scoring.lines import Standing

FULL = Scored(points=Decimal(5))


def test_an_undo_says_what_it_takes_back_and_a_redo_does_it_again(stage: Stage) -> None:
    assert (stage.page.undo, stage.page.redo) == ("", "")
    stage.presenter.give_full(GRADED)
    assert stage.page.undo == "2.1 满分"
    stage.presenter.undo()
    assert stage.saved(GRADED) is None
    assert (stage.page.undo, stage.page.redo) == ("", "2.1 满分")
    assert stage.visited == [GRADED]
    stage.presenter.redo()
    assert stage.saved(GRADED) == FULL
    assert stage.page.cells["S2-R1"] == "5"


def test_a_clause_comes_back_exactly_as_it_was(stage: Stage) -> None:
    stage.presenter.follow_rule(GRADED, 0)
    stage.presenter.cycle_source(GRADED)
    before = stage.saved(GRADED)
    assert isinstance(before, Scored)
    assert (before.source, bool(before.reason)) == (Source.PLEDGED, True)
    stage.presenter.give_full(GRADED)
    stage.presenter.undo()
    assert stage.saved(GRADED) == before
    assert stage.line(GRADED).reason == before.reason


def test_what_does_not_apply_comes_back_with_its_reason(stage: Stage) -> None:
    stage.presenter.set_absent(WOMEN)
    stage.presenter.type_reason(WOMEN, "全厂无女职工")
    stage.presenter.clear(WOMEN)
    stage.presenter.undo()
    assert stage.saved(WOMEN) == NotApplicable(reason="全厂无女职工")


def test_what_is_typed_at_one_visit_is_one_step(stage: Stage) -> None:
    stage.presenter.enter(GRADED)
    stage.presenter.deduct(GRADED)
    stage.presenter.type_points(GRADED, "2")
    for typed in ("没", "没有", "没有记录"):
        stage.presenter.type_reason(GRADED, typed)
    assert stage.page.undo == "2.1 理由"
    stage.presenter.undo()
    assert stage.saved(GRADED) == Scored(points=Decimal(3))
    assert stage.page.undo == "2.1 扣 2 分"
    stage.presenter.undo()
    assert stage.saved(GRADED) is None
    stage.presenter.redo()
    stage.presenter.redo()
    assert stage.saved(GRADED) == Scored(points=Decimal(3), reason="没有记录")


def test_another_visit_is_another_step(stage: Stage) -> None:
    stage.presenter.enter(GRADED)
    stage.presenter.deduct(GRADED)
    stage.presenter.type_reason(GRADED, "没有记录")
    stage.presenter.enter(NEXT)
    stage.presenter.enter(GRADED)
    stage.presenter.type_reason(GRADED, "没有签到")
    stage.presenter.undo()
    assert stage.saved(GRADED) == Scored(points=Decimal(4), reason="没有记录")


def test_a_whole_section_is_one_step_and_overwrites_nothing(stage: Stage) -> None:
    stage.presenter.type_points(GRADED, "2")
    stage.presenter.enter(NEXT)
    stage.presenter.fill_section()
    assert stage.page.sections[1].progress == "已评 5／5"
    assert stage.saved(GRADED) == Scored(points=Decimal(3))
    assert stage.page.undo.endswith("全部满分（4 项）")
    assert stage.page.fillable == ""
    stage.presenter.undo()
    assert stage.page.sections[1].progress == "已评 1／5"


def test_the_bonus_is_never_assumed(stage: Stage) -> None:
    stage.presenter.enter(BONUS)
    assert stage.page.fillable == ""
    stage.presenter.fill_section()
    assert stage.saved(BONUS) is None


def test_an_undo_under_way_stays_in_order(stage: Stage) -> None:
    stage.tasks.held = True
    stage.presenter.give_full(GRADED)
    stage.presenter.undo()
    stage.presenter.type_points(GRADED, "2")
    stage.presenter.give_full(NEXT)
    stage.presenter.undo()
    stage.presenter.undo()
    stage.presenter.redo()
    stage.tasks.release()
    assert stage.saved(GRADED) == Scored(points=Decimal(3))
    assert stage.saved(NEXT) is None
    assert stage.page.undo == "2.1 扣 2 分"


def test_what_changed_nothing_is_no_step(stage: Stage) -> None:
    stage.presenter.give_full(GRADED)
    stage.presenter.give_full(NEXT)
    stage.presenter.give_full(NEXT)
    stage.presenter.undo()
    assert stage.saved(NEXT) is None
    assert stage.page.undo == "2.1 满分"


def test_what_was_typed_and_refused_goes_first(stage: Stage) -> None:
    stage.presenter.enter(GRADED)
    stage.presenter.deduct(GRADED)
    stage.presenter.type_points(GRADED, "9")
    assert stage.page.saving == "有内容没有保存"
    stage.presenter.undo()
    assert (stage.line(GRADED).entry, stage.line(GRADED).refusal) == ("1", "")
    assert not stage.presenter.has_unsaved
    assert stage.saved(GRADED) == Scored(points=Decimal(4))


def test_an_undo_that_could_not_be_saved_can_be_asked_for_again(stage: Stage) -> None:
    stage.presenter.give_full(GRADED)
    with full_disk(at=4096):
        stage.presenter.undo()
    assert stage.line(GRADED).refusal
    assert stage.line(GRADED).standing is Standing.FULL
    assert stage.page.undo == "2.1 满分"
    stage.presenter.undo()
    assert stage.saved(GRADED) is None
    assert stage.line(GRADED).refusal == ""


def test_a_photo_added_elsewhere_survives_an_undo(stage: Stage, tmp_path: Path) -> None:
    own, other = tmp_path / "own.txt", tmp_path / "other.txt"
    own.write_text("测试附件一", encoding="utf-8")
    other.write_text("测试附件二", encoding="utf-8")
    stage.presenter.attach_file(GRADED, own)
    attach(stage.desk, stage.card_id, GRADED, [other])
    stage.presenter.undo()
    held = find_card(stage.desk, stage.card_id)[0].evidence[GRADED]
    assert [each.name for each in held] == ["other.txt"]


def test_undo_never_crosses_cards(stage: Stage, desk: Desk) -> None:
    stage.presenter.give_full(GRADED)
    unit = find_card(desk, stage.card_id)[0].unit
    stage.presenter.open(new_card(desk, unit)[0].id)
    stage.presenter.undo()
    assert stage.page.undo == ""
    assert stage.saved(GRADED) == FULL


def test_the_same_card_opened_again_keeps_its_steps(stage: Stage) -> None:
    stage.presenter.give_full(GRADED)
    stage.presenter.open(stage.card_id)
    stage.presenter.undo()
    assert stage.saved(GRADED) is None


def test_an_undo_removes_signatures_given_since_and_says_so(desk: Desk, labels: Labels) -> None:
    card_id = begin(desk)
    record(desk, card_id, [], fill=True)
    stage = set_stage(desk, labels, card_id)
    stage.presenter.cycle_source(GRADED)
    sign_card(desk, card_id, signatory=Signatory.UNIT, name="测试丙", manner=Pending())
    stage.presenter.undo()
    assert stage.told == ["内容已改动，原有签字已失效，请重新签字。"]


def test_a_sealed_card_refuses_undo_clearly(
    founded: Founded, tmp_path: Path, labels: Labels
) -> None:
    with opened_field(founded, tmp_path / "field") as field:
        sealed = field.first.sealed_card()
        stage = set_stage(field.first.desk, labels, sealed.index.id)
        stage.presenter.undo()
        stage.presenter.redo()
        assert stage.told == ["这份评分表已定稿，只能查看。"] * 2
