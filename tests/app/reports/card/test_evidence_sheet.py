"""Photos stand in a grid under their clause; with and without pictures every word is in place."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.domain.card import Card, add_evidence
from app.domain.evidence import Evidence, Sha256
from app.domain.evidence_list import photos_of
from app.domain.form import ClauseId
from app.errors import Code
from app.reports.card.evidence_sheet import grid_for
from app.reports.card.scorecard import Scorecard, draw_scorecard, lay_out
from app.reports.seal.verification import Problem, compare_scorecard
from app.reports.typeset.page import Page
from tests.forms import national_form
from tests.pages import texts_of
from tests.pdfa import violations
from tests.scorecards import (
    evidenced,
    fonts,
    printed,
    rehearsal,
    signed_by_both,
    synthetic_file,
    typical,
)
from tests.shots import TAKEN_AT, shot, with_photos, with_shots

FORM = national_form()


def shown(card: Card, *, taken: str = TAKEN_AT) -> Scorecard:
    return with_shots(printed(card), taken=taken)


def sheet_of(pages: Sequence[Page]) -> list[Page]:
    return [
        page
        for page in pages
        if any(field.name.startswith(("photo.", "paper.")) for field in page.fields)
    ]


def photos_on(page: Page) -> list[str]:
    return [field.name.split(".")[1] for field in page.fields if field.name.endswith(".taken")]


@pytest.mark.parametrize(
    ("count", "pages"),
    [(1, [1]), (6, [6]), (7, [6, 1]), (30, [6] * 5), (31, [12, 12, 7]), (120, [12] * 10)],
)
def test_six_photos_fill_a_page_and_beyond_thirty_twelve(count: int, pages: list[int]) -> None:
    sheet = sheet_of(lay_out(printed(with_photos(count)), fonts()).pages)
    assert [len(photos_on(page)) for page in sheet] == pages
    numbers = [number for page in sheet for number in photos_on(page)]
    assert numbers == [str(number) for number in range(1, count + 1)]


def test_a_card_without_evidence_has_no_sheet() -> None:
    bare = lay_out(printed(with_photos(0)), fonts()).pages
    assert len(lay_out(printed(with_photos(1)), fonts()).pages) == len(bare) + 1


def test_pictures_change_no_word_and_no_line() -> None:
    without = lay_out(printed(evidenced()), fonts()).pages
    with_pictures = lay_out(shown(evidenced()), fonts()).pages
    assert sum(len(page.pictures) for page in with_pictures) == len(photos_of(evidenced(), FORM))
    assert not any(page.pictures for page in without)
    for bare, full in zip(without, with_pictures, strict=True):
        assert bare.rules == full.rules
        assert bare.texts == [text for text in full.texts if text.text != TAKEN_AT]
        places = [
            [(field.name, field.rect, field.pattern) for field in page.fields]
            for page in (bare, full)
        ]
        assert places[0] == places[1]


def test_a_photo_behind_several_clauses_stands_once_with_all_their_numbers() -> None:
    pages = sheet_of(lay_out(shown(evidenced()), fonts()).pages)
    fields = {field.name: field.text for page in pages for field in page.fields}
    assert fields["photo.2.clauses"] == "用于要点 1.1.2、7.1"
    assert fields["photo.1.clauses"].startswith("用于要点 1.1.1、2.2、")
    assert "photo.4.clauses" not in fields
    lines = [text.text for page in pages for text in page.texts]
    assert sum(line == "照片 2" for line in lines) == 1
    assert "另见照片 1、2、3" in lines
    assert "另见照片 1；材料 1" in lines


def test_a_paper_is_a_line_with_name_kind_size_and_hash() -> None:
    pages = sheet_of(lay_out(printed(evidenced()), fonts()).pages)
    fields = {field.name: field.text for page in pages for field in page.fields}
    assert fields["paper.1.name"].startswith("会议记录.mp3")
    assert fields["paper.1.kind"] == "录音"
    assert fields["paper.2.kind"] == "PDF 文件"
    paper = synthetic_file(9, "a.pdf")
    assert fields["paper.2.hash"].split() == [
        paper.sha256[at : at + 4].upper() for at in (0, 4, 8)
    ]
    assert fields["paper.2.size"] == "3.3 MB"


@pytest.mark.parametrize("size", [(64, 48), (48, 64), (500, 50), (50, 500), (1, 1)])
def test_a_picture_keeps_its_shape_in_the_middle_of_its_frame(size: tuple[int, int]) -> None:
    card = with_photos(2)
    first, second = photos_of(card, FORM)
    shots = {first.file.sha256: shot(1, size=size), second.file.sha256: shot(2)}
    (page,) = sheet_of(lay_out(replace(printed(card), shots=shots), fonts()).pages)
    rect, beside = (picture.rect for picture in page.pictures)
    grid = grid_for(2)
    assert rect.width / rect.height == pytest.approx(size[0] / size[1])
    assert rect.width <= grid.width
    assert rect.height <= grid.height
    assert max(rect.width / grid.width, rect.height / grid.height) > 0.97
    middles = [(each.left + each.right) / 2 for each in (rect, beside)]
    assert middles[1] - middles[0] == pytest.approx(grid.width + 10)
    assert (rect.top + rect.bottom) == pytest.approx(beside.top + beside.bottom)


def test_each_picture_is_in_the_file_and_its_time_under_it() -> None:
    pdf = draw_scorecard(shown(with_photos(7)), fonts())
    first, second = texts_of(pdf)[-2:]
    assert first.count("2020-11-0610:00") == 6
    assert "照片72020-11-0610:00" in second
    assert pdf == draw_scorecard(shown(with_photos(7)), fonts())


def test_a_sheet_of_practice_says_so() -> None:
    card = signed_by_both(add_evidence(rehearsal(), FORM.clauses[0], synthetic_file(1)))
    assert "练习样表无效" in texts_of(draw_scorecard(shown(card), fonts()))[-1]


@pytest.mark.parametrize(
    "taken",
    ["", "2020-11-06 10:00", "2020-11-06 10:00（文件时间）", "2020-11-06 10:00（导入时间）"],
)
def test_a_print_with_pictures_agrees_with_a_record_without(taken: str) -> None:
    pdf = draw_scorecard(shown(evidenced(), taken=taken), fonts())
    assert compare_scorecard(pdf, printed(evidenced()), fonts()) == ()


def test_the_longest_time_fits_its_place_in_the_narrow_grid() -> None:
    card = with_photos(31)
    page = sheet_of(lay_out(shown(card, taken="2020-11-06 10:00（文件时间）"), fonts()).pages)[-1]
    lines = [text.text for text in page.texts]
    assert lines.count("2020-11-06 10:00（文件时间）") == 7


def test_what_cannot_be_a_time_is_found() -> None:
    pdf = draw_scorecard(shown(with_photos(1), taken="早上10点"), fonts())
    assert [each.where for each in _problems(pdf, with_photos(1))] == ["photo.1.taken"]


def test_the_hash_of_another_photo_is_found() -> None:
    forged = replace(typical(), evidence=_one_photo("2" * 64))
    honest = replace(typical(), evidence=_one_photo("1" * 64))
    pdf = draw_scorecard(shown(forged), fonts())
    (problem,) = _problems(pdf, honest)
    assert problem.code is Code.PDF_TEXT_DIFFERS
    assert problem.where == "photo.1.hash"


def _one_photo(digest: str) -> dict[ClauseId, tuple[Evidence, ...]]:
    photo = Evidence(sha256=Sha256(digest), name="a.jpg", media_type="image/jpeg", size=5)
    return {FORM.clauses[0].id: (photo,)}


def _problems(pdf: bytes, card: Card) -> tuple[Problem, ...]:
    return compare_scorecard(pdf, printed(card), fonts())


def test_the_largest_picture_prints_at_200_dots_an_inch() -> None:
    for photos in (30, 31):
        wide, high = grid_for(photos).pixels
        assert wide == pytest.approx(grid_for(photos).width / 72 * 200, abs=1)
        assert high == pytest.approx(grid_for(photos).height / 72 * 200, abs=1)


def test_a_file_with_pictures_can_be_archived() -> None:
    assert violations(draw_scorecard(shown(evidenced()), fonts())) == []


def test_a_character_of_a_files_name_that_no_face_has_is_spelled() -> None:
    """A signed card would otherwise never be sealed: its evidence cannot be renamed."""
    paper = synthetic_file(1, "测试\U0001f600𬭎.pdf")
    card = signed_by_both(add_evidence(with_photos(0), FORM.clauses[0], paper))
    pdf = draw_scorecard(printed(card), fonts())
    assert "材料1测试[U+1F600]𬭎.pdf" in texts_of(pdf)[-1]
    assert compare_scorecard(pdf, printed(card), fonts()) == ()
