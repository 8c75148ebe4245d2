"""The port for copies of a whole workspace, on a stick or elsewhere (备份)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.ports.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a copy holds. `missing` counts named files that are not there or not as they were."""

    workspace: str
    made_at: datetime
    units: int
    cards: int
    sealed: int
    files: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A database that lies ready under the workspace's own folder."""

    folder: Path
    contents: Contents


class Copies(Protocol):
    """Makes copies of the workspace and takes them back.

    Only `snapshot` and `adopt` touch the open database; the others may run beside it.
    """

    def snapshot(self) -> Staged:
        """Put a sound copy of the database aside; AppError DISK_FULL."""

    def write(self, snapshot: Staged, folder: Path, *, progress: Progress) -> Contents:
        """Bring a snapshot and the files still missing there to a folder, and read all back.

        The copy that stood there before is kept beside the new one.

        Raises:
            AppError: DISK_FULL (before anything is written, too), FILE_NOT_WRITABLE,
                EVIDENCE_DAMAGED.

        """

    def inspect(self, folder: Path) -> Contents:
        """Open a copy aside and tell what is in it: the proof that it opens.

        Raises:
            AppError: BACKUP_UNKNOWN (no copy there), DATABASE_NEWER, DATABASE_DAMAGED.

        """

    def fetch(self, folder: Path, *, progress: Progress) -> Staged:
        """Bring a copy's files into this workspace, its database ready beside the present one.

        Raises:
            AppError: as `inspect` and `write`.

        """

    def adopt(self, staged: Staged, *, new_id: str) -> Path:
        """Put a fetched database in the place of the present one and return where that is kept.

        The workspace goes on under `new_id`: its packages begin a new row.
        """
