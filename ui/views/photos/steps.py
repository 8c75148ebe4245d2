"""What can be done to photos and undone: each step knows how it is kept and how it is taken back.

All of it runs on the database lane.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.card import CardId
from app.domain.evidence import Sha256
from app.domain.unit import UnitKey
from ui.labels import Labels
from ui.views.photos.page import Choice

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.services.desk.desk import Changes, Desk
    from app.services.photos.photo_intake import PhotoRoom
    from app.services.photos.photo_wishes import PhotoWishes
    from app.services.photos.photos import Filing, Tray


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """Photos went behind clauses."""

    card: CardId
    filing: "Filing"

    def keep(self, desk: "Desk") -> "tuple[object, Changes]":
        """Do it."""
        from app.services.photos.photos import file_photos

        return file_photos(desk, self.card, self.filing)

    def undo(self, desk: "Desk") -> "tuple[object, Changes]":
        """Take it back."""
        from app.services.photos.photos import unfile_photos

        return unfile_photos(desk, self.card, self.filing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfiled:
    """Photos were taken from clauses."""

    card: CardId
    filing: "Filing"

    def keep(self, desk: "Desk") -> "tuple[object, Changes]":
        """Do it."""
        from app.services.photos.photos import unfile_photos

        return unfile_photos(desk, self.card, self.filing)

    def undo(self, desk: "Desk") -> "tuple[object, Changes]":
        """Take it back."""
        from app.services.photos.photos import file_photos

        return file_photos(desk, self.card, self.filing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Photos went from one tray into another (None: nobody's)."""

    photos: tuple[Sha256, ...]
    before: UnitKey | None
    after: UnitKey | None

    def keep(self, desk: "Desk") -> "tuple[object, Changes]":
        """Do it."""
        from app.services.photos.photos import move_photos

        return move_photos(desk, self.photos, self.after)

    def undo(self, desk: "Desk") -> "tuple[object, Changes]":
        """Take it back."""
        from app.services.photos.photos import move_photos

        return move_photos(desk, self.photos, self.before)


PhotoStep = Filed | Unfiled | Moved


def read_all(desk: "Desk", *, card_id: CardId) -> "tuple[Tray, PhotoRoom, PhotoWishes]":
    """Return all that the screen shows of a card."""
    from app.services.photos.photo_intake import photo_room
    from app.services.photos.photo_wishes import read_wishes
    from app.services.photos.photos import read_tray

    return read_tray(desk, card_id), photo_room(desk), read_wishes(desk.workspace.home)


def read_choices(desk: "Desk", *, card_id: CardId, labels: Labels) -> tuple[Choice, ...]:
    """Return the other units with open cards, then nobody's tray."""
    from app.services.photos.photos import neighbours

    others = tuple(
        Choice(card=each.card, unit=each.unit.key, name=labels.unit(each.unit))
        for each in neighbours(desk, card_id)
    )
    return (*others, Choice(card=None, unit=None, name=labels("photos.nobody")))


def write_wishes(desk: "Desk", *, wishes: "PhotoWishes") -> None:
    """Remember how photos are to be treated."""
    from app.services.photos.photo_wishes import keep_wishes

    keep_wishes(desk.workspace.home, wishes)
