"""The printed card: the official form verbatim, the card's figures in it, the rest below it."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pypdfium2 import PdfDocument
from pypdfium2 import raw as pdfium

from app.domain.card import sign
from app.domain.points import points_text
from app.domain.scoring import totals
from app.domain.signature import Signatory
from app.errors import AppError, Code
from app.reports.page import BOTTOM, Field, Page
from app.reports.scorecard import draw_scorecard, lay_out
from app.reports.wording import REHEARSAL
from tests.forms import complete_card, national_form, open_card
from tests.scorecards import (
    CARDS,
    HASH,
    LONG_MINORITY_NAME,
    RARE_NAME,
    crowded,
    every_manner,
    fonts,
    long_names,
    many_reasons,
    printed,
    rehearsal,
    rescaled,
    typical,
    unfinished,
    visited,
    with_assessors,
    zero_policy,
)

PRINT_THE_HASH = """
import hashlib
from app.reports.scorecard import draw_scorecard
from tests.scorecards import every_manner, fonts, printed

print(hashlib.sha256(draw_scorecard(printed(every_manner()), fonts())).hexdigest())
"""


def bare(text: str) -> str:
    return "".join(text.split())


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page without blanks."""
    with PdfDocument(pdf) as document:
        return [bare(text) for text in _texts(document)]


def _texts(document: PdfDocument) -> Iterator[str]:
    for number in range(len(document)):
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            yield text.get_text_range()


def fields_of(pdf: bytes, fields: tuple[Field, ...]) -> dict[str, str]:
    """Return the text in the rectangle of each field."""
    found = {}
    with PdfDocument(pdf) as document:
        for field in fields:
            with closing(document[field.page]) as page, closing(page.get_textpage()) as text:
                rect = field.rect
                found[field.name] = bare(
                    text.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top)
                )
    return found


def test_the_figures_of_the_card_stand_in_their_cells() -> None:
    scorecard = printed(typical())
    sums = totals(scorecard.card, scorecard.form)
    found = fields_of(draw_scorecard(scorecard, fonts()), lay_out(scorecard, fonts()).fields)
    for cell in sums.cells:
        assert found[f"cell.{cell.row.id}"] == cell.text
    assert found["unit"] == "深圳市测试1号机械有限公司"
    assert found["date"] == "2020年11月6日"
    assert found["total"] == points_text(sums.total)
    assert (found["base"], found["bonus"]) == (points_text(sums.base), "0")
    assert (found["check_code"], found["revision"]) == ("3F2A91BC04D7", "第1版")


@pytest.mark.parametrize("name", [name for name in CARDS if name != "unfinished"])
def test_the_printed_cells_add_up_to_the_printed_total(name: str) -> None:
    scorecard = printed(CARDS[name]())
    found = fields_of(draw_scorecard(scorecard, fonts()), lay_out(scorecard, fonts()).fields)
    cells = [text for key, text in found.items() if key.startswith("cell.")]
    assert len(cells) == 24
    assert sum(Decimal(text) for text in cells if text not in ("", "/")) == Decimal(found["total"])


@pytest.mark.parametrize("name", CARDS)
def test_the_official_text_is_printed_verbatim_on_the_first_two_pages(name: str) -> None:
    form = national_form()
    text = "".join(pages_of(draw_scorecard(printed(CARDS[name]()), fonts()))[:2])
    assert bare(form.title) in text
    for row in form.rows:
        assert bare(row.text) in text
    for section in form.sections:
        assert bare(section.title) in text
    for label in (form.unit_label, form.date_label, form.total_label, form.footnote):
        assert bare(label) in text


def test_the_annex_tells_of_the_visit_and_the_units_opinion() -> None:
    scorecard = printed(visited())
    found = fields_of(draw_scorecard(scorecard, fonts()), lay_out(scorecard, fonts()).fields)
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


def test_the_columns_are_named_again_on_the_second_page() -> None:
    first, second, *_ = pages_of(draw_scorecard(printed(typical()), fonts()))
    for page in (first, second):
        assert "考核项目考核内容得分" in page


def test_a_section_cut_at_the_end_of_a_page_is_continued() -> None:
    first, second, *_ = pages_of(draw_scorecard(printed(long_names()), fonts()))
    title = "安全生产和职业健康管理（20分）"
    assert title in first
    assert f"{title}（续）" in second


@pytest.mark.parametrize("name", CARDS)
def test_the_first_page_is_filled(name: str) -> None:
    first = lay_out(printed(CARDS[name]()), fonts()).pages[0]
    assert min(rule.y2 for rule in first.rules) < BOTTOM + 30


