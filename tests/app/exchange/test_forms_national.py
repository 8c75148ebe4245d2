"""Prove the shipped national form against the notice it was taken from, character by character."""

import re
from decimal import Decimal
from pathlib import Path

from app.domain.form import Mode
from app.domain.unit import Fact
from tests.forms import national_form

NOTICE = Path(__file__).parents[2] / "corpus" / "notices" / "notice_national_2020.txt"
MARK = re.compile(r"[（(](\d+)分）")  # one mark of the notice opens with an ASCII bracket


def form_in_the_notice() -> str:
    """Return lines 177 to 295 of the notice without blanks and the two stray lines 附件."""
    lines = NOTICE.read_text(encoding="utf-8").split("\n")[176:295]
    assert [line.strip() for line in lines].count("附件") == 2
    return "".join("".join(line.split()) for line in lines if line.strip() != "附件")


def form_as_shipped() -> str:
    """Return titles and clause texts in the order of the form, without blanks."""
    parts = (
        text
        for section in national_form().sections
        for text in (section.title, *(clause.text for clause in section.clauses))
    )
    return "".join("".join(parts).split())


def test_the_form_is_the_notice_character_by_character() -> None:
    assert form_as_shipped() == form_in_the_notice()
    assert len(form_as_shipped()) == 1312


def test_the_only_blank_kept_stands_in_the_official_title_of_the_two_issuers() -> None:
    blanks = [row.id for row in national_form().rows if row.text != "".join(row.text.split())]
    assert blanks == ["S2-R1"]
    row = national_form().rows[2]
    assert "《中共中央 国务院关于推进安全生产领域改革发展的意见》" in row.text


def test_the_39_marks_of_points_add_up_to_220() -> None:
    marks = MARK.findall(form_as_shipped())
    assert len(marks) == 39
    assert sum(map(int, marks)) == 220


def test_one_mark_keeps_the_mixed_brackets_of_the_notice() -> None:
    mixed = [clause.id for clause in national_form().clauses if "(" in clause.text]
    assert mixed == ["S4-R2-C3"]
    assert national_form().clause("S4-R2-C3").text.endswith("(2分）")


def test_each_clause_and_section_carries_the_points_of_its_mark() -> None:
    marked = [
        *((section.title, section.points) for section in national_form().sections),
        *((clause.text, clause.points) for clause in national_form().clauses),
    ]
    assert all(MARK.findall(text) == [str(points)] for text, points in marked)


def test_7_sections_24_rows_and_32_clauses_make_100_and_10_points() -> None:
    form = national_form()
    assert (len(form.sections), len(form.rows), len(form.clauses)) == (7, 24, 32)
    assert (form.base_points, form.bonus_points) == (Decimal(100), Decimal(10))
    assert len(form.base_clauses) == 31
    assert [clause.id for clause in form.bonus_clauses] == ["S7-R1-C1"]


def test_rows_have_the_points_of_the_notice() -> None:
    rows = [[int(row.points) for row in section.rows] for section in national_form().sections]
    assert rows == [
        [5, 2],
        [5, 3, 4, 3, 3],
        [10],
        [4, 6, 1, 2, 2, 2, 1, 1, 1],
        [5, 5, 4, 3, 3],
        [25],
        [10],
    ]
    assert [int(section.points) for section in national_form().sections] == [
        7, 18, 10, 20, 20, 25, 10,
    ]  # fmt: skip


def test_six_rows_hold_more_than_one_clause() -> None:
    several = {row.id: [int(c.points) for c in row.clauses] for row in national_form().rows}
    assert {row: points for row, points in several.items() if len(points) > 1} == {
        "S1-R1": [3, 2],
        "S3-R1": [6, 4],
        "S4-R1": [2, 2],
        "S4-R2": [2, 2, 2],
        "S5-R2": [3, 2],
        "S5-R3": [1, 1, 2],
    }


def test_labels_are_the_notices() -> None:
    form = national_form()
    head = NOTICE.read_text(encoding="utf-8").split("\n")[170:299]
    text = "\n".join(head)
    assert head[0].strip() == form.title
    assert form.unit_label in text
    assert form.date_label in text
    assert " ".join(form.columns) in text
    assert form.total_label in text
    assert form.footnote in text
    assert form.edition in NOTICE.read_text(encoding="utf-8")


def test_only_accident_control_is_all_or_nothing() -> None:
    clauses = [c.id for c in national_form().clauses if c.mode is Mode.ALL_OR_NOTHING]
    assert clauses == ["S6-R1-C1"]


def test_only_women_and_exposure_to_hazards_allow_not_applicable() -> None:
    allowed = {c.id: c.absent_fact for c in national_form().clauses if c.absent_fact}
    assert allowed == {
        "S4-R4-C1": Fact.HAZARD_EXPOSED,
        "S4-R5-C1": Fact.HAZARD_EXPOSED,
        "S4-R6-C1": Fact.HAZARD_EXPOSED,
        "S5-R5-C1": Fact.WOMEN,
    }
