"""What must hold before a card is sealed."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.domain.card import Card, NotApplicable, Scored, clear_mark, sign
from app.domain.evidence import Evidence, Sha256
from app.domain.form import ClauseId
from app.domain.sealing import refuse_unsealable
from app.domain.signature import Manner, Pending, Refused, Signatory, Signature
from app.domain.unit import UnitFacts
from app.errors import Code
from tests.forms import complete_card, national_form, open_card, synthetic_unit
from tests.refusals import refused

FORM = national_form()
FIRST = FORM.clause("S1-R1-C1")


def signature(signatory: Signatory, manner: Manner) -> Signature:
    return Signature(
        signatory=signatory,
        name="测试甲",
        at=datetime(2020, 11, 6, 8, tzinfo=UTC),
        manner=manner,
        header_hash="4" * 64,
        scores_hash="5" * 64,
    )


def signed(card: Card, manner: Manner = Pending()) -> Card:  # noqa: B008 - frozen
    first = sign(card, signature(Signatory.LEAD, manner))
    return sign(first, signature(Signatory.UNIT, manner))


def marked(clause: str, mark: Scored | NotApplicable) -> Card:
    card = signed(complete_card())
    return replace(card, marks={**card.marks, ClauseId(clause): mark})


@pytest.mark.parametrize("manner", [Pending(), Refused(why="有异议", witness="测试乙")])
def test_a_settled_and_signed_card_can_be_sealed(manner: Manner) -> None:
    refuse_unsealable(signed(complete_card(), manner), FORM)


def test_a_member_may_sign_for_the_assessors() -> None:
    card = sign(complete_card(), signature(Signatory.MEMBER, Pending()))
    refuse_unsealable(sign(card, signature(Signatory.UNIT, Pending())), FORM)


def test_open_clauses_are_counted_and_named() -> None:
    card = clear_mark(clear_mark(complete_card(), FIRST), FORM.clause("S6-R1-C1"))
    with refused(Code.CARD_UNFINISHED, count=2, clauses="S1-R1-C1 S6-R1-C1"):
        refuse_unsealable(signed(card), FORM)


def test_points_taken_off_without_a_reason_are_named() -> None:
    with refused(Code.REASON_MISSING, clause="S1-R1-C1"):
        refuse_unsealable(marked("S1-R1-C1", Scored(points=Decimal(1))), FORM)


@pytest.mark.parametrize(
    ("clause", "points", "code"),
    [
        ("S1-R1-C1", "4", Code.POINTS_ABOVE_MAXIMUM),
        ("S1-R1-C1", "-1", Code.POINTS_BELOW_ZERO),
        ("S1-R1-C1", "2.5", Code.POINTS_OFF_STEP),
        ("S6-R1-C1", "20", Code.POINTS_ALL_OR_NOTHING),
        ("S7-R1-C1", "11", Code.POINTS_ABOVE_MAXIMUM),
    ],
)
def test_points_no_inspector_could_have_given_are_found(
    clause: str, points: str, code: Code
) -> None:
    """A card that comes in was not made by our own `score`."""
    with refused(code, clause=clause):
        refuse_unsealable(marked(clause, Scored(points=Decimal(points), reason="理由")), FORM)


def test_not_applicable_is_judged_by_the_facts_the_card_ends_with() -> None:
    nobody = synthetic_unit(facts=UnitFacts(women=0))
    card = complete_card(open_card(unit=nobody), not_applicable=("S5-R5-C1",))
    refuse_unsealable(signed(card), FORM)
    with refused(Code.NA_FACT_CONTRADICTS, clause="S5-R5-C1", value=40):
        refuse_unsealable(signed(replace(card, unit=synthetic_unit())), FORM)


def test_not_applicable_without_a_reason_or_a_right_is_found() -> None:
    with refused(Code.NA_NOT_ALLOWED, clause="S1-R1-C1"):
        refuse_unsealable(marked("S1-R1-C1", NotApplicable(reason="不涉及")), FORM)
    nobody = replace(marked("S5-R5-C1", NotApplicable(reason="")), unit=synthetic_unit(
        facts=UnitFacts(women=0)
    ))  # fmt: skip
    with refused(Code.NA_REASON_MISSING, clause="S5-R5-C1"):
        refuse_unsealable(nobody, FORM)


def test_marks_and_evidence_for_unknown_clauses_are_found() -> None:
    with refused(Code.CLAUSE_UNKNOWN, clause="S9-R9-C9"):
        refuse_unsealable(marked("S9-R9-C9", Scored(points=Decimal(1))), FORM)
    photo = Evidence(sha256=Sha256("a" * 64), name="a.jpg", media_type="image/jpeg", size=1)
    card = replace(signed(complete_card()), evidence={ClauseId("S8-R1-C1"): (photo,)})
    with refused(Code.CLAUSE_UNKNOWN, clause="S8-R1-C1"):
        refuse_unsealable(card, FORM)


@pytest.mark.parametrize(
    ("there", "missing"), [(Signatory.UNIT, Signatory.LEAD), (Signatory.LEAD, Signatory.UNIT)]
)
def test_each_side_must_have_had_its_say(there: Signatory, missing: Signatory) -> None:
    with refused(Code.CARD_UNSIGNED, signatory=missing):
        refuse_unsealable(sign(complete_card(), signature(there, Pending())), FORM)
