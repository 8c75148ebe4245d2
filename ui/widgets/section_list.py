"""The sections of a card at the left: title, a thin bar of progress, points so far."""

from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import worn

_MARGIN = 12
_GAP = 6
_BAR = 3
_WIDEST = 18  # Chinese letters
_NARROWEST = 11
_SHARE = 5  # of the screen one part, when letters are large
_WRAP = Qt.TextFlag.TextWordWrap
_Index = QModelIndex | QPersistentModelIndex


class _Section(Protocol):
    """What an index holds in its user role."""

    title: str
    progress: str
    points: str
    marked: int
    clauses: int


class SectionList(QListView):
    """A list of sections; the current one is where the inspector works."""

    def __init__(
        self, model: QAbstractItemModel, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_SectionDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self, available: int) -> None:
        """Take a part of this width: as much as titles like, as little as they need."""
        letter = self.fontMetrics().horizontalAdvance("考")
        share = max(available // _SHARE, _NARROWEST * letter)
        self.setFixedWidth(min(share, _WIDEST * letter))
        self.scheduleDelayedItemsLayout()


class _SectionDelegate(QStyledItemDelegate):
    """Draws one section."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw title, figures and bar; the current section tinted, with an accent at its edge."""
        del option
        line: _Section = index.data(Qt.ItemDataRole.UserRole)
        is_current = self._view.currentIndex() == index
        whole = self._view.visualRect(index)
        painter.save()
        if is_current:
            painter.fillRect(whole, QColor(worn().accent_tint))
            edge = QRect(whole)
            edge.setWidth(_BAR)
            painter.fillRect(edge, QColor(worn().accent))
        inner = whole.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setPen(QColor(worn().accent_dark if is_current else worn().text))
        painter.drawText(inner, _WRAP, line.title)
        self._draw_figures(painter, inner, line)
        self._draw_bar(painter, inner, line)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room for the whole title: none of the official text is cut."""
        del option
        metrics = QFontMetrics(self._view.font())
        bar = self._view.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        width = self._view.width() - bar - 2 * self._view.frameWidth()
        room = QRect(0, 0, width - 2 * _MARGIN, 10_000)
        title = metrics.boundingRect(room, _WRAP, index.data(Qt.ItemDataRole.DisplayRole))
        line: _Section = index.data(Qt.ItemDataRole.UserRole)
        lines = 1 if self._fits(line, room.width()) else 2
        height = title.height() + lines * metrics.height() + 2 * _MARGIN + 2 * _GAP + _BAR
        return QSize(width, height)

    def _fits(self, line: _Section, room: int) -> bool:
        """Tell whether progress and points stand side by side."""
        metrics = QFontMetrics(self._view.font())
        figures = metrics.horizontalAdvance(line.progress + line.points)
        return figures + 2 * _GAP <= room

    def _draw_figures(self, painter: QPainter, inner: QRect, line: _Section) -> None:
        foot = inner.adjusted(0, 0, 0, -_GAP - _BAR)
        above = 0 if self._fits(line, inner.width()) else painter.fontMetrics().height()
        painter.setPen(QColor(worn().muted))
        painter.drawText(
            foot.adjusted(0, 0, 0, -above),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom,
            line.progress,
        )
        painter.setPen(QColor(worn().text))
        painter.drawText(
            foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, line.points
        )

    def _draw_bar(self, painter: QPainter, inner: QRect, line: _Section) -> None:
        track = QRect(inner.left(), inner.bottom() - _BAR + 1, inner.width(), _BAR)
        painter.fillRect(track, QColor(worn().line))
        track.setWidth(inner.width() * line.marked // max(line.clauses, 1))
        painter.fillRect(track, QColor(worn().accent))
