"""考核评分 without widgets: what is shown is what was saved, and nothing typed is lost."""

from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.card import CardId, NotApplicable, Scored
from app.domain.delivery import State
from app.domain.form import ClauseId
from app.domain.signature import Pending, Signatory
from app.services.cards.assess import find_card, new_card, record
from app.services.desk.desk import Desk, Noun
from app.services.office.authority import set_rules
from app.services.office.decide import return_card
from app.services.seal.sign import sign_card
from tests.app.services.field import Founded, opened_field
from tests.disks import full_disk
from tests.ui.views.scoring.stage import (
    ACCIDENTS,
    BONUS,
    GRADED,
    NEXT,
    WOMEN,
    Stage,
    begin,
    set_stage,
)
from ui.labels import Labels
from ui.views.scoring.lines import Standing


def test_a_new_card_shows_the_form_with_nothing_scored(stage: Stage) -> None:
    assert stage.page.state_word == "考核中"
    assert not stage.page.is_read_only
    assert [section.progress for section in stage.page.sections][:2] == ["已评 0／3", "已评 0／5"]
    assert set(stage.page.cells.values()) == {""}
    assert stage.page.figures.total == "0"
    assert stage.page.figures.progress == "0／31"


def test_full_points_are_saved_and_shown_in_every_figure(stage: Stage) -> None:
    stage.presenter.give_full(GRADED)
    assert stage.saved(GRADED) == Scored(points=stage.page.form.clause(GRADED).points)
    assert stage.line(GRADED).standing is Standing.FULL
    assert stage.page.cells["S2-R1"] == "5"
    assert stage.page.sections[1].progress == "已评 1／5"
    assert stage.page.sections[1].points == "5／18 分"
    assert stage.page.figures.base == "5"
    assert stage.page.figures.progress == "1／31"
    assert stage.page.saving == "已保存"
    assert stage.changes[-1].nouns == {Noun.CARDS}


def test_a_deduction_begins_with_one_point_and_asks_for_a_reason(stage: Stage) -> None:
    stage.presenter.deduct(GRADED)
    line = stage.line(GRADED)
    assert (line.standing, line.entry, line.awarded) == (Standing.PART, "1", "4")
    assert line.lacks_reason
    stage.presenter.type_reason(GRADED, "抽问职工，多数不了解")
    assert not stage.line(GRADED).lacks_reason
    assert stage.saved(GRADED) == Scored(points=Decimal(4), reason="抽问职工，多数不了解")


def test_beginning_a_deduction_again_keeps_it(stage: Stage) -> None:
    stage.presenter.type_points(GRADED, "3")
    stage.presenter.deduct(GRADED)
    assert stage.line(GRADED).entry == "3"


def test_points_taken_off_by_figures_become_points_awarded(stage: Stage) -> None:
    stage.presenter.type_points(GRADED, "２")
    assert stage.line(GRADED).awarded == "3"
    assert stage.page.figures.base == "3"


def test_accident_control_is_taken_off_whole(stage: Stage) -> None:
    stage.presenter.deduct(ACCIDENTS)
    assert (stage.line(ACCIDENTS).entry, stage.line(ACCIDENTS).awarded) == ("25", "0")
    stage.presenter.type_points(ACCIDENTS, "5")
    assert "只能给 0 分或 25 分" in stage.line(ACCIDENTS).refusal
    assert stage.saved(ACCIDENTS) == Scored(points=Decimal(0))


def test_a_bonus_is_given_and_not_taken_off(stage: Stage) -> None:
    stage.presenter.deduct(BONUS)
    assert stage.line(BONUS).entry == "1"
    stage.presenter.type_points(BONUS, "6")
    assert stage.page.figures.bonus == "6"
    assert stage.page.figures.base == "0"
    assert not stage.line(BONUS).lacks_reason
    stage.presenter.set_absent(BONUS)
    assert stage.page.figures.bonus == "0"


@pytest.mark.parametrize(
    ("typed", "said"), [("2x", "不是分数"), ("7", "不能给 -2 分"), ("0.5", "以 1 分为一档")]
)
def test_refused_points_stay_on_the_screen_with_the_reason(
    stage: Stage, typed: str, said: str
) -> None:
    stage.presenter.deduct(GRADED)
    stage.presenter.type_points(GRADED, typed)
    line = stage.line(GRADED)
    assert line.entry == typed
    assert said in line.refusal
    assert (line.awarded, stage.page.figures.base) == ("4", "4")
    assert stage.presenter.has_unsaved
    assert stage.page.saving == "有内容没有保存"
    stage.presenter.type_points(GRADED, "2")
    assert (stage.line(GRADED).refusal, stage.line(GRADED).awarded) == ("", "3")
    assert not stage.presenter.has_unsaved


