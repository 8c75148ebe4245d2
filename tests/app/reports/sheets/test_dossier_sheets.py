"""整改建议书, 隐患清单, 修订与补充记录, 归档目录: they say what is known, and no telephone."""

from contextlib import closing
from dataclasses import replace

import pytest
from pypdfium2 import PdfDocument
from pypdfium2 import raw as pdfium

from app.domain.card import Card
from app.domain.hazard import Hazard
from app.domain.supplement import LateEvidence
from app.errors import AppError, Code
from app.pictures.codes import codes_in
from app.reports.card.scorecard import lay_out
from app.reports.file.raster import render_page
from app.reports.sheets.hazard_sheet import draw_hazard_list
from app.reports.sheets.history_sheet import draw_history
from app.reports.sheets.rectification_sheet import HAZARD_CODE, Advice, draw_rectification
from app.text.catalogue import Language, translator
from tests import dossiers
from tests.app.reports.sheets.test_sheets import SHEETS, stationery
from tests.forms import RESOURCES, national_form
from tests.hazards import TODAY
from tests.pages import bare, texts_of
from tests.scorecards import CARDS, as_sealed, fonts, typical


def text_of(sheet: str, card: Card | None = None) -> str:
    return "".join(texts_of(SHEETS[sheet](card or typical())))


def advised(*hazards: Hazard) -> bytes:
    advice = Advice(card=typical(), form=national_form(), hazards=hazards, shots={})
    return draw_rectification(advice, stationery())


def test_the_unit_is_told_what_was_found_where_and_what_to_do_by_when() -> None:
    text = text_of("rectification")
    clause = national_form().clause("S5-R2-C1")
    for said in (
        "第1项一般隐患",
        "冲压机无防护罩",
        "二车间冲压区",
        f"5.2.1{bare(clause.text)}",
        "补装固定式防护罩，装好前停用",
        "2020年11月20日",
        "测试丁（设备科科长）",
        "不是行政命令",
        "被考核单位签收人",
        "被考核单位（盖章）",
        "竞赛办（盖章）",
    ):
        assert bare(said) in text, said


def test_a_suspected_major_hazard_asks_for_both_reports_and_leaves_the_word_to_the_authority() -> (
    None
):
    text = text_of("rectification")
    assert "第2项疑似重大隐患（待主管部门认定）" in text
    assert "部门报告：测试区应急管理局日期：2020年11月5日方式：书面" in text
    assert "职工代表大会报告：＿＿＿＿＿＿日期：＿＿＿＿＿＿" in text


@pytest.mark.parametrize("sheet", ["rectification", "hazards"])
def test_no_telephone_is_on_paper(sheet: str) -> None:
    assert dossiers.TELEPHONE in dossiers.ordinary(typical()).person.telephone
    assert dossiers.TELEPHONE not in text_of(sheet)


def test_the_code_beside_each_reply_leads_back_to_its_hazard() -> None:
    hazards = (dossiers.ordinary(typical()), dossiers.suspected(typical()))
    pdf = SHEETS["rectification"](typical())
    found: list[str] = []
    for number in range(len(texts_of(pdf))):
        page = render_page(pdf, number, width=1240)  # 150 dpi
        found += codes_in(page.pixels, width=page.width, height=page.height, prefix=HAZARD_CODE)
    assert sorted(found) == [HAZARD_CODE + hazard.id for hazard in hazards]


def test_a_photo_stands_above_its_check_code_and_time() -> None:
    pdf = SHEETS["rectification"](typical())
    assert pictures_on(pdf) == len(dossiers.ordinary(typical()).before)
    text = texts_of(pdf)[0]
    for photo in dossiers.ordinary(typical()).before:
        assert photo.sha256[:12].upper() in text
    assert text.count("2020-11-0610:00") == 2


def pictures_on(pdf: bytes) -> int:
    """Return how many pictures stand on the first page."""
    with PdfDocument(pdf) as document, closing(document[0]) as page:
        return len(list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])))


def test_a_photo_that_is_not_here_is_named() -> None:
    hazard = dossiers.ordinary(typical())
    assert "IMG_0001.jpg" in "".join(texts_of(advised(hazard)))
    (first, *_) = hazard.before
    odd = replace(hazard, before=(replace(first, name="隐患😀.jpg"),))
    assert "隐患[U+1F600].jpg" in "".join(texts_of(advised(odd)))


def test_an_older_hazard_names_no_clause_of_this_form() -> None:
    older = replace(dossiers.ordinary(typical()), card_id=None)
    assert "对应考核要点" not in "".join(texts_of(advised(older)))


