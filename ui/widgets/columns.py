"""Panels side by side; one below the other where the window or large text leaves no room."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

_GAP = 12


class Columns(QWidget):
    """`panels` with how much of the width each takes; they keep their order when stacked."""

    def __init__(self, panels: Sequence[tuple[QWidget, int]]) -> None:
        super().__init__()
        self.setObjectName("content")
        self._panels = [panel for panel, _ in panels]
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        for panel, share in panels:
            self._layout.addWidget(panel, share, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction by the room there is."""
        super().resizeEvent(event)
        needed = sum(panel.minimumSizeHint().width() + _GAP for panel in self._panels) - _GAP
        fits = event.size().width() >= needed
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(sideways if fits else down)

    def minimumSizeHint(self) -> QSize:
        """Return the room of the widest panel, so that nothing forces them side by side."""
        widest = max(panel.minimumSizeHint().width() for panel in self._panels)
        return QSize(widest, self._layout.minimumSize().height())
