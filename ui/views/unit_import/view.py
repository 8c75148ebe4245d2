"""The screen 从 Excel 导入参赛单位: a file, a report line by line, and one button to store it."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services.units.foresee import Arrival
from ui.models.sheet_lines import NOTE_ROLE, URGENCY_ROLE, SheetLine, SheetModel
from ui.views.unit_import.presenter import Preview, UnitImportPresenter
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.file_dialog import ask_file
from ui.widgets.notice import Notice
from ui.widgets.rows import Rows
from ui.widgets.screen import Around, Screen
from ui.widgets.two_lines import TwoLineDelegate, padding, row_height

_ALL = "all"
_COLUMNS = ("line", "unit", "result", "explanation")
_NAME = "深圳市测试机械制造（集团）有限公司"


class UnitImportView(Screen):
    """Shows what a sheet would do; `imported` tells a sentence to go on with."""

    imported = Signal(str)

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("unit_import.title"))
        self._presenter = UnitImportPresenter(
            around.runner.bound_to(self),
            around.labels,
            show=self._show,
            refuse=self._refuse,
            imported=self.imported.emit,
            tell=around.tell,
            announce=around.announce,
        )
        self._lines: tuple[SheetLine, ...] = ()
        headings = [self._labels(f"unit_import.{column}") for column in _COLUMNS]
        self._model = SheetModel(headings, self)
        self._refusal = Notice(kind="refusal")
        self._summary = QLabel()
        self._piles = ChoiceRow(
            self._labels("cards.piles"),
            [
                (_ALL, self._labels("cards.pile.all")),
                *((each.value, self._labels(f"unit_import.{each}")) for each in Arrival),
            ],
        )
        self._detail = QLabel()
        self._detail.setObjectName("muted")
        self._detail.setWordWrap(True)
        self._pages = QStackedWidget()
        self._build()
        self.setAcceptDrops(True)

    def enter(self) -> None:
        """Begin at the button that chooses a file, or at the one that stores it."""
        (self._store if self._store.isEnabled() else self._choose).setFocus()

    def open(self, path: Path) -> None:
        """Look through a file."""
        self._refusal.tell("")
        self._waiting.setText(self._labels("unit_import.reading", file=path.name))
        self._pages.setCurrentIndex(0)
        self._presenter.open(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        event.setAccepted(_dropped(event) is not None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Look through the file that was dropped."""
        path = _dropped(event)
        if path is not None:
            self.open(path)

    def _build(self) -> None:
        self._waiting = QLabel(self._labels("unit_import.choose_hint"))
        self._waiting.setObjectName("message")
        self._waiting.setWordWrap(True)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._summary.setWordWrap(True)
        self._piles.show_value(_ALL)
        self._piles.chosen.connect(self._on_chosen)
        report = QWidget()
        layout = QVBoxLayout(report)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._summary)
        layout.addWidget(self._piles)
        layout.addWidget(self._new_table(), stretch=1)
        layout.addWidget(self._detail)
        self._pages.addWidget(self._waiting)
        self._pages.addWidget(report)
        self.body.addWidget(self._refusal)
        self.body.addWidget(self._pages, stretch=1)
        self._choose: QPushButton = self.add_button(
            "unit_import.choose", self._on_choose, at_left=True
        )
        self.add_button("cancel", self.left.emit)
        self._store = self.add_button("unit_import.store_none", self._on_store, kind="primary")
        self._offer(0)

    def _new_table(self) -> Rows:
        table = Rows(self._model, name=self._labels("unit_import.report"))
        table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        table.setItemDelegate(TwoLineDelegate(table, note=NOTE_ROLE, urgency=URGENCY_ROLE))
        table.verticalHeader().setDefaultSectionSize(row_height(self.font()))
        header = table.horizontalHeader()
        header.setStretchLastSection(True)
        result = max((self._labels(f"unit_import.{each}") for each in Arrival), key=len)
        for column, sample in enumerate(("00000", _NAME, f"{result}　")):
            width = self.fontMetrics().horizontalAdvance(sample) + 2 * padding(self.font())
            header.resizeSection(column, width)
        return table

    def _show(self, preview: Preview) -> None:
        self._lines = preview.lines
        self.show_about(preview.file)
        self._summary.setText(preview.summary)
        self._piles.show_value(_ALL)
        self._on_chosen(_ALL)
        self._pages.setCurrentIndex(1)
        self._offer(preview.count)
        if self.isVisible():
            self.enter()

    def _refuse(self, sentence: str) -> None:
        self._refusal.tell(sentence)
        self._waiting.setText(self._labels("unit_import.choose_hint"))
        self._pages.setCurrentIndex(0)
        self._offer(0)

    def _offer(self, count: int) -> None:
        counted = self._labels("unit_import.store", count=count)
        self._store.setText(counted if count else self._labels("unit_import.store_none"))
        self._store.setEnabled(count > 0)

    def _on_current_changed(self, current: QModelIndex) -> None:
        """Say in full what a cell has no room for."""
        line = self._model.at(current.row()) if current.isValid() else None
        text = line.explanation if line else ""
        self._detail.setText(
            self._labels("unit_import.detail", line=line.number, text=text)
            if line and text
            else ""
        )

    def _on_chosen(self, value: str) -> None:
        self._detail.clear()
        kept = (line for line in self._lines if value in {_ALL, line.arrival})
        self._model.show(tuple(kept))

    def _on_store(self) -> None:
        self._store.setEnabled(False)
        self._presenter.store()

    def _on_choose(self) -> None:
        kinds = self._labels("unit_import.files")
        ask_file(self, self._labels("unit_import.choose"), self.open, kinds=kinds)


def _dropped(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
