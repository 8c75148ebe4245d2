"""Rendered pages onto a printer: thin, because a printer cannot be tested here.

Pages are rendered at 300 dpi (less on a coarser printer) on the compute lane, one at a time, and
painted on the GUI thread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.errors import AppError, Code
from app.services.prints.prints import Planned
from ui.tasks import Tasks
from ui.views.printing.pixels import image_of, rendered, sizes_of

if TYPE_CHECKING:  # PDFium is loaded on its lane
    from app.reports.file.raster import PageSize, Raster

DPI = 300
_POINTS_AN_INCH = 72
_SAME_PAPER = 6.0  # points: A4 as one driver or another rounds it
_OUR_MARGIN = 22.0  # points at every side of our pages that are always white


def printable_area(layout: QPageLayout) -> QRectF:
    """Return what the printer itself can reach of a sheet, in points."""
    in_points = QPageLayout(layout)
    in_points.setUnits(QPageLayout.Unit.Point)
    return in_points.fullRect().marginsRemoved(in_points.minimumMargins())


def place_on_paper(page: QSizeF, paper: QRectF, printable: QRectF) -> QRectF:
    """Return where a page goes on a sheet; all in points, from the sheet's upper left corner.

    On its own paper a page keeps its true size, as long as the printer's margins take nothing of
    it away; otherwise it is made to fit what can be printed, in the middle, its shape kept.
    """
    is_same = (
        abs(page.width() - paper.width()) <= _SAME_PAPER
        and abs(page.height() - paper.height()) <= _SAME_PAPER
    )
    bare = paper.adjusted(_OUR_MARGIN, _OUR_MARGIN, -_OUR_MARGIN, -_OUR_MARGIN)
    if is_same and printable.contains(bare):
        return QRectF(paper.topLeft(), page)
    scale = min(printable.width() / page.width(), printable.height() / page.height())
    placed = QRectF(0, 0, page.width() * scale, page.height() * scale)
    placed.moveCenter(printable.center())
    return placed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """Whom to tell that a document is on its way to the printer, or is not."""

    then: Callable[[], None]
    refused: Callable[[AppError], None]


class PaperTaker:
    """Prints what it takes; the range a person chose counts over all pages."""

    def __init__(self, tasks: Tasks, printer: QPrinter) -> None:
        self._painter: QPainter | None = None  # first: it must go before the printer goes
        self._tasks = tasks
        self._printer = printer
        printer.setFullPage(True)
        self._counted = 0
        self._dpi = min(DPI, printer.resolution())
        is_range = printer.printRange() is QPrinter.PrintRange.PageRange
        self._first = printer.fromPage() if is_range else 1
        self._last = (printer.toPage() if is_range else 0) or 1_000_000

    def take(
        self,
        planned: Planned,
        pdf: bytes,
        *,
        then: Callable[[], None],
        refused: Callable[[AppError], None],
    ) -> None:
        """Print the pages of one document."""
        del planned
        answer = _Answer(then=then, refused=refused)
        self._tasks.compute(
            partial(sizes_of, pdf),
            done=lambda sizes: self._print_next(pdf, list(enumerate(sizes)), answer),
            refused=refused,
        )

    def end(self, *, then: Callable[[], None], refused: Callable[[AppError], None]) -> None:
        """Give the job to the printer."""
        del refused
        self._close()
        then()

    def abandon(self, taken: int) -> int:
        """Take the job back, as far as the printer lets."""
        del taken
        if self._painter is not None:
            self._printer.abort()
        self._close()
        return 0

    def _print_next(self, pdf: bytes, left: "list[tuple[int, PageSize]]", answer: _Answer) -> None:
        """Render the next page in the range; its place in the document and its size come along."""
        while left:
            number, size = left.pop(0)
            self._counted += 1
            if self._first <= self._counted <= self._last:
                width = round(size.width * self._dpi / _POINTS_AN_INCH)
                self._tasks.compute(
                    partial(rendered, pdf, number, width),
                    done=partial(self._paint, size, pdf, left, answer),
                    refused=answer.refused,
                )
                return
        answer.then()

    def _paint(
        self,
        size: "PageSize",
        pdf: bytes,
        left: "list[tuple[int, PageSize]]",
        answer: _Answer,
        raster: "Raster",
    ) -> None:
        if self._painter is None:
            painter = QPainter()
            if not painter.begin(self._printer):
                answer.refused(AppError(Code.PRINTER_REFUSED, printer=self._printer.printerName()))
                return
            self._painter = painter
        else:
            self._printer.newPage()
        layout = self._printer.pageLayout()
        placed = place_on_paper(
            QSizeF(size.width, size.height),
            layout.fullRect(QPageLayout.Unit.Point),
            printable_area(layout),
        )
        factor = self._printer.resolution() / _POINTS_AN_INCH
        target = QRectF(
            placed.left() * factor,
            placed.top() * factor,
            placed.width() * factor,
            placed.height() * factor,
        )
        image = image_of(raster)
        self._painter.drawImage(target, image, QRectF(image.rect()))
        self._print_next(pdf, left, answer)

    def _close(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None
