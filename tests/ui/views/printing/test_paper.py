"""Onto paper: a PDF printer of Qt stands for a printer; what a real one does is not tested."""

from pathlib import Path
from statistics import correlation

import pytest
from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from app.reports.card.scorecard import draw_scorecard
from app.reports.file.raster import page_sizes, render_page
from app.services.desk.desk import Desk
from app.services.prints.prints import Planned
from tests.fakes import InlineTasks
from tests.scorecards import fonts, printed, typical
from ui.views.printing.paper import DPI, PaperTaker, place_on_paper, printable_area

A4 = QSizeF(595.2756, 841.8898)
SHEET = QRectF(0, 0, 595.2756, 841.8898)
PDF = draw_scorecard(printed(typical()), fonts())
PLANNED = Planned(name="测试.pdf", is_sealed=False, draw=lambda _=None: PDF)


def printer_to(path: Path, *, dpi: int = DPI) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(dpi)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    return printer


def print_documents(desk: Desk, printer: QPrinter, count: int = 1) -> list[str]:
    """Print the document so many times and return what was said."""
    said: list[str] = []
    taker = PaperTaker(InlineTasks(desk), printer)
    for _ in range(count):
        taker.take(
            PLANNED, PDF, then=lambda: said.append("then"), refused=lambda e: said.append(e.code)
        )
    taker.end(then=lambda: said.append("end"), refused=lambda e: said.append(e.code))
    return said


def rows_of(pdf: bytes, number: int) -> list[int]:
    """Return how much stands in each row of pixels."""
    raster = render_page(pdf, number, width=300)
    step = 4 * raster.width
    return [
        255 * raster.width - sum(raster.pixels[start : start + step : 4])
        for start in range(0, step * 420, step)
    ]


def page_like(pdf: bytes, number: int) -> int:
    """Return which page of the document a page looks most like."""
    seen = rows_of(pdf, number)
    pages = range(len(page_sizes(PDF)))
    return max(pages, key=lambda other: correlation(seen, rows_of(PDF, other)))


def inked(pdf: bytes) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of what stands on the first page, of 600 pixels."""
    raster = render_page(pdf, 0, width=600)
    pixels = raster.pixels[::4]
    at = [place for place, value in enumerate(pixels) if value < 200]
    columns = [place % raster.width for place in at]
    return min(columns), at[0] // raster.width, max(columns), at[-1] // raster.width


def test_every_page_is_printed_in_its_true_size_and_place(
    desk: Desk, qapp: QApplication, tmp_path: Path
) -> None:
    del qapp
    path = tmp_path / "out.pdf"
    assert print_documents(desk, printer_to(path)) == ["then", "end"]
    made = path.read_bytes()
    assert len(page_sizes(made)) == len(page_sizes(PDF))
    for number, size in enumerate(page_sizes(made)):
        assert (size.width, size.height) == pytest.approx((A4.width(), A4.height()), abs=1)
        assert page_like(made, number) == number
    assert inked(made) == pytest.approx(inked(PDF), abs=1)


def test_the_range_counts_over_all_documents(
    desk: Desk, qapp: QApplication, tmp_path: Path
) -> None:
    del qapp
    path = tmp_path / "out.pdf"
    printer = printer_to(path, dpi=100)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    count = len(page_sizes(PDF))
    printer.setFromTo(count, count + 1)
    assert print_documents(desk, printer, count=2) == ["then", "then", "end"]
    made = path.read_bytes()
    assert len(page_sizes(made)) == 2
    assert [page_like(made, number) for number in (0, 1)] == [count - 1, 0]


def test_a_job_that_is_abandoned_lets_go_of_the_printer(
    desk: Desk, qapp: QApplication, tmp_path: Path
) -> None:
    del qapp
    printer = printer_to(tmp_path / "out.pdf", dpi=72)
    taker = PaperTaker(InlineTasks(desk), printer)
    taker.take(PLANNED, PDF, then=lambda: None, refused=lambda _: None)
    assert printer.paintingActive()
    assert taker.abandon(1) == 0
    assert not printer.paintingActive()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told(
    desk: Desk, qapp: QApplication, tmp_path: Path
) -> None:
    del qapp
    said = print_documents(desk, printer_to(tmp_path / "no such folder" / "out.pdf"))
    assert said == ["printer_refused", "end"]


def test_what_a_printer_cannot_reach_is_left_out() -> None:
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    none, narrow = QMarginsF(0, 0, 0, 0), QMarginsF(3, 4, 5, 6)
    millimetre = QPageLayout.Unit.Millimeter
    area = printable_area(
        QPageLayout(size, upright, QMarginsF(20, 20, 20, 20), millimetre, narrow)
    )
    sides = (area.left(), area.top(), 595 - area.right(), 842 - area.bottom())
    assert sides == pytest.approx([72 / 25.4 * side for side in (3, 4, 5, 6)], abs=1)
    whole = QPageLayout(size, upright, none, millimetre, none)
    assert printable_area(whole) == whole.fullRect(QPageLayout.Unit.Point)


def test_a_page_keeps_its_size_on_its_own_paper() -> None:
    printable = SHEET.marginsRemoved(QMarginsF(12, 12, 12, 12))
    assert place_on_paper(A4, SHEET, printable) == SHEET
    rounded = QRectF(0, 0, 595, 842)
    assert place_on_paper(A4, rounded, rounded).size() == A4


@pytest.mark.parametrize(
    ("paper", "printable"),
    [
        (QRectF(0, 0, 612, 792), QRectF(18, 18, 576, 756)),  # Letter
        (QRectF(0, 0, 419.5, 595.3), QRectF(10, 10, 399.5, 575.3)),  # A5
        (SHEET, SHEET.marginsRemoved(QMarginsF(30, 30, 30, 60))),  # a printer with wide margins
    ],
)
def test_elsewhere_it_is_made_to_fit_its_shape_kept(paper: QRectF, printable: QRectF) -> None:
    placed = place_on_paper(A4, paper, printable)
    assert printable.adjusted(-0.01, -0.01, 0.01, 0.01).contains(placed)
    assert placed.width() / placed.height() == pytest.approx(A4.width() / A4.height())
    assert placed.center().x() == pytest.approx(printable.center().x())
