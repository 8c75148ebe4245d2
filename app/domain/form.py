"""The official form as the program sees it: sections, rows, clauses and their points.

The text is the notice's, verbatim (总工字〔2020〕9号, attachment). `scoring` scores; reading a
form and its identity (a hash) is `app.exchange.forms`' affair.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from app.domain.unit import Fact
from app.errors import AppError, Code

ClauseId = NewType("ClauseId", str)
FormHash = NewType("FormHash", str)
GuideHash = NewType("GuideHash", str)


class Mode(StrEnum):
    """How a clause may be scored: any step up to its points, or nothing but all of them."""

    GRADED = "graded"
    ALL_OR_NOTHING = "all_or_nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One scoring point (考核要点).

    `text` is the piece of the row that ends with its points; joining the clauses of a row gives
    the row back. `absent_fact` names the fact of the unit that must be 0 for 不涉及, None where
    the clause always applies.
    """

    id: ClauseId
    points: Decimal
    text: str
    mode: Mode
    absent_fact: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One 考核内容 with its single 得分 cell; holds one to three clauses."""

    id: str
    text: str
    clauses: tuple[Clause, ...]

    @property
    def points(self) -> Decimal:
        """Return the full points of the row."""
        return sum((clause.points for clause in self.clauses), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One 考核项目. `title` carries the points and, for the bonus, the asterisk of the form."""

    id: str
    name: str
    title: str
    bonus: bool
    rows: tuple[Row, ...]

    @property
    def points(self) -> Decimal:
        """Return the full points of the section."""
        return sum((row.points for row in self.rows), Decimal(0))

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return the clauses of all rows, in the order of the form."""
        return tuple(clause for row in self.rows for clause in row.clauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An official form of one edition. `hash` is its identity; `id` is only a name for people."""

    id: str
    hash: FormHash
    title: str
    edition: str
    unit_label: str
    date_label: str
    columns: tuple[str, str, str]
    total_label: str
    footnote: str
    sections: tuple[Section, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows of all sections, in the order of the form."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return the clauses of all rows, in the order of the form."""
        return tuple(clause for section in self.sections for clause in section.clauses)

    @property
    def base_clauses(self) -> tuple[Clause, ...]:
        """Return the clauses that make the 100 points."""
        return tuple(self._clauses_where(bonus=False))

    @property
    def bonus_clauses(self) -> tuple[Clause, ...]:
        """Return the clauses of the sections marked * (额外加分项)."""
        return tuple(self._clauses_where(bonus=True))

    @property
    def base_points(self) -> Decimal:
        """Return the points of all base sections: 100 on the national form."""
        return sum((clause.points for clause in self.base_clauses), Decimal(0))

    @property
    def bonus_points(self) -> Decimal:
        """Return the points of all bonus sections: 10 on the national form."""
        return sum((clause.points for clause in self.bonus_clauses), Decimal(0))

    def clause(self, clause_id: str) -> Clause:
        """Return the clause of this id; AppError CLAUSE_UNKNOWN when the form has none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise AppError(Code.CLAUSE_UNKNOWN, clause=clause_id)

    def _clauses_where(self, *, bonus: bool) -> Iterator[Clause]:
        for section in self.sections:
            if section.bonus is bonus:
                yield from section.clauses
