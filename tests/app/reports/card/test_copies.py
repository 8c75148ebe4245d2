"""Prints of a card that are not its sealed file: marked outside the table, nothing embedded."""

from dataclasses import replace

from app.errors import Code
from app.reports.card.copies import draw_marked
from app.reports.card.scorecard import draw_scorecard
from app.reports.card.sealers import SealedBy
from app.reports.seal.verification import compare_scorecard, open_scorecard
from tests.pages import attachments_of, faces_of, texts_of
from tests.refusals import refused
from tests.scorecards import SEALED_AT, fonts, printed, sealing, typical, with_assessors

MARK = "未定稿　供核对和签字盖章"


def test_the_mark_stands_on_every_page_and_changes_nothing_else() -> None:
    marked = texts_of(draw_marked(printed(typical()), MARK, fonts()))
    plain = texts_of(draw_scorecard(printed(typical()), fonts()))
    assert [page.replace("未定稿供核对和签字盖章", "", 1) for page in marked] == plain


def test_a_copy_embeds_its_faces_and_nothing_else() -> None:
    copy = draw_marked(printed(typical()), MARK, fonts())
    assert attachments_of(copy) == []
    assert all(faces_of(copy).values())
    assert b"Helvetica" not in copy


def test_a_copy_is_not_taken_for_the_sealed_file() -> None:
    copy = draw_marked(printed(typical()), MARK, fonts())
    with refused(Code.PDF_NOT_SEALED):
        open_scorecard(copy, trust=sealing().trust, moment=SEALED_AT, now=SEALED_AT)
    assert compare_scorecard(copy, printed(typical()), fonts()) != ()


def test_the_sealed_file_does_embed_the_record() -> None:
    """Holds the tests above to something: what a copy must not have, the file has."""
    assert attachments_of(sealing().sealed(typical())) == ["card.json", "card.json.p7s"]


def test_the_units_copy_shows_both_seals() -> None:
    by = (SealedBy("测试甲（检查员）", SEALED_AT), SealedBy("测试乙（检查员）", SEALED_AT))
    card = replace(printed(with_assessors(typical(), 2)), seals=by)
    text = "".join(texts_of(draw_marked(card, MARK, fonts())))
    first, second = (text.rindex(each.name) for each in by)
    assert text.index("电子签封") < first < second
