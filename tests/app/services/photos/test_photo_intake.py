"""Photos come in from anywhere, once each; a bad one is told and stops no other."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.card import Card
from app.domain.photo import TimeSource
from app.errors import AppError, Code
from app.services.cards.assess import find_card
from app.services.desk.desk import Desk, Noun
from app.services.photos.photo_intake import (
    Arrival,
    files_in,
    keep_photos,
    photo_room,
    prepare_bytes,
    prepare_file,
    thumbnail_path,
)
from app.services.photos.photos import read_tray
from tests.app.services.field import Field
from tests.disks import full_disk
from tests.pictures import HEIC, jpeg, lay_photos
from tests.refusals import refused


@pytest.fixture
def desk(field: Field) -> Desk:
    return field.first.desk


@pytest.fixture
def card(field: Field) -> Card:
    return find_card(field.first.desk, field.first.open_card())[0]


def take_all(desk: Desk, paths: tuple[Path, ...]) -> tuple[list[Arrival], list[Code]]:
    taken, codes = [], []
    for path in paths:
        try:
            taken.append(prepare_file(photo_room(desk), path))
        except AppError as refusal:
            codes.append(refusal.code)
    return taken, codes


def test_a_card_of_a_camera_comes_in_by_time_and_bad_files_stop_nobody(
    desk: Desk, card: Card, tmp_path: Path
) -> None:
    camera = tmp_path / "DCIM"
    late = lay_photos(camera / "101CANON", 2, first=10)
    early = lay_photos(camera / "102CANON", 2)
    (camera / "empty.jpg").touch()
    (camera / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + bytes(99))
    (camera / "broken.jpg").write_bytes(jpeg(3)[:-40])
    (camera / ".hidden.jpg").write_bytes(jpeg(4))
    arrivals, codes = take_all(desk, files_in([camera]))
    assert sorted(codes) == sorted(
        [Code.EVIDENCE_EMPTY, Code.PICTURE_UNREADABLE, Code.PICTURE_UNREADABLE]
    )
    kept, changes = keep_photos(desk, arrivals, card)
    assert changes.nouns == {Noun.PHOTOS}
    assert len(kept.new) == 4
    shown = read_tray(desk, card.id).photos
    assert [item.photo.file.name for item in shown] == [path.name for path in (*early, *late)]
    assert all(item.photo.unit == card.unit.key for item in shown)


def test_the_same_photo_twice_is_one_and_told_so(desk: Desk, card: Card, tmp_path: Path) -> None:
    (first,) = lay_photos(tmp_path, 1)
    again = tmp_path / "另一个名字.jpg"
    again.write_bytes(first.read_bytes())
    kept, _ = keep_photos(desk, take_all(desk, (first,))[0], card)
    twice, changes = keep_photos(desk, take_all(desk, (again,))[0], card)
    assert (len(kept.new), twice.new, twice.known) == (1, (), kept.new)
    assert changes.nouns == frozenset()


def test_an_original_is_kept_as_it_is_and_left_where_it_was(
    desk: Desk, card: Card, tmp_path: Path
) -> None:
    path = tmp_path / "IMG_1.HEIC"
    path.write_bytes(HEIC.read_bytes())
    (arrival,), _ = take_all(desk, (path,))
    keep_photos(desk, [arrival], card)
    (item,) = read_tray(desk, card.id).photos
    assert item.photo.file.media_type == "image/heif"
    evidence = desk.workspace.evidence
    assert evidence.path(item.photo.sha256).read_bytes() == HEIC.read_bytes()
    assert path.read_bytes() == HEIC.read_bytes()
    assert item.placeless is not None
    assert evidence.path(item.placeless).read_bytes()[:2] == b"\xff\xd8"
    assert thumbnail_path(photo_room(desk), item.photo.file).is_file()


def test_a_photo_that_tells_no_place_needs_no_copy(desk: Desk, card: Card) -> None:
    arrival = prepare_bytes(photo_room(desk), jpeg(), name="粘贴.jpg")
    keep_photos(desk, [arrival], card)
    (item,) = read_tray(desk, card.id).photos
    assert (arrival.placeless, item.placeless) == (None, None)
    assert item.travelling == item.photo.sha256


def test_a_photo_without_a_time_has_its_files_and_a_pasted_one_its_arrivals(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(1, taken=None))
    os.utime(path, (1_600_000_000, 1_600_000_000))
    pasted = prepare_bytes(photo_room(desk), jpeg(2, taken=None), name="粘贴.jpg")
    kept, _ = keep_photos(desk, [prepare_file(photo_room(desk), path), pasted], None)
    told = [(photo.taken_at, photo.time_source) for photo in kept.new]
    assert told == [
        (datetime.fromtimestamp(1_600_000_000, tz=UTC), TimeSource.FILE),
        (desk.clock.now(), TimeSource.ARRIVAL),
    ]


def test_nobodys_photos_lie_in_every_units_reach(desk: Desk, card: Card) -> None:
    keep_photos(desk, [prepare_bytes(photo_room(desk), jpeg(), name="a.jpg")], None)
    tray = read_tray(desk, card.id)
    assert (tray.photos, len(tray.unclaimed)) == ((), 1)


def test_a_full_disk_is_told_and_nothing_is_kept(desk: Desk, card: Card, tmp_path: Path) -> None:
    (path,) = lay_photos(tmp_path, 1)
    with full_disk(at=100), refused(Code.DISK_FULL):
        prepare_file(photo_room(desk), path)
    assert desk.workspace.evidence.all() == ()
    assert read_tray(desk, card.id).photos == ()


def test_a_folder_that_leads_back_to_itself_is_read_once(tmp_path: Path) -> None:
    assert files_in([tmp_path / "a.jpg"]) == (tmp_path / "a.jpg",)
    photos = lay_photos(tmp_path / "a" / "b", 2)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert files_in([tmp_path]) == tuple(photos)


def test_pasted_bytes_are_kept_as_they_came_if_they_are_a_picture(desk: Desk) -> None:
    content = jpeg(kind="PNG")
    kept = prepare_bytes(photo_room(desk), content, name="粘贴.png").file
    assert (kept.name, kept.media_type) == ("粘贴.png", "image/png")
    assert desk.workspace.evidence.path(kept.sha256).read_bytes() == content
    with refused(Code.PICTURE_UNREADABLE, name="粘贴.png"):
        prepare_bytes(photo_room(desk), b"<html>", name="粘贴.png")
    with refused(Code.EVIDENCE_EMPTY):
        prepare_bytes(photo_room(desk), b"", name="粘贴.png")
    assert desk.workspace.evidence.all() == (kept.sha256,)
