"""提示核对: what to look at again; only open clauses and missing reasons hold a card up."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.card import Card, Person, Scored, Source, add_evidence, clear_mark, score, sign
from app.domain.checks import BLOCKING, Finding, Hint, check
from app.domain.evidence import Evidence, Sha256
from app.domain.form import ClauseId
from app.domain.signature import Manner, Pending, Refused, Signatory, Signature
from app.domain.visit import Transcript, Visit
from tests.forms import complete_card, national_form, open_card

FORM = national_form()
FIRST = FORM.clause("S1-R1-C1")
BONUS = FORM.clause("S7-R1-C1")
PHOTO = Evidence(sha256=Sha256("a" * 64), name="现场.jpg", media_type="image/jpeg", size=3)
REFUSED = Refused(why="有异议", witness="测试乙")


def hints(card: Card) -> list[Hint]:
    return [finding.hint for finding in check(card, FORM)]


def proven(card: Card) -> Card:
    """Return the card with a file behind every clause."""
    for clause in FORM.clauses:
        card = add_evidence(card, clause, PHOTO)
    return card


def signed(card: Card, signatory: Signatory, name: str, manner: Manner = REFUSED) -> Card:
    return sign(
        card,
        Signature(
            signatory=signatory,
            name=name,
            at=datetime(2020, 11, 6, 8, tzinfo=UTC),
            manner=manner,
            header_hash="4" * 64,
            scores_hash="5" * 64,
        ),
    )


def named(card: Card, hint: Hint) -> Iterable[ClauseId | None]:
    return [finding.clause for finding in check(card, FORM) if finding.hint is hint]


def test_a_proven_card_of_two_assessors_gives_no_hint() -> None:
    assert check(proven(complete_card()), FORM) == ()


def test_open_clauses_come_first_and_hold_the_card_up() -> None:
    card = clear_mark(complete_card(), FIRST)
    assert check(card, FORM)[0] == Finding(hint=Hint.OPEN, clause=FIRST.id)
    assert check(card, FORM)[0].blocks
    assert named(open_card(), Hint.OPEN) == [clause.id for clause in FORM.base_clauses]


def test_a_missing_reason_holds_the_card_up() -> None:
    card = proven(
        score(complete_card(), FIRST, points=Decimal(1), reason="", source=Source.ON_SITE)
    )
    assert check(card, FORM) == (Finding(hint=Hint.NO_REASON, clause=FIRST.id),)
    assert {Hint.OPEN, Hint.NO_REASON} == BLOCKING


def test_full_points_without_evidence_are_a_hint_only() -> None:
    card = complete_card()
    assert named(card, Hint.FULL_WITHOUT_EVIDENCE) == [c.id for c in FORM.base_clauses]
    assert not any(finding.blocks for finding in check(card, FORM))


def test_where_the_unit_allows_no_photos_none_are_missed() -> None:
    barred = replace(complete_card(), visit=Visit(photos_allowed=False))
    assert named(barred, Hint.FULL_WITHOUT_EVIDENCE) == []
    assert named(replace(barred, visit=Visit()), Hint.FULL_WITHOUT_EVIDENCE) != []


def test_points_taken_off_need_no_evidence() -> None:
    card = complete_card(points={FIRST.id: "2"})
    assert FIRST.id not in named(card, Hint.FULL_WITHOUT_EVIDENCE)


@pytest.mark.parametrize(("points", "found"), [("0", []), ("1", [BONUS.id]), ("10", [BONUS.id])])
def test_a_bonus_demands_evidence(points: str, found: list[ClauseId]) -> None:
    card = complete_card()
    marks = {**card.marks, BONUS.id: Scored(points=Decimal(points))}
    assert named(replace(card, marks=marks), Hint.BONUS_WITHOUT_EVIDENCE) == found


def test_one_assessor_is_too_few_unless_another_signs() -> None:
    alone = replace(proven(complete_card()), assessors=(Person(name="测试甲"),))
    assert hints(alone) == [Hint.ONE_ASSESSOR]
    assert hints(signed(alone, Signatory.MEMBER, "测试乙")) == []
    assert hints(signed(alone, Signatory.UNIT, "测试丙")) == [Hint.ONE_ASSESSOR]


def test_a_pending_signature_is_told() -> None:
    card = signed(proven(complete_card()), Signatory.UNIT, "测试丙", Pending())
    assert hints(card) == [Hint.SIGNATURE_PENDING]


def test_the_same_person_on_both_sides_is_told() -> None:
    card = signed(proven(complete_card()), Signatory.UNIT, "测试甲")
    assert hints(card) == [Hint.SAME_PERSON_SIGNS]


def test_a_transcript_needs_a_second_person_and_its_paper() -> None:
    typed = Transcript(typed_by="测试甲")
    checked = replace(typed, checked_by="测试乙")
    whole = replace(checked, scan=PHOTO)
    for transcript, found in (
        (typed, [Hint.TRANSCRIPT_UNCHECKED]),
        (checked, [Hint.TRANSCRIPT_UNCHECKED]),
        (whole, []),
    ):
        card = replace(proven(complete_card()), visit=Visit(transcript=transcript))
        assert hints(card) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2019, 12, 31), [Hint.DATE_OUTSIDE_SEASON]),
        (date(2020, 1, 1), []),
        (date(2021, 12, 31), []),
        (date(2022, 1, 1), [Hint.DATE_OUTSIDE_SEASON]),
    ],
)
def test_a_date_outside_the_edition_is_told(day: date, found: list[Hint]) -> None:
    assert hints(replace(proven(complete_card()), date_to=day)) == found
