"""Pictures for the evidence sheet: each of the file that was kept, or refused by its name."""

import os
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.domain.card import Card
from app.domain.form import ClauseId
from app.domain.photo import TimeSource
from app.errors import AppError, Cancelled, Code
from app.ports.progress import Unheard
from app.reports.card.evidence_sheet import Shot
from app.services.cards.assess import attach, find_card
from app.services.desk.desk import Desk
from app.services.office.decide import accept_cards
from app.services.photos.photo_intake import keep_photos, photo_room, prepare_bytes, prepare_file
from app.services.photos.photos import file_photos
from app.services.photos.shots import make_shots, plan_held_shots, plan_shots
from app.services.prints.prints import Print, plan_print
from tests.app.services.field import Field
from tests.forms import national_form
from tests.pages import texts_of
from tests.pictures import HEIC, TAKEN, jpeg
from tests.progress import StopsAt
from tests.refusals import refused

FORM = national_form()
CLAUSE = "S4-R2-C1"  # 4.2.1 of the form


@pytest.fixture
def desk(field: Field) -> Desk:
    return field.first.desk


@pytest.fixture
def card_id(field: Field) -> str:
    return field.first.open_card()


def lay(folder: Path, content: bytes, name: str = "IMG_1.jpg") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def attached(desk: Desk, card_id: str, *paths: Path) -> Card:
    return attach(desk, card_id, CLAUSE, list(paths))[0]


def made(desk: Desk, card: Card) -> list[Shot]:
    return list(make_shots(plan_shots(desk, card, FORM), Unheard()).values())


def test_every_kind_of_photo_becomes_a_small_upright_jpeg(
    desk: Desk, card_id: str, tmp_path: Path
) -> None:
    cmyk = BytesIO()
    Image.new("CMYK", (900, 30)).save(cmyk, "JPEG")
    card = attached(
        desk,
        card_id,
        lay(tmp_path, jpeg(size=(2000, 1500), orientation=6, place=True)),
        lay(tmp_path, HEIC.read_bytes(), "a.heic"),
        lay(tmp_path, cmyk.getvalue(), "panorama.jpg"),
        lay(tmp_path, jpeg(size=(1, 1)), "dot.jpg"),
        lay(tmp_path, b"%PDF-1.7 made up", "paper.pdf"),
    )
    shots = made(desk, card)
    assert len(shots) == 4
    for shot in shots:
        with Image.open(BytesIO(shot.jpeg)) as picture:
            assert (picture.format, picture.mode) == ("JPEG", "RGB")
            assert picture.size == (shot.width, shot.height)
            assert not picture.getexif()
    assert (shots[0].width, shots[0].height) == (338, 450)
    assert (shots[2].width, shots[2].height) == (655, 22)
    assert (shots[3].width, shots[3].height) == (1, 1)
    assert made(desk, card) == shots


def test_a_photo_bears_its_time_and_what_that_rests_on(
    desk: Desk, card_id: str, tmp_path: Path
) -> None:
    card, _ = find_card(desk, card_id)
    room = photo_room(desk)
    unsaid = lay(tmp_path, jpeg(3, taken=None), "b.jpg")
    os.utime(unsaid, (TAKEN.timestamp(), TAKEN.timestamp()))
    arrivals = [
        prepare_bytes(room, jpeg(1, place=True, offset="+09:00"), name="a.jpg"),
        prepare_file(room, unsaid),
        prepare_bytes(room, jpeg(2, taken=None), name="c.jpg"),
    ]
    photos = keep_photos(desk, arrivals, card)[0].new
    assert [each.time_source for each in photos] == list(TimeSource)
    copy = arrivals[0].placeless
    assert copy is not None
    filing = {ClauseId(CLAUSE): [copy.sha256, photos[1].sha256, photos[2].sha256]}
    card, _ = file_photos(desk, card_id, filing)
    by_camera, by_file, by_arrival = (shot.taken for shot in made(desk, card))
    assert by_camera == "2020-11-06 09:01"
    assert by_file.endswith("（文件时间）")
    assert by_arrival.endswith("（导入时间）")
    attached(desk, card_id, lay(tmp_path, jpeg(9, offset="+09:00"), "d.jpg"))
    past_the_tray = attached(desk, card_id, lay(tmp_path, jpeg(8, taken=None), "e.jpg"))
    assert [shot.taken for shot in made(desk, past_the_tray)[3:]] == ["2020-11-06 09:09", ""]


