"""What is printed of a card: the sealed file as it was made, everything else drawn anew."""

import json
from hashlib import sha256

import pytest

from app.errors import Code
from app.exchange.canonical import content_hash
from app.reports.card.wording import check_code
from app.services.cards.assess import Points, record
from app.services.cards.view import view_card
from app.services.prints.card_prints import print_hash
from app.services.prints.prints import Planned, Print, plan_print
from tests.app.services.field import Field, ready
from tests.pages import attachments_of, bare, faces_of, texts_of
from tests.refusals import refused

MARK = "未定稿供核对和签字盖章"


def plan(field: Field, card_id: str, which: Print) -> Planned:
    return plan_print(field.first.desk, card_id, which)


def code_on(field: Field, card_id: str) -> str:
    """Return the check code a print of a card must bear."""
    return bare(check_code(print_hash(view_card(field.first.desk, card_id))))


def test_a_sealed_card_is_printed_as_the_bytes_that_were_sealed(field: Field) -> None:
    sealed = field.first.sealed_card(S1_R1_C1="1")
    planned = plan(field, sealed.index.id, Print.CARD)
    assert planned.is_sealed
    assert content_hash(planned.draw()) == sealed.pdf.sha256
    assert planned.name == "考核评分表_测试1号工厂_20201106.pdf"


def test_a_damaged_file_is_not_printed(field: Field) -> None:
    sealed = field.first.sealed_card()
    path = field.first.desk.workspace.evidence.path(sealed.pdf.sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with refused(Code.EVIDENCE_DAMAGED):
        plan(field, sealed.index.id, Print.CARD).draw()


def test_a_draft_is_marked_and_its_code_stays_while_people_sign(field: Field) -> None:
    card_id = field.first.open_card()
    field.first.score(card_id, S1_R1_C1="1")
    before = texts_of(plan(field, card_id, Print.CARD).draw())
    code = code_on(field, card_id)
    field.first.sign(card_id)
    after = texts_of(plan(field, card_id, Print.CARD).draw())
    for pages in (before, after):
        assert all(MARK in page for page in pages)
        assert all(f"总得分98校验码{code}" in page for page in pages)
    assert "测试丙" in after[1]
    assert "测试丙" not in before[1]


def test_a_signature_in_the_sealed_record_leads_back_to_the_paper(field: Field) -> None:
    card_id = ready(field)
    code = code_on(field, card_id)
    document = json.loads(field.first.seal(card_id).document)
    for signature in document["signatures"]:
        header, scores = signature["over"]["header"], signature["over"]["scores"]
        over = f'{{"header":"{header}","scores":"{scores}"}}'
        assert bare(check_code(sha256(over.encode()).hexdigest())) == code


def test_another_score_is_another_code(field: Field) -> None:
    card_id = ready(field)
    code = code_on(field, card_id)
    record(field.first.desk, card_id, [Points(clause="S1-R1-C1", points="2", reason="补交")])
    assert code_on(field, card_id) != code


def test_the_units_copy_says_the_same_and_holds_nothing_hidden(field: Field) -> None:
    sealed = field.first.sealed_card(S1_R1_C1="1")
    original = texts_of(plan(field, sealed.index.id, Print.CARD).draw())
    planned = plan(field, sealed.index.id, Print.UNIT_COPY)
    copy = planned.draw()
    assert not planned.is_sealed
    assert attachments_of(copy) == []
    pages = texts_of(copy)
    assert all("被考核单位留存联" in page for page in pages)
    assert pages[0].replace("被考核单位留存联", "") == original[0]
    assert bare(check_code(sealed.index.hash)) in pages[0]
    assert b"card.json" not in copy


def test_a_units_copy_before_the_end_says_so(field: Field) -> None:
    pages = texts_of(plan(field, ready(field), Print.UNIT_COPY).draw())
    assert all("被考核单位留存联未定稿" in page for page in pages)


ALWAYS = (
    Print.CARD,
    Print.UNIT_COPY,
    Print.FEEDBACK,
    Print.CHECKLIST,
    Print.WALK,
    Print.BLANK,
)


@pytest.mark.parametrize("which", ALWAYS)
def test_every_print_of_a_new_card_can_be_drawn_and_marks_practice(
    practice: Field, which: Print
) -> None:
    planned = plan(practice, practice.first.open_card(), which)
    pdf = planned.draw()
    assert all("练习样表无效" in page for page in texts_of(pdf))
    assert all(faces_of(pdf).values())
    assert planned.name.endswith("_测试1号工厂_20201106.pdf")


def test_branches_are_told_apart_by_the_name_of_the_file(field: Field) -> None:
    card_id = field.first.open_card(3, sub_unit="A/B 厂")
    assert plan(field, card_id, Print.WALK).name == "现场记录表_测试4号工厂_A B 厂_20201106.pdf"


def test_a_card_nobody_knows_is_refused(field: Field) -> None:
    with refused(Code.CARD_UNKNOWN):
        plan(field, "none", Print.CARD)


def test_the_paper_people_sign_has_a_row_for_each_of_them(field: Field) -> None:
    card_id = field.first.open_card()
    field.first.score(card_id)
    page = texts_of(plan(field, card_id, Print.CARD).draw())[1]
    assert page.index("考核组组长") < page.index("被考核单位负责人（或授权人）")