def test_a_refused_reason_stays_on_the_screen(stage: Stage) -> None:
    stage.presenter.deduct(GRADED)
    stage.presenter.type_reason(GRADED, "甲" * 501)
    assert stage.line(GRADED).reason == "甲" * 501
    assert "文字过长" in stage.line(GRADED).refusal
    stage.presenter.give_full(GRADED)
    assert stage.line(GRADED).refusal == ""
    assert not stage.presenter.has_unsaved


def test_emptied_points_change_nothing_yet_and_an_emptied_reason_is_none(stage: Stage) -> None:
    stage.presenter.deduct(GRADED)
    stage.presenter.type_reason(GRADED, "没有记录")
    stage.presenter.type_points(GRADED, " ")
    assert stage.saved(GRADED) == Scored(points=Decimal(4), reason="没有记录")
    stage.presenter.type_reason(GRADED, "")
    assert stage.saved(GRADED) == Scored(points=Decimal(4))
    assert stage.line(GRADED).refusal == ""


def test_what_does_not_apply_is_never_without_a_reason(stage: Stage) -> None:
    stage.presenter.set_absent(WOMEN)
    stage.presenter.type_reason(WOMEN, " ")
    assert stage.saved(WOMEN) == NotApplicable(reason="女职工数为 0（单位申报）")
    assert not stage.presenter.has_unsaved


def test_a_clause_is_inapplicable_where_the_unit_declared_none(stage: Stage) -> None:
    stage.presenter.set_absent(WOMEN)
    assert stage.saved(WOMEN) == NotApplicable(reason="女职工数为 0（单位申报）")
    assert stage.line(WOMEN).standing is Standing.ABSENT
    assert stage.page.cells["S5-R5"] == "3"  # not applicable counts in full by default
    stage.presenter.type_reason(WOMEN, "全厂无女职工")
    assert stage.saved(WOMEN) == NotApplicable(reason="全厂无女职工")
    stage.presenter.set_absent(WOMEN)
    assert stage.line(WOMEN).reason == "全厂无女职工"


@pytest.mark.parametrize(
    ("clause", "said"),
    [(GRADED, "不能按“不涉及”处理"), (ClauseId("S4-R4-C1"), "接触职业病危害人数为 12")],
)
def test_an_inapplicable_clause_needs_the_form_and_the_fact(
    stage: Stage, clause: ClauseId, said: str
) -> None:
    stage.presenter.set_absent(clause)
    assert said in stage.line(clause).refusal
    assert stage.saved(clause) is None
    assert not stage.presenter.has_unsaved


def test_a_rule_of_the_guide_gives_points_and_reason(stage: Stage) -> None:
    assert stage.line(GRADED).rules[0].endswith("（扣 2 分）")
    stage.presenter.follow_rule(GRADED, 0)
    line = stage.line(GRADED)
    assert (line.entry, line.awarded) == ("2", "3")
    assert line.reason in line.rules[0]


def test_a_cleared_clause_is_open_again(stage: Stage) -> None:
    stage.presenter.give_full(GRADED)
    stage.presenter.clear(GRADED)
    assert stage.saved(GRADED) is None
    assert stage.line(GRADED).standing is Standing.OPEN
    assert stage.page.figures.base == "0"


def test_the_next_open_clause_goes_round_and_skips_what_is_being_saved(stage: Stage) -> None:
    first = ClauseId("S1-R1-C1")
    assert stage.presenter.next_open(None) == first
    stage.presenter.give_full(NEXT)
    assert stage.presenter.next_open(GRADED) == "S2-R3-C1"
    assert stage.presenter.next_open(ACCIDENTS) == first
    stage.tasks.held = True
    stage.presenter.give_full(first)
    assert stage.presenter.next_open(ACCIDENTS) == "S1-R1-C2"


def test_no_clause_is_open_on_a_finished_card(desk: Desk, labels: Labels) -> None:
    card_id = begin(desk)
    record(desk, card_id, [], fill=True)
    stage = set_stage(desk, labels, card_id)
    assert stage.presenter.next_open(GRADED) is None
    assert (stage.page.state, stage.page.state_word) == (State.COMPLETE, "待签字")
    stage.presenter.clear(GRADED)
    assert stage.page.state is State.DRAFT


def test_what_is_typed_stays_while_older_strokes_are_answered(stage: Stage) -> None:
    stage.presenter.deduct(GRADED)
    stage.tasks.held = True
    stage.presenter.type_points(GRADED, "2")
    stage.presenter.type_points(GRADED, "3")
    stage.presenter.type_reason(GRADED, "没有")
    stage.presenter.type_reason(GRADED, "没有记录")
    assert stage.page.saving == "正在保存…"
    stage.tasks.release(3)
    assert (stage.line(GRADED).entry, stage.line(GRADED).reason) == ("3", "没有记录")
    assert stage.page.saving == "正在保存…"
    stage.tasks.release()
    assert stage.saved(GRADED) == Scored(points=Decimal(2), reason="没有记录")
    assert stage.page.saving == "已保存"


