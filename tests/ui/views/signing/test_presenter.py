"""签字确认 without widgets: every manner of signing, and what holds a card up."""

from datetime import date

import pytest

from app.domain.signature import (
    Absent,
    Ink,
    Paper,
    Pending,
    Refused,
    Signatory,
)
from app.services.cards.assess import Inapplicable, Points, jot
from app.services.desk.desk import Noun
from app.services.units.register import set_facts
from tests.forms import SYNTHETIC_CODES
from tests.scorecards import synthetic_ink
from tests.ui.views.signing.stage import Stage
from ui.views.signing.places import Standing

LEAD, MEMBER, UNIT = Signatory.LEAD, Signatory.MEMBER, Signatory.UNIT
TAP = Ink(width=100, height=100, strokes=())


def test_what_holds_a_card_up_is_said_before_anybody_signs(stage: Stage) -> None:
    card_id = stage.seat.open_card()
    page = stage.open(card_id)
    assert page.holds == ("还有 31 项未评，评完才能签字。",)
    assert not page.is_ready
    stage.seat.score(card_id)
    jot(stage.seat.desk, card_id, Points(clause="S1-R1-C1", points="1"))
    stage.presenter.refresh()
    assert stage.page.holds == ("有 1 项扣分没有写理由，写明才能签字。",)


def test_a_fact_that_now_contradicts_holds_a_card_up_too(stage: Stage) -> None:
    card_id = stage.seat.open_card(women="0")
    stage.seat.score(card_id, Inapplicable(clause="S5-R5-C1", reason="无女职工"))
    code = SYNTHETIC_CODES[0]
    set_facts(stage.seat.desk, code=code, sub_unit="", typed={"women": "2"})
    (hold,) = stage.open(card_id).holds
    assert "S5-R5-C1" in hold


def test_the_places_are_the_team_and_the_unit(stage: Stage) -> None:
    stage.open_complete()
    assert [(place.signatory, place.name, place.standing) for place in stage.page.places] == [
        (LEAD, "测试甲", Standing.EMPTY),
        (MEMBER, "", Standing.EMPTY),
        (UNIT, "", Standing.EMPTY),
    ]
    assert stage.page.first_empty == 0


def test_one_assessor_alone_is_warned_until_a_second_signs(stage: Stage) -> None:
    stage.open_complete()
    assert list(stage.page.cautions) == ["考核人员少于两人"]
    stage.presenter.sign(stage.place(MEMBER), "测试乙", synthetic_ink())
    assert list(stage.page.cautions) == []


def test_the_same_person_for_both_sides_is_warned(stage: Stage) -> None:
    stage.open_complete()
    stage.presenter.sign(stage.place(MEMBER), "测试乙", synthetic_ink())
    stage.presenter.sign(stage.place(UNIT), "测试乙", synthetic_ink())
    assert stage.page.cautions == ("同一人代表双方签字",)


def test_ink_is_kept_as_it_was_drawn_and_shown_again(stage: Stage) -> None:
    stage.open_complete()
    stage.presenter.sign(stage.place(LEAD), "测试甲", synthetic_ink())
    assert stage.given(LEAD).manner == synthetic_ink()
    assert stage.place(LEAD).ink == synthetic_ink()
    assert stage.place(LEAD).standing is Standing.INK
    assert len(stage.taken) == 1
    assert Noun.CARDS in stage.changes[-1].nouns


def test_an_empty_surface_is_refused_beside_it(stage: Stage) -> None:
    stage.open_complete()
    stage.presenter.sign(stage.place(LEAD), "测试甲", TAP)
    assert "签" in stage.refusal
    assert (stage.card.signatures, stage.taken) == ((), [])


def test_a_name_that_cannot_be_printed_is_refused_and_nothing_is_kept(stage: Stage) -> None:
    stage.open_complete()
    stage.presenter.sign(stage.place(UNIT), "李\U0001f600", synthetic_ink())
    assert "U+1F600" in stage.refusal
    assert stage.card.signatures == ()
    assert stage.page.busy == ""


