"""One clause of 现场反馈, in letters large enough for both sides of a table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel

from ui.views.feedback.page import FeedbackLine

_WIDEST = "4.10.10"


class ClauseCard(QFrame):
    """Shows a clause with what was taken off and why."""

    def __init__(self, line: FeedbackLine) -> None:
        super().__init__()
        self.setObjectName("row")
        number = _label("muted", line.number)
        number.setMinimumWidth(number.fontMetrics().horizontalAdvance(_WIDEST))
        text = _label("spoken", line.text)
        off = _label("off", line.off)
        top = Qt.AlignmentFlag.AlignTop
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(6)
        layout.setColumnStretch(1, 1)
        layout.addWidget(number, 0, 0, top)
        layout.addWidget(text, 0, 1)
        layout.addWidget(off, 0, 2, top)
        off.setWordWrap(False)
        for place, said in enumerate(line.said, start=1):
            kind = "said" if place == 1 else "muted"
            layout.addWidget(_label(kind, said), place, 1, 1, 2)


def _label(kind: str, text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(kind)
    label.setWordWrap(True)
    return label
