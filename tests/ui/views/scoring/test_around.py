"""What stands around the clauses: filter, source, phrases, hints, evidence."""

from pathlib import Path

from app.domain.card import Scored, Source
from app.domain.form import ClauseId
from app.errors import AppError, Code
from app.pictures.pixels import png_of
from app.services.cards.assess import find_card
from app.services.cards.phrases import suggestions
from app.services.photos.photos import read_tray
from tests.ui.views.scoring.stage import ACCIDENTS, BONUS, GRADED, NEXT, Stage
from ui.views.scoring.filters import Filter

SITE = ClauseId("S2-R4-C1")  # looked into on the spot
FIRST = ClauseId("S1-R1-C1")  # by papers and people
RED = png_of(b"\xff\x00\x00\xff" * 12, width=4, height=3)


def test_a_filter_shows_its_clauses_and_the_current_one(stage: Stage) -> None:
    assert len(stage.page.shown) == 32
    stage.presenter.enter(FIRST)
    stage.presenter.choose_filter(Filter.SITE)
    assert {SITE, FIRST} <= stage.page.shown
    assert GRADED not in stage.page.shown
    stage.presenter.enter(SITE)
    assert FIRST not in stage.page.shown
    assert stage.page.sections[0].progress == "已评 0／3"


def test_the_next_open_clause_is_inside_the_filter(stage: Stage) -> None:
    stage.presenter.choose_filter(Filter.SITE)
    stage.presenter.enter(FIRST)
    sites = [SITE, "S3-R1-C1", "S4-R6-C1", "S4-R7-C1", "S4-R8-C1", "S4-R9-C1"]
    sites += ["S5-R2-C1", "S5-R4-C1"]
    found = []
    while (clause := stage.presenter.next_open(FIRST)) is not None:
        found.append(clause)
        stage.presenter.give_full(clause)
    assert found == sites
    stage.presenter.tell_none_left()
    assert "其他还有 22 项未评" in stage.told[-1]


def test_a_clause_just_scored_stays_among_the_open_until_one_leaves(stage: Stage) -> None:
    stage.presenter.choose_filter(Filter.OPEN)
    stage.presenter.enter(GRADED)
    stage.presenter.give_full(GRADED)
    assert GRADED in stage.page.shown
    stage.presenter.enter(NEXT)
    assert GRADED not in stage.page.shown


def test_the_source_goes_round_and_tells_what_is_to_be_checked(stage: Stage) -> None:
    stage.presenter.cycle_source(ACCIDENTS)
    assert stage.line(ACCIDENTS).source == ""
    stage.presenter.give_full(ACCIDENTS)
    assert (stage.line(ACCIDENTS).source, stage.line(ACCIDENTS).origin) == ("现场核实", "")
    stage.tasks.held = True
    stage.presenter.cycle_source(ACCIDENTS)
    stage.presenter.cycle_source(ACCIDENTS)
    assert stage.line(ACCIDENTS).source == "部门核实待核"
    stage.tasks.release()
    stage.tasks.held = False
    mark = stage.saved(ACCIDENTS)
    assert isinstance(mark, Scored)
    assert mark.source is Source.DEPARTMENT
    assert stage.line(ACCIDENTS).origin == "待核"
    stage.presenter.give_full(GRADED)
    stage.presenter.cycle_source(GRADED)
    assert stage.line(GRADED).origin == "单位承诺"


def test_a_reason_is_learned_once_it_is_left(stage: Stage) -> None:
    stage.presenter.enter(GRADED)
    stage.presenter.deduct(GRADED)
    for typed in ("没有", "没有学习记录"):
        stage.presenter.type_reason(GRADED, typed)
    assert "没有学习记录" not in stage.line(GRADED).phrases
    stage.presenter.enter(NEXT)
    assert stage.line(GRADED).phrases[0] == "没有学习记录"
    assert "没有" not in stage.line(GRADED).phrases
    assert "没有学习记录" not in stage.line(NEXT).phrases
    stage.presenter.forget_phrase(GRADED, "没有学习记录")
    assert "没有学习记录" not in stage.line(GRADED).phrases


def test_a_rule_of_the_guide_is_not_learned(stage: Stage) -> None:
    stage.presenter.enter(GRADED)
    stage.presenter.follow_rule(GRADED, 0)
    rule = stage.line(GRADED).reason
    stage.presenter.settle(lambda: None)
    assert rule not in suggestions(stage.desk, [GRADED])[GRADED]


def test_hints_follow_the_strokes_and_name_the_clause(stage: Stage) -> None:
    texts = [hint.text for hint in stage.page.hints]
    assert texts == ["考核人员少于两人"]
    stage.presenter.type_points(GRADED, "1")
    stage.presenter.give_full(NEXT)
    hints = {hint.text: hint.clause for hint in stage.page.hints}
    assert hints["2.1 扣分未写理由"] == GRADED
    assert hints["2.2 满分但没有佐证"] == NEXT
    stage.presenter.type_reason(GRADED, "没有记录")
    assert "2.1 扣分未写理由" not in {hint.text for hint in stage.page.hints}


def test_a_pasted_picture_stands_behind_the_clause(stage: Stage) -> None:
    stage.presenter.attach_pasted(GRADED, lambda: RED)
    kept = find_card(stage.desk, stage.card_id)[0].evidence[GRADED]
    assert [(each.name, each.media_type) for each in kept] == [("粘贴照片 2.1.png", "image/png")]
    assert stage.line(GRADED).photos == "照片 1"
    stage.presenter.undo()
    assert stage.line(GRADED).photos == ""
    stage.presenter.redo()
    assert stage.line(GRADED).photos == "照片 1"


def test_leaving_waits_for_a_picture_being_made(stage: Stage) -> None:
    stage.tasks.held = True
    stage.presenter.attach_pasted(GRADED, lambda: RED)
    settled: list[str] = []
    stage.presenter.settle(lambda: settled.append(stage.line(GRADED).photos))
    assert stage.page.saving == "正在保存…"
    for _ in range(3):  # the picture, the saving of it, the wait for that
        stage.tasks.release()
    assert settled == ["照片 1"]


def test_a_picture_that_is_none_is_told_at_the_clause(stage: Stage) -> None:
    def fail() -> bytes:
        raise AppError(Code.PICTURE_UNREADABLE, name="")

    stage.presenter.attach_pasted(BONUS, fail)
    assert stage.line(BONUS).refusal
    assert not stage.presenter.has_unsaved


def test_a_missing_file_is_told_at_the_clause(stage: Stage, tmp_path: Path) -> None:
    stage.presenter.attach_file(GRADED, tmp_path / "not there.jpg")
    assert stage.line(GRADED).refusal
    assert stage.page.undo == ""


def test_a_pasted_picture_also_comes_into_the_tray_of_the_unit(stage: Stage) -> None:
    stage.presenter.attach_pasted(GRADED, lambda: RED)
    tray = read_tray(stage.desk, stage.card_id)
    assert [photo.clauses for photo in tray.photos] == [(GRADED,)]


def test_a_paper_is_evidence_too(stage: Stage, tmp_path: Path) -> None:
    paper = tmp_path / "测试台账.pdf"
    paper.write_bytes(b"%PDF-1.4 test")
    stage.presenter.attach_file(GRADED, paper)
    kept = find_card(stage.desk, stage.card_id)[0].evidence[GRADED]
    assert [(each.name, each.media_type) for each in kept] == [("测试台账.pdf", "application/pdf")]
    assert read_tray(stage.desk, stage.card_id).photos == ()
