"""统一社会信用代码: outer failure is refused with a correction, inner failure is only told."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.credit_code import (
    ALPHABET,
    check_character,
    likely_correction,
    outer_check_holds,
    parse_credit_code,
)
from app.errors import AppError, Code
from tests.forms import SYNTHETIC_CODES
from tests.refusals import refused

FIRST_17 = st.text(ALPHABET, min_size=17, max_size=17)
# GB 32100-2015, the worked example: right with 3, wrong with Z.
EXAMPLE = "91350100M000100Y43"


@pytest.mark.parametrize("code", [*SYNTHETIC_CODES, EXAMPLE])
def test_a_valid_code_is_taken_with_both_checks(code: str) -> None:
    parsed = parse_credit_code(code)
    assert parsed.text == code
    assert parsed.body_checks


def test_a_remainder_of_zero_gives_the_check_character_0() -> None:
    """31 - 0 would be off the alphabet: the outer `mod 31` matters."""
    assert check_character("91440300MA0000082") == "0"
    assert parse_credit_code("91440300MA00000820").body_checks


def test_an_inner_check_digit_of_10_is_written_x() -> None:
    assert parse_credit_code("92440305MA00T003XW").body_checks


@given(FIRST_17)
def test_every_17_characters_have_exactly_one_check_character(first_17: str) -> None:
    fitting = [last for last in ALPHABET if outer_check_holds(first_17 + last)]
    assert fitting == [check_character(first_17)]


@given(FIRST_17, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(first_17: str, place: int, other: str) -> None:
    code = first_17 + check_character(first_17)
    wrong = code[:place] + other + code[place + 1 :]
    assert outer_check_holds(wrong) is (wrong == code)


def test_neighbours_exchanged_are_found() -> None:
    for code in SYNTHETIC_CODES:
        for place, (left, right) in enumerate(pairwise(code)):
            exchanged = code[:place] + right + left + code[place + 2 :]
            assert outer_check_holds(exchanged) is (left == right)


@pytest.mark.parametrize(
    "typed",
    [
        "91440303ma00t0013g",
        "９１４４０３０３ＭＡ００Ｔ００１３Ｇ",
        " 91440303 MA00T001 3G\n",
        "91440303\u3000MA00T0013G",
    ],
)
def test_case_width_and_blanks_are_put_right_first(typed: str) -> None:
    assert parse_credit_code(typed).text == "91440303MA00T0013G"


@pytest.mark.parametrize("typed", ["", "91440303MA00T0013", "91440303MA00T0013GG", "代码"])
def test_another_length_is_refused(typed: str) -> None:
    with refused(Code.CREDIT_CODE_FORMAT, typed=typed, length=len(typed)):
        parse_credit_code(typed)


def test_the_standards_wrong_example_is_refused_with_the_right_code() -> None:
    with refused(Code.CREDIT_CODE_CHECK, typed="91350100M000100Y4Z", suggestion=EXAMPLE):
        parse_credit_code("91350100M000100Y4Z")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9144030SMA00T0013G", ""),  # S is no character of any code; 5 does not fit either
        ("9144O3O3MA00T0013G", "91440303MA00T0013G"),
        ("91440303MA00T00I3G", "91440303MA00T0013G"),
        ("91440303MAOOT0013G", "91440303MA00T0013G"),
        ("9Z440305MA00T003XW", "92440305MA00T003XW"),
        ("9144030BMA00T00641", "91440308MA00T00641"),
    ],
)
def test_one_or_two_look_alikes_are_offered_corrected(typed: str, meant: str) -> None:
    with refused(Code.CREDIT_CODE_CHECK, typed=typed, suggestion=meant):
        parse_credit_code(typed)


@given(FIRST_17, st.integers(0, 17), st.sampled_from("0OD1I5S2Z8BUV"))
def test_a_correction_always_fits(first_17: str, place: int, other: str) -> None:
    code = first_17 + check_character(first_17)
    offered = likely_correction(code[:place] + other + code[place + 1 :])
    assert offered == "" or outer_check_holds(offered)


def test_a_wrong_inner_check_only_warns() -> None:
    first_17 = "91440303MA00T0014"  # the body of 91440303MA00T0013G ends in 3
    parsed = parse_credit_code(first_17 + check_character(first_17))
    assert not parsed.body_checks


@given(st.text(max_size=40) | st.text(ALPHABET + "IOSVZß𝟘", min_size=18, max_size=18))
def test_whatever_is_typed_is_taken_or_refused(typed: str) -> None:
    try:
        parsed = parse_credit_code(typed)
    except AppError:
        return
    assert outer_check_holds(parsed.text)
