"""Hold what counts as the same passphrase."""

import pytest

from app.crypto.passphrase import passphrase_of_file, passphrase_of_text
from app.errors import AppError, Code


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_and_a_keyboard_give_the_same_passphrase(mark: bytes, ending: bytes) -> None:
    content = mark + "口令 with blank ".encode() + ending
    assert passphrase_of_file(content) == passphrase_of_text("口令 with blank ")


def test_only_one_newline_is_dropped() -> None:
    assert passphrase_of_file(b"word\n\n") == passphrase_of_text("word\n")


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert passphrase_of_text("é") == passphrase_of_text("é")


def test_a_passphrase_is_not_shown() -> None:
    assert "hidden" not in repr(passphrase_of_text("hidden"))


@pytest.mark.parametrize("content", [b"", b"\n", b"\r\n", b"\xef\xbb\xbf"])
def test_an_empty_passphrase_is_refused(content: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        passphrase_of_file(content)
    assert refusal.value.code is Code.PASSPHRASE_EMPTY


def test_a_file_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(AppError) as refusal:
        passphrase_of_file("口令".encode("gb18030"))
    assert refusal.value.code is Code.PASSPHRASE_MALFORMED


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(AppError) as refusal:
        passphrase_of_text("\ud800")
    assert refusal.value.code is Code.PASSPHRASE_MALFORMED
