"""Where a person was: the cards that are open, so that a killed program starts where it was.

Only places are kept here, in a small file beside the database. What was entered is saved with
every stroke and needs no rescue.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from app.domain.card import CardId
from app.domain.unit import Unit
from app.errors import AppError
from app.files import write_whole
from app.services.cards.assess import find_card
from app.services.desk.desk import Desk

_FILE = "open.json"
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """A card that is open, the step (a name of the window's) and the clause ('' for none)."""

    card: CardId
    step: str
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCard:
    """A card that was open when the program ended."""

    where: Whereabouts
    unit: Unit


def note_open(desk: Desk, where: Whereabouts) -> Unit:
    """Remember that a card is open, and where; return its unit. AppError CARD_UNKNOWN.

    A full disk keeps nobody from looking at a card: only its place is not remembered then.
    """
    card, _ = find_card(desk, where.card)
    others = [held for held in _read(desk.workspace.home) if held.card != where.card]
    with suppress(AppError):
        _write(desk.workspace.home, [where, *others][:_MOST])
    return card.unit


def note_closed(desk: Desk, card: CardId) -> None:
    """Forget a card that its person left; AppError DISK_FULL, FILE_NOT_WRITABLE."""
    held = _read(desk.workspace.home)
    kept = [where for where in held if where.card != card]
    if kept != held:
        _write(desk.workspace.home, kept)


def open_cards(desk: Desk) -> tuple[OpenCard, ...]:
    """Return what was open, the latest first; cards that are gone are left out."""
    found = ((where, desk.workspace.cards.get(where.card)) for where in _read(desk.workspace.home))
    return tuple(OpenCard(where=where, unit=card.unit) for where, card in found if card)


def _read(home: Path) -> list[Whereabouts]:
    try:
        return [
            Whereabouts(card=CardId(str(card)), step=str(step), clause=str(clause))
            for card, step, clause in json.loads((home / _FILE).read_bytes())
        ]
    except (OSError, ValueError, TypeError):
        return []


def _write(home: Path, places: list[Whereabouts]) -> None:
    lines = [list(asdict(where).values()) for where in places]
    write_whole(home / _FILE, json.dumps(lines).encode(), private=True)
