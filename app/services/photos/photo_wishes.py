"""How a person wants photos treated on this computer: a small file beside the database."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from app.files import make_private_folder, write_whole

_FILE = "photos.json"
_DROP_FOLDER = "照片投放"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoWishes:
    """`removes_location`: copies without it go onto cards; `folder`: watched for new photos."""

    folder: Path
    removes_location: bool = True


def read_wishes(home: Path) -> PhotoWishes:
    """Return what was kept; without it location is removed and 照片投放 is watched, made anew.

    Raises:
        AppError: FILE_NOT_WRITABLE, DISK_FULL.

    """
    try:
        kept = json.loads((home / _FILE).read_bytes())
        folder, removes = kept["folder"], kept["removes_location"]
        wishes = PhotoWishes(folder=Path(folder), removes_location=removes is not False)
    except (OSError, ValueError, TypeError, LookupError):
        wishes = PhotoWishes(folder=home / _DROP_FOLDER)
    if wishes.folder == home / _DROP_FOLDER:
        make_private_folder(wishes.folder)
    return wishes


def keep_wishes(home: Path, wishes: PhotoWishes) -> None:
    """Keep them; AppError DISK_FULL, FILE_NOT_WRITABLE."""
    kept = {**asdict(wishes), "folder": str(wishes.folder)}
    write_whole(home / _FILE, json.dumps(kept, ensure_ascii=False).encode(), private=True)
