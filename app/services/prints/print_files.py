"""Prints as files: each by itself in a folder, or the pages of all in one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from app.errors import AppError, Code
from app.files import write_whole
from app.ports.progress import Progress
from app.services.desk.desk import Desk
from app.services.prints.prints import Print, plan_print


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One print of one card; `hazards` are those of a 整改建议书, none for all due."""

    card: str
    which: Print
    hazards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A drawn print, and the name it has as a file."""

    name: str
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What became of an order: the file it is in, else why it is in none."""

    order: Order
    path: Path | None = None
    refusal: AppError | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether there was nothing to print."""
        return is_empty(self.refusal)


def is_empty(refusal: AppError | None) -> bool:
    """Tell whether a print was refused only because it has nothing to say."""
    return refusal is not None and refusal.code is Code.PRINT_EMPTY


def print_into_folder(
    desk: Desk, orders: Sequence[Order], folder: Path, progress: Progress
) -> tuple[Printed, ...]:
    """Write each print under its own name; nothing there is overwritten.

    A print that is refused does not keep out the others.

    Raises:
        AppError: DISK_FULL, FILE_NOT_WRITABLE.
        Cancelled: as `progress` says; what is written stays.

    """

    def take(name: str, pdf: bytes) -> Path:
        return write_free(folder / name, pdf)

    return _print_all(desk, orders, take, progress)


def print_into_file(
    desk: Desk, orders: Sequence[Order], path: Path, progress: Progress
) -> tuple[Printed, ...]:
    """Write all prints into one file; one alone as it is. With none there is no file.

    Raises:
        AppError: DISK_FULL, FILE_NOT_WRITABLE; what stood there is as it was.
        Cancelled: as `progress` says; nothing is written.

    """
    drawn: list[PrintFile] = []

    def take(name: str, pdf: bytes) -> Path:
        drawn.append(PrintFile(name, pdf))
        return path

    printed = _print_all(desk, orders, take, progress)
    if drawn:
        write_whole(path, bound(drawn))
    return printed


def bound(prints: Sequence[PrintFile]) -> bytes:
    """Return several prints as one file with a bookmark for each; one alone is as it was.

    Seals and attachments are lost when pages are put together anew.
    """
    if len(prints) == 1:
        return prints[0].pdf
    from app.reports.file.raster import merge, page_sizes
    from app.reports.sheets.bookmarks import Bookmark, with_bookmarks

    bookmarks, page = [], 0
    for each in prints:
        title = each.name.removesuffix(".pdf").replace("_", "　")
        bookmarks.append(Bookmark(title=title, page=page))
        page += len(page_sizes(each.pdf))
    return with_bookmarks(merge([each.pdf for each in prints]), bookmarks)


def write_free(path: Path, content: bytes) -> Path:
    """Write a file under a name that is not taken, `…_2.pdf` and on, and return it."""
    names = (path.with_stem(f"{path.stem}_{number}") for number in count(2))
    free = path
    while free.exists():
        free = next(names)
    write_whole(free, content)
    return free


def _print_all(
    desk: Desk, orders: Sequence[Order], take: Callable[[str, bytes], Path], progress: Progress
) -> tuple[Printed, ...]:
    printed = []
    for done, order in enumerate(orders):
        progress.advance(done, len(orders))
        try:
            planned = plan_print(desk, order.card, order.which, hazards=order.hazards)
            pdf = planned.draw()
        except AppError as refusal:
            printed.append(Printed(order=order, refusal=refusal))
        else:
            printed.append(Printed(order=order, path=take(planned.name, pdf)))
    progress.advance(len(orders), len(orders))
    return tuple(printed)
