"""The hazards at the left: what was found, how far it is, and in words how late."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.hazards import HazardLine
from ui.theme import Colours, worn
from ui.widgets.pill import draw_pill

_MARGIN = 12
_GAP = 8
_EDGE = 3
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class HazardListView(QListView):
    """A list of hazards; the current one is in the sheet beside it."""

    def __init__(self, model: QAbstractItemModel, *, name: str) -> None:
        super().__init__()
        self.setObjectName("sections")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_HazardDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)  # lines wrap by width
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class _HazardDelegate(QStyledItemDelegate):
    """Draws one hazard: its title; state and urgency; grade and where it comes from.

    Where state and urgency do not fit side by side, the urgency takes a line of its own.
    """

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the lines; the current hazard tinted, with an accent at its edge."""
        del option
        line: HazardLine = index.data(Qt.ItemDataRole.UserRole)
        colours = worn()
        whole = self._view.visualRect(index)
        painter.save()
        painter.setFont(self._view.font())
        self._draw_ground(painter, whole, colours, is_current=self._view.currentIndex() == index)
        inner = whole.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        row = QRect(inner.left(), inner.top(), inner.width(), self._metrics().height())
        self._draw_title(painter, row, line, colours)
        row.translate(0, row.height() + _GAP)
        self._draw_state(painter, row, line, colours)
        if not self._fits(line, row.width()):
            row.translate(0, row.height() + _GAP)
        self._draw_urgency(painter, row, line, colours)
        if line.grade or line.where:
            row.translate(0, row.height() + _GAP)
            self._draw_rest(painter, row, line, colours)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for as many lines as there is to say."""
        del option
        line: HazardLine = index.data(Qt.ItemDataRole.UserRole)
        width = self._view.viewport().width() - 2 * _MARGIN
        rows = 2 + (not self._fits(line, width)) + bool(line.grade or line.where)
        height = rows * self._metrics().height() + (rows - 1) * _GAP + 2 * _MARGIN
        return QSize(self._metrics().averageCharWidth(), height)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._view.font())

    def _draw_ground(
        self, painter: QPainter, whole: QRect, colours: Colours, *, is_current: bool
    ) -> None:
        if is_current:
            painter.fillRect(whole, QColor(colours.accent_tint))
            painter.fillRect(
                QRect(whole.left(), whole.top(), _EDGE, whole.height()), QColor(colours.accent)
            )
        painter.fillRect(
            QRect(whole.left(), whole.bottom(), whole.width(), 1), QColor(colours.idle_tint)
        )

    def _draw_title(
        self, painter: QPainter, row: QRect, line: HazardLine, colours: Colours
    ) -> None:
        painter.setPen(QColor(colours.muted if line.is_settled else colours.text))
        title = self._metrics().elidedText(line.title, Qt.TextElideMode.ElideRight, row.width())
        painter.drawText(row, _LEFT, title)

    def _fits(self, line: HazardLine, width: int) -> bool:
        bold = QFontMetrics(_bold(self._view.font()))
        words = self._metrics().horizontalAdvance(line.state)
        words += bold.horizontalAdvance(line.late or line.due)
        return words + 3 * _MARGIN <= width

    def _draw_state(
        self, painter: QPainter, row: QRect, line: HazardLine, colours: Colours
    ) -> None:
        ink = colours.muted if line.is_settled else colours.accent_dark
        ground = colours.idle_tint if line.is_settled else colours.accent_soft
        draw_pill(painter, row, line.state, ink=ink, ground=ground)

    def _draw_urgency(
        self, painter: QPainter, row: QRect, line: HazardLine, colours: Colours
    ) -> None:
        if line.late:
            painter.setFont(_bold(self._view.font()))
        painter.setPen(QColor(colours.alert if line.late else colours.muted))
        urgency = painter.fontMetrics().elidedText(
            line.late or line.due, Qt.TextElideMode.ElideRight, row.width()
        )
        painter.drawText(row, _RIGHT if self._fits(line, row.width()) else _LEFT, urgency)
        painter.setFont(self._view.font())

    def _draw_rest(
        self, painter: QPainter, row: QRect, line: HazardLine, colours: Colours
    ) -> None:
        painter.setPen(QColor(colours.alert))
        painter.drawText(row, _LEFT, line.grade)
        used = self._metrics().horizontalAdvance(line.grade) + _MARGIN if line.grade else 0
        rest = row.adjusted(used, 0, 0, 0)
        where = self._metrics().elidedText(line.where, Qt.TextElideMode.ElideRight, rest.width())
        painter.setPen(QColor(colours.muted))
        painter.drawText(rest, _RIGHT if line.grade else _LEFT, where)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
