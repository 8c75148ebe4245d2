"""The line of tools above the form: which clauses are shown, undo and redo, a whole section."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from ui.labels import Labels
from ui.views.scoring.filters import Filter
from ui.views.scoring.page import Page
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.elided_button import ElidedButton
from ui.widgets.key_button import KeyButton


class Tools(QWidget):
    """Two groups, side by side where there is room."""

    filter_chosen = Signal(str)
    undo_asked = Signal()
    redo_asked = Signal()
    section_asked = Signal()

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        choices = [(chosen.value, labels(f"scoring.filter_{chosen}")) for chosen in Filter]
        self._filter = ChoiceRow(labels("scoring.filter"), choices)
        self._filter.setToolTip(labels("scoring.filter_keys"))
        self._filter.chosen.connect(self.filter_chosen)
        self._undo = _button(ElidedButton(), self.undo_asked.emit)
        self._redo = _button(ElidedButton(), self.redo_asked.emit)
        self._section = _button(KeyButton(labels("scoring.section_full"), "⇧F"), self._ask_section)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch()
        for button in (self._undo, self._redo, self._section):
            acts.addWidget(button)
        self._groups = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._groups.setContentsMargins(0, 0, 0, 0)
        self._groups.setSpacing(8)
        self._groups.addWidget(self._filter)
        self._groups.addLayout(acts, stretch=1)

    def show_page(self, page: Page, chosen: Filter) -> None:
        """Show what the tools would do now."""
        self._filter.show_value(chosen)
        self._show_step(self._undo, "scoring.undo", page.undo)
        self._show_step(self._redo, "scoring.redo", page.redo)
        self._section.setEnabled(bool(page.fillable))
        self._section.setAccessibleName(
            f"{self._labels('scoring.section_full')} {page.fillable}".rstrip()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups below each other where one line is too narrow."""
        super().resizeEvent(event)
        wanted = self._filter.sizeHint().width() + 2 * self._section.sizeHint().width()
        is_narrow = event.size().width() < wanted
        directions = QBoxLayout.Direction
        self._groups.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)

    def _show_step(self, button: QPushButton, key: str, said: str) -> None:
        button.setText(self._labels(f"{key}_what", what=said) if said else self._labels(key))
        button.setEnabled(bool(said))

    def _ask_section(self) -> None:
        self.section_asked.emit()


def _button(button: QPushButton, asked: Callable[[], None]) -> QPushButton:
    button.setObjectName("tool")
    button.clicked.connect(lambda _: asked())
    return button
