"""参赛单位 in a workbook: the round trip, tables as people make them, the problems of lines."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.unit import Fact, Unit, UnitFacts, UnitKey, new_unit
from app.errors import AppError, Code
from app.sheets.unit_sheet import UnitSheet, read_units, write_units

# Synthetic codes, made by the algorithm of GB 32100; no known owner.
CODES = ("91440303MA00T0013G", "91440304MA00T0021R", "92440305MA00T003XW", "12440300MB00T00B99")
HEADINGS = ("单位名称*", "统一社会信用代码*", "分支机构（项目部）", "职工总数", "其中女职工")
LINE = ("测试制造有限公司", CODES[0], "", 120, 30)
RARE = "䶮㛃㴪鿏鿭𠅤𠮷𡋾𣲗𫖯𫍯𬀩𬘡𰻝"

Cell = str | int | float | bool | datetime | None


def in_bytes(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(sheet: Worksheet, first_row: int, lines: Iterable[Sequence[Cell]]) -> None:
    for row, line in enumerate(lines, start=first_row):
        for column, value in enumerate(line, start=1):
            sheet.cell(row=row, column=column, value=value)


def table(*lines: Sequence[Cell], headings: Iterable[Cell] = HEADINGS) -> bytes:
    book = Workbook()
    put(book.worksheets[0], 1, (tuple(headings), *lines))
    return in_bytes(book)


def problems(workbook: bytes) -> list[tuple[int, Code]]:
    return [(problem.line, problem.error.code) for problem in read_units(workbook).problems]


def refusal(workbook: bytes) -> AppError:
    with pytest.raises(AppError) as caught:
        read_units(workbook)
    return caught.value


def names() -> st.SearchStrategy[str]:
    alphabet = st.sampled_from("深圳测试有限公司（）()·&<>\"'1 aÀ#_x" + RARE + "=+-@")
    tails = st.text(alphabet, min_size=1, max_size=59).filter(str.strip)
    return st.builds(str.__add__, st.sampled_from(["", "=", "+", "-", "@"]), tails)


@st.composite
def facts(draw: st.DrawFn) -> UnitFacts:
    workers = draw(st.none() | st.integers(0, 30_000))
    part = st.none() | st.integers(0, 30_000 if workers is None else workers)
    return UnitFacts(
        workers=workers,
        women=draw(part),
        migrant=draw(part),
        hazard_exposed=draw(part),
        high_risk=draw(st.none() | st.booleans()),
    )


@st.composite
def units(draw: st.DrawFn) -> Unit:
    typed = new_unit(
        code=draw(st.sampled_from(CODES)),
        sub_unit=draw(st.just("") | names()),
        name=draw(names()),
    )
    unit = Unit(key=typed.key, name=typed.name, facts=draw(facts()))
    return unit.in_district(draw(st.sampled_from(["", "测试区", "测试产业工会"])))


@given(st.lists(units(), min_size=1, max_size=8, unique_by=lambda unit: unit.key))
def test_what_is_written_is_read_back_equal(listed: list[Unit]) -> None:
    assert read_units(write_units(listed)) == UnitSheet(units=tuple(listed), problems=())


def test_the_same_units_are_the_same_bytes() -> None:
    unit = new_unit(code=CODES[0], sub_unit="", name="测试制造有限公司")
    assert write_units([unit]) == write_units([unit])


def test_without_units_a_form_to_fill_in_is_written() -> None:
    book = load_workbook(BytesIO(write_units(())))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [
        "单位名称*",
        "统一社会信用代码*",
        "分支机构（项目部）",
        "所属区",
        "职工总数",
        "其中女职工",
        "其中农民工",
        "接触职业病危害人数",
        "是否高危",
    ]
    assert sheet.column_dimensions["B"].number_format == "@"
    assert refusal(in_bytes(book)).code == Code.SHEET_EMPTY


@pytest.mark.parametrize(
    "headings",
    [
        ("单位名称", "统一社会信用代码", "分支机构", "职工总数", "其中女职工"),
        ("＊单 位 名 称", "统一社会\n信用代码（必填）", "项目部", "职工总数（人）", "女职工"),
        ("name", "Code", "Sub-unit", "WORKERS", "women"),
        ("企业名称 *", "信用代码", " 分支机构(项目部) ", "职工人数", "其中:女职工"),
    ],
)
def test_columns_are_known_by_their_headings(headings: tuple[str, ...]) -> None:
    sheet = read_units(table(LINE, headings=headings))
    assert sheet.problems == ()
    assert sheet.units[0].facts == UnitFacts(workers=120, women=30)


def test_columns_stand_in_any_order_and_others_are_passed_over() -> None:
    sheet = read_units(
        table(
            ("1", CODES[0], "=HYPERLINK", True, "测试学校", "13"),
            headings=("序号", "统一社会信用代码*", "备注", "是否高危", "单位名称*", "其中农民工"),
        )
    )
    (unit,) = sheet.units
    assert unit == Unit(
        key=UnitKey(code=CODES[0]), name="测试学校", facts=UnitFacts(migrant=13, high_risk=True)
    )


def test_the_table_may_stand_below_a_title_on_a_later_sheet() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "填写说明"
    sheet = book.create_sheet("名单")
    sheet["A1"] = "参赛单位名单"
    sheet.merge_cells("A1:E2")
    put(sheet, 5, (HEADINGS, LINE, (), ("", None, "  "), ("测试医院", CODES[1])))
    for row in range(20, 40):
        sheet.cell(row=row, column=2).number_format = "@"
    read = read_units(in_bytes(book))
    assert [unit.name for unit in read.units] == ["测试制造有限公司", "测试医院"]
    assert read.problems == ()


def test_a_heading_below_the_tenth_row_is_not_found() -> None:
    book = Workbook()
    put(book.worksheets[0], 11, (HEADINGS, LINE))
    assert refusal(in_bytes(book)).code == Code.SHEET_COLUMN_MISSING


def test_missing_columns_are_named() -> None:
    error = refusal(table(LINE[2:], headings=HEADINGS[2:]))
    assert (error.code, error.facts) == (
        Code.SHEET_COLUMN_MISSING,
        {"columns": "单位名称、统一社会信用代码"},
    )
    assert refusal(table(LINE[:1], headings=HEADINGS[:1])).facts == {"columns": "统一社会信用代码"}


def test_a_column_that_stands_twice_is_refused() -> None:
    error = refusal(table((*LINE, 99), headings=(*HEADINGS, "职工人数")))
    assert (error.code, error.facts) == (Code.SHEET_COLUMN_TWICE, {"column": "职工总数"})


def test_a_table_without_lines_is_refused() -> None:
    assert refusal(table()).code == Code.SHEET_EMPTY


def test_a_table_that_is_too_long_is_refused() -> None:
    line = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    buffer = BytesIO()
    with (
        ZipFile(BytesIO(write_units(()))) as source,
        ZipFile(buffer, "w", ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(b"</sheetData>", line * 50_001 + b"</sheetData>"))
    error = refusal(buffer.getvalue())
    assert (error.code, error.facts) == (Code.SHEET_TOO_LONG, {"longest": 50_000})


def test_figures_are_read_as_numbers_and_as_text() -> None:
    sheet = read_units(table((*LINE[:3], 120.0, "３０"), ("测试厂", CODES[1], 3, "120", 0)))
    assert [unit.facts for unit in sheet.units] == [
        UnitFacts(workers=120, women=30),
        UnitFacts(workers=120, women=0),
    ]
    assert sheet.units[1].key.sub_unit == "3"


@pytest.mark.parametrize("code", [914403030000000000, 9.1440303e17, "9.1440E+17", "9.14e+17"])
def test_a_code_that_became_a_number_is_a_problem(code: Cell) -> None:
    assert problems(table((LINE[0], code), LINE)) == [(2, Code.SHEET_CODE_NUMBER)]


def test_each_bad_line_is_reported_and_the_good_ones_are_read() -> None:
    book = table(
        ("", CODES[0], "", 1, 1),
        ("测试厂", "91440303MA00T0014G", "", 1, 1),
        ("测试厂", "", "", 1, 1),
        LINE,
        ("测试厂", CODES[1], "", "一百", 1),
        ("测试厂", CODES[1], "", 12.5, 1),
        ("测试厂", CODES[1], "", "9" * 5000, 1),
        ("测试厂", CODES[1], "", 5, 6),
        ("测试厂", CODES[1], "", datetime(1990, 1, 1), 6),  # noqa: DTZ001 - as a sheet has it
        ("#REF!", CODES[1], "", 5, 6),
        (1234567890123456, CODES[1], "", 5, 6),
        ("测试厂", CODES[1], "", 5, 5),
    )
    assert problems(book) == [
        (2, Code.NAME_EMPTY),
        (3, Code.CREDIT_CODE_CHECK),
        (4, Code.CREDIT_CODE_FORMAT),
        (6, Code.FACT_VALUE),
        (7, Code.FACT_VALUE),
        (8, Code.FACT_VALUE),
        (9, Code.FACTS_CONTRADICT),
        (10, Code.SHEET_CELL_KIND),
        (11, Code.SHEET_CELL_KIND),
        (12, Code.SHEET_CELL_KIND),
    ]
    assert [unit.facts.workers for unit in read_units(book).units] == [120, 5]


def test_a_unit_that_stands_twice_is_a_problem_that_names_the_first_line() -> None:
    sheet = read_units(table(LINE, (*LINE[:2], "项目部"), ("测试厂", CODES[0].lower(), " ")))
    assert len(sheet.units) == 2
    (problem,) = sheet.problems
    assert problem.line == 4
    assert problem.error.code == Code.SHEET_UNIT_TWICE
    assert problem.error.facts == {"code": CODES[0], "sub_unit": "", "line": 2}


def test_a_formula_gives_what_was_last_computed_and_is_never_evaluated() -> None:
    assert problems(table(("=CONCATENATE(1)", CODES[0], "", 1, 1))) == [(2, Code.NAME_EMPTY)]
    content = table(("=A9", CODES[0]))
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name).replace(
                b'<c r="A2"><f>A9</f><v></v>', '<c r="A2" t="str"><f>A9</f><v>测试厂</v>'.encode()
            )
            target.writestr(name, part)
    assert [unit.name for unit in read_units(buffer.getvalue()).units] == ["测试厂"]


def test_every_fact_has_a_column() -> None:
    unit = Unit(
        key=UnitKey(code=CODES[0]),
        name="测试厂",
        facts=UnitFacts(workers=9, women=1, migrant=2, hazard_exposed=3, high_risk=False),
    )
    facts_read = read_units(write_units([unit])).units[0].facts
    assert all(getattr(facts_read, fact) is not None for fact in Fact)
