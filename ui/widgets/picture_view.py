"""One picture, large: whole at first, then nearer by wheel or key, moved by dragging."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.theme import worn

_NEAREST = 8.0
_STEP = 1.25
_SMALLEST = QSize(160, 120)
_WHEEL_STEP = 120


class PictureView(QWidget):
    """Shows a picture, or a sentence where there is none. Knows where a point lies in it."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picture")
        self.setAccessibleName(name)
        self.setMinimumSize(_SMALLEST)
        self._picture: QImage | None = None
        self._nearness = 1.0
        self._middle = QPointF(0.5, 0.5)  # the part of the picture in the middle of the widget
        self._held: QPointF | None = None

    @property
    def picture(self) -> QImage | None:
        """Return the picture shown."""
        return self._picture

    def show_picture(self, picture: QImage | None) -> None:
        """Show another picture, whole."""
        self._picture = picture
        self.fit()

    def sharpen(self, picture: QImage) -> None:
        """Show the same picture with more of its detail, from as near as before."""
        self._picture = picture
        self.update()

    def fit(self) -> None:
        """Show the whole picture."""
        self._nearness, self._middle = 1.0, QPointF(0.5, 0.5)
        self.update()

    def zoom(self, steps: float) -> None:
        """Go nearer by steps, or further away; never further than the whole."""
        self._nearness = min(max(self._nearness * _STEP**steps, 1.0), _NEAREST)
        self._clamp()
        self.update()

    @property
    def is_near(self) -> bool:
        """Tell whether more detail would be seen."""
        return self._nearness > 1.0

    def area(self) -> QRectF:
        """Return where the whole picture lies, in the widget's coordinates."""
        if self._picture is None:
            return QRectF()
        shown = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        wide, high = shown.width() * self._nearness, shown.height() * self._nearness
        left = self.width() / 2 - self._middle.x() * wide
        top = self.height() / 2 - self._middle.y() * high
        return QRectF(left, top, wide, high)

    def part_at(self, place: QPointF) -> QPointF:
        """Return where in the picture a place lies: 0 to 1 from its left and its top."""
        area = self.area()
        if area.isEmpty():
            return QPointF()
        x = (place.x() - area.left()) / area.width()
        y = (place.y() - area.top()) / area.height()
        return QPointF(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))

    def place_of(self, part: QPointF) -> QPointF:
        """Return where a part of the picture lies in the widget."""
        area = self.area()
        return QPointF(
            area.left() + part.x() * area.width(), area.top() + part.y() * area.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(worn().idle_tint))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.area(), self._picture)
            self.paint_over(painter)
        painter.end()

    def paint_over(self, painter: QPainter) -> None:
        """Draw what lies over the picture; nothing here."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go nearer or further."""
        self.zoom(event.angleDelta().y() / _WHEEL_STEP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it with the hand."""
        area = self.area()
        if self._held is None or area.isEmpty():
            return
        moved = event.position() - self._held
        self._held = event.position()
        self._middle -= QPointF(moved.x() / area.width(), moved.y() / area.height())
        self._clamp()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        del event
        self._held = None

    def _clamp(self) -> None:
        """Keep the picture in sight: its edge never leaves the edge of the whole."""
        edge = 0.5 / self._nearness
        x = min(max(self._middle.x(), edge), 1 - edge)
        y = min(max(self._middle.y(), edge), 1 - edge)
        self._middle = QPointF(x, y)
