"""纸质补录: a card typed from paper by one and compared by another, with the paper's scan."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from ui.labels import Labels
from ui.views.visit.page import NO, TRANSCRIPT, YES, VisitPage
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel
from ui.widgets.scan_drop import ScanDrop
from ui.widgets.text_field import TextField


class TranscriptPanel(Panel):
    """Shows where the points come from. `stated` tells paper or not, and both names."""

    stated = Signal(bool, str, str)
    scan_given = Signal(object)

    def __init__(self, labels: Labels) -> None:
        super().__init__(labels("visit.origin"))
        self._labels = labels
        self._origin = ChoiceRow(
            labels("visit.origin"),
            [(NO, labels("visit.origin.no")), (YES, labels("visit.origin.yes"))],
        )
        self._origin.chosen.connect(self._on_origin_chosen)
        self._typed_by = self._field("visit.typed_by")
        self._checked_by = self._field("visit.checked_by")
        self._checked_by.setPlaceholderText(labels("visit.checked_by_hint"))
        self._scan = QLabel()
        self._scan.setWordWrap(True)
        self._drop = ScanDrop(
            hint=labels("visit.scan_hint"),
            choose=labels("visit.scan_choose"),
            paste=labels("visit.scan_paste"),
            kinds=labels("visit.scan_kinds"),
        )
        self._drop.given.connect(self.scan_given)
        self._refusal = Notice(kind="refusal")
        self._drop.several.connect(lambda: self._refusal.tell(labels("one_file")))
        self._warning = QLabel(labels("visit.warn_unchecked"))
        self._warning.setObjectName("warning")
        self._warning.setWordWrap(True)
        self.add_whole(self._origin)
        self._paper = QWidget()
        lines = QFormLayout(self._paper)
        lines.setContentsMargins(0, 0, 0, 0)
        for field in (self._typed_by, self._checked_by):
            caption = QLabel(field.accessibleName())
            caption.setObjectName("muted")
            caption.setBuddy(field)
            lines.addRow(caption, field)
        for widget in (self._refusal, self._scan, self._drop, self._warning):
            lines.addRow(widget)
        self.add_whole(self._paper)

    def show_page(self, page: VisitPage) -> None:
        """Show the origin of a page."""
        entered, is_read_only = page.entered, page.is_read_only
        self._origin.show_value(YES if entered.is_paper else NO)
        self._origin.setEnabled(not is_read_only)
        for field, name in (
            (self._typed_by, entered.typed_by),
            (self._checked_by, entered.checked_by),
        ):
            field.show_text(name)
            field.setReadOnly(is_read_only)
        self._paper.setVisible(entered.is_paper)
        self._refusal.tell(page.refusals.get(TRANSCRIPT, ""))
        self._scan.setText(self._labels("visit.scan", name=entered.scan))
        self._scan.setVisible(bool(entered.scan))
        self._drop.setVisible(not is_read_only)
        is_unchecked = not (entered.checked_by.strip() and entered.scan)
        self._warning.setVisible(is_unchecked and not is_read_only)

    def flush(self) -> None:
        """Report what was typed and not reported yet."""
        self._typed_by.flush()
        self._checked_by.flush()

    def _field(self, key: str) -> TextField:
        field = TextField(name=self._labels(key))
        field.typed.connect(lambda _: self._state(YES))
        return field

    def _on_origin_chosen(self, origin: str) -> None:
        self._state(origin)
        if origin == YES:
            self._typed_by.setFocus()

    def _state(self, origin: str) -> None:
        self.stated.emit(origin == YES, self._typed_by.text(), self._checked_by.text())
