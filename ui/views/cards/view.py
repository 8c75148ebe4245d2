"""The screen 考核任务: which units there are, how far each is, and what to do next."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.card import CardId
from app.domain.delivery import State
from app.domain.task import Pile, Task
from app.services.desk.desk import Changes
from ui.models.cards import TaskModel
from ui.steps import Step
from ui.views.cards.presenter import CardsPresenter, TaskList
from ui.views.cards.table import TaskTable
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.filter_field import FilterField
from ui.widgets.question import ask
from ui.widgets.screen import Around, Screen

_COLUMNS = ("unit", "day", "state", "points", "earlier", "hazards")
_DAY = "2020-11-06"
_SHEETS = (".xlsx", ".xlsm", ".xls")


class CardsView(Screen):
    """Shows the list and forwards what is asked for.

    `card_asked` names a card and a step of it, `unit_asked` a `UnitKey`. `import_asked` wants a
    sheet of units brought in, `sheet_dropped` the one of this path; `receive_asked` wants an
    assignment (任务文件) taken in. `print_asked` names the cards of the list as it is filtered.
    """

    card_asked = Signal(str, str)
    unit_asked = Signal(object)
    new_unit_asked = Signal()
    import_asked = Signal()
    sheet_dropped = Signal(str)
    receive_asked = Signal()
    print_asked = Signal(object)

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("cards.title"))
        self._presenter = CardsPresenter(
            around.runner.bound_to(self),
            around.labels,
            show=self._show,
            open_card=self._open_card,
            tell=around.tell,
            announce=around.announce,
        )
        headings = tuple(self._labels(f"cards.{column}") for column in _COLUMNS)
        self._model = TaskModel(headings, self._presenter.line, self)
        self._table = TaskTable(
            self._model, name=self._labels("cards.title"), samples=self._samples()
        )
        self._filter = FilterField(name=self._labels("cards.filter"), over=self._table)
        self._piles = ChoiceRow(
            self._labels("cards.piles"),
            [(pile.value, self._labels(f"cards.pile.{pile}")) for pile in Pile],
        )
        self._pages = QStackedWidget()
        self._build()
        self.setAcceptDrops(True)

    def note(self, changes: Changes) -> None:
        """Take note of what changed elsewhere."""
        self._presenter.note(changes)

    def enter(self) -> None:
        """Show what is kept now."""
        self._presenter.refresh()
        self._take_focus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a sheet of units; the window takes other files."""
        event.setAccepted(bool(_sheet_in(event)))

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the sheet to be looked into."""
        self.sheet_dropped.emit(_sheet_in(event))

    def _build(self) -> None:
        self._filter.setPlaceholderText(self._labels("cards.filter_hint"))
        self._filter.sought.connect(self._presenter.seek)
        self._filter.returnPressed.connect(self._on_start)
        self._piles.show_value(Pile.ALL)
        self._piles.chosen.connect(lambda value: self._presenter.choose(Pile(value)))
        self._table.typed.connect(self._filter.type_on)
        self._table.activated.connect(self._on_activated)
        self._table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self._search = QWidget()
        search = QHBoxLayout(self._search)
        search.setContentsMargins(0, 0, 0, 0)
        search.setSpacing(16)
        search.addWidget(self._filter, stretch=1)
        search.addWidget(self._piles)
        self._nothing = self._new_nothing()
        self._empty = self._new_empty()
        for page in (self._table, self._nothing, self._empty):
            self._pages.addWidget(page)
        self.body.addWidget(self._search)
        self.body.addWidget(self._pages, stretch=1)
        self._add_buttons()
        self._add_shortcuts()
        self._on_current_changed()

    def _samples(self) -> tuple[str, ...]:
        """Return the widest texts of the columns behind the names; a chip needs a bit more."""
        due = self._labels("cards.due", day=_DAY)
        state = max((self._labels.state(state) for state in State), key=len)
        return (due, f"{state}　", "100.5", _DAY, "000")

    def _add_buttons(self) -> None:
        self.add_button("cards.new_unit", self.new_unit_asked.emit, at_left=True)
        self.add_button("cards.import", self.import_asked.emit, at_left=True)
        self._print = self.add_button("cards.print", self._on_print, at_left=True)
        self._facts = self.add_button("cards.unit_facts", self._on_facts)
        self._begin = self.add_button("cards.begin", self._on_begin)
        self._start = self.add_button("cards.start", self._on_start, kind="primary")

    def _add_shortcuts(self) -> None:
        for keys, asked in (
            (QKeySequence.StandardKey.Find, self._on_find),
            (QKeySequence.StandardKey.New, self.new_unit_asked.emit),
            (QKeySequence.StandardKey.Print, self._on_print),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(asked)

    def _new_nothing(self) -> QWidget:
        clear = QPushButton(self._labels("cards.clear"))
        clear.clicked.connect(self._on_clear)
        return _message(self._labels("cards.nothing"), clear)

    def _new_empty(self) -> QWidget:
        self._first = QPushButton(self._labels("cards.new_unit"))
        self._first.setObjectName("primary")
        self._first.clicked.connect(self.new_unit_asked)
        sheet = QPushButton(self._labels("cards.import"))
        sheet.clicked.connect(self.import_asked)
        assignment = QPushButton(self._labels("cards.receive"))
        assignment.clicked.connect(self.receive_asked)
        return _message(self._labels("cards.empty"), self._first, sheet, assignment)

    def _show(self, listed: TaskList) -> None:
        selected = self._selected()
        before = self._pages.currentWidget()
        self._model.show(listed.tasks)
        self._print.setEnabled(any(task.card is not None for task in listed.tasks))
        is_empty = listed.count == 0
        self._search.setHidden(is_empty)
        self._foot.setHidden(is_empty)
        if is_empty:
            self._pages.setCurrentWidget(self._empty)
        else:
            self._pages.setCurrentWidget(self._table if listed.tasks else self._nothing)
        if listed.tasks:
            kept = None if listed.is_new else selected
            self._table.selectRow(0 if kept is None else self._model.row_of(kept))
        self._on_current_changed()
        self.show_about(self._count(listed))
        if self.isVisible() and self._empty in {before, self._pages.currentWidget()}:
            self._take_focus()

    def _count(self, listed: TaskList) -> str:
        if not listed.count:
            return ""
        if len(listed.tasks) == listed.count:
            return self._labels("cards.count", count=listed.count)
        return self._labels("cards.found", found=len(listed.tasks), count=listed.count)

    def _take_focus(self) -> None:
        """Begin at the search, whose arrow keys move in the list, or at the first unit."""
        (self._first if self._pages.currentWidget() is self._empty else self._filter).setFocus()

    def _selected(self) -> Task | None:
        index = self._table.currentIndex()
        return self._model.at(index.row()) if index.isValid() else None

    def _open_card(self, card_id: CardId, step: Step) -> None:
        self.card_asked.emit(card_id, step.value)

    def _on_current_changed(self) -> None:
        task = self._selected()
        for button in (self._start, self._begin, self._facts):
            button.setEnabled(task is not None)
        is_begun = task is not None and task.card is not None
        self._start.setText(self._labels("cards.go_on" if is_begun else "cards.start"))
        self._begin.setVisible(is_begun)

    def _listed_cards(self) -> tuple[CardId, ...]:
        tasks = map(self._model.at, range(self._model.rowCount()))
        return tuple(task.card for task in tasks if task.card is not None)

    def _on_activated(self, index: QModelIndex) -> None:
        self._presenter.start(self._model.at(index.row()))

    def _on_start(self) -> None:
        task = self._selected()
        if task is not None:
            self._presenter.start(task)

    def _on_begin(self) -> None:
        task = self._selected()
        if task is None:
            return
        ask(
            self,
            self._labels("cards.begin_again", unit=task.name),
            yes=self._labels("cards.begin"),
            no=self._labels("cancel"),
            then=partial(self._presenter.begin, task.unit),
        )

    def _on_facts(self) -> None:
        task = self._selected()
        if task is not None:
            self.unit_asked.emit(task.unit)

    def _on_print(self) -> None:
        cards = self._listed_cards()
        if cards:
            self.print_asked.emit(cards)

    def _on_find(self) -> None:
        self._filter.setFocus()
        self._filter.selectAll()

    def _on_clear(self) -> None:
        self._piles.show_value(Pile.ALL)
        self._presenter.choose(Pile.ALL)
        self._filter.clear()
        self._filter.setFocus()


def _message(sentence: str, *buttons: QPushButton) -> QWidget:
    label = QLabel(sentence)
    label.setObjectName("message")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setSpacing(24)
    layout.addStretch(2)
    layout.addWidget(label)
    layout.addLayout(row)
    layout.addStretch(3)
    return page


def _sheet_in(event: QDropEvent) -> str:
    """Return the path of the sheet that is dragged, '' when it is something else."""
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    path = urls[0].toLocalFile() if len(urls) == 1 else ""
    return path if path.lower().endswith(_SHEETS) else ""
