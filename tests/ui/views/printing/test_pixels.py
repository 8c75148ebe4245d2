"""Rendered pixels keep their colours on the way to Qt."""

from io import BytesIO

from PySide6.QtGui import QColor
from reportlab.pdfgen.canvas import Canvas

from ui.views.printing.pixels import image_of, rendered, sizes_of


def test_red_is_red_and_blue_is_blue() -> None:
    content = BytesIO()
    canvas = Canvas(content, pagesize=(200, 100))
    for left, colour in ((0, (1, 0, 0)), (100, (0, 0, 1))):
        canvas.setFillColorRGB(*colour)
        canvas.rect(left, 0, 100, 100, stroke=0, fill=1)
    canvas.save()
    pdf = content.getvalue()
    ((width, height),) = [(size.width, size.height) for size in sizes_of(pdf)]
    assert (width, height) == (200, 100)
    image = image_of(rendered(pdf, 0, 200))
    assert image.pixelColor(50, 50) == QColor(255, 0, 0)
    assert image.pixelColor(150, 50) == QColor(0, 0, 255)
