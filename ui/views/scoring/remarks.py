"""Small things about a clause, in one line: source, photos, a hazard to raise."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from ui.labels import Labels
from ui.views.scoring.lines import ClauseLine
from ui.widgets.key_button import KeyButton


class Remarks(QWidget):
    """Where it came from and what stands behind it; all choices only on the current clause."""

    source_asked = Signal()
    photos_asked = Signal()
    hazard_asked = Signal()

    def __init__(self, labels: Labels, *, named: Callable[[str], str]) -> None:
        super().__init__()
        self._labels = labels
        self._named = named
        self._origin = QLabel()
        self._origin.setObjectName("origin")
        self._source = self._new_button("scoring.source", "S", self.source_asked.emit)
        self._photos = self._new_button("scoring.photos_none", "Alt+P", self.photos_asked.emit)
        self._hazard = self._new_button("scoring.raise_hazard", "H", self.hazard_asked.emit)
        self._parts = (self._origin, self._source, self._photos, self._hazard)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        for part in self._parts:
            self._layout.addWidget(part, alignment=Qt.AlignmentFlag.AlignLeft)
        self._layout.addStretch()

    def show_line(self, line: ClauseLine, *, is_current: bool, is_read_only: bool) -> None:
        """Show what is known of a clause, and on the current one what may be changed."""
        has_source = bool(line.source)
        self._origin.setText(line.origin)
        self._origin.setVisible(bool(line.origin) and not (is_current and line.is_plain_origin))
        self._source.setText(self._labels("scoring.source_is", source=line.source))
        self._source.setVisible(is_current and has_source)
        self._source.setEnabled(not is_read_only)
        self._photos.setText(line.photos or self._labels("scoring.photos_none"))
        self._photos.setAccessibleName(f"{self._named('scoring.photos_none')} {line.photos}")
        self._photos.setVisible(is_current or bool(line.photos))
        self._hazard.setVisible(is_current)
        self.setVisible(is_current or bool(line.photos or line.origin))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the remarks below each other where one line is too narrow."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Need no more width than the widest remark."""
        widest = max((part.sizeHint().width() for part in self._parts), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        shown = [part for part in self._parts if not part.isHidden()]
        wanted = sum(part.sizeHint().width() + self._layout.spacing() for part in shown)
        directions = QBoxLayout.Direction
        is_narrow = self.width() < wanted
        self._layout.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)

    def _new_button(self, key: str, stroke: str, asked: Callable[[], None]) -> QPushButton:
        button = KeyButton(self._labels(key), stroke)
        button.setObjectName("remark")
        button.setAccessibleName(self._named(key))
        button.clicked.connect(lambda _: asked())
        return button
