"""Below the table: sums, signatures in every manner, and places for seals on paper and by key."""

import re
from dataclasses import replace

import pytest

from app.domain.card import Person, sign
from app.domain.names import LONGEST_NAME, LONGEST_TEXT
from app.domain.signature import Refused, Signatory
from app.domain.visit import Host
from app.errors import AppError, Code
from app.reports.card import wording
from app.reports.card.scorecard import draw_scorecard, lay_out
from app.reports.card.sealers import SealedBy
from app.reports.typeset.page import BOTTOM, Rect
from tests.forms import complete_card
from tests.pages import bare, fields_of, texts_of
from tests.refusals import refused
from tests.scorecards import (
    CARDS,
    LONG_MINORITY_NAME,
    RARE_NAME,
    SEALED_AT,
    as_sealed,
    crowded,
    every_manner,
    fonts,
    printed,
    rescaled,
    said_by,
    signed,
    signed_by_both,
    synthetic_ink,
    typical,
    visited,
    with_assessors,
)


def test_every_manner_of_signing_is_told() -> None:
    scorecard = printed(every_manner())
    found = said_by(scorecard)
    assert found["signature.lead.name"] == RARE_NAME
    assert found["signature.lead.manner"] == ""
    assert found["signature.member.1.manner"] == "见所附签字盖章扫描件（校验码0F1E2D3C4B5A）"
    assert found["signature.member.2.name"] == LONG_MINORITY_NAME
    assert found["signature.member.2.manner"] == "待补签"
    assert found["signature.member.3.manner"] == "缺席：临时出差，未在现场；见证人测试丁"
    assert found["signature.unit.manner"].startswith("拒签：对安全培训记录的扣分有不同意见")
    assert found["signature.unit.manner"].endswith("见证人测试戊")


def test_times_are_beijing_times_and_the_zone_is_said_once() -> None:
    scorecard = printed(typical())
    pdf = draw_scorecard(scorecard, fonts())
    assert fields_of(pdf, lay_out(scorecard, fonts()).fields)["signature.lead.at"] == (
        "2020-11-0615:32"
    )
    assert "".join(texts_of(pdf)).count("北京时间（UTC+8）") == 1


def test_what_signing_means_is_printed_with_the_office_that_hears_objections() -> None:
    second = texts_of(draw_scorecard(printed(typical()), fonts()))[1]
    assert (
        "签字表示已知悉本次考核情况，不影响提出异议的权利；有异议可于5个工作日内向"
        "测试区安康杯竞赛组委会办公室书面提出。"
    ) in second


def test_the_blanks_of_a_sentence_are_kept() -> None:
    texts = [*lay_out(printed(typical()), fonts()).pages[1].texts]
    revision = next(text for text in texts if text.text == "第1版")
    code = next(text for text in texts if text.text.startswith("3F2A"))
    assert revision.x - code.x == pytest.approx(fonts().width(code.text + "　", code.size))


def test_a_revision_says_what_it_replaces_and_why() -> None:
    _, second, third, *_ = texts_of(draw_scorecard(printed(rescaled()), fonts()))
    assert (
        "总得分103.5校验码3F2A91BC04D7第2版（分值调整）代替第1版（校验码ABCDEF012345）" in second
    )
    assert "沿用前版签字" not in second + third
    assert "原因：复核后发现培训记录齐全，补记得分签字情况本版重新签字：测试甲、测试丙" in third


def test_a_correction_of_words_is_named_so() -> None:
    card = rescaled()
    assert card.previous is not None
    scorecard = replace(printed(card), scores_hash=card.previous.scores_hash)
    assert "第2版（文字更正）" in texts_of(draw_scorecard(scorecard, fonts()))[1]


def test_a_signature_carried_through_a_correction_of_words_is_marked() -> None:
    card = rescaled()
    unit = next(each for each in card.signatures if each.signatory is Signatory.UNIT)
    carried = replace(unit, header_hash="b" * 64)
    scorecard = printed(sign(card, carried))
    found = said_by(scorecard)
    assert found["signature.unit.at"] == "2020-11-0615:32（沿用前版签字）"
    assert found["annex.standing"] == "沿用前版签字：测试丙；本版重新签字：测试甲"
    unwilling = sign(card, replace(unit, manner=Refused(why="不同意", witness="测试丁")))
    assert said_by(printed(unwilling))["annex.standing"] == "本版重新签字：测试甲"
    assert found["signature.lead.at"] == "2020-11-0615:32"


def test_rescaling_shows_the_converted_points_beside_the_total() -> None:
    second = texts_of(draw_scorecard(printed(rescaled()), fonts()))[1]
    assert "其中得分（百分制）93.5，额外加分10；折算得分98.42" in second


def test_the_first_seal_names_inspector_role_and_time_and_shows_his_ink() -> None:
    layout = lay_out(as_sealed(typical()), fonts())
    said = {each.name: each.text for each in layout.fields}
    assert (said["sealed_by"], said["sealed_at"]) == (
        "测试甲（劳动保护检查员）",
        "2021-06-01 09:30",
    )
    place = layout.seals[0]
    inks = [drawn.rect for drawn in layout.pages[place.page].ink]
    assert sum(_holds(place.rect, rect) for rect in inks) == 1
    stranger = replace(as_sealed(typical()), seals=(SealedBy("测试甲乙", SEALED_AT),))
    layout = lay_out(stranger, fonts())
    assert not any(_holds(place.rect, drawn.rect) for drawn in layout.pages[place.page].ink)


def _holds(outer: Rect, inner: Rect) -> bool:
    across = outer.left <= inner.left and inner.right <= outer.right
    return across and outer.bottom <= inner.bottom and inner.top <= outer.top


