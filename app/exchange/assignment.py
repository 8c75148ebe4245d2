"""data/assignment.json: the units an office gives to an inspector; beside it the office's profile.

Wire <-> `Assignment`. What the profile proves is the caller's to ask; here it is only bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from msgspec import Meta

from app.domain.assignment import Assignment
from app.domain.card import CardId, Person
from app.domain.points import parse_points, points_text
from app.domain.unit import Unit, new_unit
from app.errors import AppError, Code
from app.exchange.bag import require_same_names
from app.exchange.canonical import canonical
from app.exchange.documents import read_record
from app.exchange.head import Head, require_sums
from app.exchange.naming import ASSIGNMENT, PROFILE
from app.exchange.opened import OpenPackage
from app.exchange.unit_wire import UnitWire, unit_from_wire, unit_to_wire
from app.exchange.visit_wire import PersonWire
from app.exchange.wire import IS_UUID, Points, Said, Text, WireStruct

_Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]


class TaskWire(WireStruct, frozen=True):
    """One unit; `last_total` and `last_date` are null when no earlier card is known."""

    card: Annotated[CardId, IS_UUID]
    unit: UnitWire
    due: _Day
    team: tuple[PersonWire, ...]
    note: Text
    last_total: Points | None
    last_date: _Day | None
    open_hazards: tuple[Said, ...]
    withdrawn: bool


class AssignmentWire(WireStruct, frozen=True, tag_field="type", tag="ankang.assignment/1"):
    """The document: the season its cards belong to, and the units, each once."""

    season: Said
    units: tuple[TaskWire, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentDocument:
    """What an assignment package holds: its units, and the profile as the office signed it."""

    tasks: tuple[Assignment, ...]
    profile: bytes


def assignment_counts(tasks: Sequence[Assignment]) -> dict[str, int]:
    """Return what the head counts: units, and how many of them are taken back."""
    return {"units": len(tasks), "withdrawn": sum(task.withdrawn for task in tasks)}


def assignment_bytes(tasks: Sequence[Assignment]) -> bytes:
    """Return units of one season as they stand in the package, under the name ASSIGNMENT."""
    return canonical(AssignmentWire(season=tasks[0].season, units=tuple(map(_task_wire, tasks))))


def read_assignment(package: OpenPackage) -> AssignmentDocument:
    """Return what an assignment package holds.

    Raises:
        AppError: PACKAGE_RECORD_MALFORMED (also for units that could not have been registered as
            they stand, or stand there twice), PACKAGE_ENTRY_MISSING, PACKAGE_ENTRY_UNLISTED,
            PACKAGE_COUNTS_DIFFER.

    """
    wire = read_record(package, ASSIGNMENT, AssignmentWire)
    require_same_names(listed={ASSIGNMENT, PROFILE}, held=package.files)
    try:
        tasks = tuple(_task(task, wire.season, package.head) for task in wire.units)
    except ValueError as cause:
        raise _malformed(str(cause)) from cause
    except AppError as cause:
        raise _malformed(cause.code) from cause
    if not tasks or len({task.unit.key for task in tasks}) < len(tasks):
        raise _malformed("units")
    require_sums(package.head, counts=assignment_counts(tasks), totals={})
    return AssignmentDocument(tasks=tasks, profile=package.read(PROFILE))


def _malformed(where: str) -> AppError:
    return AppError(Code.PACKAGE_RECORD_MALFORMED, name=ASSIGNMENT, where=where)


def _task_wire(task: Assignment) -> TaskWire:
    return TaskWire(
        card=task.card,
        unit=unit_to_wire(task.unit),
        due=task.due.isoformat(),
        team=tuple(PersonWire(name=person.name, post=person.post) for person in task.team),
        note=task.note,
        last_total=None if task.last_total is None else points_text(task.last_total),
        last_date=None if task.last_date is None else task.last_date.isoformat(),
        open_hazards=task.open_hazards,
        withdrawn=task.withdrawn,
    )


def _task(wire: TaskWire, season: str, head: Head) -> Assignment:
    return Assignment(
        card=wire.card,
        season=season,
        unit=_unit(wire.unit),
        due=date.fromisoformat(wire.due),
        team=tuple(Person(name=person.name, post=person.post) for person in wire.team),
        note=wire.note,
        last_total=None if wire.last_total is None else parse_points(wire.last_total),
        last_date=None if wire.last_date is None else date.fromisoformat(wire.last_date),
        open_hazards=wire.open_hazards,
        withdrawn=wire.withdrawn,
        issued_at=head.created,
        number=head.sequence,
    )


def _unit(wire: UnitWire) -> Unit:
    """Return a unit that could have been registered as it stands; raises as `new_unit`."""
    unit = unit_from_wire(wire)
    named = new_unit(code=wire.code, sub_unit=wire.sub_unit, name=wire.name)
    if replace(named, facts=unit.facts) != unit:
        raise ValueError("unit")
    return unit.with_facts({})
