"""Draws a cell of a list in two lines: what it is, and a small note below it."""

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.task import Urgency
from ui.theme import Colours, worn
from ui.widgets.pill import draw_pill

_PADDING = 0.6  # of the text's height, as the headings' in the style sheet
_SMALL = 0.86  # of the text's size
_GAP = 4
_USUAL = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


def small(font: QFont) -> QFont:
    """Return the font of notes beside a font."""
    smaller = QFont(font)
    smaller.setPixelSize(round(QFontInfo(font).pixelSize() * _SMALL))
    return smaller


def padding(font: QFont) -> int:
    """Return the room left and right of a text."""
    return round(QFontMetrics(font).height() * _PADDING)


def row_height(font: QFont) -> int:
    """Return how high a row of two lines is."""
    text, note = QFontMetrics(font).height(), QFontMetrics(small(font)).height()
    return text + note + _GAP + padding(font)


class TwoLineDelegate(QStyledItemDelegate):
    """The text of an index above, its note (a role of the model) below; without one, centred.

    A note that is urgent (another role) stands on a ground of its own.
    """

    def __init__(self, view: QAbstractItemView, *, note: int, urgency: int) -> None:
        super().__init__(view)
        self._view = view
        self._note = note
        self._urgency = urgency

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        """Leave the words to `paint`."""
        del value, locale
        return ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the selection as usual, then the two lines over it."""
        super().paint(painter, option, index)
        text, note = str(index.data() or ""), str(index.data(self._note) or "")
        font = self._view.font()
        room = padding(font)
        cell = self._view.visualRect(index).adjusted(room, 0, -room, 0)
        upper, lower = _halves(cell, font, text, note)
        at = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or _USUAL)
        colours = worn()
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(upper, at, _fitted(painter, text, upper))
        painter.setFont(small(font))
        urgency = Urgency(index.data(self._urgency) or Urgency.NONE)
        if note and urgency is not Urgency.NONE:
            ink, ground = _urgent(urgency, colours)
            draw_pill(painter, lower, note, ink=ink, ground=ground)
        else:
            painter.setPen(QColor(colours.muted))
            painter.drawText(lower, at, _fitted(painter, note, lower))
        painter.restore()


def _urgent(urgency: Urgency, colours: Colours) -> tuple[str, str]:
    if urgency is Urgency.LATE:
        return colours.surface, colours.alert
    return colours.alert, colours.alert_tint


def _halves(cell: QRect, font: QFont, text: str, note: str) -> tuple[QRect, QRect]:
    if not text or not note:
        return cell, cell
    above, below = QFontMetrics(font).height(), QFontMetrics(small(font)).height()
    top = cell.center().y() - (above + _GAP + below) // 2
    upper = QRect(cell.left(), top, cell.width(), above)
    return upper, QRect(cell.left(), top + above + _GAP, cell.width(), below)


def _fitted(painter: QPainter, text: str, room: QRect) -> str:
    """Return a text shortened to its room; Qt never cuts a surrogate pair."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
