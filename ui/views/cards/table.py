"""The table of 考核任务: rows of two lines, columns as wide as their words want them."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent

from ui.models.cards import NOTE_ROLE, STATE_COLUMN, URGENCY_ROLE, TaskModel
from ui.widgets.rows import Rows
from ui.widgets.state_chip import StateDelegate
from ui.widgets.two_lines import TwoLineDelegate, padding, row_height

_LEAST_NAME = "深圳市测试机械制造有限公司"


class TaskTable(Rows):
    """Shows tasks; `samples` are the widest texts of the columns behind the names.

    `typed` passes on what is typed here: it is meant for the search.
    """

    typed = Signal(str)

    def __init__(self, model: TaskModel, *, name: str, samples: Sequence[str]) -> None:
        super().__init__(model, name=name)
        self._samples = tuple(samples)
        self.setItemDelegate(TwoLineDelegate(self, note=NOTE_ROLE, urgency=URGENCY_ROLE))
        self.setItemDelegateForColumn(STATE_COLUMN, StateDelegate(self))
        self._fit()

    def keyboardSearch(self, search: str) -> None:
        """Pass on what is typed."""
        self.typed.emit(search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names what the other columns leave."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit rows and columns to another size of text."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height(self.font()))
        metrics, room = QFontMetrics(self.font()), 2 * padding(self.font())
        header = self.horizontalHeader()
        left = self.viewport().width()
        for column, sample in enumerate(self._samples, start=1):
            heading = str(self.model().headerData(column, header.orientation()))
            needed = max(map(metrics.horizontalAdvance, (sample, heading))) + room
            header.resizeSection(column, needed)
            left -= needed
        header.resizeSection(0, max(left, metrics.horizontalAdvance(_LEAST_NAME) + room))
