"""Names of nobody: common, rare, with a dot; all of them can be kept and printed."""

import pytest

from app.domain.names import clean_name
from app.rehearsal.chance import dice
from app.rehearsal.people import RARE, person_name
from app.reports.typeset.fonts import Style, covers, load_fonts
from tests.forms import RESOURCES


@pytest.fixture(scope="module")
def names() -> list[str]:
    return [person_name(dice(1, "person", number)) for number in range(3_000)]


def test_the_same_dice_make_the_same_name() -> None:
    assert person_name(dice(1, "person", 7)) == person_name(dice(1, "person", 7))


def test_every_kind_of_name_occurs(names: list[str]) -> None:
    assert 0.05 < sum(bool(set(name) & set(RARE)) for name in names) / len(names) < 0.12
    assert any(len(name) == 2 for name in names)
    assert any(name.startswith("欧阳") for name in names)
    assert any("·" in name and len(name) >= 25 for name in names)
    assert any(name.isascii() for name in names)


def test_rare_characters_reach_beyond_the_basic_plane() -> None:
    planes = {ord(character) >> 16 for character in RARE}
    assert planes == {0, 2}
    assert {"䶮", "㛃", "喆", "堃"} <= set(RARE)


def test_names_are_kept_as_they_are(names: list[str]) -> None:
    assert all(clean_name(name) == name for name in names)


def test_names_are_in_the_faces_that_are_shipped(names: list[str]) -> None:
    faces = load_fonts(RESOURCES / "fonts").faces
    assert covers(faces[Style.SONG], {*RARE, *"".join(names)})
    assert covers(faces[Style.HEI], {*RARE, *"".join(names)})
