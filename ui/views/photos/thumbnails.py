"""Small pictures made off the GUI thread: those seen last come first, two at a time."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.errors import AppError
from ui.tasks import Tasks

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.domain.evidence import Evidence
    from app.pictures.scaling import Pixels
    from app.services.photos.photo_intake import PhotoRoom

_AT_ONCE = 2
_WAITING = 48  # what was scrolled past long ago is asked for again when it is seen again
_LONGEST = 240  # pixels held for each


class Thumbnails:
    """Answers each wish with `ready(key, pixels)`; what cannot be shown is not asked for again."""

    def __init__(self, tasks: Tasks, *, ready: "Callable[[str, Pixels], None]") -> None:
        self._tasks = tasks
        self._ready = ready
        self._room: PhotoRoom | None = None
        self._wishes: dict[str, Evidence] = {}
        self._busy: set[str] = set()
        self._hopeless: set[str] = set()

    def use(self, room: "PhotoRoom") -> None:
        """Know where files are kept."""
        self._room = room

    def want(self, key: str, file: "Evidence") -> None:
        """Ask for the small picture of a photo."""
        if key in self._busy or key in self._hopeless:
            return
        self._wishes.pop(key, None)
        self._wishes[key] = file
        if len(self._wishes) > _WAITING:
            self._wishes.pop(next(iter(self._wishes)))
        self._go_on()

    def _go_on(self) -> None:
        from app.services.photos.photo_pictures import thumbnail_pixels

        while self._room is not None and self._wishes and len(self._busy) < _AT_ONCE:
            key, file = self._wishes.popitem()
            self._busy.add(key)
            self._tasks.compute(
                partial(thumbnail_pixels, self._room, file, _LONGEST),
                done=partial(self._on_made, key),
                refused=partial(self._on_refused, key),
            )

    def _on_made(self, key: str, made: "Pixels") -> None:
        self._busy.discard(key)
        self._ready(key, made)
        self._go_on()

    def _on_refused(self, key: str, _: AppError) -> None:
        self._busy.discard(key)
        self._hopeless.add(key)
        self._go_on()
