"""Arrows and boxes drawn over a picture, by mouse or with the keys; they are kept by others.

With the keys: arrows move a cross (Shift: finely), Space sets the beginning and then the end,
Backspace takes the last one back.
"""

from collections.abc import Sequence
from enum import Enum
from math import atan2, cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.domain.photo import WHOLE, Arrow, Box, Point, Shape
from ui.widgets.picture_view import PictureView

_INK = "#E0201B"  # as it is burned in, in every theme
_HALO = "#FFFFFF"
_WIDTH, _HEAD = 3.0, 18.0
_HEAD_ANGLE = pi / 7
_SOLID, _SOFT = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap
_CROSS = 12.0
_FAR, _NEAR = 0.04, 0.005  # how far an arrow key moves the cross, of the picture's side
_UNDO = QKeySequence.StandardKey.Undo
_WAYS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class Tool(Enum):
    """What the hand draws."""

    ARROW = "arrow"
    BOX = "box"


class MarkingView(PictureView):
    """A picture that can be drawn on. `marked` says that the shapes changed."""

    marked = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, parent=parent)
        self._tool: Tool | None = None
        self._shapes: list[Shape] = []
        self._start: QPointF | None = None
        self._cross = QPointF(0.5, 0.5)

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Return what was drawn, in order."""
        return tuple(self._shapes)

    def begin(self, tool: Tool) -> None:
        """Draw with a tool from now on."""
        self._tool = tool
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self.update()

    def take_up(self, shapes: Sequence[Shape]) -> None:
        """Go on with shapes that were drawn before."""
        self._shapes[:] = shapes
        self.begin(Tool.ARROW)
        self.marked.emit()

    def end(self) -> None:
        """Draw no more, and let go of what was drawn."""
        self._tool, self._start = None, None
        self._shapes.clear()
        self.unsetCursor()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.update()
        self.marked.emit()

    def paint_over(self, painter: QPainter) -> None:
        """Draw the shapes, the one being drawn, and the cross."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unfinished = self._unfinished()
        for shape in (*self._shapes, *([unfinished] if unfinished else [])):
            for colour, width in ((_HALO, 2 * _WIDTH), (_INK, _WIDTH)):
                painter.setPen(QPen(QColor(colour), width, _SOLID, _SOFT))
                self._draw(painter, shape)
        if self._tool is not None and self.hasFocus():
            place = self.place_of(self._cross)
            painter.setPen(QPen(QColor(_INK), 1))
            painter.drawLine(place - QPointF(_CROSS, 0), place + QPointF(_CROSS, 0))
            painter.drawLine(place - QPointF(0, _CROSS), place + QPointF(0, _CROSS))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Set the beginning of a shape."""
        if self._tool is None:
            super().mousePressEvent(event)
        else:
            self._start = self._cross = self.part_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw it out."""
        if self._tool is None:
            super().mouseMoveEvent(event)
        else:
            self._cross = self.part_at(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Set its end."""
        if self._tool is None:
            super().mouseReleaseEvent(event)
        else:
            self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross and set shapes by key."""
        way = _WAYS.get(Qt.Key(event.key()))
        if self._tool is None:
            super().keyPressEvent(event)
        elif way is not None:
            is_fine = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
            self._move(way * (_NEAR if is_fine else _FAR))
        elif event.key() == Qt.Key.Key_Space:
            self._set()
        elif event.key() == Qt.Key.Key_Backspace or event.matches(_UNDO):
            self._take_back()
        else:
            super().keyPressEvent(event)

    def _move(self, way: QPointF) -> None:
        there = self._cross + way
        self._cross = QPointF(min(max(there.x(), 0.0), 1.0), min(max(there.y(), 0.0), 1.0))
        self.update()

    def _set(self) -> None:
        if self._start is None:
            self._start = self._cross
        else:
            self._finish()
        self.update()

    def _finish(self) -> None:
        shape = self._unfinished()
        self._start = None
        if shape is not None and shape.start != shape.to:
            self._shapes.append(shape)
            self.marked.emit()
        self.update()

    def _take_back(self) -> None:
        if self._start is not None:
            self._start = None
        elif self._shapes:
            self._shapes.pop()
            self.marked.emit()
        self.update()

    def _unfinished(self) -> Shape | None:
        if self._tool is None or self._start is None:
            return None
        start, to = _point(self._start), _point(self._cross)
        return Box(start=start, to=to) if self._tool is Tool.BOX else Arrow(start=start, to=to)

    def _draw(self, painter: QPainter, shape: Shape) -> None:
        start, to = self._place(shape.start), self._place(shape.to)
        match shape:
            case Box():
                painter.drawRect(QRectF(start, to).normalized())
            case Arrow():
                painter.drawLine(start, to)
                along = atan2(start.y() - to.y(), start.x() - to.x())
                for angle in (along - _HEAD_ANGLE, along + _HEAD_ANGLE):
                    painter.drawLine(to, to + QPointF(cos(angle), sin(angle)) * _HEAD)

    def _place(self, point: Point) -> QPointF:
        return self.place_of(QPointF(point.x / WHOLE, point.y / WHOLE))


def _point(part: QPointF) -> Point:
    return Point(x=round(part.x() * WHOLE), y=round(part.y() * WHOLE))
