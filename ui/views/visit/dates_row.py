"""考核时间: first and last day, typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.labels import Labels
from ui.widgets.text_field import TextField

_WIDEST = "2020-11-06___"


class DatesRow(QWidget):
    """Two days side by side. `typed` tells both as they stand."""

    typed = Signal(str, str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._first = self._field(labels("visit.first_day"))
        self._last = self._field(labels("visit.last_day"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._first)
        layout.addWidget(QLabel(labels("visit.until")))
        layout.addWidget(self._last)
        layout.addStretch()

    def show_days(self, first: str, last: str, *, is_read_only: bool) -> None:
        """Show what is kept."""
        for field, day in ((self._first, first), (self._last, last)):
            field.show_text(day)
            field.setReadOnly(is_read_only)

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        self._first.flush()
        self._last.flush()

    def _field(self, name: str) -> TextField:
        field = TextField(name=name)
        field.setMinimumWidth(field.fontMetrics().horizontalAdvance(_WIDEST))
        field.typed.connect(lambda _: self.typed.emit(self._first.text(), self._last.text()))
        return field