def test_a_team_has_a_second_place_to_seal_that_stays_empty() -> None:
    layout = lay_out(as_sealed(typical()), fonts())
    first, second = layout.seals
    page = layout.pages[second.page]
    assert "第二考核人员电子签封" in [text.text for text in page.texts]
    inside = [
        text.text
        for text in page.texts
        if second.rect.left < text.x < second.rect.right
        and second.rect.bottom < text.baseline < second.rect.top
    ]
    assert (first.page, inside) == (second.page, [])
    alone = with_assessors(signed_by_both(complete_card()), 0)
    assert len(lay_out(as_sealed(alone), fonts()).seals) == 1


@pytest.mark.parametrize("name", CARDS)
def test_stamp_and_code_have_their_room(name: str) -> None:
    layout = lay_out(as_sealed(CARDS[name]()), fonts())
    page = layout.pages[layout.seals[0].page]
    (code,) = page.matrices
    assert code.rect.width == code.rect.height == pytest.approx(40 * 72 / 25.4)
    quiet = 4 * code.rect.width / len(code.rows)
    labels = {text.text: text for text in page.texts}
    unit, office = labels[wording.UNIT_SEAL], labels[wording.OFFICE_SEAL]
    assert office.x - unit.x >= 42 * 72 / 25.4
    assert code.rect.left - office.x >= 42 * 72 / 25.4
    assert layout.seals[0].rect.top <= code.rect.bottom - quiet
    beside = [text.x for text in page.texts if text.text == wording.PROOF_TITLE]
    assert min(beside) >= code.rect.right + quiet


def test_a_place_without_a_code_says_why_and_verification_may_find_either() -> None:
    fields = [
        next(each for each in lay_out(scorecard, fonts()).fields if each.name == "proof")
        for scorecard in (
            printed(typical()),
            as_sealed(typical(), proof=""),
            as_sealed(typical()),
        )
    ]
    assert [each.text for each in fields] == ["签封后在此处印制核验码", "此件未印核验码", ""]
    assert all(re.fullmatch(each.pattern, other.text) for each in fields for other in fields)


def test_a_seal_of_the_longest_name_fits_and_a_longer_one_is_refused() -> None:
    longest = SealedBy("测" * 64 + "（" + "试" * 64 + "）", SEALED_AT)
    assert lay_out(replace(as_sealed(typical()), seals=(longest,)), fonts()).pages
    endless = SealedBy("测" * 300, SEALED_AT)
    with refused(Code.LAYOUT_OVERFLOW, where="sealed_by"):
        lay_out(replace(as_sealed(typical()), seals=(endless,)), fonts())


def test_posts_stand_beside_the_names_where_they_are_known() -> None:
    card = visited()
    assert card.visit is not None
    host = Host(name="测试丙", post="副总经理")
    known = replace(card, visit=replace(card.visit, received_by=(host,)))
    said = {each.name: each.text for each in lay_out(printed(known), fonts()).fields}
    assert said["signature.lead.post"] == "考核组组长"
    assert said["signature.unit.post"] == "副总经理"
    assert said["signature.member.1.post"] == ""


def test_who_has_yet_to_sign_has_a_row_until_the_card_is_sealed() -> None:
    lead = signed(complete_card(), Signatory.LEAD, "测试甲", synthetic_ink())
    said = {each.name: each.text for each in lay_out(printed(lead), fonts()).fields}
    assert said["signature.member.1.name"] == "测试乙"
    assert bare(said["signature.member.1.at"]) == bare(said["signature.unit.at"]) == "年月日"
    names = {each.name for each in lay_out(as_sealed(lead), fonts()).fields}
    assert not {name for name in names if name.startswith(("signature.member", "signature.unit"))}


def test_more_signatures_than_fit_go_on_to_another_page() -> None:
    scorecard = printed(crowded())
    pages = lay_out(scorecard, fonts()).pages
    names = [
        (page.number, field.text)
        for page in pages
        for field in page.fields
        if field.name.startswith("signature.member") and field.name.endswith(".name")
    ]
    signed_ = [text for _, text in names if text != "测试乙"]
    assert signed_ == [f"测试成员{number}" for number in range(20)]
    assert {number for number, _ in names} == {1, 2}
    assert "签字人姓名职务签字签字时间" in texts_of(draw_scorecard(scorecard, fonts()))[2]


def test_more_assessors_than_a_page_holds_are_refused() -> None:
    with pytest.raises(AppError) as refusal:
        lay_out(printed(with_assessors(complete_card(), 1500)), fonts())
    assert refusal.value.code is Code.LAYOUT_OVERFLOW


def test_the_longest_words_anybody_may_enter_are_printed_whole() -> None:
    name, why, witness = "测" * LONGEST_NAME, "理由" * (LONGEST_TEXT // 2), "试" * LONGEST_NAME
    people = (
        Person(name=name, post="职" * LONGEST_NAME),
        Person(name=f"{name[:-1]}乙", post="务" * LONGEST_NAME),
    )
    card = replace(complete_card(), assessors=people)
    for signatory, person in zip(Signatory, (*people, Person(name="测试丙")), strict=True):
        card = signed(card, signatory, person.name, Refused(why=why, witness=witness))
    layout = lay_out(as_sealed(card), fonts())
    said = {each.name: each.text for each in layout.fields}
    for place in ("lead", "member.1", "unit"):
        assert said[f"signature.{place}.manner"] == f"拒签：{why}；见证人 {witness}"
    lowest = min(text.baseline for page in layout.pages for text in page.texts)
    assert lowest > BOTTOM - 30
