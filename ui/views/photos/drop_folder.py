"""The watched folder (照片投放): what is put there is taken as soon as it stops growing.

Nothing in it is ever changed or removed.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from app.errors import AppError
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.desk.desk import Desk
    from app.services.photos.photo_folder import Sizes

_SETTLE_MS = 1000


class DropFolder(QObject):
    """Watches one folder; `take` is given the new files that stand still."""

    def __init__(
        self, tasks: Tasks, *, take: Callable[[Sequence[Path]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._take = take
        self._folder: Path | None = None
        self._before: Sizes = {}
        self._taken: dict[Path, int] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.look)
        self._timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, folder: Path) -> None:
        """Watch another folder, beginning with what lies in it."""
        if folder == self._folder:
            return
        watched = self._watcher.directories()
        if watched:
            self._watcher.removePaths(watched)
        self._folder, self._before = folder, {}
        self._watcher.addPath(str(folder))
        self.look()

    def look(self) -> None:
        """Look what is there: a network folder does not tell of itself."""
        from app.services.photos.photo_folder import look_into

        if self._folder is not None:
            self._tasks.transfer(
                partial(look_into, self._folder), done=self._on_seen, refused=self._on_unseen
            )

    def _on_seen(self, now: "Sizes") -> None:
        """Ask which of the files that stand still are new; look again while any still grows."""
        from app.services.photos.photo_folder import settled

        still = settled(self._before, now)
        self._before = now
        fresh = {path: now[path] for path in still if self._taken.get(path) != now[path]}
        if len(still) < len(now):
            self._timer.start()
        if fresh:
            self._taken |= fresh
            self._tasks.database(
                partial(_unknown, sizes=fresh), done=self._on_known, refused=self._on_unseen
            )

    def _on_known(self, files: tuple[Path, ...]) -> None:
        if files:
            self._take(files)

    def _on_unseen(self, _: AppError) -> None:
        """Wait: a folder on a stick comes and goes."""


def _unknown(desk: "Desk", *, sizes: "Sizes") -> tuple[Path, ...]:
    from app.services.photos.photo_folder import unknown

    return unknown(desk, sizes)
