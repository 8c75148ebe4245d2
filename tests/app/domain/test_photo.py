"""Photos stand as they were taken; a file comes off a clause as it went on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.card import add_evidence, remove_evidence
from app.domain.evidence import Evidence, Sha256
from app.domain.photo import Copy, Origin, Photo, TimeSource, in_order
from tests.forms import national_form, open_card

TAKEN = datetime(2020, 11, 6, 2, tzinfo=UTC)


def file(number: int) -> Evidence:
    sha256 = Sha256(f"{number:064}")
    return Evidence(sha256=sha256, name=f"{number}.jpg", media_type="image/jpeg", size=9)


def photo(number: int, minute: int) -> Photo:
    return Photo(
        file=file(number),
        taken_at=TAKEN + timedelta(minutes=minute),
        time_source=TimeSource.CAMERA,
        arrived_at=TAKEN,
        width=4,
        height=3,
        orientation=1,
        has_location=False,
    )


def test_photos_stand_as_they_were_taken_and_then_by_name() -> None:
    late, second, first = photo(1, 5), photo(3, 1), photo(2, 1)
    assert in_order([late, second, first]) == (first, second, late)


def test_a_copy_knows_its_root() -> None:
    original = photo(1, 0)
    copy = replace(original, file=file(2), origin=Origin(sha256=file(1).sha256, copy=Copy.MARKED))
    assert (original.root, copy.root) == (original.sha256, original.sha256)


def test_evidence_comes_off_a_clause_as_it_went_on() -> None:
    blank, clauses = open_card(), national_form().clauses
    one = add_evidence(blank, clauses[0], file(1))
    two = add_evidence(one, clauses[0], file(2))
    assert remove_evidence(two, clauses[0], file(2).sha256) == one
    assert remove_evidence(one, clauses[0], file(1).sha256) == blank
    assert remove_evidence(two, clauses[1], file(1).sha256) is two
