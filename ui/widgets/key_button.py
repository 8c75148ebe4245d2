"""Buttons that show the key that does the same, in grey beside their words."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from ui.theme import worn

_CENTRE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TALLEST = 10_000


class KeyButton(QPushButton):
    """A button with its key; the words alone are its text."""

    def __init__(self, text: str, key: str) -> None:
        super().__init__(text)
        self._key = key

    def sizeHint(self) -> QSize:
        """Return the room for words and key."""
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        return QSize(hint.width() + metrics.horizontalAdvance(f" {self._key}"), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Never show less than words and key."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame as the style sheet has it, then words and key side by side."""
        del event
        painter = QStylePainter(self)
        draw_frame(self, painter)
        words, key, metrics = self.text(), f" {self._key}", self.fontMetrics()
        width = metrics.horizontalAdvance(words)
        left = (self.width() - width - metrics.horizontalAdvance(key)) // 2
        ink, hint = _inks(self)
        painter.setPen(QColor(ink))
        painter.drawText(QRect(left, 0, width + 1, self.height()), _CENTRE, words)
        painter.setPen(QColor(hint))
        painter.drawText(QRect(left + width, 0, self.width(), self.height()), _CENTRE, key)
        painter.end()


class KeyLine(QPushButton):
    """A choice as long as it likes, wrapped, its key before it.

    `moved` asks for the line above or below, `dropped` to be offered no more.
    """

    moved = Signal(int)
    dropped = Signal()

    def __init__(self, text: str, key: str) -> None:
        super().__init__(text)
        self.setObjectName("rule")
        self._key = key
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the room for all the words."""
        return self._words(width).height() + self._margin() * 2

    def sizeHint(self) -> QSize:
        """Return the room for one line."""
        metrics = self.fontMetrics()
        width = self._indent() + metrics.horizontalAdvance(self.text()) + 3 * self._margin()
        return QSize(width, metrics.height() + 2 * self._margin())

    def minimumSizeHint(self) -> QSize:
        """Let the words wrap at half a dozen letters."""
        metrics = self.fontMetrics()
        narrow = self._indent() + 6 * metrics.horizontalAdvance("考")
        return QSize(narrow, metrics.height() + 2 * self._margin())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter, move with the arrows, drop with Delete."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Delete:
                self.dropped.emit()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame as the style sheet has it, then key and words."""
        del event
        painter = QStylePainter(self)
        draw_frame(self, painter)
        colours = worn()
        painter.setPen(QColor(colours.muted))
        painter.drawText(self._margin(), self._margin(), self._indent(), _TALLEST, 0, self._key)
        painter.setPen(QColor(colours.accent_dark))
        painter.drawText(self._words(self.width()), _WRAPPED, self.text())
        painter.end()

    def _words(self, width: int) -> QRect:
        left = self._margin() + self._indent()
        room = QRect(left, self._margin(), max(1, width - left - self._margin()), _TALLEST)
        return self.fontMetrics().boundingRect(room, _WRAPPED, self.text())

    def _indent(self) -> int:
        return self.fontMetrics().horizontalAdvance("Alt+W") + 2 * self._margin()

    def _margin(self) -> int:
        return self.fontMetrics().height() // 4


def draw_frame(button: QPushButton, painter: QStylePainter) -> None:
    """Draw a button as the style sheet has it, without its words."""
    option = QStyleOptionButton()
    button.initStyleOption(option)
    painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)


def _inks(button: QPushButton) -> tuple[str, str]:
    colours = worn()
    if not button.isEnabled():
        return colours.muted, colours.muted
    if button.isChecked():
        return colours.on_accent, colours.on_accent
    return colours.text, colours.muted
