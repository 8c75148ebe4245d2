"""The sections of a card at the left: title, a thin bar of progress, points so far."""

from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import LIGHT, Colours

_MARGIN = 12
_GAP = 6
_BAR = 3
_WIDTH = 248
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
        self.setFixedWidth(_WIDTH)
        self.setModel(model)
        self.setItemDelegate(_SectionDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class _SectionDelegate(QStyledItemDelegate):
    """Draws one section."""

    def __init__(self, view: QListView, colours: Colours = LIGHT) -> None:
        super().__init__(view)
        self._view = view
        self._colours = colours

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw title, figures and bar; the current section tinted, with an accent at its edge."""
        del option
        line: _Section = index.data(Qt.ItemDataRole.UserRole)
        is_current = self._view.currentIndex() == index
        whole = self._view.visualRect(index)
        painter.save()
        if is_current:
            painter.fillRect(whole, QColor(self._colours.accent_tint))
            edge = QRect(whole)
            edge.setWidth(_BAR)
            painter.fillRect(edge, QColor(self._colours.accent))
        inner = whole.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setPen(QColor(self._colours.accent_dark if is_current else self._colours.text))
        painter.drawText(inner, _WRAP, line.title)
        self._draw_figures(painter, inner, line)
        self._draw_bar(painter, inner, line)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room for the whole title: none of the official text is cut."""
        del option
        metrics = QFontMetrics(self._view.font())
        room = QRect(0, 0, _WIDTH - 2 * _MARGIN - _GAP, 1000)
        title = metrics.boundingRect(room, _WRAP, index.data(Qt.ItemDataRole.DisplayRole))
        height = title.height() + metrics.height() + 2 * _MARGIN + 2 * _GAP + _BAR
        return QSize(_WIDTH - _GAP, height)

    def _draw_figures(self, painter: QPainter, inner: QRect, line: _Section) -> None:
        foot = inner.adjusted(0, 0, 0, -_GAP - _BAR)
        painter.setPen(QColor(self._colours.muted))
        painter.drawText(
            foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, line.progress
        )
        painter.setPen(QColor(self._colours.text))
        painter.drawText(
            foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, line.points
        )

    def _draw_bar(self, painter: QPainter, inner: QRect, line: _Section) -> None:
        track = QRect(inner.left(), inner.bottom() - _BAR + 1, inner.width(), _BAR)
        painter.fillRect(track, QColor(self._colours.line))
        track.setWidth(inner.width() * line.marked // max(line.clauses, 1))
        painter.fillRect(track, QColor(self._colours.accent))
