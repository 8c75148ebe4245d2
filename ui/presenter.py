"""What every presenter does alike: ask the workspace, pass on what changed, tell a refusal."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from app.errors import AppError
from ui.labels import Labels
from ui.tasks import Tasks

if TYPE_CHECKING:  # a desk takes 60 ms to import
    from app.services.desk.desk import Changes, Desk

T = TypeVar("T")


class Presenter:
    """Decides for one screen; knows no widget.

    `tell` says a sentence to the person, `announce` passes on what changed to the other screens.
    """

    def __init__(
        self,
        tasks: Tasks,
        labels: Labels,
        *,
        tell: Callable[[str], None],
        announce: "Callable[[Changes], None]",
    ) -> None:
        self._tasks = tasks
        self._labels = labels
        self._tell = tell
        self._announce = announce

    def _read(self, work: "Callable[[Desk], T]", done: Callable[[T], None]) -> None:
        """Read the workspace; a refusal is told."""
        self._tasks.database(work, done=done, refused=self._refuse)

    def _change(
        self, work: "Callable[[Desk], tuple[T, Changes]]", done: Callable[[T], None]
    ) -> None:
        """Change the workspace; what changed is announced before `done` hears of it."""
        self._tasks.database(work, done=partial(self._on_changed, done), refused=self._refuse)

    def _refuse(self, refusal: AppError) -> None:
        self._tell(self._labels.refusal(refusal))

    def _on_changed(self, done: Callable[[T], None], result: "tuple[T, Changes]") -> None:
        value, changes = result
        self._announce(changes)
        done(value)
