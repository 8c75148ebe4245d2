"""A search finds a name by its characters, its code, its pinyin or the initials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search import folded, sought, spelled

NAME = "重庆测试宝宏材料3D（集团）有限公司"
TEXT = folded(f"{NAME} 91440303MA00T0013G 一车间")
READINGS = {
    "重": ["chong", "zhong"],
    "庆": ["qing"],
    "测": ["ce"],
    "试": ["shi"],
    "宝": ["bao"],
    "宏": ["hong"],
    "材": ["cai"],
    "料": ["liao"],
    "集": ["ji"],
    "团": ["tuan"],
    "有": ["wei", "you"],
    "限": ["xian"],
    "公": ["gong"],
    "司": ["ci", "si"],
}
SPELLING = spelled([NAME], READINGS)[NAME]


def finds(typed: str) -> bool:
    return sought(typed).finds(TEXT, SPELLING)


@pytest.mark.parametrize(
    "typed",
    [
        "宝宏",
        "ma00t0013g",
        "一车间",
        "ＭＡ００Ｔ",
        "baohong",
        "BaoHong",
        "bao'hong",
        "bhcl",
        "bhcl3djt",
        "cqcs",
        "zqcs",
        "chongqing",
        "zhongq",
        "baohcail",
        "jtyouxian",
        "tuanwx",
        "宝宏 yxgs",
        "宝宏cl",
        "bao’hong",
        "0013 bh",
        "",
        "  ",
    ],
)
def test_a_unit_is_found_by(typed: str) -> None:
    assert finds(typed)


@pytest.mark.parametrize(
    "typed", ["宏宝", "hb", "aohong", "bchl", "bhxx", "宝宏 lx", "chz", "bh!"]
)
def test_a_unit_is_not_found_by(typed: str) -> None:
    assert not finds(typed)


def test_without_its_spelling_a_name_is_found_by_characters_and_code_only() -> None:
    assert sought("宝宏").finds(TEXT, "")
    assert not sought("baohong").finds(TEXT, "")


def reads(name: str, word: str) -> bool:
    """Tell the slow way whether characters in a row can be read so, the last one in part."""
    ends = {""}
    for character in name:
        begun = {""} | ends
        ends = set()
        for before in begun:
            for reading in READINGS.get(character, [character]):
                ends |= {before + reading[:length] for length in range(1, len(reading) + 1)}
        ends = {end for end in ends if word.startswith(end)}
        if word in ends:
            return True
    return False


@given(
    name=st.text(st.sampled_from(sorted(READINGS)), min_size=1, max_size=6),
    word=st.text(st.sampled_from("abcegijhlnoqstuwxyz"), min_size=1, max_size=5),
)
def test_the_pattern_finds_what_reading_each_character_finds(name: str, word: str) -> None:
    spelling = spelled([name], READINGS)[name]
    assert sought(word).finds("", spelling) == reads(name, word)


def test_a_name_of_many_readings_does_not_make_the_search_endless() -> None:
    readings = {"和": ["he", "hu", "huo", "hai", "han"]}
    name = "和" * 60
    assert not sought("h" * 40 + "x").finds("", spelled([name], readings)[name])