def test_what_is_not_known_has_room_to_be_filled_in() -> None:
    hazard = replace(dossiers.suspected(typical()), reports={}, text="测试")
    assert "建议期限" in "".join(texts_of(advised(hazard)))


def test_a_hazard_of_any_length_goes_on_over_pages() -> None:
    photos = dossiers.ordinary(typical()).before * 12
    pages = texts_of(advised(replace(dossiers.ordinary(typical()), before=photos)))
    assert len(pages) > 2
    assert "单位回复" in "".join(pages)


def test_the_list_has_every_hazard_with_its_state_and_its_steps() -> None:
    text = text_of("hazards")
    assert "共登记隐患3条，尚未销号2条" in text
    assert "报主管部门：2020-11-05报职代会：尚未报告" in text
    assert "照片：整改前2张，整改后0张" in text
    for step in ("提出测试甲", "开始整改", "报请复查", "复查合格，销号"):
        assert step in text


def test_a_hazard_with_a_long_past_goes_on_in_rows_below() -> None:
    hazard = dossiers.ordinary(typical())
    step = replace(hazard.steps[0], remark="测试：说明" * 90)
    long = replace(hazard, text="测试：问题" * 100, steps=(step,) * 9)
    pages = texts_of(draw_hazard_list(typical(), (long,), TODAY, stationery()))
    assert len(pages) > 2
    assert "".join(pages).count("测试：说明") == 9 * 90


def test_the_history_says_what_changed_and_whose_signature_stands() -> None:
    text = text_of("history")
    assert "第1版" in text
    assert "测试甲（检查员）、测试乙（检查员）校验码3F2A91BC04D7" in text
    assert "第2版（文字更正）" in text
    assert "单位名称：" in text
    assert "（新名）" in text
    assert "考核组组长测试甲手写签字2020-11-0615:32（本版重新签字）" in text
    assert "测试丙手写签字2020-11-0615:32（沿用前版签字）" in text
    assert "第3版" in text
    assert "尚未签封" in text


def test_the_history_has_each_supplement_with_its_files() -> None:
    text = text_of("history")
    assert "测试丙手写签字2020-11-0615:32（补签）" in text
    assert f"考核要点1.1.1IMG_0009.jpg校验码{late_code()}" in text


def test_the_history_names_signatories_in_their_order_and_spells_what_no_face_has() -> None:
    card = replace(typical(), signatures=tuple(reversed(typical().signatures)))
    told = dossiers.history(card)
    *_, late = told.supplements
    addition = late.sealed.supplement.addition
    assert isinstance(addition, LateEvidence)
    odd = replace(addition, files=(replace(addition.files[0], name="补充😀.jpg"),))
    supplement = replace(late.sealed.supplement, addition=odd)
    added = replace(late, sealed=replace(late.sealed, supplement=supplement))
    text = "".join(texts_of(draw_history(replace(told, supplements=(added,)), stationery())))
    assert text.index("考核组组长测试甲手写签字") < text.index("测试丙手写签字")
    assert "补充[U+1F600].jpg" in text


def late_code() -> str:
    (_, late) = dossiers.additions(typical())
    assert not hasattr(late, "signature")
    return late.files[0].sha256[:12].upper()


def test_the_index_numbers_what_there_is_and_leaves_out_what_is_not() -> None:
    text = text_of("archive")
    assert "一、电子签封的评分表" in text
    assert "扫描件" not in text
    assert "二、照片" in text
    assert "移交人" in text
    assert all(f"{number:04X}00000000" in text for number in range(45))


PLACES = sorted(
    {
        field.name
        for name in ("every_manner", "rescaled", "visited", "evidenced")
        for field in lay_out(as_sealed(CARDS[name]()), fonts()).fields
    }
    | {"hazard.3.text", "history.2.changed", "supplement.1.files", "archive.7", "sums", "opinion"}
)


def test_every_place_of_a_print_is_called_by_a_name() -> None:
    known = translator(Language.CHINESE, RESOURCES)
    assert [where for where in PLACES if where in known.error_sentence(missing(where))] == []


def missing(where: str) -> AppError:
    facts = {"character": "x", "codepoint": "U+0078", "font": "…"}
    return AppError(Code.GLYPH_MISSING, where=where, **facts)


def test_a_clause_and_a_signatory_are_named_where_a_character_is_missing() -> None:
    chinese = translator(Language.CHINESE, RESOURCES)
    assert "考核要点 S1-R1-C1 的理由" in chinese.error_sentence(missing("S1-R1-C1.reason"))
    assert "考核组成员签字栏" in chinese.error_sentence(missing("signature.member.2.name"))
    assert "1.2.3。" in chinese.error_sentence(missing("1.2.3"))
