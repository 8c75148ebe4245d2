"""The steps that may come next for a hazard, and the remark that goes with them."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.domain.hazard import Act, HazardId
from ui.labels import Labels
from ui.views.hazards.page import ACT_WORDS, Sheet
from ui.widgets.notice import Notice
from ui.widgets.text_field import TextField


class StepStrip(QFrame):
    """Forwards a step with the remark as it stands; a remark stays until its step is taken."""

    step_asked = Signal(str, str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._shown: tuple[HazardId, str] | None = None
        self._remarks: dict[HazardId, str] = {}  # of the hazards that are not shown
        self.setObjectName("panel")
        self._remark = TextField(name=labels("hazards.remark"))
        self._remark.setPlaceholderText(labels("hazards.remark_hint"))
        self._buttons = {act: self._button(act) for act in ACT_WORDS}
        self._refusal = Notice(kind="refusal")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._remark, stretch=1)
        for button in self._buttons.values():
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 8, 20, 8)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._refusal)

    @property
    def has_remark(self) -> bool:
        """Tell whether a remark stands at any hazard whose step was not taken."""
        self._remark.flush()
        return any(each.strip() for each in (self._remark.text(), *self._remarks.values()))

    def forget(self) -> None:
        """Give up the remarks whose steps were not taken."""
        self._remarks.clear()
        self._remark.clear()

    def show_sheet(self, sheet: Sheet) -> None:
        """Offer the next steps; after a step the remark is new, another hazard has its own."""
        if self._shown != (sheet.id, sheet.state):
            self._turn_to(sheet)
        self.setVisible(bool(sheet.acts))
        for act, button in self._buttons.items():
            if button.hasFocus() and act not in sheet.acts:
                self._remark.setFocus()  # not to whatever stands next: the key may come again
            button.setVisible(act in sheet.acts)
        self._refusal.tell(sheet.act_refusal)

    def _turn_to(self, sheet: Sheet) -> None:
        before, self._shown = self._shown, (sheet.id, sheet.state)
        if before is not None and before[0] != sheet.id:
            self._remark.flush()
            self._remarks[before[0]] = self._remark.text()
        self._remark.setText(self._remarks.pop(sheet.id, ""))

    def _button(self, act: Act) -> QPushButton:
        button = QPushButton(self._labels(ACT_WORDS[act]))
        button.hide()
        button.clicked.connect(partial(self._on_clicked, act))
        return button

    def _on_clicked(self, act: Act) -> None:
        self._remark.flush()
        self.step_asked.emit(act.value, self._remark.text())
