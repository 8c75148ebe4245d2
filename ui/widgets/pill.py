"""A word on a rounded ground, painted into the cell of a list; as large as its text wants it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

_PADDING = 10


def draw_pill(painter: QPainter, cell: QRect, word: str, *, ink: str, ground: str) -> None:
    """Draw a word at the left of a cell, in the painter's font; elided where it does not fit."""
    metrics = painter.fontMetrics()
    height = metrics.height() + 4
    width = min(metrics.horizontalAdvance(word) + 2 * _PADDING, cell.width())
    pill = QRect(cell.left(), cell.center().y() - height // 2 + 1, width, height)
    room = width - 2 * _PADDING + 2
    shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(QColor(ink))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
