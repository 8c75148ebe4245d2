"""隐患: what was found at a unit, what is to be done, and how it is followed to its end.

Only the authority may find a hazard major: here it is at most 疑似重大. How a hazard changes is
`app.domain.rectification`'s affair.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from app.domain.card import Card, CardId, Scored
from app.domain.checks import Finding, Hint
from app.domain.evidence import Evidence
from app.domain.form import ClauseId, Form
from app.domain.moment import local_date
from app.domain.unit import UnitKey

HazardId = NewType("HazardId", str)

_RECTIFICATION = "整改"


class Grade(StrEnum):
    """一般, or 疑似重大（待主管部门认定）."""

    ORDINARY = "ordinary"
    SUSPECTED_MAJOR = "suspected_major"


class HazardState(StrEnum):
    """待整改, 整改中, 待复查, 已销号; 已撤销 was raised by mistake."""

    OPEN = "open"
    RECTIFYING = "rectifying"
    RECHECK = "recheck"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What a step of the history did."""

    RAISE = "raise"
    BEGIN = "begin"
    SUBMIT = "submit"
    PASS = "pass"  # noqa: S105 - 复查合格
    FAIL = "fail"
    WITHDRAW = "withdraw"
    GRADE_ORDINARY = "grade_ordinary"
    GRADE_SUSPECTED = "grade_suspected"


class Side(StrEnum):
    """Photos from before (整改前) and after (整改后)."""

    BEFORE = "before"
    AFTER = "after"


class Recipient(StrEnum):
    """To whom 双报告 goes: 负有安全生产监督管理职责的部门, 企业职代会."""

    DEPARTMENT = "department"
    CONGRESS = "congress"


class Field(StrEnum):
    """What a person types about a hazard."""

    TEXT = "text"
    PLACE = "place"
    GRADE = "grade"
    MEASURE = "measure"
    PERSON = "person"
    POST = "post"
    TELEPHONE = "telephone"
    DEADLINE = "deadline"
    DEPARTMENT_TO = "department_to"
    DEPARTMENT_ON = "department_on"
    DEPARTMENT_HOW = "department_how"
    CONGRESS_TO = "congress_to"
    CONGRESS_ON = "congress_on"
    CONGRESS_HOW = "congress_how"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The unit's person in charge: name, post and telephone, nothing more."""

    name: str = ""
    post: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One of the two reports: to whom by name, on which day, how."""

    to: str = ""
    on: date | None = None
    how: str = ""

    @property
    def is_made(self) -> bool:
        """Tell whether it says to whom, when and how."""
        return bool(self.to and self.on and self.how)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doer:
    """Who does something to a hazard ('' where nobody is known yet), and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the history."""

    act: Act
    by: Doer
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A hazard of a unit; `card_id` and `clause` where it was raised while scoring."""

    id: HazardId
    unit: UnitKey
    card_id: CardId | None = None
    clause: ClauseId | None = None
    text: str = ""
    place: str = ""
    grade: Grade = Grade.ORDINARY
    measure: str = ""
    person: Contact = Contact()
    deadline: date | None = None
    state: HazardState = HazardState.OPEN
    before: tuple[Evidence, ...] = ()
    after: tuple[Evidence, ...] = ()
    reports: Mapping[Recipient, Report] = field(default_factory=dict)
    steps: tuple[Step, ...]

    @property
    def raised(self) -> Doer:
        """Return who raised it, and when."""
        return self.steps[0].by

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is left to be done: 已销号 or 已撤销."""
        return self.state in {HazardState.CLOSED, HazardState.WITHDRAWN}

    @property
    def is_suspected_major(self) -> bool:
        """Tell whether both reports are due."""
        return self.grade is Grade.SUSPECTED_MAJOR

    def report(self, recipient: Recipient) -> Report:
        """Return one of the reports, blank where nothing is known of it yet."""
        return self.reports.get(recipient, Report())

    def photos(self, side: Side) -> tuple[Evidence, ...]:
        """Return the photos of one side."""
        return self.before if side is Side.BEFORE else self.after


def days_overdue(hazard: Hazard, today: date) -> int:
    """Return by how many days the deadline has passed; 0 when it has not, or nothing is left."""
    if hazard.is_settled or hazard.deadline is None:
        return 0
    return max(0, (today - hazard.deadline).days)


def is_from_before(hazard: Hazard, today: date) -> bool:
    """Tell whether it was raised in an earlier year."""
    return local_date(hazard.raised.at).year < today.year


def in_order(hazards: Iterable[Hazard], today: date) -> tuple[Hazard, ...]:
    """Return hazards as they are to be dealt with.

    Overdue ones first, then what earlier years left open, then the rest by deadline; settled ones
    stand at the end.
    """

    def place(hazard: Hazard) -> tuple[bool, bool, bool, date, datetime]:
        return (
            hazard.is_settled,
            days_overdue(hazard, today) == 0,
            not is_from_before(hazard, today),
            hazard.deadline or date.max,
            hazard.raised.at,
        )

    return tuple(sorted(hazards, key=place))


def to_advise(hazards: Iterable[Hazard], card_id: CardId) -> tuple[Hazard, ...]:
    """Return what a 整改建议书 of a card is about: raised with it, and unsettled."""
    return tuple(one for one in hazards if one.card_id == card_id and not one.is_settled)


def hazard_findings(card: Card, form: Form, hazards: Iterable[Hazard]) -> tuple[Finding, ...]:
    """Return a question for each clause on 整改 with full points beside an open 疑似重大 hazard.

    The clause is known by its official text: its place may be another in the next form.
    """
    if not any(
        hazard.unit == card.unit.key and hazard.is_suspected_major and not hazard.is_settled
        for hazard in hazards
    ):
        return ()
    full = (
        clause.id
        for clause in form.base_clauses
        if _RECTIFICATION in clause.text
        and isinstance(mark := card.marks.get(clause.id), Scored)
        and mark.points == clause.points
    )
    return tuple(Finding(hint=Hint.MAJOR_HAZARD_OPEN, clause=clause_id) for clause_id in full)
