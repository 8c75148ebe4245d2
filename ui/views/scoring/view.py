"""The screen 考核评分: sections at the left, the form in the middle, the figures below."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.card import CardId
from app.domain.form import ClauseId
from app.services.desk import Changes
from ui.labels import Labels
from ui.models.sections import SectionModel
from ui.tasks import TaskRunner
from ui.views.scoring.clause_strip import ClauseStrip
from ui.views.scoring.figures import FiguresBar
from ui.views.scoring.form_area import FormArea
from ui.views.scoring.page import Page
from ui.views.scoring.presenter import ScoringPresenter
from ui.widgets.notice import Notice
from ui.widgets.question import ask
from ui.widgets.section_list import SectionList
from ui.widgets.state_chip import StateChip


class ScoringView(QWidget):
    """Shows a card and forwards strokes. `ready` tells that the card asked for can be shown."""

    ready = Signal()
    left = Signal()

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
        self._presenter = ScoringPresenter(
            runner.bound_to(self), labels, show=self._show, tell=tell, announce=announce
        )
        self._page: Page | None = None
        self._form = FormArea(labels, wire=self._wire)
        self._form.entered.connect(self._on_clause_entered)
        self._model = SectionModel(self)
        self._sections = SectionList(self._model, name=labels("scoring.sections"))
        self._sections.clicked.connect(self._on_section_chosen)
        self._sections.activated.connect(self._on_section_chosen)
        self._figures = FiguresBar(labels)
        self._build()

    def open(self, card_id: CardId) -> None:
        """Read a card; `ready` follows."""
        self._page = None
        self._presenter.open(card_id)

    def enter(self) -> None:
        """Begin at the first open clause, else at the first."""
        if self._page is not None:
            first = self._presenter.next_open(None) or next(iter(self._page.clauses))
            self._form.go_to(first)

    def leave(self, then: Callable[[], None]) -> None:
        """Save what was typed, then let go; asks first where something could not be saved."""
        self._form.flush()
        self._presenter.settle(lambda: self._on_settled(then))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape; go by sections with the page keys."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_PageUp:
                self._go_by_section(-1)
            case Qt.Key.Key_PageDown:
                self._go_by_section(1)
            case _:
                super().keyPressEvent(event)

    def _build(self) -> None:
        self._unit = QLabel()
        self._unit.setObjectName("heading")
        self._unit.setWordWrap(True)
        self._day = QLabel()
        self._day.setObjectName("muted")
        self._chip = StateChip()
        self._saving = QLabel()
        self._saving.setObjectName("muted")
        self._sealed = Notice()
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 24, 12)
        head.setSpacing(16)
        head.addWidget(self._unit, stretch=1)
        for part in (self._saving, self._day, self._chip):
            head.addWidget(part)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._sections)
        middle.addWidget(self._form, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._sealed)
        layout.addLayout(middle, stretch=1)
        layout.addWidget(self._new_foot())

    def _new_foot(self) -> QWidget:
        keys = QLabel(self._labels("scoring.keys"))
        keys.setObjectName("caption")
        keys.setWordWrap(True)
        keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._next = QPushButton(self._labels("scoring.next_open"))
        self._next.setObjectName("primary")
        self._next.clicked.connect(self._go_to_next_open)
        foot = QFrame()
        foot.setObjectName("foot")
        layout = QHBoxLayout(foot)
        layout.setContentsMargins(24, 8, 24, 8)
        layout.setSpacing(24)
        layout.addWidget(self._figures)
        layout.addWidget(keys, stretch=1)
        layout.addWidget(self._next)
        return foot

    def _wire(self, clause_id: ClauseId, strip: ClauseStrip) -> None:
        presenter = self._presenter
        strip.full.connect(partial(presenter.give_full, clause_id))
        strip.full_by_key.connect(partial(self._on_full_by_key, clause_id))
        strip.part.connect(partial(presenter.deduct, clause_id))
        strip.absent.connect(partial(presenter.set_absent, clause_id))
        strip.cleared.connect(partial(presenter.clear, clause_id))
        strip.points_typed.connect(partial(presenter.type_points, clause_id))
        strip.reason_typed.connect(partial(presenter.type_reason, clause_id))
        strip.rule_chosen.connect(partial(presenter.follow_rule, clause_id))
        strip.next_asked.connect(self._go_to_next_open)

    def _show(self, page: Page) -> None:
        is_first = self._page is None
        self._page = page
        self._unit.setText(page.unit)
        self._day.setText(page.day)
        self._chip.show_state(page.state, page.state_word)
        self._show_saving("" if page.is_read_only else page.saving)
        self._sealed.tell(page.notice)
        self._model.show(page.sections)
        self._form.show_page(page)
        self._figures.show_figures(page.figures)
        if is_first:
            self.ready.emit()

    def _show_saving(self, saving: str) -> None:
        self._saving.setText(saving)
        self._saving.setProperty("alert", self._presenter.has_unsaved)
        self._saving.style().polish(self._saving)

    def _go_to_next_open(self) -> None:
        clause_id = self._presenter.next_open(self._form.current)
        if clause_id is not None:
            self._form.go_to(clause_id)

    def _go_by_section(self, step: int) -> None:
        if self._page is not None and self._form.current is not None:
            place = self._section_of(self._form.current) + step
            self._go_to_section(min(max(place, 0), self._model.rowCount() - 1))

    def _go_to_section(self, place: int) -> None:
        if self._page is not None:
            self._form.go_to(self._page.form.sections[place].clauses[0].id)

    def _section_of(self, clause_id: ClauseId) -> int:
        sections = self._page.form.sections if self._page is not None else ()
        return next(
            place
            for place, section in enumerate(sections)
            if any(clause.id == clause_id for clause in section.clauses)
        )

    def _on_full_by_key(self, clause_id: ClauseId) -> None:
        self._presenter.give_full(clause_id)
        self._go_to_next_open()

    def _on_clause_entered(self, clause_id: str) -> None:
        self._sections.setCurrentIndex(self._model.index(self._section_of(ClauseId(clause_id))))

    def _on_section_chosen(self, index: QModelIndex) -> None:
        self._go_to_section(index.row())

    def _on_settled(self, then: Callable[[], None]) -> None:
        if not self._presenter.has_unsaved:
            then()
            return
        ask(
            self,
            self._labels("scoring.discard"),
            yes=self._labels("discard"),
            no=self._labels("stay"),
            then=then,
        )
