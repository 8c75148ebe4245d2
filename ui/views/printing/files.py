"""Where prints go as files: each by itself into a folder, or all into one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.errors import AppError
from app.files import write_whole
from app.services.prints.print_files import PrintFile, bound, write_free
from app.services.prints.prints import Planned
from ui.tasks import Tasks


class FolderTaker:
    """Writes each print into a folder under its own name; nothing there is overwritten."""

    def __init__(self, tasks: Tasks, folder: Path) -> None:
        self._tasks = tasks
        self._folder = folder

    def take(
        self,
        planned: Planned,
        pdf: bytes,
        *,
        then: Callable[[], None],
        refused: Callable[[AppError], None],
    ) -> None:
        """Write one print."""
        self._tasks.transfer(
            partial(write_free, self._folder / planned.name, pdf),
            done=lambda _: then(),
            refused=refused,
        )

    def end(self, *, then: Callable[[], None], refused: Callable[[AppError], None]) -> None:
        """Be content: every print is written."""
        del refused
        then()

    def abandon(self, taken: int) -> int:
        """Leave what is written."""
        return taken


class FileTaker:
    """Writes all prints into one file the person named; one print is written as it is."""

    def __init__(self, tasks: Tasks, path: Path) -> None:
        self._tasks = tasks
        self._path = path
        self._prints: list[PrintFile] = []

    def take(
        self,
        planned: Planned,
        pdf: bytes,
        *,
        then: Callable[[], None],
        refused: Callable[[AppError], None],
    ) -> None:
        """Keep one print until all are there."""
        del refused
        self._prints.append(PrintFile(planned.name, pdf))
        then()

    def end(self, *, then: Callable[[], None], refused: Callable[[AppError], None]) -> None:
        """Write the file; when every print was refused there is none."""
        if not self._prints:
            then()
            return
        self._tasks.compute(self._whole, done=partial(self._write, then, refused), refused=refused)

    def abandon(self, taken: int) -> int:
        """Write nothing."""
        del taken
        self._prints.clear()
        return 0

    def _whole(self) -> bytes:
        return bound(self._prints)

    def _write(
        self, then: Callable[[], None], refused: Callable[[AppError], None], content: bytes
    ) -> None:
        self._tasks.transfer(
            partial(write_whole, self._path, content), done=lambda _: then(), refused=refused
        )
