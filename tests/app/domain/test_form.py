"""How people name a clause, and finding it."""

import pytest

from app.errors import Code
from tests.forms import national_form
from tests.refusals import refused


@pytest.mark.parametrize(
    ("clause", "number"),
    [("S1-R1-C1", "1.1.1"), ("S1-R2-C1", "1.2"), ("S4-R2-C3", "4.2.3"), ("S7-R1-C1", "7.1")],
)
def test_a_clause_is_named_by_section_row_and_piece(clause: str, number: str) -> None:
    assert national_form().number(clause) == number


def test_no_two_clauses_share_a_number() -> None:
    form = national_form()
    assert len({form.number(clause.id) for clause in form.clauses}) == len(form.clauses) == 32


def test_a_clause_knows_its_section() -> None:
    form = national_form()
    for section in form.sections:
        assert {form.section_of(clause.id) for clause in section.clauses} == {section}


def test_a_clause_the_form_does_not_have_is_refused() -> None:
    with refused(Code.CLAUSE_UNKNOWN, clause="S9-R1-C1"):
        national_form().number("S9-R1-C1")


def test_a_clause_that_stands_alone_ends_with_no_comma() -> None:
    clauses = national_form().clauses
    assert not any(clause.title.endswith("，") for clause in clauses)
    led_on = [clause for clause in clauses if clause.title != clause.text]
    assert [clause.text.removeprefix(clause.title) for clause in led_on] == ["，", "，"]
