"""Names are read by pypinyin, with every reading a character has."""

import pytest

from app.domain.search import sought
from app.services.units.spelling import spell

NAME = "重庆测试宝宏材料长厦厂"


@pytest.mark.parametrize(
    "typed", ["bhcl", "baohong", "cq", "zq", "zhangxia", "changsha", "cx", "zs", "cailiaochang"]
)
def test_a_unit_is_found_by_any_reading_of_its_characters(typed: str) -> None:
    assert sought(typed).finds("", spell([NAME])[NAME])


def test_a_character_that_no_dictionary_knows_is_passed_over() -> None:
    rare = "测试\U000323afA厂"
    assert sought("csac").finds("", spell([rare])[rare])


def test_the_vowel_with_two_dots_is_typed_as_v() -> None:
    assert sought("lv").finds("", spell(["测试绿化"])["测试绿化"])
