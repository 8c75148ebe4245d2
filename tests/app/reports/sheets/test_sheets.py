"""The sheets around the card: their text is that of form, guide and card; faces are embedded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations

import pytest

from app.domain.card import Card, score
from app.domain.feedback import feedback
from app.domain.guide import Method
from app.domain.unit import UnitFacts
from app.domain.visit import Opinion
from app.errors import Code
from app.reports.card.wording import REHEARSAL
from app.reports.sheets.archive_index import draw_archive_index
from app.reports.sheets.blank import draw_blank
from app.reports.sheets.checklist import draw_checklist
from app.reports.sheets.feedback_sheet import draw_feedback
from app.reports.sheets.hazard_sheet import draw_hazard_list
from app.reports.sheets.history_sheet import draw_history
from app.reports.sheets.rectification_sheet import draw_rectification
from app.reports.sheets.sheet import Stationery
from app.reports.sheets.walk import ORDER, draw_walk, first_method
from app.text.catalogue import Language, translator
from tests import dossiers
from tests.forms import (
    RESOURCES,
    complete_card,
    national_form,
    national_guide,
    open_card,
    synthetic_unit,
)
from tests.hazards import TODAY
from tests.pages import bare, boxes_of, faces_of, texts_of
from tests.refusals import refused
from tests.scorecards import CARDS, HASH, fonts, rescaled, typical

FORM, GUIDE = national_form(), national_guide()


@cache
def stationery() -> Stationery:
    return Stationery(fonts=fonts(), words=translator(Language.CHINESE, RESOURCES))


def feedback_sheet(card: Card) -> bytes:
    return draw_feedback(feedback(card, FORM, GUIDE), HASH, stationery())


SHEETS: Mapping[str, Callable[[Card], bytes]] = {
    "blank": lambda card: draw_blank(card, FORM, stationery()),
    "checklist": lambda card: draw_checklist(card, FORM, GUIDE, stationery()),
    "walk": lambda card: draw_walk(card, FORM, GUIDE, stationery()),
    "feedback": feedback_sheet,
    "rectification": lambda card: draw_rectification(dossiers.advice(card), stationery()),
    "hazards": lambda card: draw_hazard_list(card, dossiers.hazards(card), TODAY, stationery()),
    "history": lambda card: draw_history(dossiers.history(card), stationery()),
    "archive": lambda card: draw_archive_index(card, dossiers.parts(), stationery()),
}


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("card", ["typical", "long_names", "unfinished"])
def test_every_sheet_names_the_unit_counts_its_pages_and_embeds_its_faces(
    sheet: str, card: str
) -> None:
    pdf = SHEETS[sheet](CARDS[card]())
    pages = texts_of(pdf)
    assert bare(CARDS[card]().unit.name) in pages[0]
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in page
        assert REHEARSAL not in page
    faces = faces_of(pdf)
    assert faces
    assert all(faces.values()), faces
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("card", CARDS)
def test_no_two_texts_of_a_sheet_overlap(sheet: str, card: str) -> None:
    for page in boxes_of(SHEETS[sheet](CARDS[card]())):
        for one, other in combinations(page, 2):
            assert not one.intersects(other), (one, other)


@pytest.mark.parametrize("sheet", SHEETS)
def test_practice_is_marked_on_every_page_of_every_sheet(sheet: str) -> None:
    pages = texts_of(SHEETS[sheet](complete_card(open_card(rehearsal=True))))
    assert all(bare(REHEARSAL) in page for page in pages)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_name_no_face_has_is_refused_by_its_field(sheet: str) -> None:
    unit = replace(synthetic_unit(), name="测试\U000f0000公司")
    with refused(Code.GLYPH_MISSING, where="unit", codepoint="U+F0000"):
        SHEETS[sheet](open_card(unit=unit))


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_same_card_gives_the_same_bytes(sheet: str) -> None:
    assert SHEETS[sheet](typical()) == SHEETS[sheet](typical())


def test_a_blank_form_is_the_official_one_with_no_figure_of_the_card() -> None:
    first, second = texts_of(SHEETS["blank"](typical()))
    for row in FORM.rows:
        assert bare(row.text) in first + second
    filled = complete_card(points={"S1-R1-C1": "1"})
    assert SHEETS["blank"](filled) == SHEETS["blank"](open_card())
    assert "2020年11月6日" not in first


def test_the_checklist_asks_for_every_paper_of_the_guide_and_declarations() -> None:
    text = "".join(texts_of(SHEETS["checklist"](open_card())))
    papers = [paper for clause in FORM.clauses for paper in GUIDE.of(clause.id).papers]
    for paper in papers:
        assert f"□{bare(paper)}" in text
    declared = [clause for clause in FORM.clauses if clause.absent_fact is not None]
    assert text.count("□") == len(papers) + len(declared)


def test_the_walk_goes_by_site_then_people_then_papers_and_meets_each_clause_once() -> None:
    text = "".join(texts_of(SHEETS["walk"](open_card())))
    starts = [text.index(words) for words in ("一、看现场", "二、问职工", "三、查资料")]
    assert starts == sorted(starts)
    stops = [*starts, len(text)]
    for clause in FORM.clauses:
        place = ORDER.index(first_method(GUIDE.of(clause.id)))
        assert bare(clause.title) in text[stops[place] : stops[place + 1]]
    for method, box in {
        Method.SITE: "□看现场",
        Method.PEOPLE: "□问职工",
        Method.PAPERS: "□查资料",
    }.items():
        asked = sum(method in GUIDE.of(clause.id).methods for clause in FORM.clauses)
        assert text.count(box) == asked


def test_the_feedback_tells_what_was_taken_off_and_nothing_else() -> None:
    (page,) = texts_of(feedback_sheet(typical()))
    for clause_id, off in {"S1-R1-C1": "2", "S2-R3-C1": "2", "S4-R8-C1": "1"}.items():
        clause = FORM.clause(clause_id)
        number = FORM.number(clause_id)
        assert f"{number}{bare(clause.title)}" in page
        assert f"{clause.points}{off}理由：现场未见相关资料" in page
    assert bare(FORM.clause("S5-R4-C1").text) not in page
    assert "总得分95其中得分（百分制）95，额外加分0校验码3F2A91BC04D7" in page
    assert "□无异议□有异议" in page


def test_a_rule_of_the_guide_is_named_as_such() -> None:
    rule = GUIDE.of(FORM.clauses[0].id).rules[0]
    card = complete_card()
    scored = score(
        card,
        FORM.clauses[0],
        points=Decimal(0),
        reason=rule.text,
        source=card.marks[FORM.clauses[0].id].source,
    )
    assert f"细则：{bare(rule.text)}" in texts_of(feedback_sheet(scored))[0]


def test_the_units_word_is_ticked_once_it_was_given() -> None:
    agrees = replace(complete_card(), opinion=Opinion(objects=False))
    objects = replace(complete_card(), opinion=Opinion(objects=True, text="培训记录在总部"))
    assert "√无异议□有异议" in texts_of(feedback_sheet(agrees))[0]
    assert "□无异议√有异议，具体如下：培训记录在总部" in texts_of(feedback_sheet(objects))[0]


def test_what_did_not_apply_is_told_with_what_the_office_makes_of_it() -> None:
    (page,) = texts_of(feedback_sheet(rescaled()))
    assert "单位声明不涉及（不涉及的要点不计，其余得分折算为百分制）" in page
    assert "单位无此类职工" in page
    assert "；折算得分98.42" in page


def test_feedback_before_the_end_says_how_much_is_open_and_no_sums() -> None:
    (page,) = texts_of(feedback_sheet(open_card()))
    assert f"尚有{len(FORM.base_clauses)}个考核要点未评" in page
    assert "总得分" not in page


def test_a_reason_of_any_length_is_printed_whole() -> None:
    reason = "测试理由，" * 90
    card = score(
        complete_card(open_card(unit=synthetic_unit(facts=UnitFacts()))),
        FORM.clauses[3],
        points=Decimal(0),
        reason=reason,
        source=complete_card().marks[FORM.clauses[3].id].source,
    )
    assert bare(reason) in "".join(texts_of(feedback_sheet(card)))
