"""Manifests have one spelling."""

import pytest

from app.errors import AppError, Code
from app.exchange.bag import manifest, oxum, read_manifest, require_same_names

HASHES = {"data/b": "b" * 64, "data/a": "a" * 64}
SOUND = manifest(HASHES)


def test_a_manifest_is_read_back_in_its_order() -> None:
    assert list(read_manifest(SOUND, name="m").items()) == list(HASHES.items())


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (SOUND + SOUND, 3),
        (SOUND + SOUND.replace(b"a" * 64, b"0" * 64)[-76:], 3),
        (SOUND.replace(b"  ", b" "), 1),
        (SOUND.replace(b"  ", b" *"), 1),
        (SOUND.upper(), 1),
        (SOUND.replace(b"\n", b"\r\n"), 2),
        (SOUND[:-1], 2),
        (SOUND + b"\n", 3),
        (b"\xef\xbb\xbf" + SOUND, 1),
        (SOUND.replace(b"data/a", b"data/\xc3\xa9"), 2),
        (SOUND.replace(b"data/a", b"data/a b"), 2),
    ],
)
def test_a_manifest_in_another_spelling_is_refused(content: bytes, line: int) -> None:
    with pytest.raises(AppError) as refused:
        read_manifest(content, name="manifest-sha256.txt")
    assert refused.value.code is Code.PACKAGE_MANIFEST_MALFORMED
    assert refused.value.facts == {"name": "manifest-sha256.txt", "line": line}


def test_a_manifest_of_a_million_lines_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(AppError) as refused:
        read_manifest(b"\n" * 1_000_000, name="m")
    assert refused.value.code is Code.PACKAGE_TOO_LARGE


def test_files_listed_and_files_held_are_the_same() -> None:
    require_same_names(listed={"a", "b"}, held=["b", "a"])
    with pytest.raises(AppError) as missing:
        require_same_names(listed={"a", "b"}, held=["b"])
    with pytest.raises(AppError) as unlisted:
        require_same_names(listed={"a"}, held=["a", "c"])
    assert (missing.value.code, missing.value.facts) == (
        Code.PACKAGE_ENTRY_MISSING,
        {"name": "a"},
    )
    assert (unlisted.value.code, unlisted.value.facts) == (
        Code.PACKAGE_ENTRY_UNLISTED,
        {"name": "c"},
    )


def test_oxum_counts_octets_and_files() -> None:
    assert oxum([5, 0, 7]) == "12.3"
