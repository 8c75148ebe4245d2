"""Photos go behind clauses and back, from tray to tray, and onto a card without their place."""

from pathlib import Path

import pytest

from app.domain.card import Card, CardId
from app.domain.evidence import Sha256
from app.domain.form import ClauseId
from app.domain.photo import Arrow, Copy, Point
from app.errors import Code
from app.services.cards.assess import find_card
from app.services.desk.desk import Desk, Noun
from app.services.photos.photo_intake import keep_photos, photo_room, prepare_bytes, thumbnail_path
from app.services.photos.photo_pictures import (
    draw_copy,
    keep_copy,
    screen_pixels,
    thumbnail_pixels,
)
from app.services.photos.photos import (
    file_photos,
    move_photos,
    neighbours,
    read_tray,
    unfile_photos,
)
from tests.app.services.field import Field
from tests.pictures import jpeg
from tests.refusals import refused

FIRST, SECOND = ClauseId("S1-R1-C1"), ClauseId("S2-R1-C1")


@pytest.fixture
def desk(field: Field) -> Desk:
    return field.first.desk


@pytest.fixture
def card(field: Field) -> Card:
    return find_card(field.first.desk, field.first.open_card())[0]


def bring(desk: Desk, card: Card | None, count: int = 1, *, place: bool = False) -> list[Sha256]:
    room = photo_room(desk)
    arrivals = [prepare_bytes(room, jpeg(n, place=place), name=f"{n}.jpg") for n in range(count)]
    return [photo.sha256 for photo in keep_photos(desk, arrivals, card)[0].new]


def filed(desk: Desk, card_id: CardId) -> dict[ClauseId, list[Sha256]]:
    evidence = find_card(desk, card_id)[0].evidence
    return {clause: [each.sha256 for each in kept] for clause, kept in evidence.items()}


def test_one_photo_may_prove_several_clauses_and_be_taken_back(desk: Desk, card: Card) -> None:
    one, other = bring(desk, card, 2)
    _, changes = file_photos(desk, card.id, {FIRST: [one, other], SECOND: [one]})
    assert changes.nouns == {Noun.CARDS}
    assert filed(desk, card.id) == {FIRST: [one, other], SECOND: [one]}
    assert [item.clauses for item in read_tray(desk, card.id).photos] == [
        (FIRST, SECOND),
        (FIRST,),
    ]
    unfile_photos(desk, card.id, {FIRST: [one, other]})
    assert filed(desk, card.id) == {SECOND: [one]}
    assert desk.workspace.evidence.holds(other)


def test_filing_twice_and_taking_back_what_is_not_there_change_nothing(
    desk: Desk, card: Card
) -> None:
    (photo,) = bring(desk, card)
    file_photos(desk, card.id, {FIRST: [photo]})
    head = desk.workspace.audit.head()
    assert file_photos(desk, card.id, {FIRST: [photo]})[1].nouns == frozenset()
    assert unfile_photos(desk, card.id, {SECOND: [photo]})[1].nouns == frozenset()
    assert desk.workspace.audit.head() == head
    assert unfile_photos(desk, card.id, {FIRST: [photo]})[0].evidence == {}


def test_a_copy_without_location_counts_as_the_photo(desk: Desk, card: Card) -> None:
    bring(desk, card, place=True)
    (item,) = read_tray(desk, card.id).photos
    assert item.travelling not in (None, item.photo.sha256)
    file_photos(desk, card.id, {FIRST: [item.travelling]})
    (after,) = read_tray(desk, card.id).photos
    assert after.clauses == (FIRST,)
    assert after.photo == item.photo


def test_a_sealed_card_takes_no_photo(field: Field) -> None:
    desk = field.first.desk
    sealed = field.first.sealed_card()
    (photo,) = bring(desk, find_card(desk, sealed.index.id)[0])
    with refused(Code.CARD_SEALED):
        file_photos(desk, sealed.index.id, {FIRST: [photo]})
    with refused(Code.CARD_SEALED):
        unfile_photos(desk, sealed.index.id, {FIRST: [photo]})
    assert read_tray(desk, sealed.index.id).is_sealed


def test_filing_makes_signatures_fall_and_says_so(field: Field) -> None:
    desk, card_id = field.first.desk, field.first.open_card()
    field.first.score(card_id)
    field.first.sign(card_id)
    (photo,) = bring(desk, find_card(desk, card_id)[0])
    assert file_photos(desk, card_id, {FIRST: [photo]})[1].unsigned == (card_id,)


