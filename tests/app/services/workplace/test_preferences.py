"""Preferences: kept, read before anything heavy, and never in the way when they are damaged."""

from pathlib import Path

import pytest

from app.services.workplace.preferences import Preferences, keep_preferences, read_preferences
from app.text.catalogue import Language


def test_what_was_kept_is_read(tmp_path: Path) -> None:
    chosen = Preferences(language=Language.ENGLISH, scale=175, look="dark")
    keep_preferences(tmp_path, chosen)
    assert read_preferences(tmp_path) == chosen


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"language": "klingon", "scale": 99, "look": 1}',
        b'{"scale": "200"}',
        b'{"scale": true}',
    ],
)
def test_what_makes_no_sense_is_the_default(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "preferences.json").write_bytes(content)
    assert read_preferences(tmp_path) == Preferences()


def test_one_bad_preference_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_bytes(b'{"scale": 150, "look": "pink"}')
    assert read_preferences(tmp_path) == Preferences(scale=150)


def test_no_file_is_the_default(tmp_path: Path) -> None:
    assert read_preferences(tmp_path / "nowhere") == Preferences()