def test_a_paper_carries_the_team_too(stage: Stage) -> None:
    stage.open_complete()
    stage.presenter.attach(stage.place(UNIT), "测试丙", stage.scan(), with_team=True)
    lead, unit = stage.given(LEAD).manner, stage.given(UNIT).manner
    assert isinstance(lead, Paper)
    assert lead == unit
    assert lead.scan.name == "签字页.png"
    assert stage.place(UNIT).standing is Standing.PAPER
    assert stage.page.is_ready


def test_a_paper_for_one_place_leaves_the_others(stage: Stage) -> None:
    stage.open_complete()
    stage.presenter.attach(stage.place(UNIT), "测试丙", stage.scan())
    assert [held.signatory for held in stage.card.signatures] == [UNIT]


def test_a_scan_that_is_none_is_refused(stage: Stage) -> None:
    stage.open_complete()
    read = stage.scan()
    read.args[0].write_bytes(b"no picture")
    stage.presenter.attach(stage.place(UNIT), "测试丙", read)
    assert "签字页.png" in stage.refusal
    assert stage.card.signatures == ()


def test_a_refusal_to_sign_names_reason_and_witness(stage: Stage) -> None:
    stage.open_complete()
    place = stage.place(UNIT)
    stage.presenter.refuse_to_sign(place, "测试丙", why="不认可扣分", witness="测试丙")
    assert stage.card.signatures == ()
    stage.presenter.refuse_to_sign(place, "测试丙", why="不认可扣分", witness="测试丁")
    assert stage.given(UNIT).manner == Refused(why="不认可扣分", witness="测试丁")
    assert "拒签：不认可扣分；见证人 测试丁" in stage.place(UNIT).text


@pytest.mark.parametrize(("why", "witness"), [("", "测试丁"), ("出差", " ")])
def test_an_absence_needs_reason_and_witness(stage: Stage, why: str, witness: str) -> None:
    stage.open_complete()
    stage.presenter.miss(stage.place(UNIT), "测试丙", why=why, witness=witness)
    assert stage.card.signatures == ()
    stage.presenter.miss(stage.place(UNIT), "测试丙", why="出差", witness="测试丁")
    assert stage.given(UNIT).manner == Absent(why="出差", witness="测试丁")


def test_a_signature_to_follow_has_its_day(stage: Stage) -> None:
    stage.open_complete()
    place = stage.place(UNIT)
    for day in ("2020-11-05", "明天", ""):
        stage.presenter.postpone(place, "测试丙", day)
    assert stage.card.signatures == ()
    stage.presenter.postpone(place, "测试丙", "2020-11-20")
    assert stage.given(UNIT).manner == Pending(by=date(2020, 11, 20))
    assert "2020-11-20" in stage.place(UNIT).text


def test_nothing_is_begun_while_something_is_under_way(stage: Stage) -> None:
    stage.open_complete()
    stage.tasks.held = True
    stage.presenter.sign(stage.place(LEAD), "测试甲", synthetic_ink())
    assert stage.page.busy == "正在登记签字…"
    stage.presenter.sign(stage.place(UNIT), "测试丙", synthetic_ink(2))
    stage.tasks.held = False
    stage.tasks.release()
    assert [held.signatory for held in stage.card.signatures] == [LEAD]
    assert stage.page.busy == ""


def test_leaving_waits_for_what_is_under_way(stage: Stage) -> None:
    stage.open_complete()
    left: list[str] = []
    stage.tasks.held = True
    stage.presenter.sign(stage.place(LEAD), "测试甲", synthetic_ink())
    stage.presenter.settle(lambda: left.append("left"))
    assert left == []
    stage.tasks.held = False
    stage.tasks.release()
    assert left == ["left"]


def test_a_change_of_content_elsewhere_shows_the_places_empty_again(stage: Stage) -> None:
    card_id = stage.open_complete()
    stage.presenter.sign(stage.place(LEAD), "测试甲", synthetic_ink())
    stage.seat.score(card_id, S1_R1_C1="2")
    stage.presenter.refresh()
    assert stage.place(LEAD).standing is Standing.EMPTY