def test_unknown_photos_and_clauses_change_nothing(desk: Desk, card: Card) -> None:
    (photo,) = bring(desk, card)
    with refused(Code.PHOTO_UNKNOWN):
        file_photos(desk, card.id, {FIRST: [photo, Sha256("0" * 64)]})
    with refused(Code.CLAUSE_UNKNOWN):
        file_photos(desk, card.id, {FIRST: [photo], ClauseId("S9"): [photo]})
    with refused(Code.PHOTO_UNKNOWN):
        move_photos(desk, [Sha256("0" * 64)], None)
    assert filed(desk, card.id) == {}


def test_photos_move_to_another_unit_and_nobodys_become_the_units(
    field: Field, desk: Desk, card: Card
) -> None:
    other = find_card(desk, field.first.open_card(1))[0]
    photos = bring(desk, card, 3, place=True)
    assert move_photos(desk, photos[1:], other.unit.key)[0] == 2
    assert [len(read_tray(desk, each.id).photos) for each in (card, other)] == [1, 2]
    move_photos(desk, photos[2:], None)
    assert len(read_tray(desk, card.id).unclaimed) == 1
    _, changes = file_photos(desk, card.id, {FIRST: [photos[2]]})
    assert changes.nouns == {Noun.CARDS, Noun.PHOTOS}
    tray = read_tray(desk, card.id)
    assert (len(tray.photos), tray.unclaimed) == (2, ())


def test_other_units_are_those_whose_cards_are_open(field: Field, desk: Desk, card: Card) -> None:
    field.first.sealed_card(1)
    third = field.first.open_card(2)
    assert [each.card for each in neighbours(desk, card.id)] == [third]


def test_what_is_drawn_is_a_copy_beside_its_original(desk: Desk, card: Card) -> None:
    (photo,) = bring(desk, card, place=True)
    original = read_tray(desk, card.id).photos[0].photo
    before = desk.workspace.evidence.path(photo).read_bytes()
    arrow = Arrow(start=Point(x=0, y=0), to=Point(x=5000, y=5000))
    made = draw_copy(photo_room(desk), original, shapes=(arrow,), stamp=("测试",))
    kept, changes = keep_copy(desk, made, card.id)
    assert changes.nouns == {Noun.PHOTOS}
    assert kept.origin is not None
    assert (kept.origin.sha256, kept.origin.copy) == (photo, Copy.MARKED)
    assert (kept.taken_at, kept.has_location) == (original.taken_at, False)
    assert keep_copy(desk, made, card.id) == (kept, type(changes)(nouns=frozenset()))
    assert [item.photo for item in read_tray(desk, card.id).photos] == [original, kept]
    assert desk.workspace.evidence.path(photo).read_bytes() == before


def test_a_copy_of_a_copy_is_linked_to_the_original(desk: Desk, card: Card) -> None:
    (photo,) = bring(desk, card)
    room = photo_room(desk)
    original = read_tray(desk, card.id).photos[0].photo
    first, _ = keep_copy(desk, draw_copy(room, original, shapes=(), stamp=("一",)), card.id)
    second, _ = keep_copy(desk, draw_copy(room, first, shapes=(), stamp=("二",)), card.id)
    assert (second.root, first.root) == (photo, photo)


def test_a_small_picture_that_is_lost_or_torn_is_made_again(
    desk: Desk, card: Card, tmp_path: Path
) -> None:
    bring(desk, card)
    room, file = photo_room(desk), read_tray(desk, card.id).photos[0].photo.file
    place = thumbnail_path(room, file)
    assert place.is_relative_to(tmp_path)
    whole = place.read_bytes()
    for left in (None, whole[:-20], b""):
        place.unlink()
        if left is not None:
            place.write_bytes(left)
        assert thumbnail_pixels(room, file, 32).width == 32
        assert place.read_bytes() == whole


def test_a_photo_whose_file_is_gone_is_told(desk: Desk, card: Card) -> None:
    bring(desk, card)
    room, file = photo_room(desk), read_tray(desk, card.id).photos[0].photo.file
    assert screen_pixels(room, file, 16).height == 12
    desk.workspace.evidence.path(file.sha256).unlink()
    with refused(Code.EVIDENCE_MISSING):
        screen_pixels(room, file, 16)
