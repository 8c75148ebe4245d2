"""参赛企业汇总表: what it shows, in which cells, and how it prints. All names are synthetic."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.card import Policy
from app.domain.ranking import LeftOut
from app.domain.unit import new_unit
from app.sheets.summary_sheet import Counts, LeftOutRow, Summary, SummaryRow, write_summary

# Synthetic codes, made by the algorithm of GB 32100; no known owner.
FIRST = new_unit(code="91440303MA00T0013G", sub_unit="", name="测试制造有限公司").with_facts(
    {"workers": "120", "women": "30", "migrant": "50", "hazard_exposed": "7", "high_risk": "是"}
)
SECOND = new_unit(
    code="91440304MA00T0021R", sub_unit="=第三项目部", name="=HYPERLINK(1)𠮷䶮测试厂"
).with_facts({"workers": "80", "women": "0", "high_risk": "否"})
THIRD = new_unit(code="92440305MA00T003XW", sub_unit="", name="测试医院")
SUMMARY = Summary(
    season="2020—2021年度",
    office="测试区总工会“安康杯”竞赛组委会办公室",
    prepared_by="欧阳䶮",
    made_on=date(2020, 11, 30),
    policy=Policy.FULL,
    rehearsal=False,
    rows=(
        SummaryRow(
            rank=1,
            unit=FIRST,
            base=Decimal("94.9"),
            bonus=Decimal(10),
            assessed_on=date(2020, 11, 5),
            remark="+备注",
        ),
        SummaryRow(
            rank=2,
            unit=SECOND,
            base=Decimal("94.00"),
            bonus=Decimal(0),
            assessed_on=date(2020, 6, 1),
        ),
    ),
    counts=Counts(registered=5, received=3, accepted=2),
    left_out=(LeftOutRow(unit=THIRD, why=LeftOut.RETURNED),),
)


def sheet_of(summary: Summary) -> Worksheet:
    sheet = load_workbook(BytesIO(write_summary(summary))).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def shown(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def texts(sheet: Worksheet) -> list[str]:
    return [cell.value for row in sheet.rows for cell in row if isinstance(cell.value, str)]


def test_the_head_says_what_it_is_and_who_files_it() -> None:
    sheet = sheet_of(SUMMARY)
    assert sheet["A1"].value == "2020—2021年度全国“安康杯”竞赛参赛企业汇总表"
    assert [text for text in shown(sheet, 2) if text] == [
        "填报单位：测试区总工会“安康杯”竞赛组委会办公室",
        "填报人：欧阳䶮",
        "日期：2020年11月30日",
    ]


def test_an_unnamed_preparer_leaves_a_place_to_sign() -> None:
    assert "填报人：" in shown(sheet_of(replace(SUMMARY, prepared_by="")), 2)


def test_a_unit_stands_in_one_row_under_the_official_headings() -> None:
    sheet = sheet_of(SUMMARY)
    row = dict(zip(shown(sheet, 3), shown(sheet, 4), strict=True))
    assert row == {
        "名次": 1,
        "单位名称": "测试制造有限公司",
        "统一社会信用代码": "91440303MA00T0013G",
        "分支机构（项目部）": None,
        "职工总数": 120,
        "其中女职工": 30,
        "其中农民工": 50,
        "接触职业病危害人数": 7,
        "是否高危": "是",
        "得分（百分制）": 94.9,
        "额外加分": 10,
        "合计": 104.9,
        "考核日期": datetime(2020, 11, 5),  # noqa: DTZ001 - as a sheet has it
        "备注": "+备注",
    }


@pytest.mark.parametrize(
    ("policy", "heading"),
    [
        (Policy.FULL, "得分（百分制）"),
        (Policy.ZERO, "得分（百分制）"),
        (Policy.RESCALE, "折算得分（百分制）"),
    ],
)
def test_the_heading_of_the_points_follows_the_policy(policy: Policy, heading: str) -> None:
    assert shown(sheet_of(replace(SUMMARY, policy=policy)), 3)[9] == heading


def test_points_are_exact_numbers_with_the_decimals_their_column_needs() -> None:
    sheet = sheet_of(SUMMARY)
    assert [sheet[cell].number_format for cell in ("J4", "J5", "K4", "L4")] == [
        "0.0",
        "0.0",
        "0",
        "0.0",
    ]
    with ZipFile(BytesIO(write_summary(SUMMARY))) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>94.9</v>" in xml
    assert "<v>104.9</v>" in xml


def test_text_fields_are_never_formulas() -> None:
    content = write_summary(replace(SUMMARY, season="=1+1", office="@x", prepared_by="-1"))
    with ZipFile(BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    sheet = sheet_of(SUMMARY)
    for cell, text in (("B5", SECOND.name), ("D5", SECOND.key.sub_unit), ("N4", "+备注")):
        assert (sheet[cell].value, sheet[cell].data_type) == (text, "s")
        assert sheet[cell].quotePrefix


def test_totals_are_values_and_say_what_they_do_not_count() -> None:
    sheet = sheet_of(SUMMARY)
    totals = shown(sheet, 6)
    assert totals[0] == "合计 2 家"
    assert totals[4:9] == [200, 30, 50, 7, 1]
    assert totals[9:] == [None] * 5
    assert sheet["I6"].number_format == '0"家"'
    assert "人数合计只计已填报的单位，未填报：其中农民工 1 家，接触职业病危害人数 1 家。" in texts(
        sheet
    )


def test_without_a_gap_nothing_is_said_of_gaps() -> None:
    sheet = sheet_of(replace(SUMMARY, rows=SUMMARY.rows[:1]))
    assert not any("未填报" in text for text in texts(sheet))


def test_what_was_left_out_is_counted_and_listed_with_its_reason() -> None:
    sheet = sheet_of(SUMMARY)
    counts = "登记参赛单位 5 家；收到考核评分表 3 份；审核通过 2 份；未列入本表 1 份。"
    assert counts in texts(sheet)
    assert shown(sheet, sheet.max_row)[:5] == [
        1,
        "测试医院",
        "92440305MA00T003XW",
        None,
        "退回补正",
    ]


def test_every_reason_has_its_wording() -> None:
    left_out = tuple(LeftOutRow(unit=THIRD, why=why) for why in LeftOut)
    sheet = sheet_of(replace(SUMMARY, left_out=left_out))
    reasons = [shown(sheet, row)[4] for row in range(sheet.max_row - 4, sheet.max_row + 1)]
    assert len(set(reasons)) == len(LeftOut)
    assert all(reasons)


def test_a_season_without_accepted_cards_is_still_a_table() -> None:
    sheet = sheet_of(replace(SUMMARY, rows=(), left_out=()))
    assert shown(sheet, 4)[0] == "合计 0 家"
    assert "未列入本表的考核评分表" not in texts(sheet)


def test_rehearsal_is_marked_in_the_title_and_at_the_foot_of_each_page() -> None:
    sheet = sheet_of(replace(SUMMARY, rehearsal=True))
    assert "练习样表 无效" in str(sheet["A1"].value)
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.left.text == "练习样表 无效"
    assert not any("练习" in text for text in texts(sheet_of(SUMMARY)))


def test_it_prints_on_a4_across_with_its_head_on_each_page() -> None:
    sheet = sheet_of(SUMMARY)
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize) == ("landscape", 9)
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.freeze_panes == "A4"


def test_rows_are_high_enough_for_their_longest_text_and_never_beyond_what_excel_opens() -> None:
    long = replace(SECOND, name="测" * 60)
    wordy = replace(SUMMARY.rows[0], remark="备注" * 250)
    rows = (SUMMARY.rows[0], replace(SUMMARY.rows[1], unit=long), wordy)
    sheet = sheet_of(replace(SUMMARY, rows=rows))
    heights = [float(sheet.row_dimensions[row].height or 0) for row in (4, 5, 6)]
    assert heights[0] < heights[1] < heights[2] <= 409
    assert heights[1] >= 4 * 14


def test_the_same_summary_is_the_same_bytes() -> None:
    assert write_summary(SUMMARY) == write_summary(SUMMARY)
    later = replace(SUMMARY, made_on=date(2020, 12, 1))
    assert write_summary(SUMMARY) != write_summary(later)
