"""Every byte of an archive is as it must be, or the archive is refused."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, Code
from app.exchange.stored_zip import archive, read_archive, read_members

FILES = {"a.txt": b"hello", "b/c.bin": bytes(range(200)), "empty": b""}


def refusal(content: bytes) -> Code:
    try:
        read_archive(content)
    except AppError as refused:
        return refused.code
    raise AssertionError("the archive was taken")


@given(
    st.dictionaries(st.text("abc/.-_", min_size=1, max_size=9), st.binary(max_size=99), max_size=5)
)
def test_an_archive_is_read_back(files: dict[str, bytes]) -> None:
    assert read_archive(archive(files)) == files


def test_another_program_reads_it() -> None:
    with zipfile.ZipFile(BytesIO(archive(FILES))) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES


@pytest.mark.parametrize("bit", [0, 5])
def test_every_flipped_byte_is_refused(bit: int) -> None:
    sound = archive(FILES)
    taken = []
    for place in range(len(sound)):
        damaged = bytearray(sound)
        damaged[place] ^= 1 << bit
        try:
            read_archive(bytes(damaged))
        except AppError:
            continue
        taken.append(place)
    assert taken == []


def test_every_truncation_and_every_added_byte_is_refused() -> None:
    sound = archive(FILES)
    damaged = [sound[:length] for length in range(len(sound))]
    damaged += [sound + b"\0", b"\0" + sound, sound + sound, b"PK" + sound]
    assert {refusal(content) for content in damaged} <= {
        Code.PACKAGE_ZIP_MALFORMED,
        Code.PACKAGE_ENTRY_REFUSED,
    }


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_of_another_program_is_refused(compression: int) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", compression) as writing:
        writing.writestr("a.txt", b"hello" * 9)
    assert refusal(made.getvalue()) is Code.PACKAGE_ENTRY_REFUSED


def test_a_directory_that_claims_the_whole_file_is_not_read_into_memory() -> None:
    """A count of one entry over a directory of many bytes is refused by its size alone."""
    end = bytearray(archive({})[-22:])
    end[8:12] = (1).to_bytes(2, "little") * 2
    end[12:16] = (4096).to_bytes(4, "little")
    assert refusal(bytes(4096) + bytes(end)) is Code.PACKAGE_ZIP_MALFORMED


def test_more_entries_than_allowed_are_refused_by_their_count() -> None:
    end = bytearray(archive({})[-22:])
    end[8:12] = (50_001).to_bytes(2, "little") * 2
    assert refusal(bytes(end)) is Code.PACKAGE_TOO_LARGE


def test_the_place_of_each_content_is_told() -> None:
    content = archive(FILES)
    found = {
        member.name: content[member.start : member.start + member.size]
        for member in read_members(BytesIO(content))
    }
    assert found == FILES