@pytest.mark.parametrize("name", CARDS)
def test_nothing_leaves_the_page_or_meets_its_foot(name: str) -> None:
    for page in lay_out(printed(CARDS[name]()), fonts()).pages:
        feet = [text.baseline for text in page.texts if text.size == 8.0]
        assert len(feet) == 2
        assert min(rule.y2 for rule in page.rules) >= BOTTOM - 1e-6
        for text in page.texts:
            right = text.x + fonts().width(text.text, text.size, text.style)
            assert text.x > 40
            assert right < 555


@pytest.mark.parametrize("name", CARDS)
def test_no_two_texts_overlap(name: str) -> None:
    for page in lay_out(printed(CARDS[name]()), fonts()).pages:
        assert list(_overlapping(page)) == []


def _overlapping(page: Page) -> Iterator[tuple[str, str]]:
    boxes = [
        (text.x, text.x + fonts().width(text.text, text.size, text.style), text)
        for text in page.texts
    ]
    for number, (left, right, text) in enumerate(boxes):
        for other_left, other_right, other in boxes[number + 1 :]:
            apart = abs(text.baseline - other.baseline) >= 0.9 * min(text.size, other.size)
            if not apart and left < other_right - 0.1 and other_left < right - 0.1:
                yield text.text, other.text


def test_every_manner_of_signing_is_told() -> None:
    scorecard = printed(every_manner())
    found = fields_of(draw_scorecard(scorecard, fonts()), lay_out(scorecard, fonts()).fields)
    assert found["signature.lead.name"] == RARE_NAME
    assert found["signature.lead.manner"] == ""
    assert found["signature.member.1.manner"] == "见所附签字盖章扫描件（扫描件校验码0F1E2D3C4B5A）"
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
    assert "".join(pages_of(pdf)).count("北京时间（UTC+8）") == 1


def test_what_signing_means_is_printed_with_the_office_that_hears_objections() -> None:
    second = pages_of(draw_scorecard(printed(typical()), fonts()))[1]
    assert (
        "签字表示已知悉本次考核情况，不影响提出异议的权利；有异议可于5个工作日内向"
        "测试区安康杯竞赛组委会办公室书面提出。"
    ) in second


def test_the_blanks_of_a_sentence_are_kept() -> None:
    texts = {text.text: text for text in lay_out(printed(typical()), fonts()).pages[1].texts}
    code, revision = texts["3F2A\N{NO-BREAK SPACE}91BC\N{NO-BREAK SPACE}04D7"], texts["第1版"]
    assert revision.x - code.x == pytest.approx(fonts().width(code.text + "　", code.size))


def test_a_revision_says_what_it_replaces_and_why() -> None:
    second = pages_of(draw_scorecard(printed(rescaled()), fonts()))[1]
    assert "总得分103.5校验码3F2A91BC04D7第2版（分值调整）" in second
    assert "代替第1版（校验码ABCDEF012345），原因：复核后发现培训记录齐全，补记得分" in second
    assert "沿用前版签字" not in second


def test_a_correction_of_words_is_named_so() -> None:
    card = rescaled()
    assert card.previous is not None
    scorecard = replace(printed(card), scores_hash=card.previous.scores_hash)
    assert "第2版（文字更正）" in pages_of(draw_scorecard(scorecard, fonts()))[1]


def test_a_signature_carried_through_a_correction_of_words_is_marked() -> None:
    card = rescaled()
    unit = next(each for each in card.signatures if each.signatory is Signatory.UNIT)
    carried = replace(unit, header_hash="b" * 64)
    scorecard = printed(sign(card, carried))
    found = fields_of(draw_scorecard(scorecard, fonts()), lay_out(scorecard, fonts()).fields)
    assert found["signature.unit.at"] == "2020-11-0615:32（沿用前版签字）"
    assert found["signature.lead.at"] == "2020-11-0615:32"


def test_rescaling_shows_the_converted_points_beside_the_total() -> None:
    second = pages_of(draw_scorecard(printed(rescaled()), fonts()))[1]
    assert "其中得分（百分制）93.5，额外加分10；折算得分98.42" in second


def test_the_annex_tells_how_each_clause_stands() -> None:
    scorecard = printed(rescaled())
    found = fields_of(draw_scorecard(scorecard, fonts()), lay_out(scorecard, fonts()).fields)
    assert found["S1-R1-C1.points"] == "1.5"
    assert found["S1-R1-C1.reason"] == "扣分理由：现场未见相关资料"
    assert (found["S5-R5-C1.points"], found["S5-R5-C1.status"]) == ("/", "不涉及")
    assert found["S5-R5-C1.source"] == "单位承诺"
    assert found["S5-R5-C1.reason"] == "不涉及理由：单位无此类职工"
    assert found["annex.dates"] == "2020年11月5日至2020年11月6日"
    assert found["annex.form"].endswith(scorecard.form.hash)
    assert found["annex.guide"].endswith(scorecard.card.terms.guide)
    assert found["annex.record"] == HASH


