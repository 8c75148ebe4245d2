"""A button whose words end in … where there is no room; the whole of them in the tool tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStylePainter

from ui.theme import worn
from ui.widgets.key_button import draw_frame

_FEWEST = "撤销：1.2"


class ElidedButton(QPushButton):
    """A button that may be narrower than its words."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self.setToolTip(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        """Let the button shrink to a few letters."""
        whole = super().sizeHint()
        metrics = self.fontMetrics()
        beyond = metrics.horizontalAdvance(self.text()) - metrics.horizontalAdvance(_FEWEST)
        return QSize(whole.width() - max(beyond, 0), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        del event
        metrics = self.fontMetrics()
        missing = super().sizeHint().width() - self.width()
        words = self.text()
        if missing > 0:
            room = metrics.horizontalAdvance(words) - missing
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        draw_frame(self, painter)
        colours = worn()
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
