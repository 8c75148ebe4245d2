"""名次: the order of the accepted cards of one season, and what was left out and why.

Order: base, then bonus; equal figures share a rank and the next one is skipped (1, 2, 2, 4).
Neither name nor time of arrival ever decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.card import CardId
from app.domain.unit import UnitKey


class LeftOut(StrEnum):
    """Why a card does not stand in the ranking."""

    NOT_DECIDED = "not_decided"
    RETURNED = "returned"
    CONFLICT = "conflict"
    OTHER_FORM = "other_form"
    OTHER_RULES = "other_rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One unit's figures: `base` is the 折算得分 where the office rescales."""

    card: CardId
    unit: UnitKey
    name: str
    base: Decimal
    bonus: Decimal

    @property
    def total(self) -> Decimal:
        """Return base and bonus together."""
        return self.base + self.bonus


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An entry with its rank, 1 first."""

    rank: int
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The order, and the cards that do not stand in it."""

    ranked: tuple[Ranked, ...]
    left_out: tuple[tuple[CardId, LeftOut], ...]


def rank(entries: Iterable[Entry], left_out: Iterable[tuple[CardId, LeftOut]]) -> Ranking:
    """Return entries in order with shared ranks; equals stand in order of code and sub-unit."""
    ordered = sorted(
        entries,
        key=lambda entry: (-entry.base, -entry.bonus, entry.unit.code, entry.unit.sub_unit),
    )
    ranked: list[Ranked] = []
    for place, entry in enumerate(ordered, start=1):
        before = ranked[-1] if ranked else None
        shares = before is not None and _figures(before.entry) == _figures(entry)
        ranked.append(Ranked(rank=before.rank if before and shares else place, entry=entry))
    return Ranking(ranked=tuple(ranked), left_out=tuple(left_out))


def _figures(entry: Entry) -> tuple[Decimal, Decimal]:
    return (entry.base, entry.bonus)
