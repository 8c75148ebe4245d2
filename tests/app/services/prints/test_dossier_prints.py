"""The papers beside a card, on real desks: offered only with content, and true to what is kept."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.card import CardId
from app.domain.evidence import Evidence
from app.domain.handover import HandoverNote
from app.domain.hazard import Act, Field, Hazard, Side
from app.domain.signature import Signatory
from app.errors import Code
from app.exchange.paper_proof import PREFIX
from app.pictures.codes import codes_in
from app.reports.card.wording import check_code
from app.reports.file.raster import page_sizes, render_page
from app.services.cards.assess import Points, attach, record
from app.services.office.decide import accept_cards
from app.services.prints.handover import record_handover
from app.services.prints.prints import Print, offered, plan_print
from app.services.seal.seal import keep_sealed, plan_seal, revise_card, seal
from app.services.seal.sign import Given, sign_card
from app.services.seal.supplement import attach_late, sign_late
from app.services.units.hazards import add_photos, draft_hazard, step_hazard, write_hazard
from tests.app.services.field import Field as District
from tests.app.services.field import Seat, ready
from tests.pages import bare, texts_of
from tests.pictures import jpeg
from tests.refusals import refused
from tests.scorecards import synthetic_ink

ALWAYS = {
    Print.CARD,
    Print.UNIT_COPY,
    Print.FEEDBACK,
    Print.CHECKLIST,
    Print.WALK,
    Print.BLANK,
}


def raised(seat: Seat, card_id: str | None, text: str = "测试：通道堵塞") -> Hazard:
    """Raise a hazard at the first unit, with a card or before it."""
    card = CardId(card_id) if card_id else None
    draft = draft_hazard(seat.desk, seat.unit().key, card_id=card)
    return write_hazard(seat.desk, draft, Field.TEXT, text)[0]


def photo(seat: Seat, number: int = 1) -> Evidence:
    content = jpeg(number, place=True)
    return seat.desk.workspace.evidence.put(
        content, name=f"IMG_{number}.jpg", media_type="image/jpeg"
    )


def text_of(seat: Seat, card_id: str, which: Print, *hazards: str) -> str:
    return "".join(texts_of(plan_print(seat.desk, card_id, which, hazards=hazards).draw()))


def revised(field: District) -> str:
    """Return a card whose second revision is sealed: a score changed, everybody signed anew."""
    seat, card_id = field.first, ready(field)
    seat.seal(card_id)
    revise_card(seat.desk, card_id, reason="测试：复核")
    record(seat.desk, card_id, [Points(clause="S1-R1-C1", points="2", reason="补交部分资料")])
    seat.sign(card_id)
    seat.seal(card_id)
    return card_id


def extra(field: District, card_id: str) -> set[Print]:
    return set(offered(field.first.desk, card_id)) - ALWAYS


def test_a_new_card_offers_only_what_can_say_something(field: District) -> None:
    card_id = field.first.open_card()
    assert set(offered(field.first.desk, card_id)) == ALWAYS
    for which in set(Print) - ALWAYS:
        with refused(Code.PRINT_EMPTY, print=which.value, unit="测试1号工厂"):
            plan_print(field.first.desk, card_id, which)


def test_hazards_are_advised_on_until_they_are_settled_and_listed_for_ever(
    field: District,
) -> None:
    seat, card_id = field.first, field.first.open_card()
    raised(seat, None)
    assert extra(field, card_id) == {Print.HAZARDS}
    hazard = raised(seat, card_id)
    assert extra(field, card_id) == {Print.RECTIFICATION, Print.HAZARDS}
    step_hazard(seat.desk, hazard.id, Act.WITHDRAW, remark="测试：误报")
    assert extra(field, card_id) == {Print.HAZARDS}


def test_a_sealed_card_has_a_file_and_what_came_after_it_a_history(field: District) -> None:
    sealed = field.first.sealed_card()
    assert extra(field, sealed.index.id) == {Print.ARCHIVE}
    late = Given(signatory=Signatory.UNIT, name="测试丙", manner=synthetic_ink(2))
    sign_late(field.first.desk, sealed.index.id, late, field.first.keys)
    assert extra(field, sealed.index.id) == {Print.ARCHIVE, Print.HISTORY}


def test_an_older_hazard_is_advised_on_when_it_is_chosen(field: District) -> None:
    seat, card_id = field.first, field.first.open_card()
    older, other = raised(seat, None, "测试：灯具损坏"), raised(seat, card_id)
    text = text_of(seat, card_id, Print.RECTIFICATION, older.id)
    assert "测试：灯具损坏" in text
    assert other.text not in text
    assert "灯具" not in text_of(seat, card_id, Print.RECTIFICATION)
    with refused(Code.HAZARD_UNKNOWN, hazard=older.id):
        plan_print(seat.desk, seat.open_card(1), Print.RECTIFICATION, hazards=[older.id])


def test_a_hazards_photos_are_on_the_paper_without_their_facts(field: District) -> None:
    seat, card_id = field.first, field.first.open_card()
    add_photos(seat.desk, raised(seat, card_id), Side.BEFORE, [photo(seat)])
    pdf = plan_print(seat.desk, card_id, Print.RECTIFICATION).draw()
    assert bare(check_code(photo(seat).sha256)) in texts_of(pdf)[0]
    assert b"made up, 1 second north" not in pdf


def test_a_hazards_photo_that_is_damaged_is_refused_by_name(field: District) -> None:
    seat, card_id = field.first, field.first.open_card()
    add_photos(seat.desk, raised(seat, card_id), Side.BEFORE, [photo(seat)])
    path = seat.desk.workspace.evidence.path(photo(seat).sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")
    with refused(Code.EVIDENCE_DAMAGED, name="IMG_1.jpg", hazard="测试：通道堵塞"):
        plan_print(seat.desk, card_id, Print.RECTIFICATION).draw()


def test_the_history_is_told_from_the_sealed_records(field: District) -> None:
    seat, card_id = field.first, revised(field)
    text = text_of(seat, card_id, Print.HISTORY)
    for index in seat.desk.workspace.cards.sealed_revisions(card_id):
        assert f"测试甲（监督检查员）校验码{bare(check_code(index.hash))}" in text
    assert "第2版（分值调整）" in text
    assert "1.1.1：1分（现场未见资料）→2分（补交部分资料）" in text
    assert text.count("（本版重新签字）") == 2


def test_the_history_names_both_inspectors_of_a_card_sealed_by_two(field: District) -> None:
    desk, card_id, keys = field.first.desk, ready(field), field.first.keys
    sign_card(desk, card_id, signatory=Signatory.MEMBER, name="测试乙", manner=synthetic_ink(4))
    plan = plan_seal(desk, card_id)
    keep_sealed(desk, plan, seal(plan, keys.identity, second=field.second.keys.identity))
    revise_card(desk, card_id, reason="测试：名称")
    text = text_of(field.first, card_id, Print.HISTORY)
    assert "测试甲（监督检查员）、测试乙（监督检查员）校验码" in text


def test_a_draft_revision_is_told_as_not_sealed(field: District) -> None:
    sealed = field.first.sealed_card()
    revise_card(field.first.desk, sealed.index.id, reason="测试：名称")
    text = text_of(field.first, sealed.index.id, Print.HISTORY)
    assert "尚未签封" in text
    assert "测试：名称" in text
    assert "待补签2020-11-0610:00（沿用前版签字）" in text


def test_the_index_names_all_that_belongs_to_the_file(field: District, tmp_path: Path) -> None:
    seat, card_id = field.first, field.first.open_card()
    path = tmp_path / "甲.jpg"
    path.write_bytes(jpeg())
    attach(seat.desk, card_id, "S1-R1-C1", [path])
    seat.score(card_id)
    seat.sign(card_id)
    sealed = seat.seal(card_id)
    late = tmp_path / "乙.jpg"
    late.write_bytes(jpeg(5))
    made, _ = attach_late(seat.desk, card_id, "S1-R1-C1", [late], seat.keys)
    raised(seat, card_id)
    record_handover(seat.desk, card_id, HandoverNote(recipient="测试丙", day=date(2020, 11, 6)))
    text = text_of(seat, card_id, Print.ARCHIVE)
    pages = len(page_sizes(seat.desk.workspace.evidence.path(sealed.pdf.sha256).read_bytes()))
    assert f"考核评分表（PDF）第1版{pages}页" in text
    for proof in (sealed.index.hash, sealed.pdf.sha256, made.hash):
        assert bare(check_code(proof)) in text
    for which in (Print.FEEDBACK, Print.RECTIFICATION, Print.HAZARDS, Print.HISTORY):
        planned = plan_print(seat.desk, card_id, which)
        name = planned.name.partition("_")[0]
        assert f"□{name}{len(page_sizes(planned.draw()))}页" in text
    assert "考核要点1.1.1的照片和材料2件" in text
    assert "留存联（第1版）2020-11-06当面交付测试丙" in text


def test_the_office_has_its_decision_and_what_it_received_in_the_index(field: District) -> None:
    sealed = field.received()
    accept_cards(field.office.desk, [sealed.index.id])
    text = text_of(field.office, sealed.index.id, Print.ARCHIVE)
    assert "竞赛办签收／审核：审核通过2020-11-06" in text
    assert bare(check_code(sealed.pdf.sha256)) in text


def test_the_units_copy_bears_the_code_of_the_sealed_file_and_no_place_of_a_photo(
    field: District, tmp_path: Path
) -> None:
    seat, card_id = field.first, field.first.open_card()
    path = tmp_path / "甲.jpg"
    path.write_bytes(jpeg(place=True))
    attach(seat.desk, card_id, "S1-R1-C1", [path])
    seat.score(card_id)
    seat.sign(card_id)
    sealed = seat.seal(card_id)
    original = seat.desk.workspace.evidence.path(sealed.pdf.sha256).read_bytes()
    copy = plan_print(seat.desk, card_id, Print.UNIT_COPY).draw()
    assert code_on(copy) == code_on(original) != []
    assert "测试甲（监督检查员）" in texts_of(copy)[1]
    assert b"made up, 1 second north" not in copy


def code_on(pdf: bytes) -> list[str]:
    page = render_page(pdf, 1, width=1240)
    return list(codes_in(page.pixels, width=page.width, height=page.height, prefix=PREFIX))


@pytest.mark.parametrize("which", [each for each in Print if each not in ALWAYS])
def test_practice_is_marked_on_every_paper(practice: District, which: Print) -> None:
    card_id = revised(practice)
    raised(practice.first, card_id)
    pages = texts_of(plan_print(practice.first.desk, card_id, which).draw())
    assert all("练习样表无效" in page for page in pages)
