"""A box to tick: the style sheet draws the box, this the mark in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from ui.theme import worn

_MARK = "✓"


class TickBox(QCheckBox):
    """A check box whose mark is seen in both looks."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box as the style sheet has it, then the mark."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        element = QStyle.SubElement.SE_CheckBoxIndicator
        painter = QPainter(self)
        painter.setPen(QColor(worn().on_accent if self.isEnabled() else worn().muted))
        box = self.style().subElementRect(element, option, self)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _MARK)
        painter.end()
