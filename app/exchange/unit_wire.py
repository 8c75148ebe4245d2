"""A unit on the wire, as cards and assignments carry it: wire <-> `Unit`."""

from typing import Annotated

from app.domain.unit import Unit, UnitFacts, UnitKey
from app.exchange.wire import IS_COUNT, Said, Text, WireStruct

_Count = Annotated[int, IS_COUNT]


class FactsWire(WireStruct, frozen=True):
    """The unit's facts; null is 'not known'."""

    workers: _Count | None
    women: _Count | None
    migrant: _Count | None
    hazard_exposed: _Count | None
    high_risk: bool | None


class UnitWire(WireStruct, frozen=True):
    """The unit assessed."""

    code: Said
    sub_unit: Text
    name: Said
    facts: FactsWire


def unit_to_wire(unit: Unit) -> UnitWire:
    """Return the wire form of a unit."""
    facts = unit.facts
    return UnitWire(
        code=unit.key.code,
        sub_unit=unit.key.sub_unit,
        name=unit.name,
        facts=FactsWire(
            workers=facts.workers,
            women=facts.women,
            migrant=facts.migrant,
            hazard_exposed=facts.hazard_exposed,
            high_risk=facts.high_risk,
        ),
    )


def unit_from_wire(wire: UnitWire) -> Unit:
    """Return the unit of a wire form, as it stands there."""
    facts = wire.facts
    return Unit(
        key=UnitKey(code=wire.code, sub_unit=wire.sub_unit),
        name=wire.name,
        facts=UnitFacts(
            workers=facts.workers,
            women=facts.women,
            migrant=facts.migrant,
            hazard_exposed=facts.hazard_exposed,
            high_risk=facts.high_risk,
        ),
    )
