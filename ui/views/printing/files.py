"""Where prints go as files: each by itself into a folder, or all into one."""

from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

from app.errors import AppError
from app.files import write_whole
from app.services.prints import Planned, merged
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
            partial(_write_free, self._folder / planned.name, pdf),
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
        self._pdfs: list[bytes] = []

    def take(
        self,
        planned: Planned,
        pdf: bytes,
        *,
        then: Callable[[], None],
        refused: Callable[[AppError], None],
    ) -> None:
        """Keep one print until all are there."""
        del planned, refused
        self._pdfs.append(pdf)
        then()

    def end(self, *, then: Callable[[], None], refused: Callable[[AppError], None]) -> None:
        """Write the file; when every print was refused there is none."""
        if not self._pdfs:
            then()
            return
        self._tasks.compute(self._whole, done=partial(self._write, then, refused), refused=refused)

    def abandon(self, taken: int) -> int:
        """Write nothing."""
        del taken
        self._pdfs.clear()
        return 0

    def _whole(self) -> bytes:
        return self._pdfs[0] if len(self._pdfs) == 1 else merged(self._pdfs)

    def _write(
        self, then: Callable[[], None], refused: Callable[[AppError], None], content: bytes
    ) -> None:
        self._tasks.transfer(
            partial(write_whole, self._path, content), done=lambda _: then(), refused=refused
        )


def _write_free(path: Path, content: bytes) -> None:
    """Write a file under a name that is not taken: `…_2.pdf` and on."""
    names = (path.with_stem(f"{path.stem}_{number}") for number in count(2))
    free = path
    while free.exists():
        free = next(names)
    write_whole(free, content)
