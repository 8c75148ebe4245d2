"""A few choices side by side of which one holds: by mouse, and by the arrow keys."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton


class ChoiceRow(QFrame):
    """`chosen` tells the value of a button that was pressed; `choices` are values and words."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for value, word in choices:
            button = QPushButton(word)
            button.setObjectName("option")
            button.setCheckable(True)
            button.setAccessibleName(f"{name} {word}")
            button.clicked.connect(partial(self._on_clicked, value))
            self._group.addButton(button)
            self._buttons[value] = button
            layout.addWidget(button)
        layout.addStretch()
        self.setFocusProxy(next(iter(self._buttons.values())))

    def show_value(self, value: str) -> None:
        """Mark the choice that holds; a value that is none of them marks none."""
        self._group.setExclusive(False)
        for each, button in self._buttons.items():
            button.setChecked(each == value)
            if each == value:
                self.setFocusProxy(button)
        self._group.setExclusive(True)

    def _on_clicked(self, value: str) -> None:
        self.chosen.emit(value)
