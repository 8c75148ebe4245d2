"""The screen 考核任务: a table of cards and units, and what to do with the selected one."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.card import CardId
from app.domain.unit import UnitKey
from app.services.desk import Changes
from ui.labels import Labels
from ui.models.cards import STATE_COLUMN, TaskLine, TaskModel
from ui.tasks import TaskRunner
from ui.views.cards.presenter import CardsPresenter
from ui.widgets.question import ask
from ui.widgets.state_chip import StateDelegate

_ROW_HEIGHT = 44
_WIDTHS = {1: 130, 2: 200, 3: 100}


class CardsView(QWidget):
    """Shows the list and forwards what is asked for."""

    card_asked = Signal(str)
    unit_asked = Signal(object)
    new_unit_asked = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        labels: Labels,
        *,
        tell: Callable[[str], None],
        announce: Callable[[Changes], None],
    ) -> None:
        super().__init__()
        self._labels = labels
        self._model = TaskModel(
            (
                labels("cards.unit"),
                labels("cards.day"),
                labels("cards.state"),
                labels("cards.points"),
            ),
            self,
        )
        self._presenter = CardsPresenter(
            runner.bound_to(self),
            labels,
            show=self._show,
            tell=tell,
            open_card=self._open_card,
            announce=announce,
        )
        self._build()

    def note(self, changes: Changes) -> None:
        """Take note of what changed elsewhere."""
        self._presenter.note(changes)

    def enter(self) -> None:
        """Show what is kept now."""
        self._presenter.refresh()
        self._take_focus()

    def leave(self, then: Callable[[], None]) -> None:
        """Let go: nothing here waits to be saved."""
        then()

    def _build(self) -> None:
        heading = QLabel(self._labels("cards.title"))
        heading.setObjectName("heading")
        self._empty = QLabel(self._labels("cards.empty"))
        self._empty.setObjectName("message")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._table = self._new_table()
        self._start = QPushButton(self._labels("cards.start"))
        self._start.setObjectName("primary")
        self._start.clicked.connect(self._on_start_clicked)
        self._begin = QPushButton(self._labels("cards.begin"))
        self._begin.clicked.connect(self._on_begin_clicked)
        self._facts = QPushButton(self._labels("cards.unit_facts"))
        self._facts.clicked.connect(self._on_facts_clicked)
        self._new_unit = QPushButton(self._labels("cards.new_unit"))
        self._new_unit.clicked.connect(self.new_unit_asked)

        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch()
        bottom = QHBoxLayout()
        for button in (self._new_unit, self._facts, self._begin):
            bottom.addWidget(button)
        bottom.addStretch()
        bottom.addWidget(self._start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self._empty, stretch=1)
        layout.addWidget(self._table, stretch=1)
        layout.addLayout(bottom)
        self._show(())

    def _new_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self._labels("cards.title"))
        table.setModel(self._model)
        table.setItemDelegateForColumn(STATE_COLUMN, StateDelegate(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        table.activated.connect(self._on_table_activated)
        table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        return table

    def _show(self, lines: tuple[TaskLine, ...]) -> None:
        selected = self._selected()
        self._model.show(lines)
        self._empty.setVisible(not lines)
        self._table.setVisible(bool(lines))
        if lines:
            self._table.selectRow(0 if selected is None else self._model.row_of(selected))
        self._on_current_changed()
        if self.isVisible():
            self._take_focus()

    def _take_focus(self) -> None:
        """Begin at the list, or where the first unit is registered."""
        (self._table if self._model.rowCount() else self._new_unit).setFocus()

    def _selected(self) -> TaskLine | None:
        index = self._table.currentIndex()
        return self._model.line(index.row()) if index.isValid() else None

    def _open_card(self, card_id: CardId) -> None:
        self.card_asked.emit(card_id)

    def _on_current_changed(self) -> None:
        line = self._selected()
        for button in (self._start, self._begin, self._facts):
            button.setEnabled(line is not None)
        is_begun = line is not None and line.card is not None
        self._start.setText(self._labels("cards.go_on" if is_begun else "cards.start"))
        self._begin.setVisible(is_begun)

    def _on_table_activated(self, index: QModelIndex) -> None:
        self._presenter.start(self._model.line(index.row()))

    def _on_start_clicked(self) -> None:
        line = self._selected()
        if line is not None:
            self._presenter.start(line)

    def _on_begin_clicked(self) -> None:
        line = self._selected()
        if line is None:
            return
        ask(
            self,
            self._labels("cards.begin_again", unit=line.name),
            yes=self._labels("cards.begin"),
            no=self._labels("cancel"),
            then=lambda: self._presenter.begin(line.unit),
        )

    def _on_facts_clicked(self) -> None:
        line = self._selected()
        if line is not None:
            key: UnitKey = line.unit
            self.unit_asked.emit(key)
