"""已定稿: what was sealed, and the two doors 文字更正 and 分值调整."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.card import Correction
from ui.labels import Labels
from ui.views.signing.page import Page
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.notice import Notice
from ui.widgets.text_field import TextField


class SealedPanel(QFrame):
    """What each door lets through is said before it is opened; `correct_asked` carries why."""

    correct_asked = Signal(str)

    def __init__(self, labels: Labels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._labels = labels
        title = QLabel(labels("signing.sealed"))
        title.setObjectName("group")
        self._lines = QLabel()
        self._lines.setWordWrap(True)
        self._doors = ChoiceRow(
            labels("signing.doors"),
            [(kind, labels(f"signing.door.{kind}")) for kind in Correction],
        )
        self._doors.chosen.connect(self._open_door)
        self._behind = QWidget()
        self._about = QLabel()
        self._about.setObjectName("muted")
        self._about.setWordWrap(True)
        self._reason = TextField(name=labels("signing.reason"))
        self._reason.setPlaceholderText(labels("signing.reason"))
        self._reason.returnPressed.connect(self._on_begun)
        self._begin = QPushButton(labels("signing.door.begin"))
        self._begin.clicked.connect(self._on_begun)
        self.refusal = Notice(kind="refusal")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._reason, stretch=1)
        row.addWidget(self._begin)
        inside = QVBoxLayout(self._behind)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._about)
        inside.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addWidget(self._lines)
        layout.addWidget(self._doors)
        layout.addWidget(self._behind)
        layout.addWidget(self.refusal)
        self._behind.hide()

    @property
    def has_typed(self) -> bool:
        """Tell whether a reason was typed that was not taken yet."""
        self._reason.flush()
        return self.isVisible() and bool(self._reason.text())

    def reset(self) -> None:
        """Close the doors again."""
        self._reason.clear()
        self._behind.hide()
        self.refusal.tell("")

    def show_page(self, page: Page) -> None:
        """Show a sealed card; nothing of a draft."""
        self.setVisible(page.sealed is not None)
        if page.sealed is None:
            return
        self._lines.setText("\n".join(page.sealed.lines))
        for widget in (self._doors, self._behind):
            widget.setEnabled(page.sealed.may_correct and not page.busy)

    def _open_door(self, kind: str) -> None:
        self._about.setText(self._labels(f"signing.door.{kind}.about"))
        self._behind.show()
        self._reason.setFocus()

    def _on_begun(self) -> None:
        self._reason.flush()
        self.correct_asked.emit(self._reason.text())
