"""The annex tells what the card is bound to and how every clause came out, and nothing empty."""

from dataclasses import replace

from app.reports.card import annex_words
from app.reports.card.scorecard import draw_scorecard, lay_out
from tests.forms import national_form, open_card
from tests.pages import bare, texts_of
from tests.scorecards import (
    HASH,
    RARE_NAME,
    every_manner,
    fonts,
    many_reasons,
    printed,
    rescaled,
    said_by,
    typical,
    visited,
    zero_policy,
)


def test_the_annex_tells_of_the_visit_and_the_units_opinion() -> None:
    scorecard = printed(visited())
    found = said_by(scorecard)
    assert found["annex.visit"] == (
        "远程考核（未到现场）；已出示证件；回避事项：测试乙两年前曾任该单位顾问；单位不允许拍照"
    )
    assert found["annex.hosts"] == f"阿依古丽·买买提（安全部经理）、{RARE_NAME}"
    assert found["annex.transcript"] == (
        "测试甲录入，测试乙核对；纸质原件扫描件校验码0F1E2D3C4B5A"
    )
    assert found["annex.opinion"] == f"有异议：{'培训记录存放在总部，' * 45}"


def test_a_card_without_visit_and_opinion_prints_no_line_for_them() -> None:
    names = {field.name for field in lay_out(printed(typical()), fonts()).fields}
    assert "annex.office" in names
    assert not names & {"annex.visit", "annex.hosts", "annex.transcript", "annex.opinion"}


def test_the_annex_tells_how_each_clause_stands() -> None:
    scorecard = printed(rescaled())
    found = said_by(scorecard)
    assert found["S1-R1-C1.points"] == "1.5"
    assert found["S1-R1-C1.reason"] == "扣分理由：现场未见相关资料"
    assert (found["S5-R5-C1.points"], found["S5-R5-C1.status"]) == ("/", "不涉及")
    assert found["S5-R5-C1.source"] == "单位承诺"
    assert found["annex.dates"] == "2020年11月5日至2020年11月6日"
    assert found["annex.form"].endswith(scorecard.form.hash)
    assert found["annex.guide"].endswith(scorecard.card.terms.guide)
    assert found["annex.record"] == HASH
    assert found["annex.layout"] == "ankang-layout/2"


def test_what_does_not_apply_is_told_with_its_fact_and_the_raw_figure() -> None:
    scorecard = printed(rescaled())
    found = said_by(scorecard)
    assert found["S5-R5-C1.absent.reason"] == "不涉及理由：单位无此类职工"
    assert found["S5-R5-C1.absent.fact"] == "女职工0人"
    assert found["S4-R5-C1.absent.fact"] == "接触职业病危害职工0人"
    assert found["annex.raw"] == (
        "折算前实评93.5分，适用分值95分；不涉及的要点不计，其余得分折算为百分制，折算得分98.42分。"
    )
    full = replace(zero_policy(), terms=open_card().terms)
    raw = next(each for each in lay_out(printed(full), fonts()).fields if each.name == "annex.raw")
    assert raw.text.startswith(
        "折算前实评97分，适用分值97分；不涉及的要点按满分计，得分（百分制）100分"
    )


def test_what_a_department_has_yet_to_confirm_is_listed() -> None:
    text = texts_of(draw_scorecard(printed(many_reasons()), fonts()))[2]
    assert "部门核实待核2.1（共1项）" in text


def test_refusal_and_absence_are_told_in_the_annex_with_their_witness() -> None:
    scorecard = printed(every_manner())
    (told,) = (
        each.text for each in lay_out(scorecard, fonts()).fields if each.name == "annex.unsigned"
    )
    assert "Alexander Schmidt-Muller 缺席：临时出差，未在现场；见证人 测试丁" in told
    assert "测试丙 拒签：对安全培训记录的扣分有不同意见" in told


def test_a_part_with_nothing_to_say_is_not_there() -> None:
    names = {each.name for each in lay_out(printed(typical()), fonts()).fields}
    assert not names & {"annex.raw", "annex.awaiting", "annex.revised", "annex.unsigned"}
    assert not any(".absent." in name for name in names)


def test_the_annex_numbers_its_clauses_as_the_screens_do() -> None:
    pages = "".join(texts_of(draw_scorecard(printed(typical()), fonts()))[2:4])
    for clause in national_form().clauses:
        assert f"{national_form().number(clause.id)}{bare(clause.title)}" in pages


def test_the_annex_says_why_a_reader_may_not_know_the_signer() -> None:
    pages = "".join(texts_of(draw_scorecard(printed(typical()), fonts()))[2:4])
    for note in annex_words.READER_NOTES:
        assert bare(note) in pages


def test_an_unclaimed_bonus_and_evidence_are_told_in_the_annex() -> None:
    scorecard = printed(typical())
    found = said_by(scorecard)
    assert found["S7-R1-C1.status"] == "未申报"
    assert found["S1-R1-C1.evidence"] == "1份"


def test_a_long_reason_is_not_cut() -> None:
    scorecard = printed(many_reasons())
    text = "".join(texts_of(draw_scorecard(scorecard, fonts())))
    assert "现场抽查三个班组，" * 55 in text
