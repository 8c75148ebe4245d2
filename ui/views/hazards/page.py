"""What 隐患与建议 shows: hazards turned into lines and one sheet, in words of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.evidence import Evidence, Sha256
from app.domain.hazard import (
    Act,
    Field,
    Grade,
    Hazard,
    HazardId,
    HazardState,
    Recipient,
    Side,
    Step,
    days_overdue,
    is_from_before,
)
from app.domain.moment import CHINA, local_date
from app.domain.rectification import possible_acts
from ui.labels import SEPARATOR, Labels
from ui.models.hazards import HazardLine

if TYPE_CHECKING:  # Pillow and libheif wait until the first photo is shown
    from app.pictures.scaling import Pixels

STATE_WORDS: Mapping[HazardState, str] = {
    HazardState.OPEN: "hazards.state.open",
    HazardState.RECTIFYING: "hazards.state.rectifying",
    HazardState.RECHECK: "hazards.state.recheck",
    HazardState.CLOSED: "hazards.state.closed",
    HazardState.WITHDRAWN: "hazards.state.withdrawn",
}
GRADE_WORDS: Mapping[Grade, str] = {
    Grade.ORDINARY: "hazards.grade.ordinary",
    Grade.SUSPECTED_MAJOR: "hazards.grade.suspected_major",
}
ACT_WORDS: Mapping[Act, str] = {
    Act.BEGIN: "hazards.act.begin",
    Act.SUBMIT: "hazards.act.submit",
    Act.PASS: "hazards.act.pass",
    Act.FAIL: "hazards.act.fail",
    Act.WITHDRAW: "hazards.act.withdraw",
}
_DONE_WORDS: Mapping[Act, str] = {
    Act.RAISE: "hazards.done.raise",
    Act.BEGIN: "hazards.done.begin",
    Act.SUBMIT: "hazards.done.submit",
    Act.PASS: "hazards.done.pass",
    Act.FAIL: "hazards.done.fail",
    Act.WITHDRAW: "hazards.done.withdraw",
    Act.GRADE_ORDINARY: "hazards.done.grade_ordinary",
    Act.GRADE_SUSPECTED: "hazards.done.grade_suspected",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A photo as shown; `pixels` is None while it is decoded, or where it cannot be."""

    sha256: Sha256
    name: str
    pixels: "Pixels | None"
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What may be taken over instead of typed: by the guide's rules, and photos of the clause."""

    texts: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    photos: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One hazard as its fields show it; `refusals` stand beside the fields they are about."""

    id: HazardId
    origin: str
    state: str
    late: str
    is_read_only: bool
    is_suspected_major: bool
    values: Mapping[Field, str]
    refusals: Mapping[Field, str] = field(default_factory=dict)
    offers: Offers = Offers()
    photos: Mapping[Side, tuple[Tile, ...]]
    choices: tuple[Tile, ...] = ()
    photo_refusals: Mapping[Side, str] = field(default_factory=dict)
    acts: tuple[Act, ...]
    act_refusal: str = ""
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything on the screen; `sheet` is None while no hazard is chosen.

    `to_print` is what 打印与交付 is asked to show, '' where there is nothing to advise.
    """

    about: str
    summary: str
    lines: tuple[HazardLine, ...]
    sheet: Sheet | None
    may_raise: bool
    to_print: str


def values_of(hazard: Hazard) -> dict[Field, str]:
    """Return what stands in the fields of a hazard."""
    department, congress = (hazard.report(each) for each in Recipient)
    return {
        Field.TEXT: hazard.text,
        Field.PLACE: hazard.place,
        Field.GRADE: hazard.grade.value,
        Field.MEASURE: hazard.measure,
        Field.PERSON: hazard.person.name,
        Field.POST: hazard.person.post,
        Field.TELEPHONE: hazard.person.telephone,
        Field.DEADLINE: _day(hazard.deadline),
        Field.DEPARTMENT_TO: department.to,
        Field.DEPARTMENT_ON: _day(department.on),
        Field.DEPARTMENT_HOW: department.how,
        Field.CONGRESS_TO: congress.to,
        Field.CONGRESS_ON: _day(congress.on),
        Field.CONGRESS_HOW: congress.how,
    }


def line_of(hazard: Hazard, *, today: date, unit: str, labels: Labels) -> HazardLine:
    """Return the line of a hazard in the list; `unit` is '' where all are of one unit."""
    year = local_date(hazard.raised.at).year
    old = labels("hazards.from_year", year=year) if is_from_before(hazard, today) else ""
    return HazardLine(
        key=hazard.id,
        title=hazard.text or labels("hazards.untitled"),
        state=state_of(hazard, labels),
        grade=labels("hazards.grade.short") if hazard.is_suspected_major else "",
        due="" if hazard.is_settled else _due(hazard.deadline, labels),
        late=late_of(hazard, today, labels),
        where=SEPARATOR.join(filter(None, (unit, old))),
        is_settled=hazard.is_settled,
    )


def late_of(hazard: Hazard, today: date, labels: Labels) -> str:
    """Return by how much a hazard is overdue, '' when it is not."""
    days = days_overdue(hazard, today)
    return labels("hazards.late", days=days) if days else ""


def state_of(hazard: Hazard, labels: Labels) -> str:
    """Return the word for how far a hazard is."""
    return labels(STATE_WORDS[hazard.state])


def acts_of(hazard: Hazard, *, is_kept: bool) -> tuple[Act, ...]:
    """Return the steps to offer; what is not kept yet can only be written on."""
    return possible_acts(hazard) if is_kept else ()


def history_of(hazard: Hazard, labels: Labels) -> tuple[str, ...]:
    """Return the history, newest step first."""
    return tuple(_told(step, labels) for step in reversed(hazard.steps))


def _told(step: Step, labels: Labels) -> str:
    at = step.by.at.astimezone(CHINA)
    parts = (f"{at:%Y-%m-%d %H:%M}", labels(_DONE_WORDS[step.act]), step.by.who, step.remark)
    return SEPARATOR.join(filter(None, parts))


def _due(deadline: date | None, labels: Labels) -> str:
    if deadline is None:
        return labels("hazards.no_deadline")
    return labels("hazards.due", day=deadline.isoformat())


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
