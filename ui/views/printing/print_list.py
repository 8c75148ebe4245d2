"""The prints to choose from: a tick for each, and what each is for."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.services.prints.prints import Print
from ui.theme import worn
from ui.views.printing.page import PrintLine

_WHICH = Qt.ItemDataRole.UserRole
_PURPOSE = Qt.ItemDataRole.UserRole + 1
_PAD = 6
_TICK_LINES = 1.9  # room for the tick at the left, in heights of a line
_MARK = "✓"
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_Index = QModelIndex | QPersistentModelIndex


class PrintList(QListWidget):
    """`chosen` names the print to be shown, `ticked` one whose tick was set or taken away."""

    chosen = Signal(str)
    ticked = Signal(str, bool)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName("prints")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_PrintDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._is_showing = False
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemChanged.connect(self._on_item_changed)

    def sizeHint(self) -> QSize:
        """Return room for all prints: the column they stand in scrolls, not the list."""
        heights = (self.sizeHintForRow(row) for row in range(self.count()))
        return QSize(super().sizeHint().width(), sum(heights) + 2 * self.frameWidth())

    def show_lines(self, lines: Sequence[PrintLine], current: Print) -> None:
        """Show the prints, their ticks and which one is seen."""
        self._is_showing = True
        if self.count() != len(lines):
            self.clear()
            for _ in lines:
                self.addItem(QListWidgetItem())
        for place, line in enumerate(lines):
            item = self.item(place)
            item.setText(line.title)
            item.setData(_WHICH, line.which.value)
            item.setData(_PURPOSE, line.purpose)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, line.purpose)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if line.is_ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            if line.which is current and self.currentRow() != place:
                self.setCurrentRow(place)
        self._is_showing = False
        self.updateGeometry()

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self._is_showing:
            self.chosen.emit(item.data(_WHICH))

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if not self._is_showing:
            self.ticked.emit(item.data(_WHICH), item.checkState() is Qt.CheckState.Checked)


class _PrintDelegate(QStyledItemDelegate):
    """Draws the name of a print over what it is for; the style draws ground and tick."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view

    def displayText(self, value: object, locale: object) -> str:
        """Leave the words to `paint`."""
        del value, locale
        return ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground and tick as usual, then the two texts."""
        super().paint(painter, option, index)
        self._draw_mark(painter, option, index)
        inner = self._view.visualRect(index).adjusted(self._tick, _PAD, -_PAD, -_PAD)
        painter.save()
        painter.setPen(QColor(worn().text))
        painter.drawText(inner, _WRAP, str(index.data(Qt.ItemDataRole.DisplayRole)))
        inner.setTop(inner.top() + QFontMetrics(self._view.font()).lineSpacing())
        painter.setPen(QColor(worn().muted))
        painter.drawText(inner, _WRAP, str(index.data(_PURPOSE)))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room both texts take in the width there is."""
        del option
        metrics = QFontMetrics(self._view.font())
        width = max(self._view.viewport().width(), self._tick + _PAD + 1)
        room = QRect(0, 0, width - self._tick - _PAD, 10_000)
        purpose = metrics.boundingRect(room, _WRAP, str(index.data(_PURPOSE)))
        return QSize(width, metrics.lineSpacing() + purpose.height() + 2 * _PAD)

    @property
    def _tick(self) -> int:
        return round(_TICK_LINES * QFontMetrics(self._view.font()).height())

    def _draw_mark(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the mark into a box that is ticked: a style sheet alone has no mark."""
        if Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is not Qt.CheckState.Checked:
            return
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        element = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        box = self._view.style().subElementRect(element, shown, self._view)
        painter.save()
        painter.setPen(QColor(worn().on_accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _MARK)
        painter.restore()
