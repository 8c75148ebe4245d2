"""Chinese lines end and begin where GB/T 15834 lets them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.typeset.linebreak import break_lines
from tests.forms import national_form

HAN = "安康杯竞赛考核评分表组织领导健全"


def broken(text: str, ems: int) -> tuple[str, ...]:
    """Return the lines of a text in which every character is one em wide."""
    return break_lines(text, ems, lambda _: 1.0)


def test_a_text_that_fits_is_one_line() -> None:
    assert broken("考核评分表", 5) == ("考核评分表",)


def test_no_text_is_one_empty_line() -> None:
    assert broken("", 5) == ("",)


def test_a_closing_mark_never_begins_a_line() -> None:
    assert broken("认真贯彻条例，健全网络", 6) == ("认真贯彻条", "例，健全网络")


def test_an_opening_mark_never_ends_a_line() -> None:
    assert broken("广泛宣传《工会法》", 5) == ("广泛宣传", "《工会法》")


def test_points_stay_together_with_their_brackets() -> None:
    assert broken("竞赛组织机构健全（3分），领导", 10) == ("竞赛组织机构健全", "（3分），领导")


def test_a_number_stays_with_its_unit() -> None:
    assert broken("设备完好率100％以上", 8) == ("设备完好率", "100％以上")


def test_a_doubled_dash_is_not_torn() -> None:
    assert broken("二〇二〇年——二〇二一年", 6) == ("二〇二〇", "年——二〇二", "一年")


def test_a_middle_dot_stands_neither_first_nor_last() -> None:
    assert broken("阿依古丽·买买提", 5) == ("阿依古", "丽·买买提")


def test_a_latin_word_and_a_check_code_stay_whole() -> None:
    assert broken("见证人Alexander在场", 10) == ("见证人", "Alexander在", "场")
    assert broken("校验码\N{NO-BREAK SPACE}3F2A\N{NO-BREAK SPACE}91BC", 11)[-1].endswith(
        "3F2A\N{NO-BREAK SPACE}91BC"
    )


def test_a_blank_at_the_end_of_a_line_is_dropped() -> None:
    assert broken("中共中央 国务院", 4) == ("中共中央", "国务院")


def test_a_word_longer_than_the_line_is_torn() -> None:
    assert broken("9b592bbd721f8f82", 6) == ("9b592b", "bd721f", "8f82")


@pytest.mark.parametrize("mark", list("，。、；：？！”》）」』】〕％"))
def test_every_closing_mark_is_kept_from_the_start(mark: str) -> None:
    for ems in range(3, 9):
        assert not any(line.startswith(mark) for line in broken((HAN + mark) * 3, ems))


@pytest.mark.parametrize("mark", list("“《（「『【〔"))
def test_every_opening_mark_is_kept_from_the_end(mark: str) -> None:
    for ems in range(3, 9):
        assert not any(line.endswith(mark) for line in broken((HAN + mark) * 3 + "安", ems))


def test_full_width_digits_stay_together() -> None:
    assert broken("满分共１０分", 5) == ("满分共", "１０分")


def official_texts() -> list[str]:
    form = national_form()
    texts = [row.text for row in form.rows] + [clause.text for clause in form.clauses]
    return [*texts, *(section.title for section in form.sections), form.title, form.footnote]


@pytest.mark.parametrize("halves", range(12, 100))
def test_the_official_text_breaks_well_in_every_width(halves: int) -> None:
    for text in official_texts():
        lines = break_lines(text, halves / 2, lambda each: 0.55 if each.isascii() else 1.0)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        for line, after in pairwise(lines):
            assert line[-1] not in "（《“(", lines
            assert after[0] not in "，。、；：！？》）”％", lines
            assert not (line[-1].isdigit() and (after[0].isdigit() or after[0] == "分")), lines


@given(
    text=st.text(alphabet=HAN + "，。（）《》“”—…·ab1 ％分", max_size=80), ems=st.integers(2, 20)
)
def test_lines_hold_the_whole_text_and_none_is_too_wide(text: str, ems: int) -> None:
    lines = broken(text, ems)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= ems for line in lines)
