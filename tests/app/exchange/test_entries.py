"""Names that are safe on every system, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import AppError, Code
from app.exchange.entries import check_names, is_safe_name


@pytest.mark.parametrize(
    "name",
    [
        "bag/bagit.txt",
        "bag/tagmanifest-sha256.txt.p7s",
        "bag/data/cards/0175a4f4-0000-7000-8000-000000000007-r12.json.p7s",
        "bag/data/evidence/" + "0" * 64,
        "common.txt",
        "a" * 200,
    ],
)
def test_our_own_names_are_safe(name: str) -> None:
    assert is_safe_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "//server/share",
        "../evil",
        "data/../../evil",
        "data/./a",
        "data//a",
        "data/",
        ".",
        "..",
        ".hidden",
        "data/a.",
        "data/a ",
        "c:evil",
        "data\\evil",
        "data/a.txt:stream",
        "con",
        "data/nul",
        "data/aux.txt",
        "data/com1",
        "data/lpt9.json",
        "data/prn/a",
        "data/A.txt",
        "data/é",
        "data/e\u0301",
        "data/评分",
        "data/ａ",
        "data/a\0b",
        "data/a\nb",
        "data/a\x1b[31m",
        "data/ſ",
        "a" * 201,
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(AppError) as refused:
        check_names([name])
    assert refused.value.code is Code.PACKAGE_ENTRY_REFUSED
    assert str(refused.value.facts["name"]).isprintable()


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(AppError) as refused:
        check_names(["data/a", "data/b", "data/a"])
    assert refused.value.code is Code.PACKAGE_ENTRY_DUPLICATE
    assert refused.value.facts == {"name": "data/a"}


@given(st.lists(st.text(max_size=12)))
def test_names_that_pass_differ_even_where_case_does_not_count(names: list[str]) -> None:
    safe = [name for name in set(names) if is_safe_name(name)]
    assert len({name.casefold() for name in safe}) == len(safe)
