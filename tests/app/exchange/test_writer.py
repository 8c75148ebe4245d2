"""A package is written whole, in one pass, or not at all."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.crypto.age import AgeRecipient
from app.errors import AppError, Cancelled, Code
from app.exchange.canonical import content_hash
from app.exchange.stored_zip import read_archive
from app.exchange.writer import Entry, FileEntry, write_package
from tests.packages import ENTRIES, Post, file_entry, make_head, make_post

TAGS = [
    "bag/bagit.txt",
    "bag/bag-info.txt",
    "bag/manifest-sha256.txt",
    "bag/tagmanifest-sha256.txt",
    "bag/tagmanifest-sha256.txt.p7s",
]


@pytest.fixture
def post(tmp_path: Path) -> Post:
    return make_post(tmp_path)


def write(post: Post, path: Path, *entries: Entry | FileEntry) -> str:
    return write_package(
        path,
        head=make_head(),
        entries=entries,
        identity=post.inspector,
        recipients=[post.office.age.recipient],
    )


@dataclass(frozen=True)
class Watcher:
    """Do something once the first octets have been taken."""

    act: Callable[[], object]

    def advance(self, done: int, total: int) -> None:
        assert 0 < done <= total
        self.act()


def write_watched(post: Post, entry: FileEntry, act: Callable[[], object]) -> None:
    write_package(
        post.folder / "x.akp",
        head=make_head(),
        entries=[entry],
        identity=post.inspector,
        recipients=[post.office.age.recipient],
        progress=Watcher(act),
    )


def test_the_payload_stands_first_and_sorted_then_the_tag_files(post: Post) -> None:
    files = read_archive(post.plain(post.write(entries=reversed(ENTRIES))))
    assert list(files) == ["bag/data/cards/a.json", "bag/data/evidence/b", *TAGS]
    assert files["bag/data/cards/a.json"] == ENTRIES[0].content


def test_the_digest_names_the_signed_content_and_not_the_file(post: Post) -> None:
    first, second = post.folder / "1.akp", post.folder / "2.akp"
    digests = [write(post, path, *ENTRIES) for path in (first, second)]
    tag_manifest = read_archive(post.plain(first))["bag/tagmanifest-sha256.txt"]
    assert digests == [content_hash(tag_manifest)] * 2
    assert first.read_bytes() != second.read_bytes()


def test_a_file_is_packed_as_it_lies_on_the_disk(post: Post) -> None:
    content = bytes(range(256)) * 9000  # more than two blocks
    entry = file_entry(post.folder / "photo", "data/evidence/photo", content)
    opened = post.open(post.write(entries=[entry]))
    assert opened.read("data/evidence/photo") == content


@pytest.mark.parametrize("found", [b"", b"phot", b"phoTo", b"photo and more", None])
def test_a_source_that_is_not_what_was_recorded_leaves_nothing(
    post: Post, found: bytes | None
) -> None:
    path = post.folder / "photo"
    entry = file_entry(path, "data/evidence/photo", b"photo")
    path.unlink() if found is None else path.write_bytes(found)
    with pytest.raises(AppError) as refused:
        write(post, post.folder / "x.akp", entry)
    assert refused.value.code is Code.PACKAGE_SOURCE_CHANGED
    assert refused.value.facts == {"name": "data/evidence/photo", "path": str(path)}
    assert {left.name for left in post.folder.iterdir()} <= {"photo"}


def test_a_source_that_shrinks_while_it_is_read_leaves_the_old_package(post: Post) -> None:
    old = post.write().read_bytes()
    path = post.folder / "photo"
    entry = file_entry(path, "data/evidence/photo", bytes(3 << 20))
    with pytest.raises(AppError) as refused:
        write_watched(post, entry, lambda: path.write_bytes(b""))
    assert refused.value.code is Code.PACKAGE_SOURCE_CHANGED
    assert (post.folder / "x.akp").read_bytes() == old
    assert {left.name for left in post.folder.iterdir()} == {"photo", "x.akp"}


def test_a_disk_that_gives_back_something_else_is_found_out(post: Post) -> None:
    """What was written is changed behind the writer's back, as a failing stick does."""
    spoilt: list[int] = []

    def spoil() -> None:
        (part,) = post.folder.glob("*.part")
        if spoilt or part.stat().st_size < 1000:
            return
        with part.open("r+b") as stream:
            stream.seek(900)
            spoilt.append(stream.read(1)[0] ^ 1)
            stream.seek(900)
            stream.write(bytes(spoilt))

    entry = file_entry(post.folder / "photo", "data/evidence/photo", bytes(3 << 20))
    with pytest.raises(AppError) as refused:
        write_watched(post, entry, spoil)
    assert refused.value.code is Code.PACKAGE_NOT_WRITTEN
    assert {left.name for left in post.folder.iterdir()} == {"photo"}


def test_stopping_leaves_nothing(post: Post) -> None:
    def stop() -> None:
        raise Cancelled

    entry = file_entry(post.folder / "photo", "data/evidence/photo", b"photo")
    with pytest.raises(Cancelled):
        write_watched(post, entry, stop)
    assert {left.name for left in post.folder.iterdir()} == {"photo"}


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["../evil"], Code.PACKAGE_ENTRY_REFUSED),
        (["data/评分"], Code.PACKAGE_ENTRY_REFUSED),
        (["data/a", "data/a"], Code.PACKAGE_ENTRY_DUPLICATE),
        (["a.txt"], Code.PACKAGE_ENTRY_REFUSED),
    ],
)
def test_a_name_the_reader_would_refuse_is_not_written(
    post: Post, names: list[str], code: Code
) -> None:
    with pytest.raises(AppError) as refused:
        write(post, post.folder / "x.akp", *(Entry(name=name, content=b"") for name in names))
    assert refused.value.code is code
    assert list(post.folder.iterdir()) == []


@pytest.mark.parametrize(("files", "size"), [(49_996, 0), (2, 2_113_929_216)])
def test_what_no_stick_or_archive_takes_is_refused_at_once(
    post: Post, files: int, size: int
) -> None:
    entry = FileEntry(name="data/0", path=post.folder / "nowhere", size=size, sha256="0" * 64)
    entries = [replace(entry, name=f"data/{number}") for number in range(files)]
    with pytest.raises(AppError) as refused:
        write(post, post.folder / "x.akp", *entries)
    assert refused.value.code is Code.PACKAGE_TOO_LARGE
    assert list(post.folder.iterdir()) == []


def test_a_malformed_recipient_leaves_nothing(post: Post) -> None:
    with pytest.raises(AppError) as refused:
        write_package(
            post.folder / "x.akp",
            head=make_head(),
            entries=ENTRIES,
            identity=post.inspector,
            recipients=[AgeRecipient("age1nobody")],
        )
    assert refused.value.code is Code.RECIPIENT_INVALID
    assert list(post.folder.iterdir()) == []


def test_packing_needs_little_memory_whatever_the_photos_weigh(tmp_path: Path) -> None:
    """Pack, then open 240 MB in a process of its own; its peak stays far below that."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.app.exchange.pack_large", str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    grown, packed = map(int, done.stdout.split())
    assert packed > 240_000_000
    assert grown < 64_000_000
