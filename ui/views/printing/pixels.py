"""Pages as pixels: what runs on the compute lane, and what Qt makes of it."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from ui.widgets.pixels import image_over

if TYPE_CHECKING:  # PDFium is loaded on its lane
    from app.reports.file.raster import PageSize, Raster


def sizes_of(pdf: bytes) -> "tuple[PageSize, ...]":
    """Return the sizes of all pages (compute lane); AppError PDF_DAMAGED."""
    from app.reports.file.raster import page_sizes

    return page_sizes(pdf)


def rendered(pdf: bytes, number: int, width: int) -> "Raster":
    """Return a page (from 0) so many pixels wide (compute lane); AppError PDF_DAMAGED."""
    from app.reports.file.raster import render_page

    return render_page(pdf, number, width=width)


def image_of(raster: "Raster") -> QImage:
    """Return rendered pixels as an image that owns them."""
    return image_over(raster.pixels, width=raster.width, height=raster.height).copy()
