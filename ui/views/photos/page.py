"""What the screen 照片归类 shows at one moment, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.card import CardId
from app.domain.form import ClauseId
from app.domain.unit import UnitKey
from ui.models.photos import ClauseLine, PhotoLine


class Group(StrEnum):
    """Which photos are shown: 待归类, 已归类, or those of no unit yet (未定单位)."""

    WAITING = "waiting"
    FILED = "filed"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Another unit to choose; None for nobody's tray."""

    card: CardId | None
    unit: UnitKey | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The screen. `said` tells what was done last; `progress` how far an intake is, '' for none.

    `refused` are the sentences about files that were not taken.
    """

    group: Group
    counts: Mapping[Group, int]
    photos: tuple[PhotoLine, ...]
    clauses: tuple[ClauseLine, ...]
    codes: Mapping[ClauseId, str]
    is_empty: bool
    is_read_only: bool
    notice: str
    said: str
    progress: str
    refused: tuple[str, ...]
    removes_location: bool
    folder: str
    repeat: str
