"""The verdict as it is seen: one line with a mark, the signed figures, every check on request."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.labels import Labels

if TYPE_CHECKING:  # it takes the crypto along
    from app.services.verify.telling import Told

_MARKS = {"passed": "✓", "warned": "!", "failed": "✗", "not_checked": "–"}


class VerdictPanel(QWidget):
    """Shows a verdict; hidden until there is one."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels
        self._mark = _label("mark")
        self._headline = _label("headline")
        self._headline.setWordWrap(True)
        self._band = QFrame()
        self._band.setObjectName("verdict")
        band = QHBoxLayout(self._band)
        band.setContentsMargins(16, 12, 16, 12)
        band.setSpacing(16)
        band.addWidget(self._mark)
        band.addWidget(self._headline, stretch=1)
        self._details = QPushButton(labels("verifying.details"))
        self._details.setCheckable(True)
        self._details.toggled.connect(self._on_details_toggled)
        self._details.clicked.connect(self._on_details_asked)
        band.addWidget(self._details)
        content = QWidget()
        content.setObjectName("content")
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 12, 0)
        whole.setSpacing(12)
        whole.addWidget(self._band)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(12)
        whole.addLayout(self._parts)
        whole.addStretch()
        self._figures, self._checks = QWidget(), QWidget()
        self._scroll = scroll = QScrollArea()
        scroll.setObjectName("form")
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(labels("verifying.title"))
        scroll.setWidget(content)  # keeps its focus: nothing in the list of checks has any
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.hide()

    def wait(self, sentence: str) -> None:
        """Say that something is under way."""
        self._say("", sentence, outcome="")
        self._clear()
        self.show()

    def refuse(self, sentence: str) -> None:
        """Say why there is no verdict; '' says nothing."""
        self._say("!", sentence, outcome="warned")
        self._clear()
        self.setVisible(bool(sentence))

    def show_verdict(self, verdict: "Told") -> None:
        """Show a verdict: details are opened at once where something is wrong."""
        self._say(_MARKS[verdict.outcome], verdict.headline, outcome=verdict.outcome)
        self._clear()
        self._figures = _figures(verdict)
        self._checks = self._list(verdict)
        self._parts.addWidget(self._figures)
        self._parts.addWidget(self._checks)
        self._figures.setVisible(bool(verdict.figures))
        self._details.show()
        self._details.setChecked(verdict.outcome != "passed")
        self._checks.setVisible(self._details.isChecked())
        self.show()

    def _say(self, mark: str, sentence: str, *, outcome: str) -> None:
        for widget in (self._band, self._mark, self._headline):
            widget.setProperty("outcome", outcome)
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._mark.setText(mark)
        self._mark.setVisible(bool(mark))
        self._headline.setText(sentence)

    def _clear(self) -> None:
        self._details.hide()
        while (item := self._parts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _list(self, verdict: "Told") -> QWidget:
        panel = QFrame()
        panel.setObjectName("panel")
        grid = QGridLayout(panel)
        grid.setContentsMargins(24, 16, 24, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for row, check in enumerate(verdict.checks):
            mark = _label("checkmark", _MARKS[check.outcome])
            mark.setProperty("outcome", check.outcome.value)
            word = self._labels(f"verifying.outcome.{check.outcome}")
            mark.setAccessibleName(word)
            mark.setToolTip(word)
            sentence = _label("checked", check.sentence)
            sentence.setProperty("outcome", check.outcome.value)
            sentence.setWordWrap(True)
            for column, label in enumerate((mark, _label("muted", check.label), sentence)):
                grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        return panel

    def _on_details_toggled(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._checks.setVisible(checked)

    def _on_details_asked(self, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        if checked:
            QTimer.singleShot(0, self._show_first_check)  # once it has a place

    def _show_first_check(self) -> None:
        self._scroll.verticalScrollBar().setValue(self._checks.y())


def _figures(verdict: "Told") -> QWidget:
    panel = QFrame()
    panel.setObjectName("panel")
    grid = QGridLayout(panel)
    grid.setContentsMargins(24, 16, 24, 16)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    for pair, column in enumerate((verdict.figures, verdict.sections)):
        grid.setColumnStretch(2 * pair + 1, 1)
        for row, (label, value) in enumerate(column):
            told = _label("group", value)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            told.setWordWrap(True)
            grid.addWidget(_label("muted", label), row, 2 * pair)
            grid.addWidget(told, row, 2 * pair + 1)
    return panel


def _label(kind: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(kind)
    return label
