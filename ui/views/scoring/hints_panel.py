"""提示核对: what to look at again, as a list that leads to the clause. Never a refusal."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.domain.form import ClauseId
from ui.labels import Labels
from ui.views.scoring.page import HintLine

_LINES = 6


class HintsPanel(QListWidget):
    """The hints, a line each; `chosen` tells the clause of the one that was chosen."""

    chosen = Signal(str)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.setObjectName("hints")
        self.setAccessibleName(labels("scoring.hints_list"))
        self.setWordWrap(True)
        self.itemActivated.connect(self._on_item_chosen)
        self.itemClicked.connect(self._on_item_chosen)
        self._shown: tuple[HintLine, ...] = ()
        self.hide()

    def show_hints(self, hints: tuple[HintLine, ...]) -> None:
        """Show other hints; the place in the list stays."""
        if hints == self._shown:
            return
        self._shown = hints
        place = max(self.currentRow(), 0)
        self.clear()
        for hint in hints:
            item = QListWidgetItem(hint.text)
            item.setData(Qt.ItemDataRole.UserRole, hint.clause)
            self.addItem(item)
        self.setCurrentRow(min(place, len(hints) - 1))
        line = self.sizeHintForRow(0) if hints else 0
        self.setFixedHeight(line * min(len(hints), _LINES) + 2 * self.frameWidth() + 8)

    def _on_item_chosen(self, item: QListWidgetItem) -> None:
        clause = item.data(Qt.ItemDataRole.UserRole)
        if clause is not None:
            self.chosen.emit(ClauseId(str(clause)))
