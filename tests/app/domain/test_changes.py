"""A change of content drops the signatures that no longer stand over what they were given for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.card import (
    Card,
    CardHash,
    Correction,
    OfficeName,
    Person,
    Previous,
    Source,
    add_evidence,
    clear_mark,
    correction,
    fill_open,
    revise,
    score,
    set_not_applicable,
    sign,
    with_assessors,
    with_dates,
    with_office,
    with_opinion,
    with_unit,
    with_visit,
)
from app.domain.evidence import Evidence, Sha256
from app.domain.signature import Pending, Signatory, Signature
from app.domain.unit import UnitFacts
from app.domain.visit import Opinion, Visit
from app.errors import Code
from tests.forms import VISIT, complete_card, national_form, open_card, synthetic_unit
from tests.refusals import refused

FORM = national_form()
FIRST = FORM.clause("S1-R1-C1")
WOMEN = FORM.clause("S5-R5-C1")
BONUS = FORM.clause("S7-R1-C1")
UNIT = synthetic_unit(facts=UnitFacts(workers=130, women=0))
RENAMED = replace(UNIT, name="深圳市测试新名机械有限公司")
SCORES = "5" * 64
PHOTO = Evidence(sha256=Sha256("a" * 64), name="现场.jpg", media_type="image/jpeg", size=3)
OPINION = Opinion(objects=True, text="培训记录在总部")
TEAM = (Person(name="测试戊", post="组长"),)
PREVIOUS = Previous(hash=CardHash("c" * 64), scores_hash=SCORES, reason="单位名称有误")


def signature(
    signatory: Signatory, name: str = "测试甲", *, scores_hash: str = SCORES
) -> Signature:
    return Signature(
        signatory=signatory,
        name=name,
        at=datetime(2020, 11, 6, 8, tzinfo=UTC),
        manner=Pending(),
        header_hash="4" * 64,
        scores_hash=scores_hash,
    )


LEAD = signature(Signatory.LEAD)
HEAD_OF_UNIT = signature(Signatory.UNIT, "测试丙")


def signed() -> Card:
    card = add_evidence(complete_card(open_card(unit=UNIT)), FIRST, PHOTO)
    return sign(sign(card, LEAD), HEAD_OF_UNIT)


def give(card: Card, points: int, reason: str = "未见记录") -> Card:
    return score(card, FIRST, points=Decimal(points), reason=reason, source=Source.ON_SITE)


@pytest.mark.parametrize(
    "change",
    [
        lambda card: give(card, 1),
        lambda card: give(card, 3, "另有说明"),
        lambda card: score(card, FIRST, points=Decimal(3), reason="", source=Source.PLEDGED),
        lambda card: score(card, BONUS, points=Decimal(10), reason="", source=Source.PLEDGED),
        lambda card: set_not_applicable(card, WOMEN, reason="无女职工", source=Source.PLEDGED),
        lambda card: clear_mark(card, FIRST),
        lambda card: add_evidence(card, WOMEN, PHOTO),
        lambda card: with_unit(card, RENAMED),
        lambda card: with_visit(card, Visit()),
        lambda card: with_assessors(card, TEAM),
        lambda card: with_dates(card, first=date(2020, 11, 5), last=VISIT),
        lambda card: with_opinion(card, OPINION),
    ],
)
def test_a_change_of_content_drops_every_signature(change: Callable[[Card], Card]) -> None:
    changed = change(signed())
    assert changed.signatures == ()
    assert changed != signed()


@pytest.mark.parametrize(
    "repeat",
    [
        lambda card: score(card, FIRST, points=Decimal("3.0"), reason=" ", source=Source.ON_SITE),
        lambda card: fill_open(card, FORM),
        lambda card: clear_mark(card, BONUS),
        lambda card: add_evidence(card, FIRST, PHOTO),
        lambda card: add_evidence(card, FIRST, replace(PHOTO, name="又名.jpg")),
        lambda card: with_unit(card, UNIT),
        lambda card: with_assessors(card, card.assessors),
        lambda card: with_dates(card, first=VISIT, last=VISIT),
        lambda card: with_opinion(card, None),
    ],
)
def test_the_same_content_again_changes_nothing(repeat: Callable[[Card], Card]) -> None:
    assert repeat(signed()) == signed()


def test_a_second_file_stands_behind_the_first() -> None:
    other = replace(PHOTO, sha256=Sha256("b" * 64))
    card = add_evidence(add_evidence(open_card(), FIRST, PHOTO), FIRST, other)
    assert card.evidence == {FIRST.id: (PHOTO, other)}


def test_signing_again_replaces_ones_own_signature_only() -> None:
    later = replace(LEAD, name="测试丁")
    assert sign(signed(), later).signatures == (HEAD_OF_UNIT, later)


def test_members_sign_side_by_side() -> None:
    first, second = (signature(Signatory.MEMBER, name) for name in ("测试乙", "测试戊"))
    card = sign(sign(sign(open_card(), first), second), first)
    assert card.signatures == (second, first)


def test_binding_a_card_to_its_office_drops_the_signatures() -> None:
    office = OfficeName(code="440307", name="测试二区竞赛办")
    card = signed()
    bound = with_office(card, office=office, rehearsal=True, terms=card.terms)
    assert (bound.office, bound.rehearsal, bound.signatures) == (office, True, ())


def test_a_revision_keeps_the_content_and_only_the_units_signature() -> None:
    revised = revise(signed(), previous=PREVIOUS)
    assert revised.revision == 2
    assert revised.previous == PREVIOUS
    assert revised.marks == signed().marks
    assert revised.signatures == (HEAD_OF_UNIT,)


@pytest.mark.parametrize(
    "correct",
    [
        lambda card: with_unit(card, RENAMED),
        lambda card: with_visit(card, Visit(credentials_shown=True)),
        lambda card: with_assessors(card, TEAM),
    ],
)
def test_a_correction_of_text_keeps_the_units_carried_signature(
    correct: Callable[[Card], Card],
) -> None:
    """文字更正: the unit signed the scores, and they are the same."""
    corrected = correct(sign(revise(signed(), previous=PREVIOUS), LEAD))
    assert HEAD_OF_UNIT in corrected.signatures


def test_a_signature_given_to_the_revision_itself_falls_with_its_header() -> None:
    fresh = signature(Signatory.LEAD, scores_hash="6" * 64)
    corrected = with_unit(sign(revise(signed(), previous=PREVIOUS), fresh), RENAMED)
    assert corrected.signatures == (HEAD_OF_UNIT,)


def test_a_change_of_points_drops_the_carried_signature_too() -> None:
    """分值调整: the unit signs again."""
    assert give(revise(signed(), previous=PREVIOUS), 2).signatures == ()


def test_another_opinion_of_the_unit_drops_its_carried_signature_too() -> None:
    assert with_opinion(revise(signed(), previous=PREVIOUS), OPINION).signatures == ()


def test_an_assessment_does_not_end_before_it_begins() -> None:
    with refused(Code.DATES_REVERSED):
        with_dates(signed(), first=VISIT, last=date(2020, 11, 5))


def test_a_first_revision_corrects_nothing() -> None:
    assert correction(signed(), SCORES) is None


def test_the_score_part_tells_which_correction_a_revision_is() -> None:
    revised = revise(signed(), previous=PREVIOUS)
    assert correction(revised, SCORES) is Correction.TEXT
    assert correction(revised, "6" * 64) is Correction.SCORES
