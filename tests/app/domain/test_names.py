"""Names keep every character people have; the dot of minority names is U+00B7."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import LONGEST_NAME, LONGEST_TEXT, clean_line, clean_name, clean_text
from app.errors import AppError, Code
from tests.refusals import refused


@pytest.mark.parametrize("dot", [*"·•‧・．.∙⋅", " · ", "· "])
def test_the_dot_between_han_characters_becomes_u_00b7(dot: str) -> None:
    assert clean_name(f"阿依古丽{dot}买买提") == "阿依古丽\u00b7买买提"


def test_every_dot_of_a_long_name_is_put_right() -> None:
    assert clean_name("迪丽拜尔.阿卜杜热合曼•吐尔逊") == "迪丽拜尔·阿卜杜热合曼·吐尔逊"


@pytest.mark.parametrize("name", ["J. R. Smith", "A.O. Smith 公司", "3.5", "深圳No.2厂"])
def test_other_dots_stay(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize("name", ["䶮", "𠮷", "𫖯𬀩", "𬭎", "𰻝面", "鿏", "欧阳", "O'Brien", "甲"])
def test_rare_and_supplementary_characters_are_kept(name: str) -> None:
    assert clean_name(name) == name


def test_a_name_of_50_characters_and_more_fits() -> None:
    assert len(clean_name("𠮷" * 50)) == 50
    assert clean_name("厂" * LONGEST_NAME) == "厂" * LONGEST_NAME


def test_length_is_counted_in_code_points() -> None:
    for clean in (clean_name, clean_line):
        with refused(Code.NAME_TOO_LONG, length=101, longest=100):
            clean("𠮷" * 101)


def test_a_remark_may_have_500_characters() -> None:
    assert clean_text("好" * LONGEST_TEXT) == "好" * LONGEST_TEXT
    with refused(Code.NAME_TOO_LONG, length=501, longest=500):
        clean_text("好" * 501)


@pytest.mark.parametrize("typed", ["", " ", "\u3000\n\t"])
def test_an_empty_name_is_refused(typed: str) -> None:
    with refused(Code.NAME_EMPTY):
        clean_name(typed)


@pytest.mark.parametrize(
    ("character", "codepoint"),
    [("\x00", "U+0000"), ("\x1b", "U+001B"), ("\x7f", "U+007F"), ("\ud842", "U+D842"),
     ("\ue81e", "U+E81E"), ("\U000f0000", "U+F0000")],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_by_its_code_point(
    character: str, codepoint: str
) -> None:
    with refused(Code.TEXT_NOT_PRINTABLE, codepoint=codepoint):
        clean_name(f"甲{character}乙")


def test_line_ends_and_blanks_are_folded() -> None:
    assert clean_text(" 未见\r\n  培训\t记录 \u3000") == "未见 培训 记录"


def test_an_empty_remark_or_post_is_allowed() -> None:
    assert clean_text(" ") == clean_line(" ") == ""


def test_composed_and_decomposed_letters_are_one() -> None:
    assert clean_name("Jose\u0301") == clean_name("José") == "José"


@given(st.text(max_size=120))
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    try:
        once = clean_name(typed)
    except AppError:
        return
    assert clean_name(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode()
