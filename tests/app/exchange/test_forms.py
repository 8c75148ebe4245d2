"""Forms and guides are read whole, named by their content, and refused where they do not fit."""

import msgspec
import pytest

from app.domain.form import ClauseId, Mode
from app.domain.guide import Method
from app.errors import AppError, Code
from app.exchange.canonical import canonical
from app.exchange.forms import FormWire, GuideWire, read_form, read_guide
from tests.forms import FORM_FILE, GUIDE_FILE, national_form, national_guide

FORM = FORM_FILE.read_bytes()
GUIDE = GUIDE_FILE.read_bytes()
NOT_A_DOCUMENT = (
    b"",
    b"\xff",
    b"{",
    b"[]",
    b"null",
    b'{"type": "ankang.card/1"}',
    b'{"type": ' + b"[" * 100_000,
    b'{"a":' * 100_000,
)


def changed(document: bytes, old: str, new: str) -> bytes:
    """Return the document with the first `old` replaced; it must be there."""
    assert old.encode() in document
    return document.replace(old.encode(), new.encode(), 1)


def test_the_identity_of_a_form_ignores_blanks_and_the_order_of_fields() -> None:
    form = msgspec.json.decode(FORM)
    backwards = dict(reversed(form.items()))
    assert read_form(msgspec.json.encode(backwards)) == national_form()
    assert read_form(canonical(form)) == national_form()


def test_one_changed_character_is_another_form() -> None:
    other = read_form(changed(FORM, "注：", "注:"))
    assert other.hash != national_form().hash


def test_nothing_of_a_form_document_is_outside_its_hash() -> None:
    """The source of the text is not in the domain's form, yet belongs to its identity."""
    assert read_form(changed(FORM, "〔2020〕9号", "〔2020〕8号")).hash != national_form().hash


def test_a_form_document_survives_decoding_and_encoding() -> None:
    wire = msgspec.json.decode(FORM, type=FormWire)
    assert canonical(wire) == canonical(msgspec.json.decode(FORM))


def test_a_guide_document_survives_decoding_and_encoding() -> None:
    wire = msgspec.json.decode(GUIDE, type=GuideWire)
    assert canonical(wire) == canonical(msgspec.json.decode(GUIDE))


@pytest.mark.parametrize("content", NOT_A_DOCUMENT, ids=lambda content: repr(content[:12]))
def test_what_is_no_form_is_refused(content: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        read_form(content)
    assert refusal.value.code is Code.FORM_DAMAGED


@pytest.mark.parametrize("content", NOT_A_DOCUMENT, ids=lambda content: repr(content[:12]))
def test_what_is_no_guide_is_refused(content: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        read_guide(content, national_form())
    assert refusal.value.code is Code.GUIDE_DAMAGED


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"points": "3"', '"points": "4"', "S1-R1"),
        ('"points": "3"', '"points": 3', "$.sections[0].rows[0].clauses[0].points"),
        ('"points": "3"', '"points": "3.25"', "$.sections[0].rows[0].clauses[0].points"),
        ('"points": "3"', '"points": "3\\n"', "$.sections[0].rows[0].clauses[0].points"),
        ('"points": "3"', '"points": "-3"', "$.sections[0].rows[0].clauses[0].points"),
        ('"points": "3"', '"points": "NaN"', "$.sections[0].rows[0].clauses[0].points"),
        ('"points": "7"', '"points": "8"', "S1"),
        ('"points": "5"', '"points": "6"', "S1-R1"),
        ("竞赛组织机构健全（3分），主要", "竞赛组织机构健全（3分）主要", "S1-R1"),
        ('"S1-R1-C2"', '"S1-R1-C1"', "S1-R1-C1"),
        ('"S1-R2"', '"S2-R1-C1"', "S2-R1-C1"),
        ('"S1-R1-C1"', '"S1 R1"', "$.sections[0].rows[0].clauses[0].id"),
        ('"graded"', '"sometimes"', "$.sections[0].rows[0].clauses[0].mode"),
        (": null", ': "men"', "$.sections[0].rows[0].clauses[0].absent_fact"),
        ('"bonus": false', '"bonas": false', "$.sections[0]"),
        ('"edition": "2020—2021年度"', '"edition": "本年度"', "$.edition"),
        ('"footnote": "注：*为额外加分项"', '"footnote": ""', "$.footnote"),
    ],
)  # fmt: skip
def test_a_form_that_does_not_fit_says_where(old: str, new: str, where: str) -> None:
    with pytest.raises(AppError) as refusal:
        read_form(changed(FORM, old, new))
    assert refusal.value.code is Code.FORM_DAMAGED
    assert refusal.value.facts == {"where": where}


def test_a_form_with_nothing_but_a_bonus_is_refused() -> None:
    with pytest.raises(AppError) as refusal:
        read_form(FORM.replace(b'"bonus": false', b'"bonus": true'))
    assert refusal.value.facts == {"where": "sections"}


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"clause": "S1-R1-C2"', '"clause": "S9-R9-C9"', "S9-R9-C9"),
        ('"clause": "S1-R1-C2"', '"clause": "S1-R1-C1"', "S1-R1-C1"),
        ('"points": "3"', '"points": "4"', "S1-R1-C1"),
        ('"papers"', '"photos"', "$.clauses[0].methods[0]"),
        ('"form": "', '"form": "0', "$.form"),
    ],
)
def test_a_guide_that_does_not_fit_says_where(old: str, new: str, where: str) -> None:
    with pytest.raises(AppError) as refusal:
        read_guide(changed(GUIDE, old, new), national_form())
    assert refusal.value.code is Code.GUIDE_DAMAGED
    assert refusal.value.facts == {"where": where}


def test_a_guide_for_another_form_is_refused() -> None:
    other = read_form(changed(FORM, "注：", "注:"))
    with pytest.raises(AppError) as refusal:
        read_guide(GUIDE, other)
    assert refusal.value.facts == {"where": "form"}


def test_a_rule_may_leave_its_points_to_the_inspector() -> None:
    guide = read_guide(changed(GUIDE, '"points": "3"', '"points": null'), national_form())
    assert guide.of(ClauseId("S1-R1-C1")).rules[0].points is None


def test_the_guide_speaks_of_every_clause_in_the_order_of_the_form() -> None:
    guide = national_guide()
    assert guide.form == national_form().hash
    assert [entry.clause for entry in guide.clauses] == [c.id for c in national_form().clauses]


def test_the_guide_gives_methods_papers_and_rules_for_every_clause() -> None:
    bare = [e.clause for e in national_guide().clauses if not (e.methods and e.papers and e.rules)]
    assert bare == []
    looked_at = {method for entry in national_guide().clauses for method in entry.methods}
    assert looked_at == set(Method)


def test_the_guides_rules_take_off_whole_points_and_can_take_all() -> None:
    for clause in national_form().clauses:
        points = [rule.points for rule in national_guide().of(clause.id).rules]
        known = [taken for taken in points if taken is not None]
        assert known == points
        assert all(taken % 1 == 0 and taken > 0 for taken in known)
        assert sum(known) >= clause.points, clause.id
        if clause.mode is Mode.ALL_OR_NOTHING:
            assert known == [clause.points]


def test_the_guide_says_that_it_is_not_official() -> None:
    assert "非官方文件" in national_guide().title
