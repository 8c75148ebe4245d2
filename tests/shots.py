"""Cards with photos for tests: made-up pictures in the place of what would be made small."""

from dataclasses import replace

from app.domain.card import Card, add_evidence
from app.domain.evidence_list import photos_of
from app.reports.card.evidence_sheet import Shot
from app.reports.card.scorecard import Scorecard
from tests.forms import complete_card, national_form
from tests.pictures import jpeg
from tests.scorecards import signed_by_both, synthetic_file

TAKEN_AT = "2020-11-06 10:00"
_SHAPES = ((64, 48), (48, 64), (64, 48), (500, 50), (64, 48), (50, 500), (1, 1))


def with_photos(count: int) -> Card:
    """Return a signed card with so many photos behind its first clause."""
    card = complete_card()
    for number in range(count):
        card = add_evidence(card, national_form().clauses[0], synthetic_file(number))
    return signed_by_both(card)


def shot(number: int, *, size: tuple[int, int] = (64, 48), taken: str = "") -> Shot:
    """Return the picture of a number."""
    return Shot(jpeg=jpeg(number, size=size), width=size[0], height=size[1], taken=taken)


def with_shots(scorecard: Scorecard, *, taken: str = TAKEN_AT) -> Scorecard:
    """Return a card with a picture for each of its photos, of all shapes in turn."""
    photos = photos_of(scorecard.card, scorecard.form)
    shots = {
        photo.file.sha256: shot(
            photo.number, size=_SHAPES[photo.number % len(_SHAPES)], taken=taken
        )
        for photo in photos
    }
    return replace(scorecard, shots=shots)
