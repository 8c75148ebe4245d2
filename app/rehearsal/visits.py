"""Visits that never took place: who scored which unit on which day, how, and how it was signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random

from app.domain.card import Mark, Scored
from app.domain.form import ClauseId, Form
from app.domain.guide import Guide, Method
from app.domain.moment import CHINA
from app.domain.season import season_years
from app.domain.unit import Unit
from app.rehearsal.chance import dice
from app.rehearsal.marks import draw_marks
from app.rehearsal.people import person_name
from app.rehearsal.units import Size, units


class Way(StrEnum):
    """How the unit's side signs."""

    INK = "ink"
    PAPER = "paper"
    REFUSED = "refused"
    ABSENT = "absent"
    PENDING = "pending"


# Taken in turn, so that a dozen visits know every way.
_WAYS = (Way.INK, Way.PAPER, Way.INK, Way.REFUSED, Way.ABSENT, Way.INK, Way.PENDING, Way.PAPER)
_TEAM_SIZES = (2, 2, 3, 4)
_FEWEST_PEOPLE = min(_TEAM_SIZES)
_MOST_TEAMS = 8
_VISITS_A_TEAM = 6
_JUNE_TO_NOVEMBER = 183  # days
_LAST_WEEK, _RUSH = 7, 0.2  # a fifth of the visits crowds into the week before 1 December
_NEXT_YEAR = 0.01
_PHOTOS = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One assessment: the moment it began, the team (组长 first), marks, photographed clauses.

    `witness` belongs to no side; he is named where the representative refuses or is not there.
    """

    unit: Unit
    begun: datetime
    team: tuple[str, ...]
    marks: Mapping[ClauseId, Mark]
    photographed: tuple[ClauseId, ...]
    representative: str
    witness: str
    way: Way


def visits(
    size: Size, form: Form, guide: Guide, *, step: Decimal = Decimal(1), seed: int
) -> Iterator[Visit]:
    """Yield a visit to each unit of a size; the teams take turns."""
    crews = teams(size, seed=seed)
    for place, unit in enumerate(units(size, seed=seed)):
        drawn = dice(seed, "visit", place)
        marks = draw_marks(form, guide, unit, step=step, dice=drawn)
        yield Visit(
            unit=unit,
            begun=_begun(form, drawn),
            team=crews[place % len(crews)],
            marks=marks,
            photographed=_photographed(guide, marks, drawn),
            representative=person_name(drawn),
            witness=person_name(drawn),
            way=_WAYS[place % len(_WAYS)],
        )


def teams(size: Size, *, seed: int) -> tuple[tuple[str, ...], ...]:
    """Return the 考核组 of a size, 2 to 8 of them with 2 to 4 people each, 组长 first."""
    return tuple(
        _team(dice(seed, "team", number))
        for number in range(min(size // _VISITS_A_TEAM, _MOST_TEAMS))
    )


def _team(drawn: Random) -> tuple[str, ...]:
    names: dict[str, None] = {}
    while len(names) < _FEWEST_PEOPLE:  # a name may fall twice
        names = dict.fromkeys(person_name(drawn) for _ in range(drawn.choice(_TEAM_SIZES)))
    return tuple(names)


def _begun(form: Form, drawn: Random) -> datetime:
    first, last = season_years(form.edition)
    year = first if drawn.random() >= _NEXT_YEAR else last
    start = datetime(year, 6, 1, tzinfo=CHINA)
    is_late = drawn.random() < _RUSH
    day = drawn.randrange(_JUNE_TO_NOVEMBER - _LAST_WEEK if is_late else 0, _JUNE_TO_NOVEMBER)
    return start + timedelta(
        days=day,
        hours=drawn.randint(9, 15),
        minutes=drawn.randrange(60),
        seconds=drawn.randrange(60),
    )


def _photographed(
    guide: Guide, marks: Mapping[ClauseId, Mark], drawn: Random
) -> tuple[ClauseId, ...]:
    on_site = [
        entry.clause
        for entry in guide.clauses
        if Method.SITE in entry.methods and isinstance(marks.get(entry.clause), Scored)
    ]
    return tuple(sorted(drawn.sample(on_site, drawn.choice(_PHOTOS))))
