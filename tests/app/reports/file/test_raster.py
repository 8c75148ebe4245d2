"""Pages as pixels: as large as asked for, black on white, and damage is a refusal."""

import pytest

from app.errors import Code
from app.reports.card.scorecard import draw_scorecard
from app.reports.file.raster import merge, page_sizes, render_page
from tests.pages import attachments_of, texts_of
from tests.refusals import refused
from tests.scorecards import fonts, printed, sealing, typical

PDF = draw_scorecard(printed(typical()), fonts())
WHITE = b"\xff\xff\xff"


def test_the_pages_are_those_of_a4() -> None:
    sizes = {(round(size.width, 1), round(size.height, 1)) for size in page_sizes(PDF)}
    assert sizes == {(595.3, 841.9)}
    assert len(page_sizes(PDF)) == len(texts_of(PDF))


@pytest.mark.parametrize("width", [100, 793, 2480])
def test_a_page_is_as_wide_as_asked_for(width: int) -> None:
    raster = render_page(PDF, 0, width=width)
    assert raster.width == width
    assert abs(raster.height - width * 297 / 210) <= 1
    assert len(raster.pixels) == raster.width * raster.height * 4
    assert set(raster.pixels[3::4]) == {255}


def test_what_is_printed_is_dark_and_the_rest_is_white() -> None:
    raster = render_page(PDF, 0, width=600)
    colours = [raster.pixels[at : at + 3] for at in range(0, len(raster.pixels), 4)]
    assert colours[0] == WHITE
    dark = sum(max(colour) < 128 for colour in colours)
    assert 0.01 < dark / len(colours) < 0.2


def test_another_page_is_another_picture() -> None:
    first, second = (render_page(PDF, number, width=200) for number in (0, 1))
    assert first.pixels != second.pixels


def test_what_is_no_pdf_is_refused() -> None:
    for broken in (b"", b"%PDF-1.7 nothing", PDF[:4000]):
        with refused(Code.PDF_DAMAGED):
            page_sizes(broken)


def test_merging_keeps_every_page_and_loses_seal_and_record() -> None:
    sealed = sealing().sealed(typical())
    whole = merge([sealed, PDF])
    assert texts_of(whole) == texts_of(sealed) + texts_of(PDF)
    assert attachments_of(whole) == []
