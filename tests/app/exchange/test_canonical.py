"""One document has one byte string, and one byte string has one name."""

import json

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.canonical import Json, canonical, content_hash

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS,
    lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
)


class Slip(msgspec.Struct, tag_field="type", tag="slip/1"):
    unit: str
    points: str


@given(VALUES)
def test_the_canonical_form_is_json_of_the_same_value(value: Json) -> None:
    assert json.loads(canonical(value)) == value


@given(VALUES)
def test_the_canonical_form_of_the_canonical_form_is_itself(value: Json) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_fields_are_sorted_by_utf_16_and_nothing_is_escaped_without_need() -> None:
    """RFC 8785, 3.2.3: U+1F600 sorts before U+FB33, because its first unit is a surrogate."""
    assert canonical({"\ufb33": 1, "😀": "𠮷", "a": [True, None]}) == (
        '{"a":[true,null],"😀":"𠮷","\ufb33":1}'.encode()
    )


def test_a_wire_struct_is_its_json() -> None:
    assert canonical(Slip(unit="测试", points="2.5")) == (
        '{"points":"2.5","type":"slip/1","unit":"测试"}'.encode()
    )


@pytest.mark.parametrize("value", ["\ud800", 2**53])
def test_what_json_cannot_carry_is_a_bug(value: Json) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical(value)


def test_the_hash_is_sha_256_in_hexadecimal() -> None:
    """FIPS 180-2, appendix B.1."""
    assert content_hash(b"abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
