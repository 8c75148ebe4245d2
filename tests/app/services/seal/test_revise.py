"""Revisions: 文字更正 and 分值调整, and whose signature stands through them."""

from datetime import timedelta

from PIL import Image

from app.domain.card import Correction, Source, correction
from app.domain.signature import Paper, Pending, Signatory
from app.errors import Code
from app.exchange.card_document import part_hashes
from app.services.cards.assess import Points, record
from app.services.cards.view import view_card
from app.services.desk.intake import take_scan
from app.services.seal.seal import (
    revise_card,
    signed_card,
    write_pdf,
)
from app.services.seal.sign import Given, sign_card
from app.services.seal.supplement import sign_late
from app.services.units.register import set_facts
from app.services.verify.verify import verify_pdf
from tests.app.services.field import (
    Field,
    ready,
)
from tests.forms import SYNTHETIC_CODES, national_form
from tests.refusals import refused
from tests.scorecards import synthetic_ink


def test_only_a_sealed_card_is_revised_and_for_a_reason(field: Field) -> None:
    card_id = ready(field)
    with refused(Code.CARD_NOT_SEALED):
        revise_card(field.first.desk, card_id, reason="复核")
    field.first.seal(card_id)
    with refused(Code.REASON_MISSING):
        revise_card(field.first.desk, card_id, reason="  ")
    revise_card(field.first.desk, card_id, reason="复核")
    with refused(Code.CARD_NOT_SEALED):
        revise_card(field.first.desk, card_id, reason="复核")


def test_a_text_correction_keeps_the_units_signature_standing(field: Field) -> None:
    desk, card_id = field.first.desk, ready(field)
    first = field.first.seal(card_id)
    unit_signature = view_card(desk, card_id).card.signatures[1]
    revise_card(desk, card_id, reason="单位名称有误")
    _, changes = set_facts(
        desk, code=SYNTHETIC_CODES[0], sub_unit="", typed={"name": "测试一号机械工厂"}
    )
    assert changes.unsigned == ()
    assert view_card(desk, card_id).card.signatures == (unit_signature,)
    field.clock.pass_time(timedelta(hours=1))
    sign_card(desk, card_id, signatory=Signatory.LEAD, name="测试甲", manner=synthetic_ink())
    second = field.first.seal(card_id)
    card = signed_card(desk, second)
    assert (second.index.revision, card.unit.name) == (2, "测试一号机械工厂")
    assert card.previous is not None
    assert card.previous.hash == first.index.hash
    assert correction(card, part_hashes(card, national_form()).scores) is Correction.TEXT
    assert unit_signature in card.signatures
    path = field.folder / "second.pdf"
    write_pdf(desk, card_id, path)
    assert verify_pdf(field.office.desk, path).ok


def test_a_changed_score_drops_the_units_signature(field: Field) -> None:
    desk, card_id = field.first.desk, ready(field)
    field.first.seal(card_id)
    revise_card(desk, card_id, reason="复核后补记得分")
    changes = field.first.score(card_id, S1_R1_C1="2")
    assert changes.unsigned == (card_id,)
    with refused(Code.CARD_UNSIGNED):
        field.first.seal(card_id)
    field.first.sign(card_id)
    card = signed_card(desk, field.first.seal(card_id))
    assert correction(card, part_hashes(card, national_form()).scores) is Correction.SCORES


def test_the_reason_of_a_deduction_is_part_of_the_scores(field: Field) -> None:
    desk, card_id = field.first.desk, ready(field)
    field.first.seal(card_id)
    revise_card(desk, card_id, reason="理由写错")
    _, changes = record(desk, card_id, [Points(clause="S1-R1-C1", reason="未设专职人员")])
    assert changes.unsigned == (card_id,)


def test_where_points_come_from_is_part_of_the_scores(field: Field) -> None:
    desk, card_id = field.first.desk, ready(field)
    field.first.seal(card_id)
    revise_card(desk, card_id, reason="来源写错")
    entry = Points(clause="S1-R1-C1", points="1", source=Source.DEPARTMENT)
    assert record(desk, card_id, [entry])[1].unsigned == (card_id,)


def test_a_third_revision_still_carries_the_units_signature(field: Field) -> None:
    desk, card_id = field.first.desk, ready(field)
    field.first.seal(card_id)
    for name in ("测试工厂甲", "测试工厂乙"):
        revise_card(desk, card_id, reason="名称有误")
        set_facts(desk, code=SYNTHETIC_CODES[0], sub_unit="", typed={"name": name})
        sign_card(desk, card_id, signatory=Signatory.LEAD, name="测试甲", manner=Pending())
        field.first.seal(card_id)
    assert [index.revision for index in desk.workspace.cards.sealed_revisions(card_id)] == [
        1,
        2,
        3,
    ]
    assert len(view_card(desk, card_id).card.signatures) == 2


def test_a_signature_that_came_after_sealing_is_carried_too(field: Field) -> None:
    desk, path = field.first.desk, field.folder / "scan.png"
    Image.new("RGB", (8, 8)).save(path)
    card_id = field.first.sealed_card().index.id
    paper = Paper(scan=take_scan(desk, path))
    late = Given(signatory=Signatory.UNIT, name="测试丙", manner=paper)
    sign_late(desk, card_id, late, field.first.keys)
    draft, _ = revise_card(desk, card_id, reason="名称有误")
    assert [held.manner for held in draft.signatures] == [paper]
    sign_card(desk, card_id, signatory=Signatory.LEAD, name="测试甲", manner=Pending())
    field.first.seal(card_id)
    assert field.take(field.submit()).set_aside == ()


def test_a_scan_is_carried_with_the_signature(field: Field) -> None:
    desk, path = field.first.desk, field.folder / "scan.png"
    Image.new("RGB", (8, 8)).save(path)
    card_id = field.first.open_card()
    field.first.score(card_id)
    field.first.sign(card_id, Paper(scan=take_scan(desk, path)))
    field.first.seal(card_id)
    revise_card(desk, card_id, reason="日期有误")
    sign_card(desk, card_id, signatory=Signatory.LEAD, name="测试甲", manner=Pending())
    field.first.seal(card_id)
    assert field.take(field.submit()).set_aside == ()
