"""Files that are whole or not there: atomic writing, locks, staging folders.

The only home of `os.replace`. Errors of the machine become AppErrors here.
"""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from filelock import FileLock, Timeout

from app.errors import AppError, Code

_PRIVATE = 0o600
_PUBLIC = 0o666  # less what the person's umask takes away
_PRIVATE_FOLDER = 0o700
_LOCK_SECONDS = 5.0
_STAGING = "staging-"
_CHUNK = 1 << 20
_STALE_SECONDS = 86_400.0


@contextmanager
def atomic_writer(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path`; put it in its place, fsynced, when the block ends well.

    When the block raises, the old file stands and the temporary one is gone. What is there and no
    regular file (a folder, a device) is never replaced.

    Raises:
        AppError: DISK_FULL, FILE_NOT_WRITABLE.

    """
    with _told(path):
        _refuse_special(path)
        _make_folder(path.parent)
    part = path.with_name(f".{path.name[:40]}.{token_hex(8)}.part")
    opener = partial(os.open, mode=_PRIVATE if private else _PUBLIC)
    try:
        with _told(path), open(part, "x+b", opener=opener) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        put_in_place(part, path)
    finally:
        with suppress(OSError):  # the disk itself may be gone
            part.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file at once; raises as `atomic_writer`."""
    with atomic_writer(path, private=private) as stream:
        stream.write(content)


def copy_whole(source: Path, path: Path) -> None:
    """Copy a file of ours for its owner's eyes only.

    Raises:
        AppError: FILE_UNREADABLE, and as `atomic_writer`.

    """
    with atomic_writer(path, private=True) as target:
        for chunk in _chunks(source):
            target.write(chunk)


def put_in_place(part: Path, path: Path) -> None:
    """Give a finished, fsynced file its name in the same folder; raises as `atomic_writer`."""
    with _told(path):
        os.replace(part, path)  # noqa: PTH105 - under the name that ruff bans elsewhere
        _sync_folder(path.parent)


def read_whole(path: Path, *, most: int = 64 << 20) -> bytes:
    """Return the bytes of a file a person named.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE (also when it holds more than `most` bytes).

    """
    content = read_beginning(path, most + 1)
    if len(content) > most:
        raise AppError(Code.FILE_UNREADABLE, path=str(path))
    return content


def read_beginning(path: Path, length: int) -> bytes:
    """Return the first bytes of a file a person named; AppError FILE_MISSING, FILE_UNREADABLE."""
    try:
        with path.open("rb") as stream:
            return stream.read(length)
    except FileNotFoundError as cause:
        raise AppError(Code.FILE_MISSING, path=str(path)) from cause
    except OSError as cause:
        raise AppError(Code.FILE_UNREADABLE, path=str(path)) from cause


def make_private_folder(folder: Path) -> None:
    """Make a folder, unless it is there, for its owner's eyes only; AppError FILE_NOT_WRITABLE."""
    with _told(folder):
        folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)


def new_staging(home: Path) -> Path:
    """Make an empty private folder under `home`; `sweep_staging` finds it when it is forgotten."""
    with _told(home):
        return Path(tempfile.mkdtemp(dir=home, prefix=_STAGING))


@contextmanager
def staging_folder(home: Path) -> Iterator[Path]:
    """Give an empty private folder under `home`, removed afterwards whatever happens."""
    folder = new_staging(home)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_staging(home: Path) -> None:
    """Remove the staging folders that a killed program left under `home` a day ago or earlier."""
    for folder in home.glob(f"{_STAGING}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


class WorkspaceLock:
    """Holds a workspace for one writing program at a time."""

    def __init__(self, home: Path) -> None:
        self._lock = FileLock(home / "workspace.lock", timeout=_LOCK_SECONDS)
        self._home = home

    def acquire(self) -> None:
        """Take the lock; AppError WORKSPACE_IN_USE when another program keeps it for 5 s."""
        try:
            with _told(self._home):
                self._lock.acquire()
        except Timeout as cause:
            raise AppError(Code.WORKSPACE_IN_USE, path=str(self._home)) from cause

    def release(self) -> None:
        """Give the lock back; does nothing when it is not held."""
        self._lock.release()


def _chunks(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except OSError as cause:
        raise AppError(Code.FILE_UNREADABLE, path=str(source)) from cause


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except Timeout:
        raise
    except OSError as cause:
        code = (
            Code.DISK_FULL
            if cause.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
            else Code.FILE_NOT_WRITABLE
        )
        raise AppError(code, path=str(path)) from cause


def _refuse_special(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise AppError(Code.FILE_NOT_WRITABLE, path=str(path))


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each fsynced into the one it stands in."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder (its rename is journalled), some network disks cannot sync one.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
