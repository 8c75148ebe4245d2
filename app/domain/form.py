"""The official form as the program sees it: sections, rows, clauses and their points.

The text is the notice's, verbatim (总工字〔2020〕9号, attachment). `scoring` scores; reading a
form and its identity (a hash) is `app.exchange.forms`' affair.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
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

    @property
    def title(self) -> str:
        """Return the text as it stands alone, without the comma that leads on to the next one."""
        return self.text.rstrip("，")


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
class _Index:
    """What is asked of a form at every stroke, gathered once."""

    rows: tuple[Row, ...]
    clauses: tuple[Clause, ...]
    base: tuple[Clause, ...]
    bonus: tuple[Clause, ...]
    by_id: Mapping[str, Clause]
    numbers: Mapping[str, str]


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
    _index: _Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", _index_of(self.sections))

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows of all sections, in the order of the form."""
        return self._index.rows

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return the clauses of all rows, in the order of the form."""
        return self._index.clauses

    @property
    def base_clauses(self) -> tuple[Clause, ...]:
        """Return the clauses that make the 100 points."""
        return self._index.base

    @property
    def bonus_clauses(self) -> tuple[Clause, ...]:
        """Return the clauses of the sections marked * (额外加分项)."""
        return self._index.bonus

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
        clause = self._index.by_id.get(clause_id)
        if clause is None:
            raise AppError(Code.CLAUSE_UNKNOWN, clause=clause_id)
        return clause

    def number(self, clause_id: str) -> str:
        """Return how people name a clause: section.row, and .clause where a row has several.

        Raises:
            AppError: CLAUSE_UNKNOWN.

        """
        return self._index.numbers[self.clause(clause_id).id]

    def section_of(self, clause_id: str) -> Section:
        """Return the section a clause stands in; AppError CLAUSE_UNKNOWN."""
        clause = self.clause(clause_id)
        return next(section for section in self.sections if clause in section.clauses)


def _index_of(sections: tuple[Section, ...]) -> _Index:
    clauses = tuple(clause for section in sections for clause in section.clauses)
    return _Index(
        rows=tuple(row for section in sections for row in section.rows),
        clauses=clauses,
        base=tuple(c for section in sections if not section.bonus for c in section.clauses),
        bonus=tuple(c for section in sections if section.bonus for c in section.clauses),
        by_id={clause.id: clause for clause in clauses},
        numbers=_numbers(sections),
    )


def _numbers(sections: tuple[Section, ...]) -> Mapping[str, str]:
    numbers: dict[str, str] = {}
    for at, section in enumerate(sections, start=1):
        for place, row in enumerate(section.rows, start=1):
            for piece, clause in enumerate(row.clauses, start=1):
                number = f"{at}.{place}"
                numbers[clause.id] = number if len(row.clauses) == 1 else f"{number}.{piece}"
    return numbers
