"""Writes assignments from the office of the tests to its inspectors."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.domain.unit import Unit
from app.services.office.issue import (
    Dispatch,
    Order,
    find_inspector,
    issue,
    plan_assignment,
    plan_withdrawal,
)
from tests.app.services.field import Field, Seat

DUE = date(2020, 11, 30)


def order(field: Field, *places: int, due: date = DUE, team: Sequence[str] = ()) -> Order:
    """Return an order for units of the office, by their places."""
    units = tuple(field.office.unit(place) for place in places)
    return Order(units=units, due=due, team=team, note="测试：上年未考核；联系人 测试丁")


def assigned(field: Field, asked: Order, seat: Seat | None = None) -> tuple[Path, Dispatch]:
    """Write an assignment for an inspector, the first one if none is named."""
    inspector = find_inspector(field.office.desk, (seat or field.first).serial)
    dispatch = plan_assignment(field.office.desk, asked, inspector, field.office.keys)
    return written(field, dispatch), dispatch


def withdrawn(field: Field, *units: Unit, seat: Seat | None = None) -> Path:
    """Write an assignment that takes units back."""
    inspector = find_inspector(field.office.desk, (seat or field.first).serial)
    return written(field, plan_withdrawal(field.office.desk, units, inspector, field.office.keys))


def written(field: Field, dispatch: Dispatch) -> Path:
    """Write a dispatch and return its path."""
    path = field.folder / f"{dispatch.consignment.head.package_id}.akp"
    issue(field.office.desk, path, dispatch, field.office.keys)
    return path