def test_an_unclaimed_bonus_and_evidence_are_told_in_the_annex() -> None:
    scorecard = printed(typical())
    found = fields_of(draw_scorecard(scorecard, fonts()), lay_out(scorecard, fonts()).fields)
    assert found["S7-R1-C1.status"] == "未申报"
    assert found["S1-R1-C1.evidence"] == "1份"


def test_full_policy_prints_the_points_of_a_clause_that_does_not_apply() -> None:
    card = zero_policy()
    full = replace(card, terms=open_card().terms)
    scorecard = printed(full)
    found = fields_of(draw_scorecard(scorecard, fonts()), lay_out(scorecard, fonts()).fields)
    assert (found["cell.S5-R5"], found["total"]) == ("3", "100")
    assert found["S5-R5-C1.status"] == "不涉及，按满分计"


def test_an_unfinished_card_prints_no_sums() -> None:
    scorecard = printed(unfinished())
    found = fields_of(draw_scorecard(scorecard, fonts()), lay_out(scorecard, fonts()).fields)
    assert (found["total"], found["base"], found["cell.S1-R1"]) == ("", "", "")


def test_a_rehearsal_bears_its_mark_on_every_page_and_its_text_stays_whole() -> None:
    scorecard = printed(rehearsal())
    pdf = draw_scorecard(scorecard, fonts())
    texts = pages_of(pdf)
    assert [text.count(bare(REHEARSAL)) for text in texts] == [1] * len(texts)
    assert _kinds(pdf).count(pdfium.FPDF_PAGEOBJ_IMAGE) == len(texts)
    layout = lay_out(scorecard, fonts())
    assert fields_of(pdf, layout.fields) == {
        field.name: bare(field.text) for field in layout.fields
    }


def test_a_real_card_holds_no_picture_and_its_ink_is_drawn_as_lines() -> None:
    inked, plain = (
        draw_scorecard(printed(typical()), fonts()),
        draw_scorecard(printed(complete_card()), fonts()),
    )
    assert pdfium.FPDF_PAGEOBJ_IMAGE not in _kinds(inked)
    strokes = _kinds(inked).count(pdfium.FPDF_PAGEOBJ_PATH)
    assert strokes > _kinds(plain).count(pdfium.FPDF_PAGEOBJ_PATH) + 6


def _kinds(pdf: bytes) -> list[int]:
    kinds = []
    with PdfDocument(pdf) as document:
        for number in range(len(document)):
            with closing(document[number]) as page:
                kinds += [each.type for each in page.get_objects(max_depth=1)]
    return kinds


def test_more_signatures_than_fit_go_on_to_another_page() -> None:
    scorecard = printed(crowded())
    pages = lay_out(scorecard, fonts()).pages
    names = [
        (page.number, field.text)
        for page in pages
        for field in page.fields
        if field.name.startswith("signature.member") and field.name.endswith(".name")
    ]
    assert [text for _, text in names] == [f"测试成员{number}" for number in range(20)]
    assert {number for number, _ in names} == {1, 2}
    assert "签字人姓名签字签字时间" in pages_of(draw_scorecard(scorecard, fonts()))[2]


def test_more_assessors_than_a_page_holds_are_refused() -> None:
    with pytest.raises(AppError) as refusal:
        lay_out(printed(with_assessors(complete_card(), 1500)), fonts())
    assert refusal.value.code is Code.LAYOUT_OVERFLOW


def test_a_long_reason_is_not_cut() -> None:
    scorecard = printed(many_reasons())
    text = "".join(pages_of(draw_scorecard(scorecard, fonts())))
    assert "现场抽查三个班组，" * 55 in text


def test_the_pages_are_counted() -> None:
    texts = pages_of(draw_scorecard(printed(typical()), fonts()))
    for number, text in enumerate(texts, start=1):
        assert f"第{number}页共{len(texts)}页" in text


def test_the_same_card_gives_the_same_bytes_in_another_process() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINT_THE_HASH], capture_output=True, check=True, text=True
    )
    pdf = draw_scorecard(printed(every_manner()), fonts())
    assert done.stdout.strip() == hashlib.sha256(pdf).hexdigest()


def test_the_file_tells_its_title_layout_and_time() -> None:
    with PdfDocument(draw_scorecard(printed(typical()), fonts())) as document:
        described = document.get_metadata_dict()
    assert described["Title"] == "全国“安康杯”竞赛考核评分表　深圳市测试1号机械有限公司"
    assert described["Keywords"] == "ankang-layout/1"
    stamp = datetime.strptime(described["CreationDate"], "D:%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    assert stamp == datetime(2020, 11, 6, 7, 32, 5, tzinfo=UTC)
