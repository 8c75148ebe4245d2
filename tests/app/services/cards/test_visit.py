"""单位情况 and 现场反馈: each statement kept at once, and nothing of a sealed card changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from app.domain.assignment import Assignment
from app.domain.card import Card, CardId, Person
from app.domain.evidence import Evidence
from app.domain.trail import AuditEntry
from app.domain.unit import UnitFacts
from app.domain.visit import Host, Opinion, Recusal, Transcript, Visit, VisitMode
from app.errors import Code
from app.exchange.card_document import read_card
from app.services.cards.assess import Points, attach, record
from app.services.cards.view import view_card
from app.services.cards.visit import (
    Told,
    arrive,
    feedback_of,
    set_assessors,
    set_dates,
    set_opinion,
    set_visit,
)
from app.services.desk.desk import Changes, Desk
from app.services.desk.intake import take_evidence
from app.services.verify.audit import audit
from tests.app.services.field import Field, actions, ready
from tests.fakes import START
from tests.forms import national_form, national_guide
from tests.refusals import refused

DAY = date(2020, 11, 5)
OBJECTION = Opinion(objects=True, text="培训记录在总部")
TEAM = (Person(name=" 测试甲 ", post="组长"), Person(name=" "), Person(name="测试乙"))
Keep = Callable[[Desk, str], tuple[Card, Changes]]
KEEPS: tuple[Keep, ...] = (
    lambda desk, card: set_visit(desk, card, Visit(credentials_shown=True)),
    lambda desk, card: set_assessors(desk, card, TEAM),
    lambda desk, card: set_dates(desk, card, first=DAY, last=date(2020, 11, 6)),
    lambda desk, card: set_opinion(desk, card, OBJECTION),
)


def scan(field: Field) -> Evidence:
    path: Path = field.folder / "纸质评分表.png"
    Image.new("RGB", (8, 8), "white").save(path)
    return take_evidence(field.first.desk, path)


def told(field: Field) -> Visit:
    """Return a visit that says all there is to say."""
    return Visit(
        mode=VisitMode.REMOTE,
        received_by=(Host(name="测试丁", post="安全部经理"),),
        photos_allowed=False,
        credentials_shown=True,
        recusal=Recusal(),
        transcript=Transcript(typed_by="测试甲", checked_by="测试乙", scan=scan(field)),
    )


def test_a_new_card_says_nothing_of_its_visit(field: Field) -> None:
    card = view_card(field.first.desk, field.first.open_card()).card
    assert (card.visit, card.opinion) == (None, None)


def test_what_was_said_is_kept_clean(field: Field) -> None:
    desk, card_id = field.first.desk, field.first.open_card()
    set_visit(desk, card_id, told(field))
    set_assessors(desk, card_id, TEAM)
    set_dates(desk, card_id, first=DAY, last=DAY)
    set_opinion(desk, card_id, replace(OBJECTION, text=" 培训记录在总部\n"))
    card = view_card(desk, card_id).card
    assert card.visit == told(field)
    assert card.assessors == (Person(name="测试甲", post="组长"), Person(name="测试乙"))
    assert (card.date_from, card.date_to) == (DAY, DAY)
    assert card.opinion == OBJECTION
    assert actions(desk)[-4:] == ["card.visit", "card.assessors", "card.dates", "card.opinion"]


def test_a_post_that_no_row_can_hold_is_refused(field: Field) -> None:
    desk, card_id = field.first.desk, field.first.open_card()
    with refused(Code.NAME_TOO_LONG, length=101, longest=100):
        set_assessors(desk, card_id, [Person(name="测试甲", post="职" * 101)])


@pytest.mark.parametrize("keep", KEEPS)
def test_signatures_fall_with_what_they_stood_over(field: Field, keep: Keep) -> None:
    card_id = CardId(ready(field))
    card, changes = keep(field.first.desk, card_id)
    assert card.signatures == ()
    assert changes.unsigned == (card_id,)


@pytest.mark.parametrize("keep", KEEPS)
def test_a_sealed_card_stays_as_it_is(field: Field, keep: Keep) -> None:
    card_id = field.first.sealed_card().index.id
    with refused(Code.CARD_SEALED):
        keep(field.first.desk, card_id)


def test_an_opinion_may_be_taken_back(field: Field) -> None:
    desk, card_id = field.first.desk, field.first.open_card()
    set_opinion(desk, card_id, OBJECTION)
    assert set_opinion(desk, card_id, None)[0].opinion is None


def test_a_card_with_all_of_it_is_sealed_sent_and_proven(field: Field) -> None:
    """The scan of the paper travels like any other file of the card."""
    desk, card_id = field.first.desk, field.first.open_card()
    field.first.score(card_id, S1_R1_C1="1")
    set_visit(desk, card_id, told(field))
    set_opinion(desk, card_id, OBJECTION)
    field.first.sign(card_id)
    sealed = field.first.seal(card_id)
    field.take(field.submit())
    received = field.office.desk.workspace.cards.sealed(sealed.index.hash)
    assert received is not None
    assert read_card(received.document, national_form()).visit == told(field)
    assert field.office.desk.workspace.evidence.holds(scan(field).sha256)
    assert view_card(field.office.desk, card_id).card.opinion == OBJECTION
    assert audit(field.office.desk).ok
    assert audit(desk).ok


def test_on_arrival_the_last_card_tells_what_was_said_before(field: Field) -> None:
    field.first.sealed_card()
    card_id = field.first.open_card()
    arrival = arrive(field.first.desk, card_id)
    assert arrival.before is not None
    assert (arrival.before.told, arrival.before.facts.workers) == (Told.LAST_CARD, 130)
    assert not arrival.is_sealed
    assert [person.name for person in arrival.known] == ["测试甲"]


def test_on_arrival_the_assignment_counts_more_than_the_last_card(field: Field) -> None:
    field.first.sealed_card()
    card_id = field.first.open_card()
    unit = replace(field.first.unit(), facts=UnitFacts(workers=99))
    given = Assignment(
        card=card_id, season="", unit=unit, due=DAY, team=(), issued_at=START, number=1
    )
    workspace = field.first.desk.workspace
    with workspace.change(AuditEntry(action="test")):
        workspace.assignments.put(given)
    before = arrive(field.first.desk, card_id).before
    assert before is not None
    assert (before.told, before.facts.workers) == (Told.ASSIGNMENT, 99)


def test_a_first_visit_has_nothing_to_compare_with(field: Field) -> None:
    assert arrive(field.first.desk, field.first.open_card()).before is None


def test_the_feedback_tells_what_was_taken_off_and_why(field: Field) -> None:
    desk, card_id = field.first.desk, field.first.open_card(women="0")
    rule = national_guide().of(national_form().clause("S1-R1-C1").id).rules[1]
    record(desk, card_id, [Points(clause="S1-R1-C1", points="2", reason=rule.text)])
    record(desk, card_id, [Points(clause="S2-R1-C1", points="0", reason="未见计划")])
    record(desk, card_id, [field.first.inapplicable()], fill=True)
    path = field.folder / "现场.jpg"
    Image.new("RGB", (8, 8), "red").save(path, "JPEG")
    attach(desk, card_id, "S2-R1-C1", [path])
    set_opinion(desk, card_id, OBJECTION)
    heard = feedback_of(desk, card_id)
    first, second = heard.deductions
    assert (first.clause.id, first.off, first.rule) == ("S1-R1-C1", Decimal(1), rule)
    assert (second.number, second.reason, second.rule) == ("2.1", "未见计划", None)
    assert [photo.name for photo in second.photos] == ["现场.jpg"]
    assert [(n.clause.id, n.fact) for n in heard.inapplicable] == [("S5-R5-C1", "women")]
    assert heard.totals.base == 100 - first.off - second.off
    assert (heard.open_clauses, heard.opinion) == (0, OBJECTION)


def test_what_is_open_or_a_bonus_not_given_is_not_taken_off(field: Field) -> None:
    heard = feedback_of(field.first.desk, field.first.open_card())
    assert (heard.deductions, heard.inapplicable) == ((), ())
    assert heard.open_clauses == len(national_form().base_clauses)
