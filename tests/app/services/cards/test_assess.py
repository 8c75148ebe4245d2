"""考核评分: a card from blank to complete, in batches that are whole or nothing."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from app.domain.card import NotApplicable, Policy, Scored, Source
from app.errors import Code
from app.services.cards.assess import (
    Cleared,
    Entry,
    Inapplicable,
    Points,
    attach,
    jot,
    new_card,
    record,
)
from app.services.cards.view import check_card, view_card
from app.services.keys.trust import add_trust
from app.services.office.authority import publish_profile, set_rules
from tests.app.services.field import (
    INSPECTORS,
    OFFICE_CODE,
    OFFICE_NAME,
    OFFICE_PASSPHRASE,
    Field,
    closing_desk,
    contents,
)
from tests.forms import national_form, national_guide
from tests.refusals import refused


def card_of(field: Field, women: str = "40") -> str:
    return field.first.open_card(women=women)


def marks(field: Field, card_id: str) -> dict[str, Scored | NotApplicable]:
    held = view_card(field.first.desk, card_id).card.marks
    return {str(clause): mark for clause, mark in held.items()}


def picture(field: Field, name: str = "厂房.jpg", colour: str = "red") -> Path:
    path = field.folder / name
    Image.new("RGB", (8, 8), colour).save(path, "JPEG")
    return path


def test_a_card_is_bound_to_form_guide_office_and_inspector(field: Field) -> None:
    card = view_card(field.first.desk, card_of(field)).card
    assert (card.terms.form, card.terms.guide) == (national_form().hash, national_guide().hash)
    assert (card.office.code, card.office.name) == (OFFICE_CODE, OFFICE_NAME)
    assert [person.name for person in card.assessors] == [INSPECTORS["first"]]
    assert (card.revision, card.season, card.marks) == (1, national_form().edition, {})


def test_a_card_is_of_the_day_in_china_unless_one_is_given(field: Field) -> None:
    field.pass_days(0.6)  # 16:24 UTC on the 6th is the 7th in China
    unit = field.first.unit()
    today, _ = new_card(field.first.desk, unit)
    other, _ = new_card(field.first.desk, unit, on=date(2020, 10, 1))
    assert today.date_to == date(2020, 11, 7)
    assert (other.date_from, other.date_to) == (date(2020, 10, 1), date(2020, 10, 1))


def test_a_card_takes_the_rules_the_newest_profile_states(field: Field) -> None:
    set_rules(field.office.desk, {"step": "0.5", "na": "zero"})
    profile, content = publish_profile(field.office.desk, OFFICE_PASSPHRASE)
    add_trust(field.first.desk, content, fingerprint=profile.fingerprint)
    terms = view_card(field.first.desk, card_of(field)).card.terms
    assert (terms.step, terms.policy) == (Decimal("0.5"), Policy.ZERO)


def test_a_card_may_be_begun_before_any_office_is_known(field: Field) -> None:
    with closing_desk(field.folder / "nobody", clock=field.clock, seed=9) as desk:
        card, _ = new_card(desk, field.first.unit())
    assert (card.office.code, card.assessors) == ("", ())


def test_a_batch_is_stored_as_typed(field: Field) -> None:
    card_id = card_of(field, women="0")
    entries: list[Entry] = [
        Points(clause="S1-R1-C1", points="1", reason="机构不健全"),
        Points(clause="S2-R1-C1", points="0", reason="未见台账", source=Source.DEPARTMENT),
        Inapplicable(clause="S5-R5-C1", reason="无女职工"),
    ]
    record(field.first.desk, card_id, entries)
    assert marks(field, card_id) == {
        "S1-R1-C1": Scored(points=Decimal(1), reason="机构不健全"),
        "S2-R1-C1": Scored(points=Decimal(0), reason="未见台账", source=Source.DEPARTMENT),
        "S5-R5-C1": NotApplicable(reason="无女职工"),
    }


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (Points(clause="S9-R1-C1", points="1", reason="x"), Code.CLAUSE_UNKNOWN),
        (Points(clause="S1-R2-C1", points="3", reason="x"), Code.POINTS_ABOVE_MAXIMUM),
        (Points(clause="S1-R2-C1", points="-1", reason="x"), Code.POINTS_BELOW_ZERO),
        (Points(clause="S1-R2-C1", points="1.5", reason="x"), Code.POINTS_OFF_STEP),
        (Points(clause="S6-R1-C1", points="24", reason="x"), Code.POINTS_ALL_OR_NOTHING),
        (Points(clause="S1-R2-C1", points="NaN", reason="x"), Code.POINTS_NOT_A_NUMBER),
        (Points(clause="S1-R2-C1", points="", reason="x"), Code.POINTS_NOT_A_NUMBER),
        (Points(clause="S1-R2-C1", reason="a reason alone"), Code.POINTS_NOT_A_NUMBER),
        (Points(clause="S1-R2-C1", points="1"), Code.REASON_MISSING),
        (Points(clause="S1-R2-C1", points="1", reason="\x00"), Code.TEXT_NOT_PRINTABLE),
        (Inapplicable(clause="S1-R2-C1", reason="x"), Code.NA_NOT_ALLOWED),
        (Inapplicable(clause="S5-R5-C1", reason="x"), Code.NA_FACT_CONTRADICTS),
        (Cleared(clause="nowhere"), Code.CLAUSE_UNKNOWN),
    ],
)
def test_one_bad_entry_leaves_nothing_of_the_batch(field: Field, bad: Entry, code: Code) -> None:
    card_id = card_of(field)
    good = Points(clause="S1-R1-C1", points="1", reason="机构不健全")
    before = contents(field.first.desk)
    with refused(code):
        record(field.first.desk, card_id, [good, bad], fill=True)
    assert contents(field.first.desk) == before


def test_not_applicable_needs_a_known_fact_and_a_reason(field: Field) -> None:
    unknown = card_of(field, women="")
    with refused(Code.NA_FACT_UNKNOWN, fact="women"):
        record(field.first.desk, unknown, [field.first.inapplicable()])
    card_id = field.first.open_card(1, women="0")
    with refused(Code.NA_REASON_MISSING):
        record(field.first.desk, card_id, [Inapplicable(clause="S5-R5-C1", reason=" ")])


def test_filling_gives_full_points_to_open_base_clauses_only(field: Field) -> None:
    card_id = card_of(field)
    field.first.score(card_id, S1_R1_C1="1")
    view = view_card(field.first.desk, card_id)
    assert (view.totals.base, view.totals.bonus) == (Decimal(98), Decimal(0))
    assert "S7-R1-C1" not in view.card.marks
    assert isinstance(mark := view.card.marks[national_form().clauses[0].id], Scored)
    assert mark.points == Decimal(1)


def test_a_bonus_below_its_maximum_needs_no_reason(field: Field) -> None:
    card_id = card_of(field)
    record(field.first.desk, card_id, [Points(clause="S7-R1-C1", points="4")])
    assert view_card(field.first.desk, card_id).totals.bonus == Decimal(4)


def test_a_reason_alone_keeps_points_and_source(field: Field) -> None:
    card_id = card_of(field)
    first = Points(clause="S1-R1-C1", points="1", reason="机构不健全", source=Source.DEPARTMENT)
    record(field.first.desk, card_id, [first])
    record(field.first.desk, card_id, [Points(clause="S1-R1-C1", reason="安委会未发文")])
    assert marks(field, card_id)["S1-R1-C1"] == Scored(
        points=Decimal(1), reason="安委会未发文", source=Source.DEPARTMENT
    )


def test_points_alone_keep_the_reason_and_full_points_drop_it(field: Field) -> None:
    card_id = card_of(field)
    record(field.first.desk, card_id, [Points(clause="S1-R1-C1", points="1", reason="机构不健全")])
    record(field.first.desk, card_id, [Points(clause="S1-R1-C1", points="0")])
    assert marks(field, card_id)["S1-R1-C1"].reason == "机构不健全"
    record(field.first.desk, card_id, [Points(clause="S1-R1-C1", points="3")])
    assert marks(field, card_id)["S1-R1-C1"].reason == ""


def test_a_new_reason_for_not_applicable_keeps_it_so(field: Field) -> None:
    card_id = card_of(field, women="0")
    record(field.first.desk, card_id, [field.first.inapplicable()])
    record(field.first.desk, card_id, [Points(clause="S5-R5-C1", reason="全厂无女职工")])
    assert marks(field, card_id)["S5-R5-C1"] == NotApplicable(reason="全厂无女职工")


def test_a_source_alone_keeps_the_reason_of_not_applicable(field: Field) -> None:
    card_id = card_of(field, women="0")
    record(field.first.desk, card_id, [field.first.inapplicable()])
    record(field.first.desk, card_id, [Points(clause="S5-R5-C1", source=Source.PLEDGED)])
    assert marks(field, card_id)["S5-R5-C1"] == NotApplicable(
        reason="单位无此类职工", source=Source.PLEDGED
    )


def test_a_stroke_is_kept_at_once_though_its_reason_is_to_come(field: Field) -> None:
    card_id = card_of(field)
    jot(field.first.desk, card_id, Points(clause="S1-R1-C1", points="1"))
    assert marks(field, card_id)["S1-R1-C1"] == Scored(points=Decimal(1))
    jot(field.first.desk, card_id, Cleared(clause="S1-R1-C1"))
    assert marks(field, card_id) == {}


def test_the_same_again_writes_nothing(field: Field) -> None:
    card_id = card_of(field)
    entry = Points(clause="S1-R1-C1", points="1", reason="机构不健全")
    record(field.first.desk, card_id, [entry])
    before = contents(field.first.desk)
    _, changes = record(field.first.desk, card_id, [entry])
    assert contents(field.first.desk) == before
    assert changes.nouns == frozenset()


def test_a_change_after_signing_removes_the_signatures_and_says_so(field: Field) -> None:
    card_id = card_of(field)
    field.first.score(card_id)
    field.first.sign(card_id)
    changes = field.first.score(card_id, S1_R1_C1="1")
    assert changes.unsigned == (card_id,)
    assert view_card(field.first.desk, card_id).card.signatures == ()


def test_the_same_points_after_signing_leave_the_signatures(field: Field) -> None:
    card_id = card_of(field)
    field.first.score(card_id, S1_R1_C1="1")
    field.first.sign(card_id)
    changes = field.first.score(card_id, S1_R1_C1="1")
    assert changes.unsigned == ()
    assert len(view_card(field.first.desk, card_id).card.signatures) == 2


def test_an_unknown_card_is_refused(field: Field) -> None:
    with refused(Code.CARD_UNKNOWN, card="nothing"):
        record(field.first.desk, "nothing", [])
    with refused(Code.CARD_UNKNOWN):
        view_card(field.first.desk, "nothing")


def test_a_sealed_card_takes_neither_points_nor_files(field: Field) -> None:
    sealed = field.first.sealed_card()
    before = contents(field.first.desk)
    with refused(Code.CARD_SEALED, revision=1):
        field.first.score(sealed.index.id, S1_R1_C1="0")
    with refused(Code.CARD_SEALED):
        attach(field.first.desk, sealed.index.id, "S1-R1-C1", [picture(field)])
    assert contents(field.first.desk) == before


def test_files_stand_behind_a_clause_by_their_content(field: Field) -> None:
    card_id, path = card_of(field), picture(field)
    after, _ = attach(
        field.first.desk, card_id, "S1-R1-C1", [path, picture(field, "b.jpg", "blue")]
    )
    (first, second) = after.evidence[national_form().clauses[0].id]
    assert (first.name, first.media_type) == ("厂房.jpg", "image/jpeg")
    assert second.name == "b.jpg"
    kept = field.first.desk.workspace.evidence.path(first.sha256)
    assert kept.read_bytes() == path.read_bytes()


def test_a_file_given_twice_is_kept_once(field: Field) -> None:
    card_id, path = card_of(field), picture(field)
    attach(field.first.desk, card_id, "S1-R1-C1", [path])
    before = contents(field.first.desk)
    attach(field.first.desk, card_id, "S1-R1-C1", [path, path])
    assert contents(field.first.desk) == before


def test_a_file_given_again_mends_the_kept_one(field: Field) -> None:
    card_id, path = card_of(field), picture(field)
    after, _ = attach(field.first.desk, card_id, "S1-R1-C1", [path])
    (kept,) = after.evidence[national_form().clauses[0].id]
    evidence = field.first.desk.workspace.evidence
    evidence.path(kept.sha256).write_bytes(b"rotten")
    attach(field.first.desk, card_id, "S1-R1-C1", [path])
    assert evidence.is_intact(kept.sha256)


def test_one_file_may_stand_behind_several_clauses(field: Field) -> None:
    card_id, path = card_of(field), picture(field)
    attach(field.first.desk, card_id, "S1-R1-C1", [path])
    after, _ = attach(field.first.desk, card_id, "S2-R1-C1", [path])
    assert len({kept.sha256 for files in after.evidence.values() for kept in files}) == 1
    assert len(after.evidence) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, Code.FILE_MISSING), (b"", Code.EVIDENCE_EMPTY)],
)
def test_one_bad_file_leaves_the_card_as_it_was(
    field: Field, content: bytes | None, code: Code
) -> None:
    card_id, bad = card_of(field), field.folder / "bad.jpg"
    if content is not None:
        bad.write_bytes(content)
    before = contents(field.first.desk)
    with refused(code):
        attach(field.first.desk, card_id, "S1-R1-C1", [picture(field), bad])
    assert contents(field.first.desk) == before


def test_a_folder_is_no_evidence(field: Field) -> None:
    with refused(Code.FILE_UNREADABLE):
        attach(field.first.desk, card_of(field), "S1-R1-C1", [field.folder])


def test_a_file_behind_an_unknown_clause_is_not_even_copied(field: Field) -> None:
    card_id = card_of(field)
    with refused(Code.CLAUSE_UNKNOWN):
        attach(field.first.desk, card_id, "S1-R1", [picture(field)])
    assert field.first.desk.workspace.evidence.all() == ()


@pytest.mark.parametrize("name", [b"\xd5\xd5\xc6\xac.jpg", "换\n行\x7f.jpg".encode()])
def test_a_file_of_any_name_can_be_kept_sealed_and_sent(field: Field, name: bytes) -> None:
    """Names of old archives are GBK, which is no UTF-8."""
    path = field.folder / os.fsdecode(name)
    path.write_bytes(picture(field).read_bytes())
    card_id = card_of(field)
    field.first.score(card_id)
    after, _ = attach(field.first.desk, card_id, "S1-R1-C1", [path])
    (kept,) = after.evidence[national_form().clauses[0].id]
    assert kept.name.isprintable()
    assert kept.name.endswith(".jpg")
    field.first.sign(card_id)
    field.first.seal(card_id)
    assert field.take(field.submit()).items[0].reason == ""


def test_a_phone_picture_of_many_megapixels_is_known_as_one(field: Field) -> None:
    """Pillow warns of 90 megapixels and refuses 180; nothing is decoded here."""
    path = field.folder / "108MP.png"
    Image.new("1", (12000, 9000)).save(path, "PNG")
    after, _ = attach(field.first.desk, card_of(field), "S1-R1-C1", [path])
    assert after.evidence[national_form().clauses[0].id][0].media_type == "image/png"


def test_hints_tell_what_to_look_at_again(field: Field) -> None:
    card_id = card_of(field)
    jot(field.first.desk, card_id, Points(clause="S1-R1-C1", points="1"))
    findings = check_card(field.first.desk, card_id)
    assert sum(finding.blocks for finding in findings) == 31  # 30 open, one without a reason
    assert {finding.hint for finding in findings} >= {"open", "no_reason", "one_assessor"}


def test_a_card_of_before_keeps_its_rules(field: Field) -> None:
    card_id = card_of(field)
    set_rules(field.office.desk, {"step": "0.5"})
    profile, content = publish_profile(field.office.desk, OFFICE_PASSPHRASE)
    add_trust(field.first.desk, content, fingerprint=profile.fingerprint)
    half = Points(clause="S1-R1-C1", points="1.5", reason="机构不健全")
    with refused(Code.POINTS_OFF_STEP):
        record(field.first.desk, card_id, [half])
    newer = field.first.open_card(1)
    record(field.first.desk, newer, [replace(half, clause="S1-R1-C1")])
