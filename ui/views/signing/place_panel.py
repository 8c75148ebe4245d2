"""What may be said for one place: a signed paper, 拒签, 无人签字, 待补签. Ink has its own page."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.labels import Labels
from ui.views.signing.page import Page
from ui.views.signing.places import Place
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.notice import Notice
from ui.widgets.scan_drop import ScanDrop
from ui.widgets.text_field import TextField
from ui.widgets.tick_box import TickBox

PAPER, REFUSED, ABSENT, PENDING = "paper", "refused", "absent", "pending"
_USUAL_WAIT = timedelta(days=7)
_LEFT = Qt.AlignmentFlag.AlignLeft


class PlacePanel(QFrame):
    """The fields of one place. What was typed stays until it was taken, or for another place.

    `scan_given` carries the scan (as `ScanDrop` gives it) and whether the team signed it too;
    `unsigned` the way (拒签, 无人签字), why, and the witness; `postponed` the day.
    """

    scan_given = Signal(object, bool)
    unsigned = Signal(str, str, str)
    postponed = Signal(str)

    def __init__(self, labels: Labels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._labels = labels
        self._place: Place | None = None
        self._title = QLabel()
        self._title.setObjectName("group")
        self._name = TextField(name=labels("signing.name"))
        self._ways = ChoiceRow(
            labels("signing.way"),
            [(way, labels(f"signing.way.{way}")) for way in (PAPER, REFUSED, ABSENT, PENDING)],
        )
        self._ways.chosen.connect(self._show_way)
        self._with_team = TickBox(labels("signing.with_team"))
        self._with_team.setChecked(True)
        self._why = {way: TextField(name=labels("signing.why")) for way in (REFUSED, ABSENT)}
        self._witness = {
            way: TextField(name=labels("signing.witness")) for way in (REFUSED, ABSENT)
        }
        self._day = TextField(name=labels("signing.day"))
        self.refusal = Notice(kind="refusal")
        self._build()

    @property
    def name(self) -> str:
        """Return who signs, as typed."""
        self._name.flush()
        return self._name.text()

    @property
    def has_typed(self) -> bool:
        """Tell whether something was typed that was not taken yet."""
        self.flush()
        return any(field.text() for field in (*self._why.values(), *self._witness.values()))

    def flush(self) -> None:
        """Commit an open composition."""
        for field in (self._name, self._day, *self._why.values(), *self._witness.values()):
            field.flush()

    def reset(self) -> None:
        """Forget what was typed: it was taken, or belongs to another card."""
        self._place = None
        for field in (*self._why.values(), *self._witness.values()):
            field.clear()
        self.refusal.tell("")

    def show_place(self, place: Place, page: Page) -> None:
        """Show the fields of a place; the name and day of another are put in anew."""
        before, self._place = self._place, place
        self._title.setText(place.role)
        if before is None or (before.signatory, before.name) != (place.signatory, place.name):
            self._name.setText(place.name)
            self._day.setText((page.today + _USUAL_WAIT).isoformat())
            self._show_way(PAPER)
        may_sign = place.is_open and not page.holds and not page.busy
        for widget in (self._ways, self._pages):
            widget.setEnabled(may_sign)
        self._name.setEnabled(place.is_open)
        self._ways.setVisible(page.sealed is None)
        self._with_team.setVisible(page.sealed is None)

    def paste(self) -> None:
        """Take a scan from the clipboard, where one may be given."""
        if self._drop.isVisible() and self._drop.isEnabled():
            self._drop.paste()

    def focus_name(self) -> None:
        """Begin with who signs."""
        self._name.setFocus()

    def _build(self) -> None:
        self._pages = QStackedWidget()
        self._pages.setObjectName("fields")
        self._numbers = {}
        for way, page in (
            (PAPER, self._new_paper()),
            (REFUSED, self._new_unsigned(REFUSED)),
            (ABSENT, self._new_unsigned(ABSENT)),
            (PENDING, self._new_pending()),
        ):
            self._numbers[way] = self._pages.addWidget(page)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(self._caption("signing.name", self._name), self._name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addLayout(form)
        layout.addWidget(self._ways)
        layout.addWidget(self._pages)
        layout.addWidget(self.refusal)

    def _new_paper(self) -> QWidget:
        labels = self._labels
        self._drop = ScanDrop(
            hint=labels("signing.scan.hint"),
            choose=labels("signing.scan.choose"),
            paste=labels("signing.scan.paste"),
            kinds=labels("signing.scan.kinds"),
        )
        self._drop.given.connect(self._on_scan_given)
        self._drop.several.connect(lambda: self.refusal.tell(labels("one_file")))
        page, layout = _page()
        layout.addWidget(self._drop)
        layout.addWidget(self._with_team)
        layout.addStretch()
        return page

    def _new_unsigned(self, way: str) -> QWidget:
        page, layout = _page()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        why, witness = self._why[way], self._witness[way]
        form.addRow(self._caption("signing.why", why), why)
        form.addRow(self._caption("signing.witness", witness), witness)
        witness.setPlaceholderText(self._labels("signing.witness.hint"))
        record = partial(self._on_recorded, way)
        witness.returnPressed.connect(record)
        layout.addLayout(form)
        layout.addWidget(self._button(f"signing.record.{way}", record), alignment=_LEFT)
        layout.addStretch()
        return page

    def _new_pending(self) -> QWidget:
        page, layout = _page()
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(self._caption("signing.day", self._day), self._day)
        self._day.returnPressed.connect(self._on_postponed)
        layout.addLayout(form)
        layout.addWidget(self._hint("signing.pending.hint"))
        layout.addWidget(
            self._button("signing.record.pending", self._on_postponed), alignment=_LEFT
        )
        layout.addStretch()
        return page

    def _caption(self, key: str, field: TextField) -> QLabel:
        caption = QLabel(self._labels(key))
        caption.setBuddy(field)
        return caption

    def _hint(self, key: str) -> QLabel:
        hint = QLabel(self._labels(key))
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        return hint

    def _button(self, key: str, asked: Callable[[], None]) -> QPushButton:
        button = QPushButton(self._labels(key))
        button.clicked.connect(lambda _: asked())
        return button

    def _show_way(self, way: str) -> None:
        self._ways.show_value(way)
        self._pages.setCurrentIndex(self._numbers[way])

    def _on_scan_given(self, scan: object) -> None:
        self.scan_given.emit(scan, self._with_team.isChecked())

    def _on_recorded(self, way: str) -> None:
        self.flush()
        self.unsigned.emit(way, self._why[way].text(), self._witness[way].text())

    def _on_postponed(self) -> None:
        self.flush()
        self.postponed.emit(self._day.text())


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    return page, layout
