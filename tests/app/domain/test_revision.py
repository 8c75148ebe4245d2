"""What a revision changed, told part by part."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.domain.card import NotApplicable, Person, Scored, Source, add_evidence, score
from app.domain.evidence import Evidence, Sha256
from app.domain.form import ClauseId
from app.domain.revision import (
    EvidenceChange,
    HeaderChange,
    HeaderPart,
    MarkChange,
    OpinionChange,
    changes,
)
from app.domain.unit import Fact, UnitFacts
from app.domain.visit import Host, Opinion, Visit, VisitMode
from tests.forms import complete_card, national_form

FORM = national_form()
FIRST, WOMEN = ClauseId("S1-R1-C1"), ClauseId("S5-R5-C1")
CARD = complete_card()


def test_two_equal_revisions_differ_in_nothing() -> None:
    assert changes(CARD, replace(CARD, revision=2), FORM) == ()


def test_every_part_of_the_header_is_told_as_text() -> None:
    after = replace(
        CARD,
        unit=replace(CARD.unit, name="测试新名工厂", facts=UnitFacts(workers=131, high_risk=True)),
        date_to=date(2020, 11, 7),
        assessors=(Person(name="测试乙"),),
        visit=Visit(received_by=(Host(name="测试丁"),), mode=VisitMode.REMOTE),
    )
    told = {
        change.what: (change.before, change.after)
        for change in changes(CARD, after, FORM)
        if isinstance(change, HeaderChange)
    }
    assert told == {
        HeaderPart.UNIT_NAME: (CARD.unit.name, "测试新名工厂"),
        HeaderPart.DAYS: ("2020-11-06", "2020-11-06 – 2020-11-07"),
        HeaderPart.ASSESSORS: ("测试甲（考核组组长）、测试乙", "测试乙"),
        HeaderPart.HOSTS: ("", "测试丁"),
        HeaderPart.VISIT: ("", ""),
        Fact.WORKERS: ("130", "131"),
        Fact.WOMEN: ("40", ""),
        Fact.MIGRANT: ("60", ""),
        Fact.HAZARD_EXPOSED: ("12", ""),
        Fact.HIGH_RISK: ("no", "yes"),
    }


def test_another_post_of_who_received_the_team_is_a_change() -> None:
    before, after = (
        replace(CARD, visit=Visit(received_by=(Host(name="测试丁", post=post),)))
        for post in ("安全员", "厂长")
    )
    assert changes(before, after, FORM) == (
        HeaderChange(what=HeaderPart.HOSTS, before="测试丁（安全员）", after="测试丁（厂长）"),
    )


def test_marks_files_and_opinion_are_told_in_the_order_of_the_form() -> None:
    photo = Evidence(sha256=Sha256("1" * 64), name="a.jpg", media_type="image/jpeg", size=5)
    absent = NotApplicable(reason="无女职工")
    after = score(
        replace(CARD, marks={**CARD.marks, WOMEN: absent}),
        FORM.clause(FIRST),
        points=Decimal(1),
        reason="未设专职人员",
        source=Source.ON_SITE,
    )
    after = replace(add_evidence(after, FORM.clause(FIRST), photo), opinion=Opinion(objects=False))
    lowered = Scored(points=Decimal(1), reason="未设专职人员")
    assert changes(CARD, after, FORM) == (
        MarkChange(clause=FIRST, before=CARD.marks[FIRST], after=lowered),
        EvidenceChange(clause=FIRST, before=0, after=1),
        MarkChange(clause=WOMEN, before=CARD.marks[WOMEN], after=absent),
        OpinionChange(before="", after=""),
    )


def test_a_reason_alone_is_a_change_of_its_clause() -> None:
    before = complete_card(points={"S1-R1-C1": "1"})
    after = score(
        before,
        FORM.clause(FIRST),
        points=Decimal(1),
        reason="另一条理由",
        source=Source.ON_SITE,
    )
    assert [type(change) for change in changes(before, after, FORM)] == [MarkChange]