def test_an_older_answer_does_not_wipe_a_newer_refusal(stage: Stage) -> None:
    stage.presenter.deduct(GRADED)
    stage.tasks.held = True
    stage.presenter.type_points(GRADED, "2")
    stage.presenter.type_points(GRADED, "2x")
    stage.tasks.release()
    assert stage.line(GRADED).entry == "2x"
    assert "不是分数" in stage.line(GRADED).refusal
    assert stage.saved(GRADED) == Scored(points=Decimal(3))


def test_an_older_refusal_is_not_told_of_a_clause_settled_since(stage: Stage) -> None:
    stage.presenter.deduct(GRADED)
    stage.tasks.held = True
    stage.presenter.type_points(GRADED, "7")
    stage.presenter.give_full(GRADED)
    stage.tasks.release()
    assert stage.line(GRADED).refusal == ""
    assert stage.line(GRADED).standing is Standing.FULL


def test_settling_waits_for_every_stroke(stage: Stage) -> None:
    stage.tasks.held = True
    stage.presenter.give_full(GRADED)
    settled: list[object] = []
    stage.presenter.settle(lambda: settled.append(stage.saved(GRADED)))
    assert settled == []
    stage.tasks.release()
    assert settled == [Scored(points=Decimal(5))]


def test_settling_tries_what_was_refused_once_more(stage: Stage) -> None:
    with full_disk(at=4096):
        stage.presenter.deduct(GRADED)
        stage.presenter.type_reason(GRADED, "没有记录")
    assert stage.presenter.has_unsaved
    assert stage.line(GRADED).reason == "没有记录"
    stage.presenter.settle(lambda: None)
    assert stage.saved(GRADED) == Scored(points=Decimal(4), reason="没有记录")
    assert not stage.presenter.has_unsaved


def test_answers_for_another_card_are_not_shown_on_this_one(stage: Stage, desk: Desk) -> None:
    unit = find_card(desk, stage.card_id)[0].unit
    other = new_card(desk, unit)[0].id
    stage.tasks.held = True
    stage.presenter.give_full(GRADED)
    stage.presenter.type_points(NEXT, "9")
    stage.presenter.open(other)
    stage.tasks.release()
    assert stage.page.card == other
    assert stage.page.figures.base == "0"
    assert stage.line(NEXT).refusal == ""


def test_a_change_that_removes_signatures_says_so(desk: Desk, labels: Labels) -> None:
    card_id = begin(desk)
    record(desk, card_id, [], fill=True)
    sign_card(desk, card_id, signatory=Signatory.UNIT, name="测试丙", manner=Pending())
    stage = set_stage(desk, labels, card_id)
    stage.presenter.give_full(GRADED)
    assert stage.told == []
    stage.presenter.deduct(GRADED)
    assert stage.told == ["内容已改动，原有签字已失效，请重新签字。"]
    assert find_card(desk, card_id)[0].signatures == ()


def test_a_sealed_card_is_read_only(founded: Founded, tmp_path: Path, labels: Labels) -> None:
    with opened_field(founded, tmp_path / "field") as field_:
        sealed = field_.first.sealed_card()
        stage = set_stage(field_.first.desk, labels, sealed.index.id)
        assert stage.page.is_read_only
        assert stage.page.state_word == "已签字"
        stage.presenter.give_full(BONUS)
        assert "已经定稿" in stage.line(BONUS).refusal
        assert stage.page.figures.bonus == "0"


def test_a_returned_card_says_why(founded: Founded, tmp_path: Path, labels: Labels) -> None:
    with opened_field(founded, tmp_path / "field") as field_:
        sealed = field_.received()
        return_card(field_.office.desk, sealed.index.id, reason="缺少培训记录")
        stage = set_stage(field_.office.desk, labels, sealed.index.id)
        assert stage.page.state_word == "退回补正"
        assert "缺少培训记录" in stage.page.notice


def test_converted_points_are_shown_where_the_office_converts(
    founded: Founded, tmp_path: Path, labels: Labels
) -> None:
    with opened_field(founded, tmp_path / "field") as field_:
        desk = field_.office.desk
        set_rules(desk, {"na": "rescale"})
        stage = set_stage(desk, labels, field_.office.open_card(women="0"))
        stage.presenter.set_absent(WOMEN)
        assert stage.page.cells["S5-R5"] == "/"
        record(desk, stage.card_id, [], fill=True)
        stage.presenter.open(stage.card_id)
        assert (stage.page.figures.base, stage.page.figures.converted) == ("97", "100")


def test_a_card_that_is_not_there_is_told(desk: Desk, labels: Labels) -> None:
    stage = set_stage(desk, labels, CardId("nowhere"))
    assert stage.pages == []
    assert len(stage.told) == 1