def test_a_photo_that_is_gone_is_named(desk: Desk, card_id: str, tmp_path: Path) -> None:
    card = attached(desk, card_id, lay(tmp_path, jpeg(1)), lay(tmp_path, jpeg(2), "b.jpg"))
    plan = plan_shots(desk, card, FORM)
    desk.workspace.evidence.path(plan.originals[0].file.sha256).unlink()
    for attempt in (lambda: plan_shots(desk, card, FORM), lambda: make_shots(plan, Unheard())):
        with refused(Code.EVIDENCE_MISSING, name="IMG_1.jpg", clause="4.2.1"):
            attempt()
    held = plan_held_shots(desk, card, FORM)
    assert held.count == 2
    assert [each.file.name for each in held.originals] == ["b.jpg"]


@pytest.mark.parametrize("content", [jpeg(2), jpeg(1)[:-20], b""])
def test_a_photo_that_is_not_what_was_kept_is_named(
    desk: Desk, card_id: str, tmp_path: Path, content: bytes
) -> None:
    card = attached(desk, card_id, lay(tmp_path, jpeg(1)))
    plan = plan_shots(desk, card, FORM)
    plan.originals[0].path.write_bytes(content)
    with refused(Code.EVIDENCE_DAMAGED, name="IMG_1.jpg", clause="4.2.1"):
        make_shots(plan, Unheard())


@pytest.mark.parametrize(
    "content", [jpeg(1, size=(640, 480))[:900], b"no picture", b"\xff\xd8\xff"]
)
def test_a_photo_that_no_longer_decodes_is_named(
    desk: Desk, card_id: str, tmp_path: Path, content: bytes
) -> None:
    card = attached(desk, card_id, lay(tmp_path, content))
    with refused(Code.EVIDENCE_UNREADABLE, name="IMG_1.jpg", clause="4.2.1"):
        make_shots(plan_shots(desk, card, FORM), Unheard())


def test_making_pictures_can_be_stopped(desk: Desk, card_id: str, tmp_path: Path) -> None:
    card = attached(desk, card_id, *(lay(tmp_path, jpeg(n), f"{n}.jpg") for n in range(3)))
    progress = StopsAt(1)
    with pytest.raises(Cancelled):
        make_shots(plan_shots(desk, card, FORM), progress)
    assert progress.heard == [(0, 3), (1, 3)]


def test_more_than_thirty_photos_are_made_smaller(
    desk: Desk, card_id: str, tmp_path: Path
) -> None:
    paths = [lay(tmp_path, jpeg(n, size=(800, 600)), f"{n}.jpg") for n in range(31)]
    card = attached(desk, card_id, *paths)
    first = card.evidence[ClauseId(CLAUSE)][:30]
    fewer = replace(card, evidence={ClauseId(CLAUSE): first})
    assert {shot.height for shot in made(desk, fewer)} == {450}
    assert {shot.height for shot in made(desk, card)} == {321}


def test_a_sealed_card_shows_its_photos_and_is_believed_without_them(
    field: Field, tmp_path: Path
) -> None:
    """The seal proves its own print; the office proves it again, with no photo at hand."""
    card_id = field.first.open_card()
    field.first.score(card_id)
    attached(
        field.first.desk,
        card_id,
        lay(tmp_path, jpeg(1, place=True)),
        lay(tmp_path, HEIC.read_bytes(), "a.heic"),
        lay(tmp_path, b"%PDF-1.7 made up", "paper.pdf"),
    )
    field.first.sign(card_id)
    sealed = field.first.seal(card_id)
    pdf = field.first.desk.workspace.evidence.path(sealed.pdf.sha256).read_bytes()
    assert b"/DCTDecode" in pdf
    sheet = texts_of(pdf)[-1]
    assert all(word in sheet for word in ("照片与材料", "照片1", "照片2", "材料1paper.pdf"))
    field.take(field.submit(photos=False))
    accept_cards(field.office.desk, [card_id])
    copies = [
        plan_print(seat.desk, card_id, Print.UNIT_COPY).draw()
        for seat in (field.first, field.office)
    ]
    assert [b"/DCTDecode" in copy for copy in copies] == [True, False]
    (*pages, shown), (*others, empty) = (texts_of(copy) for copy in copies)
    assert pages == others
    assert re.sub(r"2020-11-06\d\d:\d\d", "", shown) == empty


def test_a_card_whose_photo_does_not_decode_is_not_sealed(field: Field, tmp_path: Path) -> None:
    card_id = field.first.open_card()
    field.first.score(card_id)
    attached(field.first.desk, card_id, lay(tmp_path, b"no picture"))
    field.first.sign(card_id)
    before = field.first.desk.workspace.evidence.all()
    with pytest.raises(AppError) as refusal:
        field.first.seal(card_id)
    assert refusal.value.code is Code.EVIDENCE_UNREADABLE
    assert field.first.desk.workspace.evidence.all() == before
