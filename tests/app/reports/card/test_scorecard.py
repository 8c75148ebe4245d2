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

from app.domain.points import points_text
from app.domain.scoring import totals
from app.reports.card.form_table import TablePage, lay_out_form, unit_block
from app.reports.card.scorecard import draw_scorecard, lay_out
from app.reports.card.wording import REHEARSAL, unit_title
from app.reports.typeset.page import BOTTOM, Field, Page, Text
from tests.forms import complete_card, national_form, open_card
from tests.pages import bare, fields_of, texts_of
from tests.scorecards import (
    CARDS,
    as_sealed,
    every_manner,
    fonts,
    long_names,
    printed,
    rehearsal,
    said_by,
    typical,
    unfinished,
    zero_policy,
)

PRINT_THE_HASH = """
import hashlib
from app.reports.card.scorecard import draw_scorecard
from tests.scorecards import every_manner, fonts, printed

print(hashlib.sha256(draw_scorecard(printed(every_manner()), fonts())).hexdigest())
"""


def test_the_figures_of_the_card_stand_in_their_cells() -> None:
    scorecard = printed(typical())
    sums = totals(scorecard.card, scorecard.form)
    found = said_by(scorecard)
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
    found = said_by(scorecard)
    cells = [text for key, text in found.items() if key.startswith("cell.")]
    assert len(cells) == 24
    assert sum(Decimal(text) for text in cells if text not in ("", "/")) == Decimal(found["total"])


@pytest.mark.parametrize("name", CARDS)
def test_the_official_text_is_printed_verbatim_on_the_first_two_pages(name: str) -> None:
    form = national_form()
    text = "".join(texts_of(draw_scorecard(printed(CARDS[name]()), fonts()))[:2])
    assert bare(form.title) in text
    for row in form.rows:
        assert bare(row.text) in text
    for section in form.sections:
        assert bare(section.title) in text
    for label in (form.unit_label, form.date_label, form.total_label, form.footnote):
        assert bare(label) in text


@pytest.mark.parametrize("name", CARDS)
def test_inside_the_table_stand_only_the_official_text_and_the_figures(name: str) -> None:
    form, scorecard = national_form(), as_sealed(CARDS[name]())
    unit = unit_block(form, fonts(), unit_title(scorecard.card.unit))
    table = lay_out_form(form, fonts(), len(unit.lines))
    pages = lay_out(scorecard, fonts()).pages[: len(table)]
    added = "".join(
        text.text
        for page, official in zip(pages, table, strict=True)
        for text in page.texts
        if text not in official.texts and _is_in_table(text, official)
    )
    figures = [each.text for page in pages for each in page.fields if _is_figure(each)]
    assert sorted(added) == sorted("".join(figures))


def test_the_table_is_the_official_text_and_nothing_else() -> None:
    form = national_form()
    table = lay_out_form(form, fonts(), 1)  # the length at which no section is continued
    printed_text = "".join(text.text for page in table for text in page.texts)
    fixed = (form.title, *form.columns * len(table), form.total_label, form.footnote)
    rows = [row.text for row in form.rows] + [section.title for section in form.sections]
    assert sorted(bare(printed_text)) == sorted(bare("".join((*fixed, *rows))))


def _is_in_table(text: Text, official: TablePage) -> bool:
    below = official.total.bottom if official.total else min(rule.y2 for rule in official.rules)
    return below < text.baseline < max(rule.y1 for rule in official.rules)


def _is_figure(field: Field) -> bool:
    return field.name == "total" or field.name.startswith("cell.")


def test_the_columns_are_named_again_on_the_second_page() -> None:
    first, second, *_ = texts_of(draw_scorecard(printed(typical()), fonts()))
    for page in (first, second):
        assert "考核项目考核内容得分" in page


def test_a_section_cut_at_the_end_of_a_page_is_continued() -> None:
    first, second, *_ = texts_of(draw_scorecard(printed(long_names()), fonts()))
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
        feet = [text for text in page.texts if text.baseline < BOTTOM - 1]
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


def test_full_policy_prints_the_points_of_a_clause_that_does_not_apply() -> None:
    card = zero_policy()
    full = replace(card, terms=open_card().terms)
    scorecard = printed(full)
    found = said_by(scorecard)
    assert (found["cell.S5-R5"], found["total"]) == ("3", "100")
    assert found["S5-R5-C1.status"] == "不涉及计满分"


def test_an_unfinished_card_prints_no_sums() -> None:
    scorecard = printed(unfinished())
    found = said_by(scorecard)
    assert (found["total"], found["base"], found["cell.S1-R1"]) == ("", "", "")


def test_a_rehearsal_bears_its_mark_on_every_page_and_its_text_stays_whole() -> None:
    scorecard = printed(rehearsal())
    pdf = draw_scorecard(scorecard, fonts())
    texts = texts_of(pdf)
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


def test_the_pages_are_counted() -> None:
    texts = texts_of(draw_scorecard(printed(typical()), fonts()))
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
    assert described["Keywords"] == "ankang-layout/2"
    stamp = datetime.strptime(described["CreationDate"], "D:%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    assert stamp == datetime(2020, 11, 6, 7, 32, 5, tzinfo=UTC)
