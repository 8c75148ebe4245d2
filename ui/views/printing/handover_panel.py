"""留存联交付: the fields of one handover, and the list of those recorded."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.handover import HandoverManner, HandoverNote
from ui.labels import Labels
from ui.views.printing.handover import HandoverPage
from ui.widgets.notice import Notice
from ui.widgets.text_field import TextField


class HandoverPanel(QFrame):
    """`typed` tells the note as it stands after each change, `recorded` that it is complete."""

    typed = Signal(HandoverNote)
    recorded = Signal(HandoverNote)

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._labels = labels
        self._is_showing = False
        self._manner = QComboBox()
        for manner in HandoverManner:
            self._manner.addItem(labels(f"printing.manner.{manner}"), manner)
        self._day = QDateEdit()
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("yyyy-MM-dd")
        self._recipient = TextField(name=labels("printing.recipient"))
        self._remark = TextField(name=labels("printing.remark"))
        self._refusal = Notice(kind="refusal")
        self._recorded = QLabel()
        self._recorded.setObjectName("muted")
        self._recorded.setWordWrap(True)
        self._manner.currentIndexChanged.connect(self._on_changed)
        self._day.dateChanged.connect(self._on_changed)
        self._recipient.typed.connect(self._on_changed)
        self._remark.typed.connect(self._on_changed)
        self._build()

    def show_page(self, page: HandoverPage) -> None:
        """Show what is kept; what a person is typing stays."""
        self._is_showing = True
        note = page.note
        self._manner.setCurrentIndex(self._manner.findData(note.manner))
        self._day.setDate(QDate(note.day.year, note.day.month, note.day.day))
        self._recipient.show_text(note.recipient)
        self._remark.show_text(note.remark)
        self._recorded.setText("\n".join(page.lines) or self._labels("printing.none_yet"))
        self._is_showing = False

    def refuse(self, sentence: str) -> None:
        """Say why the note was not taken; '' takes that back."""
        self._refusal.tell(sentence)

    def flush(self) -> None:
        """Commit an open composition and tell what was typed."""
        self._recipient.flush()
        self._remark.flush()

    def _build(self) -> None:
        labels = self._labels
        heading = QLabel(labels("printing.handover"))
        heading.setObjectName("group")
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, field in (
            ("printing.manner", self._manner),
            ("printing.recipient", self._recipient),
            ("printing.day", self._day),
            ("printing.remark", self._remark),
        ):
            form.addRow(_caption(labels(key), field), field)
        self._remark.setPlaceholderText(labels("printing.remark_hint"))
        record = QPushButton(labels("printing.record"))
        record.clicked.connect(self._on_record_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(heading)
        layout.addLayout(form)
        layout.addWidget(self._refusal)
        layout.addWidget(record)
        layout.addWidget(self._recorded)

    @property
    def _note(self) -> HandoverNote:
        day = self._day.date()
        return HandoverNote(
            manner=HandoverManner(self._manner.currentData()),
            recipient=self._recipient.text(),
            day=date(day.year(), day.month(), day.day()),
            remark=self._remark.text(),
        )

    def _on_changed(self) -> None:
        if not self._is_showing:
            self.typed.emit(self._note)

    def _on_record_clicked(self) -> None:
        self.flush()
        self.recorded.emit(self._note)


def _caption(text: str, field: QWidget) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    label.setBuddy(field)
    field.setAccessibleName(text)
    return label
