"""A surface to sign on with pen, finger or mouse; keeps the raw points as integers.

- Points are 1/100 px of the surface as it was at the first stroke, ms since the first point, and
  thousandths of pressure. A surface that is resized, turned or moved to another screen afterwards
  shows the same ink larger or smaller, and goes on in the same coordinates.
- One tool draws at a time. The pen wins over the hand that rests on the glass.
"""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QInputDevice,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.domain.signature import Ink, InkPoint, Stroke
from ui.widgets.ink_brush import HUNDREDTHS, draw_strokes

_FULL_PRESSURE = 1000
_NO_PRESSURE = 0.5  # of mice, and of fingers on glass that cannot tell
_BASELINE = 0.72  # of the height
_INSET = 0.08  # of the width
_TOUCHES = frozenset(
    {
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.TouchCancel,
    }
)


class _Tool(Enum):
    PEN = auto()
    FINGER = auto()
    MOUSE = auto()


class InkPad(QFrame):
    """The surface. `changed` tells that a stroke was begun, ended or taken away."""

    changed = Signal()

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ink_pad")
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._strokes: list[Stroke] = []
        self._frame = QSizeF()
        self._zero: int | None = None
        self._tool: _Tool | None = None
        self._finger = -1
        self._open: list[InkPoint] = []
        self._drawn: QPixmap | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was drawn."""
        return not self._strokes and not self._open

    def ink(self) -> Ink:
        """Return what was drawn; without a stroke, too (`checked_ink` refuses that)."""
        frame = self._frame if self._strokes else QSizeF(self.size())
        return Ink(
            width=round(frame.width() * HUNDREDTHS),
            height=round(frame.height() * HUNDREDTHS),
            strokes=tuple(self._strokes),
        )

    def show_ink(self, ink: Ink | None) -> None:
        """Go on with ink that was drawn before; None begins afresh."""
        self._strokes = list(ink.strokes) if ink else []
        if ink:
            self._frame = QSizeF(ink.width / HUNDREDTHS, ink.height / HUNDREDTHS)
        self._zero = None
        self._drop_stroke()
        self._redraw()

    def undo(self) -> None:
        """Take the last stroke away."""
        if self._strokes:
            self._strokes.pop()
            self._redraw()

    def clear(self) -> None:
        """Take every stroke away."""
        self.show_ink(None)

    def event(self, event: QEvent) -> bool:
        """Take the touches of one finger."""
        if event.type() in _TOUCHES and isinstance(event, QTouchEvent):
            self._on_touch(event)
            event.accept()
            return True
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with the pen, at its pressure and between the pixels."""
        match event.type():
            case QEvent.Type.TabletPress:
                if self._tool is _Tool.FINGER:
                    self._drop_stroke()
                self._begin(_Tool.PEN)
                self._draw(_Tool.PEN, event.position(), event.pressure(), event.timestamp())
            case QEvent.Type.TabletMove:
                self._draw(_Tool.PEN, event.position(), event.pressure(), event.timestamp())
            case QEvent.Type.TabletRelease:
                self._end(_Tool.PEN)
            case _:
                pass
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke with the mouse."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(_Tool.MOUSE)
            self._draw(_Tool.MOUSE, event.position(), _NO_PRESSURE, event.timestamp())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw with the mouse."""
        self._draw(_Tool.MOUSE, event.position(), _NO_PRESSURE, event.timestamp())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a stroke of the mouse."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._draw(_Tool.MOUSE, event.position(), _NO_PRESSURE, event.timestamp())
            self._end(_Tool.MOUSE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line to sign on and the ink over it."""
        super().paintEvent(event)
        painter = QPainter(self)
        colour = self.palette().text().color()
        painter.setPen(self.palette().placeholderText().color())
        line, inset = round(self.height() * _BASELINE), round(self.width() * _INSET)
        painter.drawLine(inset, line, self.width() - inset, line)
        painter.drawPixmap(0, 0, self._finished())
        if self._open:
            painter.translate(self._origin())
            draw_strokes(painter, [tuple(self._open)], colour, scale=self._scale())
        painter.end()

    def _on_touch(self, event: QTouchEvent) -> None:
        if event.type() is QEvent.Type.TouchCancel:
            if self._tool is _Tool.FINGER:
                self._drop_stroke()
                self._redraw()
            return
        for point in event.points():
            if point.state() is QEventPoint.State.Pressed and self._begin(_Tool.FINGER):
                self._finger = point.id()
            if point.id() != self._finger:
                continue
            can_tell = event.device().capabilities() & QInputDevice.Capability.Pressure
            pressure = point.pressure() if can_tell else _NO_PRESSURE
            self._draw(_Tool.FINGER, point.position(), pressure, event.timestamp())
            if point.state() is QEventPoint.State.Released:
                self._end(_Tool.FINGER)

    def _begin(self, tool: _Tool) -> bool:
        if self._tool is not None:
            return False
        self._tool = tool
        if not self._strokes:
            self._frame, self._zero = QSizeF(self.size()), None
        return True

    def _draw(self, tool: _Tool, at: QPointF, pressure: float, timestamp: int) -> None:
        if self._tool is not tool:
            return
        place = (at - self._origin()) * (HUNDREDTHS / self._scale())
        point = InkPoint(
            x=round(place.x()),
            y=round(place.y()),
            t=self._time(timestamp),
            pressure=round(min(max(pressure, 0.0), 1.0) * _FULL_PRESSURE),
        )
        if not self._open or self._open[-1] != point:
            self._open.append(point)
        if len(self._open) == 1:
            self.changed.emit()
        self.update()

    def _end(self, tool: _Tool) -> None:
        if self._tool is not tool:
            return
        self._strokes.append(tuple(self._open))
        self._drop_stroke()
        self._redraw()

    def _drop_stroke(self) -> None:
        self._tool = None
        self._finger = -1
        self._open = []

    def _time(self, timestamp: int) -> int:
        """Return ms since the first point; never back, whatever clock a device has."""
        last = self._last_time()
        if self._zero is None:
            self._zero = timestamp - last
        return max(timestamp - self._zero, last)

    def _last_time(self) -> int:
        if self._open:
            return self._open[-1].t
        return self._strokes[-1][-1].t if self._strokes else 0

    def _scale(self) -> float:
        return min(self.width() / self._frame.width(), self.height() / self._frame.height())

    def _origin(self) -> QPointF:
        spare = QSizeF(self.size()) - self._frame * self._scale()
        return QPointF(spare.width() / 2, spare.height() / 2)

    def _finished(self) -> QPixmap:
        """Return the ended strokes, drawn once for as long as size and screen stay."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._drawn is None or self._drawn.size() != size:
            self._drawn = QPixmap(size)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            if self._strokes:
                painter = QPainter(self._drawn)
                painter.translate(self._origin())
                colour = self.palette().text().color()
                draw_strokes(painter, self._strokes, colour, scale=self._scale())
                painter.end()
        return self._drawn

    def _redraw(self) -> None:
        self._drawn = None
        self.update()
        self.changed.emit()
