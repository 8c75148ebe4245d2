"""The shape of a signed card on the wire, explained in docs/card-format.md.

What `ankang.card/2` adds is left out, not null, where it is not: so a card without it is written
as `ankang.card/1` was.
"""

from typing import Annotated, Literal

from msgspec import UNSET, UnsetType

from app.domain.card import Policy, Source
from app.exchange.signature_wire import SignatureWire
from app.exchange.unit_wire import UnitWire
from app.exchange.visit_wire import OpinionWire, PersonWire, VisitWire
from app.exchange.wire import (
    IS_NUMBER,
    IS_UUID,
    EvidenceWire,
    Hash,
    Points,
    Text,
    WireStruct,
)

CardType = Literal["ankang.card/1", "ankang.card/2"]


class OfficeWire(WireStruct, frozen=True):
    """The assessing office."""

    code: Text
    name: Text


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
    visit: VisitWire | UnsetType = UNSET


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
    opinion: OpinionWire | UnsetType = UNSET


class PreviousWire(WireStruct, frozen=True):
    """The revision replaced."""

    hash: Hash
    scores_hash: Hash
    reason: Text


class CardWire(WireStruct, frozen=True):
    """The whole document."""

    type: CardType
    header: HeaderWire
    header_hash: Hash
    scores: ScoresWire
    scores_hash: Hash
    signatures: tuple[SignatureWire, ...]
    previous: PreviousWire | None
