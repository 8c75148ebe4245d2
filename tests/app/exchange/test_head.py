"""The head is read back as it was written, and in no other spelling."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.errors import AppError, Code
from app.exchange.head import (
    Head,
    Kind,
    bag_info,
    read_bag_info,
    require_same_world,
    require_sums,
)
from tests.packages import make_head

SOUND = bag_info(make_head(), oxum="12.3")


def refusal(content: bytes) -> AppError:
    with pytest.raises(AppError) as refused:
        read_bag_info(content)
    return refused.value


@pytest.mark.parametrize(
    "head",
    [
        make_head(),
        replace(make_head(), rehearsal=True, sequence=1, counts={}, totals={}),
        replace(make_head(), kind=Kind.RECEIPT, recipient="31320b4c28056a9f"),
        replace(make_head(), kind=Kind.ROLLUP, recipient="440300-CY-01"),
        replace(make_head(), kind=Kind.ASSIGNMENT, recipient="0f"),
        replace(make_head(), totals={"base": Decimal("285.55"), "bonus": Decimal("0.5")}),
    ],
)
def test_a_head_is_read_back(head: Head) -> None:
    assert read_bag_info(bag_info(head, oxum="12.3")) == (head, "12.3")


@pytest.mark.parametrize(
    "head",
    [
        replace(make_head(), package_id="7"),
        replace(make_head(), sequence=0),
        replace(make_head(), previous=""),
        replace(make_head(), recipient="440304\nRehearsal: yes"),
        replace(make_head(), counts={"cards": -1}),
        replace(make_head(), counts={"two words": 1}),
    ],
)
def test_a_head_that_could_not_be_read_is_a_bug_of_the_writer(head: Head) -> None:
    with pytest.raises(ValueError, match="cannot stand in a head"):
        bag_info(head, oxum="12.3")


@pytest.mark.parametrize(
    ("sound", "damaged", "where"),
    [
        (b"Kind: submission\n", b"", "Kind"),
        (b"Kind: submission", b"Kind: love letter", "Kind"),
        (b"Kind: submission", b"Kind:  submission", "Kind"),
        (b"Kind: submission\n", b"Kind: submission\nKind: receipt\n", "Kind"),
        (b"Kind: submission\n", b"Kind: receipt\n", "Recipient-Certificate"),
        (b"Rehearsal: no", b"Rehearsal: perhaps", "Rehearsal"),
        (b"Sequence: 7", b"Sequence: 07", "Sequence"),
        (b"Sequence: 7", "Sequence: ７".encode(), "Sequence"),
        (b"Created: 2021-06-01T01:00:00Z", b"Created: 2021-06-31T01:00:00Z", "Created"),
        (b"Created: 2021-06-01T01:00:00Z", b"Created: 2021-06-01T01:00:00.000Z", "Created"),
        (b"Total-Base: 98.5", b"Total-Base: 98.50", "Total-Base"),
        (b"Total-Base: 98.5", b"Total-Base: NaN", "Total-Base"),
        (b"Count-Cards: 1", b"Count-Cards: 1e3", "Count-Cards"),
        (b"Count-Cards: 1", b"Contact-Name: 1", "Contact-Name"),
        (b"Payload-Oxum: 12.3\n", b"Payload-Oxum: 12.3", "Payload-Oxum"),
        (b"Package-Id", b"Payload-Id", "Payload-Id"),
        (b"\nKind", b"\r\nKind", "Package-Id"),
        (b"\nKind", b"\n folded\nKind", " folded"),
        (b"Kind: submission\nFormat-Version: 1", b"Format-Version: 1\nKind: submission", "order"),
    ],
)
def test_a_head_in_another_spelling_is_refused(sound: bytes, damaged: bytes, where: str) -> None:
    assert sound in SOUND
    refused = refusal(SOUND.replace(sound, damaged))
    assert (refused.code, refused.facts) == (Code.PACKAGE_HEAD_MALFORMED, {"where": where})


def test_a_newer_format_is_said_to_be_newer_whatever_else_it_holds() -> None:
    newer = SOUND.replace(b"Format-Version: 1", b"Format-Version: 2\nWeather: fair")
    refused = refusal(newer)
    assert (refused.code, refused.facts) == (Code.PACKAGE_NEWER, {"version": "2", "known": 1})


def test_practice_and_earnest_do_not_meet() -> None:
    practice = replace(make_head(), rehearsal=True)
    require_same_world(practice, rehearsal=True)
    require_same_world(make_head(), rehearsal=False)
    with pytest.raises(AppError) as refused:
        require_same_world(practice, rehearsal=False)
    assert refused.value.code is Code.PACKAGE_IS_REHEARSAL
    with pytest.raises(AppError) as refused:
        require_same_world(make_head(), rehearsal=True)
    assert refused.value.code is Code.PACKAGE_IS_NOT_REHEARSAL


@pytest.mark.parametrize(
    ("counts", "totals", "facts"),
    [
        (
            {"cards": 2, "evidence": 1},
            {"base": Decimal("98.5"), "bonus": Decimal(0)},
            {"what": "Count-Cards", "stated": "1", "found": "2"},
        ),
        (
            {"cards": 1, "evidence": 1},
            {"base": Decimal("98.4"), "bonus": Decimal(0)},
            {"what": "Total-Base", "stated": "98.5", "found": "98.4"},
        ),
        (
            {"cards": 1},
            {"base": Decimal("98.5"), "bonus": Decimal(0)},
            {"what": "Count-Evidence", "stated": "1", "found": "-"},
        ),
    ],
)
def test_sums_that_differ_from_the_signed_ones_are_refused(
    counts: dict[str, int], totals: dict[str, Decimal], facts: dict[str, str]
) -> None:
    with pytest.raises(AppError) as refused:
        require_sums(make_head(), counts=counts, totals=totals)
    assert (refused.value.code, refused.value.facts) == (Code.PACKAGE_COUNTS_DIFFER, facts)


def test_sums_that_agree_pass() -> None:
    require_sums(
        make_head(),
        counts={"cards": 1, "evidence": 1},
        totals={"base": Decimal("98.50"), "bonus": Decimal(0)},
    )
