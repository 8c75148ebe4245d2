"""签字确认 as shown: what a revision changed, whose signature was carried, who sealed."""

from dataclasses import replace

from app.domain.card import Correction
from app.domain.revision import HeaderChange, HeaderPart, MarkChange
from app.services.seal.confirm import view_confirmation
from app.services.seal.seal import revise_card
from app.services.seal.sealers import sealers
from app.services.seal.sign import Given
from app.services.seal.supplement import sign_late
from app.services.units.register import set_facts
from tests.app.services.field import Field, ready
from tests.forms import SYNTHETIC_CODES
from tests.scorecards import synthetic_ink


def test_a_first_revision_changed_nothing(field: Field) -> None:
    read = view_confirmation(field.first.desk, ready(field))
    assert (read.correction, read.changes, read.late, read.file) == (None, (), (), None)
    assert not any(map(read.is_carried, read.view.card.signatures))


def test_a_text_correction_carries_the_units_signature_and_says_what_changed(
    field: Field,
) -> None:
    desk, card_id = field.first.desk, ready(field)
    field.first.seal(card_id)
    revise_card(desk, card_id, reason="名称有误")
    set_facts(desk, code=SYNTHETIC_CODES[0], sub_unit="", typed={"name": "测试新名工厂"})
    read = view_confirmation(desk, card_id)
    assert read.correction is Correction.TEXT
    assert read.changes == (
        HeaderChange(what=HeaderPart.UNIT_NAME, before="测试1号工厂", after="测试新名工厂"),
    )
    assert [read.is_carried(held) for held in read.view.card.signatures] == [True]


def test_a_changed_score_turns_a_correction_into_one_of_scores(field: Field) -> None:
    desk, card_id = field.first.desk, ready(field)
    field.first.seal(card_id)
    revise_card(desk, card_id, reason="复核")
    field.first.score(card_id, S1_R1_C1="0")
    read = view_confirmation(desk, card_id)
    assert read.correction is Correction.SCORES
    assert [type(change) for change in read.changes] == [MarkChange]
    assert read.view.card.signatures == ()


def test_a_sealed_card_names_who_sealed_it_and_who_signed_later(field: Field) -> None:
    desk, sealed = field.first.desk, field.received()
    owed = view_confirmation(desk, sealed.index.id).view.pending[0]
    late = Given(signatory=owed.signatory, name=owed.name, manner=synthetic_ink())
    sign_late(desk, sealed.index.id, late, field.first.keys)
    read = view_confirmation(desk, sealed.index.id)
    assert [held.name for held in read.late] == ["测试丙"]
    assert read.file is not None
    named = ("测试甲（监督检查员）",)
    assert sealers(read.file) == sealers(replace(read.file, path=None)) == named
    theirs = view_confirmation(field.office.desk, sealed.index.id).file
    assert theirs is not None
    assert sealers(theirs) == named
