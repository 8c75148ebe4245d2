"""Draws ink: smooth curves through the raw points, wider where the pen pressed.

Smoothing is for the eye alone; the points that were kept are never altered.
"""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.signature import Ink, InkPoint, Stroke

HUNDREDTHS = 100
_THIN, _THICK = 1.2, 4.6  # px, at no and at full pressure
_FAINTEST = 1.1  # px on the screen, however small the signature is drawn
_FULL_PRESSURE = 1000
_LINES = 2.4  # height of a picture, in lines of text
_EDGE = 0.12  # of the height, for the breadth of the pen


def draw_strokes(
    painter: QPainter, strokes: Iterable[Stroke], colour: QColor, *, scale: float
) -> None:
    """Draw strokes where the painter stands; `scale` is px on the screen for a px of the ink."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale / HUNDREDTHS, scale / HUNDREDTHS)
    pen = QPen(colour)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for stroke in strokes:
        _draw_stroke(painter, stroke, pen, scale)
    painter.restore()


def _draw_stroke(painter: QPainter, stroke: Stroke, pen: QPen, scale: float) -> None:
    """Draw quadratic curves from middle to middle of the steps, the points steering them."""
    if not stroke:
        return
    start = _at(stroke[0])
    for before, after in pairwise(stroke):
        middle = (_at(before) + _at(after)) * 0.5
        path = QPainterPath(start)
        path.quadTo(_at(before), middle)
        painter.strokePath(path, _wide(pen, before, scale))
        start = middle
    painter.setPen(_wide(pen, stroke[-1], scale))
    painter.drawLine(start, _at(stroke[-1]))


def _wide(pen: QPen, point: InkPoint, scale: float) -> QPen:
    width = _THIN + (_THICK - _THIN) * point.pressure / _FULL_PRESSURE
    pen.setWidthF(max(width, _FAINTEST / scale) * HUNDREDTHS)
    return pen


def _at(point: InkPoint) -> QPointF:
    return QPointF(point.x, point.y)


class InkPicture(QWidget):
    """A signature as a small picture, fitted into its room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink: Ink | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_ink(self, ink: Ink | None) -> None:
        """Show another signature; None hides the picture."""
        self._ink = ink
        self.setVisible(ink is not None)
        self.update()

    def sizeHint(self) -> QSize:
        """Return room in proportion to the text."""
        height = round(self.fontMetrics().height() * _LINES)
        return QSize(3 * height, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strokes as large as they fit."""
        del event
        if self._ink is None:
            return
        edge = self.height() * _EDGE
        box, room = _bounds(self._ink), QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        scale = min(room.width() / box.width(), room.height() / box.height()) * HUNDREDTHS
        painter = QPainter(self)
        painter.translate(room.center() - box.center() * (scale / HUNDREDTHS))
        draw_strokes(painter, self._ink.strokes, self.palette().text().color(), scale=scale)
        painter.end()


def _bounds(ink: Ink) -> QRectF:
    points = [point for stroke in ink.strokes for point in stroke]
    left, top = min(each.x for each in points), min(each.y for each in points)
    width = max(each.x for each in points) - left
    height = max(each.y for each in points) - top
    return QRectF(left, top, max(width, 1), max(height, 1))
