"""The steps of one card in the order of a visit, with the unit they are about."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from ui.labels import Labels
from ui.steps import Step
from ui.widgets.elided_label import ElidedLabel

_FIRST_KEY = 2  # F1 leads to 考核任务


class StepBar(QFrame):
    """`step_asked` names the step a person wants to go to."""

    step_asked = Signal(str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.setObjectName("steps")
        self._unit = ElidedLabel()
        self._unit.setObjectName("about")
        self._steps = {
            step: self._new_button(step, f"F{key}", labels)
            for key, step in enumerate(Step, start=_FIRST_KEY)
        }
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 0, 16, 0)
        layout.setSpacing(0)
        layout.addWidget(self._unit, stretch=1)
        layout.addSpacing(16)
        for button in self._steps.values():
            layout.addWidget(button)
        self.hide()

    def show_unit(self, name: str) -> None:
        """Show whose card is open; '' hides the bar."""
        self._unit.setText(name)
        self.setVisible(bool(name))

    def show_step(self, name: str) -> None:
        """Mark the step a person is at."""
        for step, button in self._steps.items():
            button.setChecked(step == name)

    def _new_button(self, step: Step, key: str, labels: Labels) -> QPushButton:
        button = QPushButton(labels(f"step.{step}"))
        button.setObjectName("step")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a key or click leaves it on the screen
        button.setShortcut(key)
        button.setToolTip(key)
        button.clicked.connect(partial(self._on_clicked, step))
        return button

    def _on_clicked(self, step: Step) -> None:
        self._steps[step].setChecked(not self._steps[step].isChecked())  # the window decides
        self.step_asked.emit(step)
