"""One intake after the other: files are read on the transfer lane and kept one by one."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError
from ui.labels import Labels
from ui.tasks import Tasks

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.domain.card import Card
    from app.services.desk.desk import Changes, Desk
    from app.services.photos.photo_intake import Arrival, Kept, PhotoRoom

_Prepare = Callable[["PhotoRoom"], "Arrival"]


@dataclass
class Tally:
    """How an intake went so far. `refused` are sentences, one for each file not taken."""

    total: int = 0
    new: int = 0
    known: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Return how many have their answer."""
        return self.new + self.known + len(self.refused)

    @property
    def is_over(self) -> bool:
        """Tell whether all have their answer."""
        return self.done >= self.total


class Importer:
    """Takes photos in. One bad file is told and never stops the others.

    `moved` is called after each answer; `announce` hears what changed.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        moved: Callable[[Tally], None],
        announce: "Callable[[Changes], None]",
    ) -> None:
        self._tasks = tasks
        self._labels = labels
        self._moved = moved
        self._announce = announce
        self._waiting: deque[tuple[_Prepare, Card | None]] = deque()
        self._is_reading = False
        self._room: PhotoRoom | None = None
        self.tally = Tally()

    def use(self, room: "PhotoRoom") -> None:
        """Know where files are kept."""
        self._room = room
        self._go_on()

    def take_paths(self, paths: Sequence[Path], card: "Card | None") -> None:
        """Take files in, and all that lies in folders."""
        from app.services.photos.photo_intake import files_in

        self._tasks.transfer(
            partial(files_in, tuple(paths)),
            done=partial(self._on_listed, card),
            refused=self._on_unlisted,
        )

    def take_contents(
        self, contents: Sequence[Callable[[], bytes]], name: str, card: "Card | None"
    ) -> None:
        """Take what was pasted or dropped without a file in under one name."""
        self._begin()
        for encode in contents:
            self._add(partial(_pasted, encode=encode, name=name), card)
        self._go_on()

    def stop(self) -> None:
        """Leave out what has not been read yet; what was taken stays."""
        self.tally.total -= len(self._waiting)
        self._waiting.clear()
        self._moved(self.tally)

    def _begin(self) -> None:
        if self.tally.is_over:
            self.tally = Tally()

    def _on_listed(self, card: "Card | None", files: tuple[Path, ...]) -> None:
        from app.services.photos.photo_intake import prepare_file

        self._begin()
        for path in files:
            self._add(partial(prepare_file, path=path), card)
        self._moved(self.tally)
        self._go_on()

    def _on_unlisted(self, refusal: AppError) -> None:
        self._begin()
        self.tally.total += 1
        self._refuse(refusal)

    def _add(self, prepare: _Prepare, card: "Card | None") -> None:
        self.tally.total += 1
        self._waiting.append((prepare, card))

    def _go_on(self) -> None:
        """Read the next file while the one before it is kept."""
        if self._is_reading or self._room is None or not self._waiting:
            return
        prepare, card = self._waiting.popleft()
        self._is_reading = True
        self._tasks.transfer(
            partial(prepare, self._room),
            done=partial(self._on_prepared, card),
            refused=self._on_unreadable,
        )

    def _on_prepared(self, card: "Card | None", arrival: "Arrival") -> None:
        self._is_reading = False
        self._tasks.database(
            partial(_keep, arrival=arrival, card=card), done=self._on_kept, refused=self._refuse
        )
        self._go_on()

    def _on_unreadable(self, refusal: AppError) -> None:
        self._is_reading = False
        self._refuse(refusal)
        self._go_on()

    def _on_kept(self, result: "tuple[Kept, Changes]") -> None:
        kept, changes = result
        self.tally.new += len(kept.new)
        self.tally.known += len(kept.known)
        self._announce(changes)
        self._moved(self.tally)

    def _refuse(self, refusal: AppError) -> None:
        self.tally.refused.append(self._labels.refusal(refusal))
        self._moved(self.tally)


def _pasted(room: "PhotoRoom", *, encode: Callable[[], bytes], name: str) -> "Arrival":
    from app.services.photos.photo_intake import prepare_bytes

    return prepare_bytes(room, encode(), name=name)


def _keep(desk: "Desk", *, arrival: "Arrival", card: "Card | None") -> "tuple[Kept, Changes]":
    from app.services.photos.photo_intake import keep_photos

    return keep_photos(desk, [arrival], card)
