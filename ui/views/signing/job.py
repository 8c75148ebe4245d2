"""One thing under way on a card: its steps on the lanes, and what hears of its end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from app.domain.card import CardId
from app.errors import AppError
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.desk.desk import Changes, Desk

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A chain of steps: `kept` hears what the last one stored, `refused` why one of them was not.

    What imports pyHanko (half a second, once) is imported by `warm`, not on the database lane.
    """

    card: CardId
    tasks: Tasks
    kept: "Callable[[tuple[object, Changes]], None]"
    refused: Callable[[AppError], None]

    def at_desk(self, work: "Callable[[Desk], T]", done: Callable[[T], None]) -> None:
        """Read the workspace, then go on."""
        self.tasks.database(work, done=done, refused=self.refused)

    def aside(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Compute without the workspace, then go on."""
        self.tasks.compute(work, done=done, refused=self.refused)

    def store(self, work: "Callable[[Desk], tuple[object, Changes]]") -> None:
        """Store, and end."""
        self.tasks.database(work, done=self.kept, refused=self.refused)

    def warm(self, then: Callable[[], None]) -> None:
        """Import what sealing needs, then go on."""
        self.aside(_import_sealing, lambda _: then())


def _import_sealing() -> None:
    from app.services.seal import seal, supplement

    del seal, supplement
