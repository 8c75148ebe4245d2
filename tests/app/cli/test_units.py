"""`units`: what is typed, what comes in from a workbook, what scripts read."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.app.cli.shell import CODE, Shell
from tests.forms import SYNTHETIC_CODES

OTHER = SYNTHETIC_CODES[1]
ADD = ("units", "add", "--name", "测试工厂", "--code")


def workbook(shell: Shell, *lines: tuple[str, ...]) -> Path:
    book = Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append(line)
    path = shell.folder / "units.xlsx"
    book.save(path)
    return path


def test_units_are_listed_with_code_sub_unit_and_name(shell: Shell) -> None:
    shell.json(*ADD, CODE, "--sub-unit", "东厂")
    (row,) = shell.json("units", "list").rows
    assert (row["code"], row["sub_unit"], row["name"]) == (CODE, "东厂", "测试工厂")
    assert row["facts"] == {
        "workers": None,
        "women": None,
        "migrant": None,
        "hazard_exposed": None,
        "high_risk": None,
    }
    assert CODE in shell.text("units", "list")


def test_a_fresh_workspace_lists_nothing(shell: Shell) -> None:
    assert shell.json("units", "list", home="fresh").document == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((*ADD, "914403"), "credit_code_format"),
        ((*ADD, CODE[:-1] + "9"), "credit_code_check"),
        (("units", "add", "--name", " ", "--code", CODE), "name_empty"),
        (("units", "add", "--name", "x" * 101, "--code", CODE), "name_too_long"),
        (("units", "add", "--name", "a\x07b", "--code", CODE), "text_not_printable"),
        (("units", "set", CODE, "women=1"), "unit_unknown"),
        (("units", "set", CODE, "women"), "argument_malformed"),
        (("units", "import", "nowhere.xlsx"), "file_missing"),
        (("units", "export", "-o", "/proc/nowhere/x.xlsx"), "file_not_writable"),
    ],
)
def test_bad_input_is_refused(shell: Shell, arguments: tuple[str, ...], code: str) -> None:
    assert shell.refused(*arguments) == code


def test_a_likely_code_is_offered(shell: Shell) -> None:
    answer = shell(*ADD, CODE.replace("0", "O", 1))
    assert CODE in answer.err


def test_a_unit_is_added_once(shell: Shell) -> None:
    shell.json(*ADD, CODE)
    assert shell.refused(*ADD, CODE) == "unit_exists"


def test_facts_are_set_and_shown(shell: Shell) -> None:
    shell.json(*ADD, CODE)
    shell.json("units", "set", CODE, "workers=12", "women=0", "high_risk=yes")
    (row,) = shell.json("units", "list").rows
    facts = row["facts"]
    assert isinstance(facts, dict)
    assert (facts["workers"], facts["women"], facts["high_risk"]) == (12, 0, True)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (("hands=2",), "fact_unknown"),
        (("women=many",), "fact_value"),
        (("women=1.0",), "fact_value"),
        (("high_risk=maybe",), "fact_value"),
        (("workers=1", "women=2"), "facts_contradict"),
        (("women=1", "women=2"), "argument_malformed"),
    ],
)
def test_bad_facts_are_refused(shell: Shell, facts: tuple[str, ...], code: str) -> None:
    shell.json(*ADD, CODE)
    assert shell.refused("units", "set", CODE, *facts) == code


def test_branches_are_told_apart(shell: Shell) -> None:
    shell.json(*ADD, CODE, "--sub-unit", "东厂")
    shell.json(*ADD, CODE, "--sub-unit", "西厂")
    assert shell.refused("units", "set", CODE, "women=1") == "unit_code_ambiguous"
    shell.json("units", "set", CODE, "women=1", "--sub-unit", "东厂")


def test_a_workbook_is_brought_in_line_by_line(shell: Shell) -> None:
    path = workbook(
        shell,
        ("单位名称", "统一社会信用代码"),
        ("测试甲厂", CODE),
        ("", OTHER),
        ("测试乙厂", "12"),
    )
    answer = shell.json("units", "import", path)
    assert (answer["added"], answer["renewed"]) == (1, 0)
    refused = answer["refused"]
    assert isinstance(refused, list)
    assert [(row["line"], row["code"]) for row in refused if isinstance(row, dict)] == [
        (3, "name_empty"),
        (4, "credit_code_format"),
    ]
    assert len(answer.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "sheet_damaged"), (b"\xd0\xcf\x11\xe0", "sheet_damaged"), (b"a,b\n", "sheet_damaged")],
)
def test_what_is_no_workbook_is_refused(shell: Shell, content: bytes, code: str) -> None:
    assert shell.refused("units", "import", shell.file("x.xlsx", content)) == code


def test_missing_columns_are_named(shell: Shell) -> None:
    path = workbook(shell, ("单位名称",), ("测试甲厂",))
    answer = shell("units", "import", path)
    assert (answer.status, answer.code) == (1, "sheet_column_missing")
    assert "统一社会信用代码" in answer.err


@pytest.mark.parametrize("sign", "=+-@")
def test_a_name_that_looks_like_a_formula_is_written_as_text(shell: Shell, sign: str) -> None:
    name = f"{sign}HYPERLINK(1)"
    shell.json("units", "add", "--name", name, "--code", CODE)
    path = shell.folder / "out.xlsx"
    assert shell.json("units", "export", "-o", path)["units"] == 1
    sheet = load_workbook(path).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == name]
    assert [cell.data_type for cell in cells] == ["s"]
    assert shell.json("units", "import", path)["renewed"] == 1
