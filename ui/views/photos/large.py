"""The one large picture: decoded off the GUI thread, only ever the one wanted last."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.errors import AppError
from ui.tasks import Tasks

if TYPE_CHECKING:  # pictures take 75 ms to import
    from app.domain.evidence import Evidence
    from app.pictures.scaling import Pixels
    from app.services.photos.photo_intake import PhotoRoom

WHOLE, NEAR = 1400, 3000  # pixels: for a whole picture on a screen, for a part of it


class LargePicture:
    """Answers the last wish with `ready(key, pixels)`; earlier ones that wait are forgotten."""

    def __init__(
        self,
        tasks: Tasks,
        *,
        ready: "Callable[[str, Pixels], None]",
        refused: Callable[[AppError], None],
    ) -> None:
        self._tasks = tasks
        self._ready = ready
        self._refused = refused
        self._room: PhotoRoom | None = None
        self._wish: tuple[str, Evidence, int] | None = None
        self._held = ("", 0)
        self._is_busy = False

    def use(self, room: "PhotoRoom") -> None:
        """Know where files are kept."""
        self._room = room
        self._go_on()

    def want(self, file: "Evidence", longest: int) -> None:
        """Ask for a picture; one that is asked for or held that large is not asked for again."""
        held, size = self._held
        if held == file.sha256 and size >= longest:
            return
        self._held = (file.sha256, longest)
        self._wish = (file.sha256, file, longest)
        self._go_on()

    def forget(self) -> None:
        """Want nothing."""
        self._wish, self._held = None, ("", 0)

    def _go_on(self) -> None:
        if self._room is None or self._is_busy or self._wish is None:
            return
        from app.services.photos.photo_pictures import screen_pixels

        key, file, longest = self._wish
        self._wish, self._is_busy = None, True
        self._tasks.compute(
            partial(screen_pixels, self._room, file, longest),
            done=partial(self._on_made, key),
            refused=self._on_refused,
        )

    def _on_made(self, key: str, made: "Pixels") -> None:
        self._is_busy = False
        if key == self._held[0]:
            self._ready(key, made)
        self._go_on()

    def _on_refused(self, refusal: AppError) -> None:
        self._is_busy = False
        self._refused(refusal)
        self._go_on()
