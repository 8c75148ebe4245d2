"""单位回复: a photo of the returned paper finds its hazard by the code on it."""

from pathlib import Path

import pytest
from PIL import Image

from app.domain.hazard import Act
from app.errors import Code
from app.services.units.hazards import step_hazard
from app.services.units.replies import file_reply, hazards_on, take_reply
from tests.app.services.field import Field
from tests.app.services.prints.test_dossier_prints import photo, raised
from tests.refusals import refused
from tests.returned import returned_page, returned_scan


def test_a_photographed_page_is_filed_at_the_hazard_it_is_about(
    field: Field, tmp_path: Path
) -> None:
    seat, card_id = field.first, field.first.open_card()
    raised(seat, None, "测试：别的隐患")
    hazard = raised(seat, card_id)
    ((filed,), changes) = take_reply(seat.desk, returned_page(seat.desk, card_id, tmp_path))
    assert filed.id == hazard.id
    assert [each.name for each in filed.after] == ["回复1.jpg"]
    assert seat.desk.workspace.hazards.get(hazard.id) == filed
    assert changes.nouns


def test_a_scan_of_several_pages_is_filed_at_each_hazard_that_is_open(
    field: Field, tmp_path: Path
) -> None:
    seat, card_id = field.first, field.first.open_card()
    hazards = [raised(seat, card_id, f"测试：第{number}处") for number in range(3)]
    scan = returned_scan(seat.desk, card_id, tmp_path)
    step_hazard(seat.desk, hazards[1].id, Act.WITHDRAW, remark="测试：误报")
    filed, _ = take_reply(seat.desk, scan)
    assert [each.id for each in filed] == [hazards[0].id, hazards[2].id]


def test_a_settled_hazard_takes_no_more_photos(field: Field, tmp_path: Path) -> None:
    seat, card_id = field.first, field.first.open_card()
    hazard = raised(seat, card_id)
    page = returned_page(seat.desk, card_id, tmp_path)
    step_hazard(seat.desk, hazard.id, Act.WITHDRAW, remark="测试：误报")
    with refused(Code.HAZARD_SETTLED):
        take_reply(seat.desk, page)


@pytest.mark.parametrize("content", ["photo", "text"])
def test_what_shows_no_code_is_refused_and_not_kept(
    field: Field, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "甲.jpg"
    if content == "photo":
        Image.new("RGB", (200, 200), "white").save(path)
    else:
        path.write_bytes(b"no picture")
    before = field.first.desk.workspace.evidence.all()
    with refused(Code.HAZARD_CODE_MISSING, name="甲.jpg"):
        take_reply(field.first.desk, path)
    assert field.first.desk.workspace.evidence.all() == before


def test_a_hazard_of_another_computer_is_not_known_here(field: Field, tmp_path: Path) -> None:
    seat, card_id = field.first, field.first.open_card()
    raised(seat, card_id)
    page = returned_page(seat.desk, card_id, tmp_path)
    with refused(Code.HAZARD_CODE_MISSING):
        take_reply(field.second.desk, page)


def test_a_photo_that_names_nothing_stays_where_it_was_given(field: Field) -> None:
    seat = field.first
    hazard, after = raised(seat, None), photo(seat)
    assert hazards_on(b"no picture", name="x") == ()
    (filed,), _ = file_reply(seat.desk, after, (), beside=hazard)
    assert (filed.id, filed.after) == (hazard.id, (after,))
