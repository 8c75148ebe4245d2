"""The codes of clauses (1.1, 4.2.3): how a form gives them, and how one is typed digit by digit.

A code is the number of the section, of the row in it and, where a row has several, of the clause.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.form import ClauseId, Form


def codes_of(form: Form) -> dict[ClauseId, str]:
    """Return the code of every clause, in the order of the form."""
    codes: dict[ClauseId, str] = {}
    for section_number, section in enumerate(form.sections, start=1):
        for row_number, row in enumerate(section.rows, start=1):
            for number, clause in enumerate(row.clauses, start=1):
                parts = [section_number, row_number, *([number] if len(row.clauses) > 1 else [])]
                codes[clause.id] = ".".join(map(str, parts))
    return codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Digits typed so far, and the clause they name once nothing longer begins with them."""

    digits: str = ""
    clause: ClauseId | None = None


def type_digit(codes: Mapping[ClauseId, str], before: str, digit: str) -> Typed:
    """Return what a further digit makes of a code; one that leads nowhere begins a new code."""
    by_digits = {code.replace(".", ""): clause for clause, code in codes.items()}
    for digits in (before + digit, digit):
        going_on = [known for known in by_digits if known.startswith(digits)]
        if going_on:
            is_whole = going_on == [digits]
            return Typed(digits=digits, clause=by_digits[digits] if is_whole else None)
    return Typed()


def clause_of(codes: Mapping[ClauseId, str], digits: str) -> ClauseId | None:
    """Return the clause whose code these digits are, even where a longer one begins with them."""
    wanted = (clause for clause, code in codes.items() if code.replace(".", "") == digits)
    return next(wanted, None)
