"""Errors become a sentence and a next step; what a person typed is shown, never formatted."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, Code
from app.text.catalogue import Language, translator
from tests.forms import RESOURCES

CHINESE = translator(Language.CHINESE, RESOURCES)
ENGLISH = translator(Language.ENGLISH, RESOURCES)


def test_a_sentence_is_followed_by_the_next_step() -> None:
    error = AppError(Code.POINTS_ABOVE_MAXIMUM, clause="S1-R1-C1", maximum="3", points="4")
    assert CHINESE.error_sentence(error) == (
        "考核要点 S1-R1-C1 满分 3 分，不能给 4 分。请填写不超过 3 的分数。"
    )
    assert ENGLISH.error_sentence(error) == (
        "Clause S1-R1-C1 gives 3 points at most, not 4. Give 3 points or fewer."
    )


def test_a_fact_of_the_unit_is_called_by_its_name() -> None:
    error = AppError(Code.FACTS_CONTRADICT, fact="women", value=41, workers=40)
    assert CHINESE.error_sentence(error).startswith("女职工数（41）多于职工总数（40）。")
    assert "number of women workers (41)" in ENGLISH.error_sentence(error)


def test_a_fact_nobody_knows_is_shown_as_typed() -> None:
    error = AppError(Code.FACT_UNKNOWN, fact="wimen", known="workers, women")
    assert "“wimen”" in CHINESE.error_sentence(error)


def test_a_correction_is_offered_only_when_there_is_one() -> None:
    with_one = AppError(Code.CREDIT_CODE_CHECK, typed="TYPED", suggestion="BETTER")
    without = AppError(Code.CREDIT_CODE_CHECK, typed="TYPED", suggestion="")
    assert "TYPED 校验不通过，可能应为 BETTER。" in CHINESE.error_sentence(with_one)
    assert "TYPED 校验不通过，有字符输错。" in CHINESE.error_sentence(without)
    assert "it may be BETTER." in ENGLISH.error_sentence(with_one)
    assert "a character is wrong." in ENGLISH.error_sentence(without)


def test_a_missing_reason_names_the_clause_where_there_is_one() -> None:
    assert "S1-R1-C1" in CHINESE.error_sentence(AppError(Code.REASON_MISSING, clause="S1-R1-C1"))
    assert CHINESE.error_sentence(AppError(Code.REASON_MISSING, clause="")) == (
        "没有写理由。请写明理由。"
    )


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=300))
def test_what_was_typed_is_never_formatted_again(typed: str) -> None:
    shown = f"{{clause}} {typed} {{0}}"
    sentence = ENGLISH.error_sentence(AppError(Code.POINTS_NOT_A_NUMBER, value=shown))
    assert " ".join(shown.split()) in sentence


@given(st.text())
def test_an_error_is_one_printable_line_of_bearable_length(typed: str) -> None:
    value = f"{typed * 50}\r\n\x1b[2J\ud842\u202e"
    sentence = CHINESE.error_sentence(AppError(Code.POINTS_NOT_A_NUMBER, value=value))
    assert sentence.isprintable()
    assert len(sentence) < 500


def test_a_missing_key_is_a_bug() -> None:
    with pytest.raises(KeyError):
        CHINESE.text("error.no_such_thing")


def test_a_missing_fact_is_a_bug() -> None:
    with pytest.raises(KeyError):
        CHINESE.text("error.clause_unknown")


def test_a_folder_without_catalogues_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=re.escape("ankang")):
        translator(Language.CHINESE, tmp_path)
