"""Pages of a document one below the other; only those in sight are asked for and kept."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

_GAP = 16
_POINTS_AN_INCH = 72
_STEPS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_MOST_PIXELS = 2400  # in width: a page of A4 then takes 32 MB
_LINE = 24  # logical pixels an arrow key scrolls


class PageView(QAbstractScrollArea):
    """`wanted` asks for a page (from 0) so many pixels wide, one at a time, until `show_page`.

    `moved` tells that another page or zoom is shown.
    """

    wanted = Signal(int, int)
    moved = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName("pages")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._sizes: tuple[QSizeF, ...] = ()
        self._images: dict[int, QImage] = {}
        self._asked: tuple[int, int] | None = None
        self._zoom: float | None = None
        self._places: list[QRect] = []
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(_LINE)
            bar.valueChanged.connect(self._on_scrolled)

    @property
    def page(self) -> int:
        """Return the page (from 0) at the middle of what is seen; 0 without a document."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        above = [n for n, place in enumerate(self._places) if place.top() - _GAP <= middle]
        return above[-1] if above else 0

    @property
    def page_count(self) -> int:
        """Return the number of pages."""
        return len(self._sizes)

    @property
    def scale(self) -> float:
        """Return how large pages are shown, 1.0 being their true size."""
        if self._zoom is not None:
            return self._zoom
        widest = max((size.width() for size in self._sizes), default=0.0)
        room = self.viewport().width() - 2 * _GAP
        return max(room, 1) / (widest * self._unit()) if widest else 1.0

    def show_document(self, sizes: Sequence[QSizeF]) -> None:
        """Show another document from its beginning; sizes are in points."""
        self._places.clear()  # so that scrolling back asks for nothing
        self.verticalScrollBar().setValue(0)
        self._sizes = tuple(sizes)
        self._images.clear()
        self._asked = None
        self._lay_out()
        self._refresh()

    def show_page(self, number: int, image: QImage) -> None:
        """Show a page that was wanted."""
        self._asked = None
        if number < len(self._sizes):
            self._images[number] = image
        self._refresh()

    def fit_width(self) -> None:
        """Make pages as wide as the view."""
        self._set_zoom(None)

    def show_true_size(self) -> None:
        """Show pages as large as they are."""
        self._set_zoom(1.0)

    def zoom_in(self) -> None:
        """Show pages a step larger."""
        self._set_zoom(next((step for step in _STEPS if step > self.scale + 0.01), _STEPS[-1]))

    def zoom_out(self) -> None:
        """Show pages a step smaller."""
        smaller = [step for step in _STEPS if step < self.scale - 0.01]
        self._set_zoom(smaller[-1] if smaller else _STEPS[0])

    def go_to(self, number: int) -> None:
        """Scroll to the top of a page."""
        if 0 <= number < len(self._places):
            self.verticalScrollBar().setValue(self._places[number].top() - _GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight; one still on its way is white, or the old one stretched."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = self._offset()
        for number, place in enumerate(self._places):
            shown = place.translated(-offset)
            if not shown.intersects(event.rect()):
                continue
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(shown.adjusted(-1, -1, 0, 0))
            painter.fillRect(shown, Qt.GlobalColor.white)  # paper is white in any theme
            image = self._images.get(number)
            if image is not None:
                painter.drawImage(QRectF(shown), image, QRectF(image.rect()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in sight while the view changes its size."""
        super().resizeEvent(event)
        self._keeping_place()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew when the theme changes."""
        super().changeEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom with + and -, go to first and last page with Home and End."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(len(self._places) - 1)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl and the wheel."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
        else:
            super().wheelEvent(event)

    def _set_zoom(self, zoom: float | None) -> None:
        self._zoom = zoom
        self._keeping_place()

    def _keeping_place(self) -> None:
        number = self.page
        inside = self._places[number].top() if number < len(self._places) else 0
        share = (self.verticalScrollBar().value() - inside) / max(self._height(number), 1)
        self._lay_out()
        if number < len(self._places):
            top = self._places[number].top() + round(share * self._height(number))
            self.verticalScrollBar().setValue(top)
        self._refresh()

    def _height(self, number: int) -> int:
        return self._places[number].height() if number < len(self._places) else 0

    def _lay_out(self) -> None:
        """Place the pages below each other, in the middle, and set the scroll bars."""
        factor = self.scale * self._unit()
        room = self.viewport().size()
        wide = max((round(size.width() * factor) for size in self._sizes), default=0) + 2 * _GAP
        self._places = []
        top = _GAP
        for size in self._sizes:
            width, height = round(size.width() * factor), round(size.height() * factor)
            left = (max(wide, room.width()) - width) // 2
            self._places.append(QRect(left, top, width, height))
            top += height + _GAP
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, top - room.height()))
        down.setPageStep(room.height() - 2 * _LINE)
        across.setRange(0, max(0, wide - room.width()) if self._zoom is not None else 0)
        across.setPageStep(room.width())

    def _unit(self) -> float:
        """Return how many logical pixels a point is at true size."""
        return self.logicalDpiX() / _POINTS_AN_INCH

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _on_scrolled(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        self.viewport().update()
        self._forget_far_pages()
        self._ask()
        self.moved.emit()

    def _in_sight(self) -> list[int]:
        seen = self.viewport().rect().translated(self._offset())
        return [number for number, place in enumerate(self._places) if place.intersects(seen)]

    def _forget_far_pages(self) -> None:
        seen = self._in_sight()
        if seen:
            near = range(seen[0] - 1, seen[-1] + 2)
            self._images = {n: image for n, image in self._images.items() if n in near}

    def _ask(self) -> None:
        """Ask for the first page in sight that is not there in the width it is shown in."""
        if self._asked is not None:
            return
        for number in self._in_sight():
            pixels = round(self._places[number].width() * self.devicePixelRatioF())
            width = min(pixels, _MOST_PIXELS)
            image = self._images.get(number)
            if width > 0 and (image is None or image.width() != width):
                self._asked = (number, width)
                self.wanted.emit(number, width)
                return
