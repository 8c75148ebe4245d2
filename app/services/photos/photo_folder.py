"""The watched folder (照片投放): what lies in it, what has stopped growing, what is new."""

import os
from collections.abc import Mapping
from pathlib import Path

from app.errors import AppError, Code
from app.services.desk.desk import Desk
from app.services.desk.intake import kept_name

Sizes = Mapping[Path, int]


def look_into(folder: Path) -> Sizes:
    """Return the files in a folder with their sizes; hidden ones and folders are left out.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE.

    """
    try:
        with os.scandir(folder) as entries:
            return {
                Path(entry.path): entry.stat().st_size
                for entry in entries
                if entry.is_file() and not entry.name.startswith((".", "~"))
            }
    except FileNotFoundError as cause:
        raise AppError(Code.FILE_MISSING, path=str(folder)) from cause
    except OSError as cause:
        raise AppError(Code.FILE_UNREADABLE, path=str(folder)) from cause


def settled(before: Sizes, now: Sizes) -> tuple[Path, ...]:
    """Return the files whose size stood still between two looks: nobody writes them any more."""
    return tuple(sorted(path for path, size in now.items() if before.get(path) == size))


def unknown(desk: Desk, sizes: Sizes) -> tuple[Path, ...]:
    """Return the files that never arrived here under this name and size."""
    photos = desk.workspace.photos
    return tuple(
        path for path, size in sizes.items() if not photos.knows(kept_name(path.name), size)
    )
