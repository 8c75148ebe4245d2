"""现场反馈 without widgets: what is told, and how the unit's word is kept."""

from pathlib import Path

import pytest

from app.domain.card import CardId
from app.domain.signature import Pending, Signatory
from app.domain.visit import Opinion
from app.services.cards.assess import Entry, Inapplicable, Points, new_card, record
from app.services.cards.view import view_card
from app.services.desk.desk import Changes, Desk, Noun
from app.services.seal.sign import sign_card
from app.services.units.register import add_unit, set_facts
from tests.app.services.field import Founded, fresh_copy
from tests.disks import full_disk
from tests.fakes import InlineTasks
from tests.forms import SYNTHETIC_CODES, national_guide
from ui.labels import Labels
from ui.views.feedback.page import AGREES, OBJECTS, UNSAID, FeedbackPage
from ui.views.feedback.presenter import FeedbackPresenter

RULE = next(iter(national_guide().clauses)).rules[1]


class Stage:
    """A presenter, and what it showed and said."""

    def __init__(self, desk: Desk, labels: Labels, card_id: CardId) -> None:
        self.desk = desk
        self.card_id = card_id
        self.pages: list[FeedbackPage] = []
        self.told: list[str] = []
        self.changes: list[Changes] = []
        self.presenter = FeedbackPresenter(
            InlineTasks(desk),
            labels,
            show=self.pages.append,
            tell=self.told.append,
            announce=self.changes.append,
        )
        self.presenter.open(card_id)

    def page(self) -> FeedbackPage:
        return self.pages[-1]

    def opinion(self) -> Opinion | None:
        return view_card(self.desk, self.card_id).card.opinion


@pytest.fixture
def stage(desk: Desk, labels: Labels) -> Stage:
    unit, _ = add_unit(desk, name="甲厂", code=SYNTHETIC_CODES[0], sub_unit="")
    known = {"workers": "130", "women": "0"}
    unit, _ = set_facts(desk, code=unit.key.code, sub_unit="", typed=known)
    card_id = new_card(desk, unit)[0].id
    given: list[Entry] = [
        Points(clause="S1-R1-C1", points="2", reason=RULE.text),
        Points(clause="S2-R1-C1", points="0", reason="未见计划"),
        Inapplicable(clause="S5-R5-C1", reason="单位无女职工"),
    ]
    record(desk, card_id, given, fill=True)
    return Stage(desk, labels, card_id)


def test_only_what_was_taken_off_is_told(stage: Stage) -> None:
    page = stage.page()
    first, second = page.deductions
    assert (first.number, first.off) == ("1.1.1", "扣 1 分")
    assert first.said == (f"理由：{RULE.text}", "依据：评分细则所列扣分情形")
    assert second.said == ("理由：未见计划", "依据：考核组现场认定")
    assert [line.number for line in page.inapplicable] == ["5.5"]
    assert page.inapplicable[0].said[-1] == "单位填报的女职工数为 0；按满分计"
    assert page.summary == "共 2 项扣分，合计扣 6 分"
    figures = page.figures
    assert (figures.base, figures.bonus, figures.total) == ("94", "0", "94")
    assert (page.notice, figures.converted) == ("", "")
    assert "不影响提出异议的权利" in page.meaning


def test_a_card_that_is_not_complete_says_so(desk: Desk, stage: Stage, labels: Labels) -> None:
    unit = view_card(desk, stage.card_id).card.unit
    page = Stage(desk, labels, new_card(desk, unit)[0].id).page()
    assert page.deductions == ()
    assert "31 项未评" in page.notice


def test_no_objection_is_kept_at_once(stage: Stage) -> None:
    assert not stage.page().is_recorded
    stage.presenter.choose(AGREES)
    assert stage.opinion() == Opinion(objects=False)
    assert stage.page().is_recorded
    assert stage.changes[-1].nouns == {Noun.CARDS}


def test_an_objection_needs_words(stage: Stage) -> None:
    stage.presenter.choose(AGREES)
    stage.presenter.choose(OBJECTS)
    assert stage.opinion() is None
    assert (stage.page().choice, stage.page().is_recorded) == (OBJECTS, False)
    assert "没有写明异议内容" in stage.page().refusal
    assert stage.presenter.has_unsaved
    stage.presenter.type_text("培训记录在总部")
    assert stage.opinion() == Opinion(objects=True, text="培训记录在总部")
    assert (stage.page().refusal, stage.presenter.has_unsaved) == ("", False)


def test_words_that_cannot_be_kept_stay_in_sight(stage: Stage) -> None:
    stage.presenter.choose(AGREES)
    stage.presenter.type_text("长" * 501)
    assert stage.page().text == "长" * 501
    assert stage.page().refusal
    assert stage.presenter.has_unsaved
    assert stage.opinion() == Opinion(objects=False)


def test_the_choice_comes_first(stage: Stage) -> None:
    stage.presenter.ask_for_opinion()
    assert "请先" in stage.page().refusal
    assert not stage.presenter.has_unsaved
    assert stage.page().choice == UNSAID


def test_signatures_that_fall_are_told(stage: Stage) -> None:
    sign_card(stage.desk, stage.card_id, signatory=Signatory.UNIT, name="测试丙", manner=Pending())
    stage.presenter.open(stage.card_id)
    stage.presenter.choose(AGREES)
    assert stage.told == ["单位意见有变动，原有签字已失效，需重新签字。"]


def test_a_sealed_card_can_only_be_read(founded: Founded, tmp_path: Path, labels: Labels) -> None:
    with fresh_copy(founded, "first", tmp_path / "first") as seat:
        page = Stage(seat.desk, labels, seat.sealed_card(S1_R1_C1="1").index.id).page()
        assert page.is_read_only
        assert page.notice == "本评分表已定稿，只能查看。"
        assert len(page.deductions) == 1


def test_what_a_full_disk_refused_is_tried_again_on_leaving(stage: Stage) -> None:
    left: list[bool] = []
    with full_disk(at=0):
        stage.presenter.choose(OBJECTS)
        stage.presenter.type_text("对第二项有异议")
        stage.presenter.settle(lambda: left.append(stage.presenter.has_unsaved))
    assert stage.opinion() is None
    stage.presenter.settle(lambda: left.append(stage.presenter.has_unsaved))
    assert left == [True, False]
    assert stage.opinion() == Opinion(objects=True, text="对第二项有异议")
