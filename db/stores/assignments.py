"""Assignments: rows <-> `Assignment`. Rows of ours have no inspector; an office's name one."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import msgspec

from app.domain.assignment import Assignment
from app.domain.card import CardId, Person
from app.domain.unit import Unit, UnitKey
from db.engine import Connection, Row
from db.stores.columns import hundredths, points_of, time_of, time_text, whole
from db.stores.units import facts_of, facts_values

_OURS = ""
_COLUMNS = """
    unit_code, sub_unit, unit_name, workers, women, migrant, hazard_exposed, high_risk, card_id,
    season, due, team, note, last_total_hundredths, last_date, open_hazards, withdrawn, issued_at,
    number
"""
_PUT = f"""
    INSERT OR REPLACE INTO assignment (inspector, {_COLUMNS})
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_OF = f"SELECT {_COLUMNS} FROM assignment WHERE inspector = ? AND unit_code = ? AND sub_unit = ?"
_OF_INSPECTOR = f"""
    SELECT {_COLUMNS} FROM assignment WHERE inspector = ? ORDER BY due, unit_code, sub_unit
"""
_ISSUED_CARDS = """
    SELECT unit_code, sub_unit, min(card_id) AS card_id FROM assignment
    WHERE season = ? AND inspector <> '' GROUP BY unit_code, sub_unit
"""
_TEAM = list[tuple[str, str]]


class AssignmentStore:
    """Fulfils `app.ports.assignments.AssignmentStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, assignment: Assignment) -> None:
        """Keep what was given to us, in place of an earlier order for the unit."""
        self.put_issued(_OURS, assignment)

    def of(self, key: UnitKey) -> Assignment | None:
        """Return what was given to us of a unit."""
        return self._connection.one(_assignment, _OF, (_OURS, key.code, key.sub_unit))

    def all(self) -> tuple[Assignment, ...]:
        """Return what was given to us, also what was taken back, soonest due first."""
        return self.issued_to(_OURS)

    def put_issued(self, inspector: str, assignment: Assignment) -> None:
        """Keep what was given to an inspector (serial of his certificate), as `put`."""
        unit, total, last = assignment.unit, assignment.last_total, assignment.last_date
        team = [(person.name, person.post) for person in assignment.team]
        self._connection.execute(
            _PUT,
            (
                inspector,
                unit.key.code,
                unit.key.sub_unit,
                unit.name,
                *facts_values(unit.facts),
                assignment.card,
                assignment.season,
                assignment.due.isoformat(),
                msgspec.json.encode(team).decode(),
                assignment.note,
                None if total is None else hundredths(total),
                None if last is None else last.isoformat(),
                msgspec.json.encode(assignment.open_hazards).decode(),
                int(assignment.withdrawn),
                time_text(assignment.issued_at),
                assignment.number,
            ),
        )

    def issued_to(self, inspector: str) -> tuple[Assignment, ...]:
        """Return what was given to an inspector, soonest due first."""
        return self._connection.each(_assignment, _OF_INSPECTOR, (inspector,))

    def issued_cards(self, season: str) -> Mapping[UnitKey, CardId]:
        """Return the card each unit given to anybody has in a season."""
        return dict(self._connection.each(_card_of, _ISSUED_CARDS, (season,)))


def _assignment(row: Row) -> Assignment:
    total, last = row["last_total_hundredths"], row["last_date"]
    return Assignment(
        card=CardId(str(row["card_id"])),
        season=str(row["season"]),
        unit=Unit(key=_key(row), name=str(row["unit_name"]), facts=facts_of(row)),
        due=date.fromisoformat(str(row["due"])),
        team=_team(str(row["team"])),
        note=str(row["note"]),
        last_total=None if total is None else points_of(total),
        last_date=None if last is None else date.fromisoformat(str(last)),
        open_hazards=msgspec.json.decode(str(row["open_hazards"]), type=tuple[str, ...]),
        withdrawn=bool(row["withdrawn"]),
        issued_at=time_of(row["issued_at"]),
        number=whole(row["number"]),
    )


@lru_cache(maxsize=64)  # units are given by the hundred to the same team
def _team(column: str) -> tuple[Person, ...]:
    named = msgspec.json.decode(column, type=_TEAM)
    return tuple(Person(name=name, post=post) for name, post in named)


def _card_of(row: Row) -> tuple[UnitKey, CardId]:
    return _key(row), CardId(str(row["card_id"]))


def _key(row: Row) -> UnitKey:
    return UnitKey(code=str(row["unit_code"]), sub_unit=str(row["sub_unit"]))
