"""Copies of a whole workspace: the database as a snapshot, files under their hash as they are.

A copy is laid out as a workspace is. Files are never removed from it, so that an older database
kept in it still finds all of its own.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.domain.evidence import Sha256
from app.errors import AppError, Code
from app.files import copy_whole, make_private_folder, new_staging
from app.ports.copies import Contents, Staged
from app.ports.progress import Progress
from db.engine import Connection, open_for_writing
from db.stores.columns import whole
from db.stores.evidence import EvidenceStore

DATABASE = "workspace.db"
EVIDENCE = "evidence"
BACKUPS = "backups"
_KEPT = 5
_SPARE = 32 << 20  # for what a file system itself needs
_COUNTS = """
    SELECT (SELECT id FROM workspace) AS id,
        (SELECT count(*) FROM unit) AS units,
        (SELECT count(DISTINCT id) FROM card) AS cards,
        (SELECT count(DISTINCT card_id) FROM sealed_card) AS sealed,
        (SELECT max(at) FROM audit_event) AS last
"""
_NAMED = """
    SELECT sha256 FROM clause_evidence
    UNION SELECT pdf_sha256 FROM sealed_card
    UNION SELECT json_extract(manner, '$.scan.sha256') FROM card_signature
        WHERE json_extract(manner, '$.scan.sha256') IS NOT NULL
    UNION SELECT json_extract(visit, '$.transcript.scan.sha256') FROM card
        WHERE json_extract(visit, '$.transcript.scan.sha256') IS NOT NULL
    UNION SELECT file.value FROM supplement, json_tree(CAST(document AS TEXT)) AS file
        WHERE file.key = 'sha256'
    UNION SELECT sha256 FROM photo
    UNION SELECT sha256 FROM hazard_photo
"""


class Copies:
    """Fulfils `app.ports.copies.Copies`."""

    def __init__(
        self, connection: Connection, home: Path, evidence: EvidenceStore, *, key: str | None
    ) -> None:
        self._connection = connection
        self._home = home
        self._evidence = evidence
        self._key = key

    def snapshot(self) -> Staged:
        """Put a sound copy of the database aside; AppError DISK_FULL."""
        folder = new_staging(self._home)
        self._connection.execute("VACUUM INTO ?", (str(folder / DATABASE),))
        return Staged(folder=folder, contents=self._contents(folder, self._evidence))

    def write(self, snapshot: Staged, folder: Path, *, progress: Progress) -> Contents:
        """Bring a snapshot and the files still missing there to a folder, and read all back."""
        try:
            make_private_folder(folder)
            there = EvidenceStore(folder / EVIDENCE)
            lacking = self._missing(there)
            databases = 2 * (snapshot.folder / DATABASE).stat().st_size
            _refuse_too_little_room(folder, databases + _bytes(lacking, self._evidence))
            _carry(self._evidence, there, lacking, progress)
            _keep_older(folder)
            copy_whole(snapshot.folder / DATABASE, folder / DATABASE)
        finally:
            shutil.rmtree(snapshot.folder, ignore_errors=True)
        return self.inspect(folder)

    def inspect(self, folder: Path) -> Contents:
        """Open a copy aside and tell what is in it: the proof that it opens."""
        staged = self._stage(folder)
        shutil.rmtree(staged.folder, ignore_errors=True)
        return staged.contents

    def fetch(self, folder: Path, *, progress: Progress) -> Staged:
        """Bring a copy's files into this workspace, its database ready beside the present one."""
        staged = self._stage(folder)
        there = EvidenceStore(folder / EVIDENCE)
        lacking = [each for each in there.all() if not self._evidence.holds(each)]
        _refuse_too_little_room(self._home, _bytes(lacking, there))
        _carry(there, self._evidence, lacking, progress)
        return staged

    def adopt(self, staged: Staged, *, new_id: str) -> Path:
        """Put a fetched database in the place of the present one; return where that is kept."""
        kept = _free_name(self._home / BACKUPS, "workspace-before-restore")
        with closing(self._opened(staged.folder)) as connection:
            connection.execute("UPDATE workspace SET id = ?", (new_id,))
            connection.settle()
        self._connection.exchange(staged.folder / DATABASE, kept)
        shutil.rmtree(staged.folder, ignore_errors=True)
        return kept

    def _missing(self, there: EvidenceStore) -> list[Sha256]:
        return [each for each in self._evidence.all() if not there.holds(each)]

    def _stage(self, folder: Path) -> Staged:
        """Copy a copy's database under our own folder, and open and migrate it there."""
        source = folder / DATABASE
        if not source.is_file():
            raise AppError(Code.BACKUP_UNKNOWN, path=str(folder))
        staging = new_staging(self._home)
        try:
            copy_whole(source, staging / DATABASE)
            contents = self._contents(staging, EvidenceStore(folder / EVIDENCE))
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        return Staged(folder=staging, contents=contents)

    def _contents(self, folder: Path, files: EvidenceStore) -> Contents:
        with closing(self._opened(folder)) as connection:
            row = connection.row(_COUNTS)
            named = [Sha256(str(each["sha256"])) for each in connection.rows(_NAMED)]
        if row is None or row["id"] is None:
            raise AppError(Code.BACKUP_UNKNOWN, path=str(folder))
        return Contents(
            workspace=str(row["id"]),
            made_at=datetime.fromisoformat(str(row["last"])) if row["last"] else _NEVER,
            units=whole(row["units"]),
            cards=whole(row["cards"]),
            sealed=whole(row["sealed"]),
            files=len(named),
            missing=sum(not files.holds(each) for each in named),
        )

    def _opened(self, folder: Path) -> Connection:
        return open_for_writing(folder / DATABASE, backups=folder, key=self._key)


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def _carry(
    source: EvidenceStore, target: EvidenceStore, files: list[Sha256], progress: Progress
) -> None:
    """Copy files and read each back; one that is not what its name says stops everything."""
    for done, sha256 in enumerate(files):
        progress.advance(done, len(files))
        taken = target.take(source.path(sha256), name=sha256, media_type="")
        if taken.sha256 != sha256 or not target.is_intact(sha256):
            raise AppError(Code.EVIDENCE_DAMAGED, sha256=sha256)
    progress.advance(len(files), len(files))


def _bytes(files: list[Sha256], store: EvidenceStore) -> int:
    return sum(store.path(each).stat().st_size for each in files)


def _refuse_too_little_room(folder: Path, needed: int) -> None:
    if shutil.disk_usage(folder).free < needed + _SPARE:
        raise AppError(Code.DISK_FULL, path=str(folder))


def _keep_older(folder: Path) -> None:
    """Keep the database of the copy before, until another takes its place; the latest are kept."""
    present = folder / DATABASE
    if present.exists():
        kept = folder / BACKUPS
        make_private_folder(kept)
        copy_whole(present, _free_name(kept, "workspace"))
        for old in sorted(kept.glob("workspace-*.db"), key=_age)[:-_KEPT]:
            old.unlink()


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns


def _free_name(folder: Path, stem: str) -> Path:
    make_private_folder(folder)
    return next(path for path in _names(folder, stem) if not path.exists())


def _names(folder: Path, stem: str) -> Iterator[Path]:
    number = 0
    while True:
        number += 1
        yield folder / f"{stem}-{number:03}.db"
