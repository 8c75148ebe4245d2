"""Files are whole or not there, whatever the machine does."""

import os
import stat
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Code
from app.files import (
    WorkspaceLock,
    atomic_writer,
    make_private_folder,
    put_in_place,
    read_beginning,
    read_whole,
    staging_folder,
    sweep_staging,
    write_whole,
)
from tests.db.contract.workspaces import in_one_workspace
from tests.disks import full_disk
from tests.refusals import refused


def names(folder: Path) -> set[str]:
    """Return what lies in a folder, unfinished files too."""
    return {path.name for path in folder.iterdir()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@in_one_workspace
@given(content=st.binary(max_size=300))
def test_a_file_is_read_as_it_was_written(tmp_path: Path, content: bytes) -> None:
    write_whole(tmp_path / "a", content)
    assert read_whole(tmp_path / "a") == content
    assert names(tmp_path) == {"a"}


def test_missing_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "报送" / "2020年" / ("很长的名称" * 12 + ".akp")
    write_whole(path, b"x")
    assert path.read_bytes() == b"x"


def test_nothing_is_seen_until_the_block_ends(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"old")
    with atomic_writer(tmp_path / "a") as stream:
        stream.write(b"new")
        stream.flush()
        assert (tmp_path / "a").read_bytes() == b"old"
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_block_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"old")
    with suppress(KeyboardInterrupt), atomic_writer(tmp_path / "a") as stream:
        stream.write(b"half")
        raise KeyboardInterrupt
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == {"a"}


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"old")
    with refused(Code.DISK_FULL, path=str(tmp_path / "a")), full_disk(at=5000):
        write_whole(tmp_path / "a", bytes(100_000))
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == {"a"}


def test_a_place_below_a_file_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file" / "a", tmp_path / "file" / "b" / "a"):
        with refused(Code.FILE_NOT_WRITABLE, path=str(path)):
            write_whole(path, b"x")
    with refused(Code.FILE_NOT_WRITABLE, path=str(tmp_path / "file" / "b")):
        make_private_folder(tmp_path / "file" / "b")


def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path) -> None:
    """Such as a device: replaced, it would be lost to the whole machine."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, Path(), Path("/")):
        with refused(Code.FILE_NOT_WRITABLE, path=str(path)):
            write_whole(path, b"x")
    assert pipe.is_fifo()


def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "key", b"x", private=True)
    assert mode(tmp_path / "key") == 0o600
    make_private_folder(tmp_path / "home")
    make_private_folder(tmp_path / "home")
    assert mode(tmp_path / "home") == 0o700


@pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600)])
def test_other_files_obey_the_umask(tmp_path: Path, umask: int, expected: int) -> None:
    before = os.umask(umask)
    try:
        write_whole(tmp_path / "a", b"x")
    finally:
        os.umask(before)
    assert mode(tmp_path / "a") == expected


def test_a_finished_file_is_put_in_place(tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(b"new")
    (tmp_path / "a").write_bytes(b"old")
    put_in_place(tmp_path / "part", tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == {"a"}
    with refused(Code.FILE_NOT_WRITABLE, path=str(tmp_path / "a")):
        put_in_place(tmp_path / "part", tmp_path / "a")


def test_reading_tells_what_is_missing_unreadable_or_too_long(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_whole(tmp_path / "a", most=5) == b"12345"
    assert read_beginning(tmp_path / "a", 2) == b"12"
    with refused(Code.FILE_UNREADABLE, path=str(tmp_path / "a")):
        read_whole(tmp_path / "a", most=4)
    with refused(Code.FILE_UNREADABLE, path=str(tmp_path)):
        read_whole(tmp_path)
    with refused(Code.FILE_MISSING, path=str(tmp_path / "b")):
        read_whole(tmp_path / "b")
    with refused(Code.FILE_MISSING, path=str(tmp_path / "b")):
        read_beginning(tmp_path / "b", 1)


def test_staging_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), staging_folder(tmp_path) as folder:
        assert mode(folder) == 0o700
        (folder / "deep").mkdir()
        (folder / "deep" / "a").write_bytes(b"x")
        raise KeyboardInterrupt
    assert names(tmp_path) == set()
    with refused(Code.FILE_NOT_WRITABLE), staging_folder(tmp_path / "none"):
        pass


def test_only_staging_of_another_day_is_swept(tmp_path: Path) -> None:
    for name in ("staging-new", "staging-old", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_bytes(b"x")
    now = (tmp_path / "staging-new").stat().st_mtime
    old = now - timedelta(days=1, minutes=1).total_seconds()
    os.utime(tmp_path / "staging-old", (old, old))
    os.utime(tmp_path / "other", (old, old))
    sweep_staging(tmp_path)
    assert names(tmp_path) == {"staging-new", "other"}


def test_a_lock_is_given_back_and_taken_again(tmp_path: Path) -> None:
    first, second = WorkspaceLock(tmp_path), WorkspaceLock(tmp_path)
    first.acquire()
    first.release()
    first.release()
    second.acquire()
    second.release()


def test_a_lock_in_a_missing_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with refused(Code.FILE_NOT_WRITABLE, path=str(tmp_path / "file")):
        WorkspaceLock(tmp_path / "file").acquire()
