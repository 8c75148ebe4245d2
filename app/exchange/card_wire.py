"""The shape of a signed card on the wire (`ankang.card/1`), explained in docs/card-format.md."""

from typing import Annotated, Literal

from app.domain.card import Policy, Source
from app.exchange.signature_wire import SignatureWire
from app.exchange.wire import (
    IS_COUNT,
    IS_NUMBER,
    IS_UUID,
    EvidenceWire,
    Hash,
    Points,
    Said,
    Text,
    WireStruct,
)

_Count = Annotated[int, IS_COUNT]


class OfficeWire(WireStruct, frozen=True):
    """The assessing office."""

    code: Text
    name: Text


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


class PersonWire(WireStruct, frozen=True):
    """An assessor."""

    name: Said
    post: Text


class HeaderWire(WireStruct, frozen=True):
    """The header part."""

    id: Annotated[str, IS_UUID]
    revision: Annotated[int, IS_NUMBER]
    rehearsal: bool
    office: OfficeWire
    season: Text
    unit: UnitWire
    date_from: str
    date_to: str
    assessors: tuple[PersonWire, ...]


class ClauseWire(WireStruct, frozen=True):
    """One clause: `points` is null unless scored."""

    id: str
    status: Literal["scored", "not_applicable", "open"]
    points: Points | None
    reason: Text
    source: Source | None
    evidence: tuple[EvidenceWire, ...]


class TotalsWire(WireStruct, frozen=True):
    """The sums as printed."""

    base: Points
    bonus: Points
    total: Points
    converted: Points


class ScoresWire(WireStruct, frozen=True):
    """The score part."""

    id: Annotated[str, IS_UUID]
    form: Hash
    guide: Hash
    step: Points
    policy: Policy
    clauses: tuple[ClauseWire, ...]
    totals: TotalsWire


class PreviousWire(WireStruct, frozen=True):
    """The revision replaced."""

    hash: Hash
    scores_hash: Hash
    reason: Text


class CardWire(WireStruct, frozen=True):
    """The whole document."""

    type: Literal["ankang.card/1"]
    header: HeaderWire
    header_hash: Hash
    scores: ScoresWire
    scores_hash: Hash
    signatures: tuple[SignatureWire, ...]
    previous: PreviousWire | None
