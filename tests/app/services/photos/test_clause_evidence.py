"""What is pasted or dropped on a clause: real pictures, real files."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.domain.card import Card
from app.domain.form import ClauseId
from app.errors import Code
from app.services.cards.assess import find_card
from app.services.desk.desk import Noun
from app.services.photos.clause_evidence import attach_prepared, prepare_evidence, prepare_pasted
from app.services.photos.photo_intake import photo_room
from tests.app.services.field import Field
from tests.refusals import refused

CLAUSE = "S1-R1-C1"


def picture(colour: str = "red") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, "JPEG")
    return stream.getvalue()


def card_of(field: Field, card_id: str) -> Card:
    return find_card(field.first.desk, card_id)[0]


def test_a_pasted_picture_gets_the_ending_of_its_kind(field: Field) -> None:
    desk, card_id = field.first.desk, field.first.open_card()
    prepared = prepare_pasted(photo_room(desk), picture(), name="粘贴照片 1.1.1")
    card, changes = attach_prepared(desk, card_id, CLAUSE, prepared)
    assert card == card_of(field, card_id)
    assert [each.name for each in card.evidence[ClauseId(CLAUSE)]] == ["粘贴照片 1.1.1.jpg"]
    assert changes.nouns == {Noun.CARDS, Noun.PHOTOS}


def test_the_same_picture_twice_stands_once(field: Field, tmp_path: Path) -> None:
    desk, card_id = field.first.desk, field.first.open_card()
    path = tmp_path / "测试.jpg"
    path.write_bytes(picture())
    for prepared in (
        prepare_evidence(photo_room(desk), path),
        prepare_pasted(photo_room(desk), picture(), name="同一张"),
    ):
        attach_prepared(desk, card_id, CLAUSE, prepared)
    card = card_of(field, card_id)
    assert [each.name for each in card.evidence[ClauseId(CLAUSE)]] == ["测试.jpg"]


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_what_is_no_picture_cannot_be_pasted(field: Field, content: bytes) -> None:
    room = photo_room(field.first.desk)
    code = Code.PICTURE_UNREADABLE if content else Code.EVIDENCE_EMPTY
    with refused(code):
        prepare_pasted(room, content, name="x")


def test_a_sealed_card_takes_nothing_not_even_into_its_tray(field: Field) -> None:
    desk = field.first.desk
    sealed = field.first.sealed_card()
    prepared = prepare_pasted(photo_room(desk), picture(), name="x")
    with refused(Code.CARD_SEALED):
        attach_prepared(desk, sealed.index.id, CLAUSE, prepared)
    assert desk.workspace.photos.get(prepared.file.sha256) is None
