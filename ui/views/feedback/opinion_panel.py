"""The unit's side of 现场反馈: the figures, what the signature will mean, and its word."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from ui.labels import Labels
from ui.views.feedback.page import AGREES, OBJECTS, UNSAID, FeedbackPage
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.figure import Figure
from ui.widgets.notice import Notice
from ui.widgets.text_area import TextArea

_ROWS = 6


class OpinionPanel(QFrame):
    """Shows the figures; `chosen` and `typed` tell the unit's word."""

    chosen = Signal(str)
    typed = Signal(str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setProperty("large", True)
        self._base = Figure(labels("feedback.base"))
        self._bonus = Figure(labels("feedback.bonus"))
        self._total = Figure(labels("feedback.total"), kind="total")
        self._converted = Figure(labels("feedback.converted"))
        self._meaning = QLabel()
        self._meaning.setObjectName("said")
        self._meaning.setWordWrap(True)
        heading = QLabel(labels("feedback.opinion"))
        heading.setObjectName("group")
        self._choice = ChoiceRow(
            labels("feedback.opinion"),
            [(AGREES, labels("feedback.agrees")), (OBJECTS, labels("feedback.objects"))],
        )
        self._choice.chosen.connect(self._on_chosen)
        self._text = TextArea(name=labels("feedback.text"), rows=_ROWS)
        self._text.setPlaceholderText(labels("feedback.text"))
        self._text.typed.connect(self.typed)
        self._refusal = Notice(kind="refusal")
        figures = QHBoxLayout()
        figures.setSpacing(28)
        for figure in (self._base, self._bonus, self._total, self._converted):
            figures.addWidget(figure)
        figures.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(figures)
        for widget in (self._meaning, heading, self._choice, self._text, self._refusal):
            layout.addWidget(widget)
        layout.addStretch()

    def show_page(self, page: FeedbackPage) -> None:
        """Show figures and opinion of a page."""
        figures = page.figures
        for figure, number in (
            (self._base, figures.base),
            (self._bonus, figures.bonus),
            (self._total, figures.total),
            (self._converted, figures.converted),
        ):
            figure.show_number(number)
        self._converted.setVisible(bool(figures.converted))
        self._meaning.setText(page.meaning)
        self._choice.show_value(page.choice)
        self._choice.setEnabled(not page.is_read_only)
        self._text.setEnabled(page.choice != UNSAID)
        self._text.setReadOnly(page.is_read_only)
        self._text.show_text(page.text)
        self._refusal.tell(page.refusal)

    def begin(self) -> None:
        """Take the focus where the unit's word is missing."""
        (self._text if self._text.isEnabled() else self._choice).setFocus()

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        self._text.flush()

    def _on_chosen(self, choice: str) -> None:
        self.chosen.emit(choice)
        if choice == OBJECTS:
            self._text.setFocus()
