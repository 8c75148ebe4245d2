"""Participating units: rows <-> `Unit`."""

from app.domain.unit import Unit, UnitFacts, UnitKey
from app.errors import AppError, Code
from db.engine import Connection, Row, Value
from db.stores.columns import whole

_COLUMNS = "code, sub_unit, name, workers, women, migrant, hazard_exposed, high_risk, district"
_ADD = f"INSERT INTO unit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_SAVE = """
    UPDATE unit SET name = ?3, workers = ?4, women = ?5, migrant = ?6, hazard_exposed = ?7,
        high_risk = ?8, district = ?9
    WHERE code = ?1 AND sub_unit = ?2
"""
_GET = f"SELECT {_COLUMNS} FROM unit WHERE code = ? AND sub_unit = ?"
_WITH_CODE = f"SELECT {_COLUMNS} FROM unit WHERE code = ? ORDER BY sub_unit"
_ALL = f"SELECT {_COLUMNS} FROM unit ORDER BY code, sub_unit"
_SOME = f"""
    SELECT {_COLUMNS} FROM unit WHERE (code, sub_unit) > (?, ?) ORDER BY code, sub_unit LIMIT ?
"""


class UnitStore:
    """Fulfils `app.ports.UnitStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, unit: Unit) -> None:
        """Keep a new unit; AppError UNIT_EXISTS when the key is taken."""
        if self._connection.execute(_ADD, _values(unit)) == 0:
            raise AppError(Code.UNIT_EXISTS, code=unit.key.code, sub_unit=unit.key.sub_unit)

    def save(self, unit: Unit) -> None:
        """Replace the name, facts and district of a unit."""
        self._connection.execute(_SAVE, _values(unit))

    def get(self, key: UnitKey) -> Unit | None:
        """Return the unit of this key."""
        return self._connection.one(_unit, _GET, (key.code, key.sub_unit))

    def with_code(self, code: str) -> tuple[Unit, ...]:
        """Return the units that share a code, by sub-unit."""
        return self._connection.each(_unit, _WITH_CODE, (code,))

    def all(self) -> tuple[Unit, ...]:
        """Return every unit, by code and sub-unit."""
        return self._connection.each(_unit, _ALL)

    def some(self, *, after: UnitKey | None, most: int) -> tuple[Unit, ...]:
        """Return the next units behind a key (None for the first ones)."""
        code, sub_unit = ("", "") if after is None else (after.code, after.sub_unit)
        return self._connection.each(_unit, _SOME, (code, sub_unit, most))


def facts_values(facts: UnitFacts) -> tuple[Value, ...]:
    """Return the five fact columns in their order."""
    return (
        facts.workers,
        facts.women,
        facts.migrant,
        facts.hazard_exposed,
        None if facts.high_risk is None else int(facts.high_risk),
    )


def facts_of(row: Row) -> UnitFacts:
    """Return the facts of a row that has the five fact columns."""
    return UnitFacts(
        workers=_count(row["workers"]),
        women=_count(row["women"]),
        migrant=_count(row["migrant"]),
        hazard_exposed=_count(row["hazard_exposed"]),
        high_risk=None if row["high_risk"] is None else bool(row["high_risk"]),
    )


def _values(unit: Unit) -> tuple[Value, ...]:
    facts = facts_values(unit.facts)
    return (unit.key.code, unit.key.sub_unit, unit.name, *facts, unit.district)


def _unit(row: Row) -> Unit:
    return Unit(
        key=UnitKey(code=str(row["code"]), sub_unit=str(row["sub_unit"])),
        name=str(row["name"]),
        facts=facts_of(row),
        district=str(row["district"]),
    )


def _count(value: Value) -> int | None:
    return None if value is None else whole(value)
