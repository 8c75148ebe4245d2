"""Codes of clauses: short, of the form's own numbers, complete at their last digit."""

from app.domain.form import ClauseId
from tests.forms import national_form
from ui.views.photos.codes import codes_of
from ui.views.photos.typing import Typing

CODES = codes_of(national_form())
WOMEN, THIRD = ClauseId("S5-R5-C1"), ClauseId("S5-R3-C3")


def typed(typing: Typing, digits: str) -> list[ClauseId | None]:
    return [typing.digit(digit) for digit in digits]


def test_every_clause_has_a_code_of_its_own_of_three_digits_at_most() -> None:
    assert (CODES[WOMEN], CODES[THIRD]) == ("5.5", "5.3.3")
    assert len(set(CODES.values())) == len(CODES) == len(national_form().clauses)
    assert max(map(len, CODES.values())) == len("5.3.3")


def test_each_code_names_its_clause_with_its_last_digit() -> None:
    for clause, code in CODES.items():
        digits = code.replace(".", "")
        expected = [*[None] * (len(digits) - 1), clause]
        assert typed(Typing(codes=CODES), digits) == expected


def test_digits_that_lead_nowhere_begin_anew() -> None:
    typing = Typing(codes=CODES)
    assert typed(typing, "599") == [None, None, None]
    assert typing.text == ""
    assert typed(typing, "5755") == [None, None, None, WOMEN]


def test_a_code_that_begins_a_longer_one_waits_for_enter() -> None:
    codes = {ClauseId("a"): "4.1", ClauseId("b"): "4.10"}
    typing = Typing(codes=codes)
    assert typed(typing, "41") == [None, None]
    assert typing.whole() == "a"
    assert typing.digit("0") == "b"


def test_a_plus_makes_it_one_more_until_it_is_cleared() -> None:
    typing = Typing(codes=CODES)
    typing.digit("5")
    typing.also()
    assert (typing.text, typing.is_also) == ("+", True)
    typing.digit("5")
    assert typing.text == "+5"
    typing.clear()
    assert (typing.text, typing.is_also, typing.whole()) == ("", False, None)
