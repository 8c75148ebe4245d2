"""What every use case works with, and what it tells its caller afterwards."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.domain.card import CardId
from app.ports import Clock, Ids, OpenWorkspace, Workspace
from app.services.desk.system import RandomIds, SystemClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An opened workspace with clock, ids and the folder of shipped resources."""

    workspace: Workspace
    clock: Clock
    ids: Ids
    resources: Path


def open_desk(
    open_workspace: OpenWorkspace, home: Path, *, resources: Path, writing: bool = True
) -> Desk:
    """Open a workspace under the real clock and ids; raises as `OpenWorkspace`."""
    clock, ids = SystemClock(), RandomIds()
    workspace = open_workspace(home, clock=clock, ids=ids, writing=writing)
    return Desk(workspace=workspace, clock=clock, ids=ids, resources=resources)


class Noun(StrEnum):
    """What a use case may have changed, so that screens know what to read again."""

    UNITS = "units"
    CARDS = "cards"
    OFFICE = "office"
    TRUST = "trust"
    PACKAGES = "packages"
    DECISIONS = "decisions"
    PHOTOS = "photos"
    HAZARDS = "hazards"
    ASSIGNMENTS = "assignments"
    HANDOVERS = "handovers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed. `unsigned` are the cards whose signatures fell with their content."""

    nouns: frozenset[Noun]
    unsigned: tuple[CardId, ...] = field(default=())

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing known before holds any more: another database was taken up."""
        return self.nouns == frozenset(Noun)


def changed(*nouns: Noun, unsigned: tuple[CardId, ...] = ()) -> Changes:
    """Return changes of these nouns."""
    return Changes(nouns=frozenset(nouns), unsigned=unsigned)
