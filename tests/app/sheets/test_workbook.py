"""The .xlsx file itself: damage, traps and formulas end in one error or in the same content."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.domain.unit import new_unit
from app.errors import AppError, Code
from app.sheets.unit_sheet import UnitSheet, read_units, write_units
from app.sheets.workbook import new_workbook, read_sheets, saved, write

SHEET = "xl/worksheets/sheet1.xml"
# Synthetic codes, made by the algorithm of GB 32100; no known owner.
UNITS = (
    new_unit(code="91440303MA00T0013G", sub_unit="", name="测试精密制造有限公司"),
    new_unit(code="91440304MA00T0021R", sub_unit="第三项目部", name="=测试医院"),
)
WORKBOOK = write_units(UNITS)
SHEET_CODES = {code for code in Code if code.startswith("sheet_")}
WHOLE = UnitSheet(units=UNITS, problems=())


def parts() -> dict[str, bytes]:
    with ZipFile(BytesIO(WORKBOOK)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def with_sheet(old: bytes, new: bytes) -> bytes:
    content = parts()
    assert old in content[SHEET]
    content[SHEET] = content[SHEET].replace(old, new, 1)
    return packed(content)


def outcome(workbook: bytes) -> UnitSheet | Code:
    try:
        return read_units(workbook)
    except AppError as error:
        return error.code


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"name,code\n",
        "单位名称,统一社会信用代码\n".encode("gb18030"),
        # An .xls or a password-protected .xlsx: both are OLE compound files.
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096),
        packed({}),
        packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
    ],
)
def test_what_is_no_xlsx_is_refused(content: bytes) -> None:
    assert outcome(content) == Code.SHEET_DAMAGED


def test_a_workbook_cut_off_anywhere_is_refused() -> None:
    for length in range(0, len(WORKBOOK), 53):
        assert outcome(WORKBOOK[:length]) == Code.SHEET_DAMAGED


def test_a_changed_byte_is_refused_or_changes_nothing() -> None:
    untouched = 0
    for place in range(0, len(WORKBOOK), 31):
        changed = bytearray(WORKBOOK)
        changed[place] ^= 0xFF
        found = outcome(bytes(changed))
        assert found in (WHOLE, Code.SHEET_DAMAGED)
        untouched += found == WHOLE
    assert untouched < len(WORKBOOK) / 31 / 3


@given(
    name=st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]),
    place=st.integers(min_value=0, max_value=3000),
    junk=st.binary(min_size=1, max_size=8) | st.sampled_from([b"<", b">", b'"', b"9999999999"]),
)
def test_damage_inside_a_sound_archive_gives_only_own_errors(
    name: str, place: int, junk: bytes
) -> None:
    content = parts()
    part = content[name]
    place %= len(part)
    content[name] = part[:place] + junk + part[place + len(junk) :]
    found = outcome(packed(content))
    assert isinstance(found, UnitSheet) or found in SHEET_CODES


@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_a_missing_part_is_refused(name: str) -> None:
    content = parts()
    del content[name]
    assert outcome(packed(content)) == Code.SHEET_DAMAGED


def test_a_file_that_unpacks_beyond_measure_is_refused() -> None:
    assert outcome(packed({**parts(), "xl/media/image1.png": bytes(100_000_001)})) == (
        Code.SHEET_DAMAGED
    )


def test_a_style_that_is_not_there_is_not_spoken_of(capsys: pytest.CaptureFixture[str]) -> None:
    content = parts()
    styles = content["xl/styles.xml"]
    content["xl/styles.xml"] = styles.replace(b'xfId="0" builtinId', b'xfId="7" builtinId')
    assert content["xl/styles.xml"] != styles
    assert outcome(packed(content)) == Code.SHEET_DAMAGED
    assert capsys.readouterr() == ("", "")


def test_entities_that_multiply_are_refused() -> None:
    doctype = b'<!DOCTYPE a [<!ENTITY e0 "0123456789">'
    for depth in range(1, 10):
        doctype += b'<!ENTITY e%d "%s">' % (depth, b"&e%d;" % (depth - 1) * 10)
    content = parts()
    content[SHEET] = doctype + b"]>" + content[SHEET].replace(b"<is><t>", b"<is><t>&e9;", 1)
    assert outcome(packed(content)) == Code.SHEET_DAMAGED


def test_a_row_number_beyond_the_sheet_does_not_hang_the_reading() -> None:
    far = with_sheet(b'<row r="3">', b'<row r="999999999999">')
    assert read_units(far).units == UNITS[:1]


def test_lines_keep_their_numbers_across_blank_rows() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["B3"] = "a"
    sheet["A7"] = 12.0
    sheet["A8"] = "  "
    lines = read_sheets(saved(book), most_lines=10)[0]
    assert [line.number for line in lines] == [3, 7]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5", "@SUM(1)", "\t=1", "\r=1", "#N/A", "1e5"])
def test_text_is_never_taken_for_anything_else(text: str) -> None:
    book, sheet = new_workbook("练习")
    write(sheet["A1"], text)
    content = saved(book)
    cell = load_workbook(BytesIO(content)).worksheets[0]["A1"]
    assert cell.data_type == "s"
    assert bool(cell.quotePrefix) == (text[0] not in "#1")
    with ZipFile(BytesIO(content)) as archive:
        assert b"<f>" not in archive.read(SHEET)


def test_the_same_workbook_is_the_same_bytes_and_carries_the_given_moment() -> None:
    moment = datetime(2020, 11, 30)  # noqa: DTZ001 - as a workbook has it
    contents = set()
    for _ in range(2):
        book, sheet = new_workbook("练习")
        write(sheet["A1"], "练习")
        contents.add(saved(book, moment))
    (content,) = contents
    properties = load_workbook(BytesIO(content)).properties
    assert (properties.created, properties.modified) == (moment, moment)
