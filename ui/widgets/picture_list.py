"""A list of small pictures in rows, with a time below each and the codes of where it went."""

from typing import Protocol

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import worn

_COLUMNS, _WIDE = 2, 180  # pixels of a cell from which one column is enough
_ROUND = 4
_EDGE = 4
_SIDE = 8  # widths of a letter m: the longer side of a small picture
_SHAPE = 0.75
_Index = QModelIndex | QPersistentModelIndex
_CONTROL = Qt.KeyboardModifier.ControlModifier
_WALK = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class _Line(Protocol):
    """What an index holds in its user role."""

    time: str
    codes: str


class PictureList(QListView):
    """Small pictures to walk through and select; every key but walking is left to the screen."""

    def __init__(
        self, model: QAbstractItemModel, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pictures")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_PictureDelegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def cell(self) -> QSize:
        """Return the room of one picture; it grows with the text."""
        side = self.fontMetrics().horizontalAdvance("m") * _SIDE
        high = round(side * _SHAPE) + self.fontMetrics().height() + 3 * _EDGE
        return QSize(side + 2 * _EDGE, high)

    @property
    def columns(self) -> int:
        """Return how many columns there are: two, or one where the text is large."""
        return _COLUMNS if self.cell().width() < _WIDE else 1

    def sizeHint(self) -> QSize:
        """Return room for the columns."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.columns * self.cell().width() + bar + 2 * _EDGE, 0)

    def selected_rows(self) -> list[int]:
        """Return the rows that are selected, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def go_to(self, row: int) -> None:
        """Make a row the only one selected; one beyond the end is the last."""
        self.setCurrentIndex(self.model().index(min(row, self.model().rowCount() - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, select a run with Shift, all with Ctrl+A."""
        is_all = event.key() == Qt.Key.Key_A and event.modifiers() == _CONTROL
        if is_all or event.key() in _WALK:
            super().keyPressEvent(event)
        else:
            event.ignore()


class _PictureDelegate(QStyledItemDelegate):
    """Draws one small picture."""

    def __init__(self, view: PictureList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the same room for each."""
        del option, index
        return self._view.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the picture in the middle of its room, the time below, the codes over its foot."""
        del option
        colours = worn()
        line: _Line = index.data(Qt.ItemDataRole.UserRole)
        room = self._view.visualRect(index).adjusted(1, 1, -1, -1)
        is_selected = self._view.selectionModel().isSelected(index)
        is_current = self._view.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if is_selected:
            painter.setPen(QColor(colours.accent) if is_current else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(room, _ROUND, _ROUND)
        words = painter.fontMetrics().height()
        sheet = room.adjusted(_EDGE, _EDGE, -_EDGE, -words - _EDGE)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QImage):
            painter.drawImage(_fitted(picture.size(), sheet), picture)
        else:
            painter.fillRect(sheet, QColor(colours.idle_tint))
        foot = QRect(room.left(), sheet.bottom(), room.width(), words + _EDGE)
        painter.setPen(QColor(colours.text if is_selected else colours.muted))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, line.time)
        if line.codes:
            self._draw_codes(painter, sheet, line.codes)
        painter.restore()

    def _draw_codes(self, painter: QPainter, sheet: QRect, codes: str) -> None:
        metrics = painter.fontMetrics()
        room = sheet.width() - 4 * _EDGE
        text = metrics.elidedText(codes, Qt.TextElideMode.ElideRight, room)
        chip = QRect(0, 0, metrics.horizontalAdvance(text) + 2 * _EDGE, metrics.height())
        chip.moveBottomLeft(sheet.bottomLeft() + QPoint(_EDGE, -_EDGE))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn().accent))
        painter.drawRoundedRect(chip, _ROUND, _ROUND)
        painter.setPen(QColor(worn().on_accent))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)


def _fitted(size: QSize, room: QRect) -> QRect:
    """Return where a picture of this size lies in a room: whole, in its middle."""
    shown = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(QPoint(0, 0), shown)
    place.moveCenter(room.center())
    return place
