"""The screen 考核评分: sections at the left, the form in the middle, the figures below."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from app.domain.card import CardId
from app.domain.form import ClauseId
from ui.models.sections import SectionModel
from ui.steps import Step
from ui.views.scoring.clause_strip import ClauseStrip
from ui.views.scoring.figures import FiguresBar
from ui.views.scoring.filters import Filter
from ui.views.scoring.form_area import FormArea
from ui.views.scoring.hints_panel import HintsPanel
from ui.views.scoring.page import Page
from ui.views.scoring.presenter import ScoringPresenter
from ui.views.scoring.screen_keys import Act, act_of
from ui.views.scoring.tools import Tools
from ui.widgets.notice import Notice
from ui.widgets.picture_mime import pictures_of
from ui.widgets.screen import Around, CardScreen
from ui.widgets.section_list import SectionList
from ui.widgets.state_chip import StateChip

_TALL = 36  # lines: room enough to also say the keys


class ScoringView(CardScreen):
    """Shows a card and forwards strokes. `ready` tells that the card asked for can be shown.

    `place_changed` tells card and clause whenever the clause one works at changes.
    """

    place_changed = Signal(str, str)

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("scoring.title"))
        self._presenter = ScoringPresenter(
            around.runner.bound_to(self),
            around.labels,
            show=self._show,
            go_to=self._go_to,
            tell=around.tell,
            announce=around.announce,
        )
        self._page: Page | None = None
        self._begin_at = ""
        self._form = FormArea(self._labels, wire=self._wire)
        self._form.entered.connect(self._on_clause_entered)
        self._model = SectionModel(self)
        self._sections = SectionList(self._model, name=self._labels("scoring.sections"))
        self._sections.clicked.connect(self._on_section_chosen)
        self._sections.activated.connect(self._on_section_chosen)
        self._build()

    def open(self, card_id: CardId, clause_id: str = "") -> None:
        """Read a card; `ready` follows. It begins at the clause, else at the first open one."""
        is_same = self._page is not None and self._page.card == card_id
        self._begin_at = clause_id or (self._form.current if is_same else None) or ""
        self._page = None
        self._presenter.open(card_id)

    def open_at(self, card_id: CardId, clause: str) -> None:
        """Read a card to begin at a clause."""
        self.open(card_id, clause)

    def enter(self) -> None:
        """Begin where asked or where one was, else at the first open clause, else at the first."""
        if self._page is None:
            return
        asked, self._begin_at = ClauseId(self._begin_at), ""
        first = asked if asked in self._page.clauses else self._presenter.next_open(None)
        self._go_to(first or next(iter(self._page.clauses)))

    def leave(self, then: Callable[[], None]) -> None:
        """Save what was typed, then let go; asks first where something could not be saved."""
        self._form.flush()
        if self._page is None:
            then()
        else:
            self._presenter.settle(partial(self._on_settled, then))

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the screen before any shortcut of the window."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and act_of(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that are not about one clause."""
        act = self._act(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between sections and form."""
        super().resizeEvent(event)
        self._sections.fit(event.size().width())
        self._keys.setMaximumWidth(self._sections.width())
        self._keys.setVisible(event.size().height() > _TALL * self.fontMetrics().height())

    def _act(self, event: QKeyEvent) -> Callable[[], None] | None:
        asked = act_of(event)
        if isinstance(asked, Filter):
            return partial(self._presenter.choose_filter, asked)
        return None if asked is None else self._acts()[asked]

    def _acts(self) -> dict[Act, Callable[[], None]]:
        return {
            Act.UNDO: self._undo,
            Act.REDO: self._redo,
            Act.PASTE: self._paste,
            Act.PHOTOS: self._ask_photos,
            Act.HINTS: self._toggle.click,
            Act.SECTION_UP: partial(self._go_by_section, -1),
            Act.SECTION_DOWN: partial(self._go_by_section, 1),
        }

    def _build(self) -> None:
        self._day = QLabel()
        self._day.setObjectName("muted")
        self._chip = StateChip()
        self._saving = QLabel()
        self._saving.setObjectName("muted")
        for part in (self._saving, self._day, self._chip):
            self.head.addWidget(part)
        self._sealed = Notice()
        self._tools = Tools(self._labels)
        self._tools.filter_chosen.connect(lambda name: self._presenter.choose_filter(Filter(name)))
        self._tools.undo_asked.connect(self._undo)
        self._tools.redo_asked.connect(self._redo)
        self._tools.section_asked.connect(self._fill_section)
        self._keys = QLabel(self._labels("scoring.keys"))
        self._keys.setObjectName("caption")
        self._keys.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self._sections, stretch=1)
        left.addWidget(self._keys)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left)
        middle.addWidget(self._form, stretch=1)
        self._hints = HintsPanel(self._labels)
        self._hints.chosen.connect(self._go_to)
        self.body.setSpacing(8)
        self.body.addWidget(self._sealed)
        self.body.addWidget(self._tools)
        self.body.addLayout(middle, stretch=1)
        self.body.addWidget(self._hints)
        self._build_foot()

    def _build_foot(self) -> None:
        self._figures = FiguresBar(self._labels)
        self._at_left.addWidget(self._figures)
        self._toggle = self.add_button(
            "scoring.hints", self._toggle_hints, kind="tool", at_left=True
        )
        self._toggle.setToolTip("Alt+W")
        self._next: QPushButton = self.add_button("scoring.next_open", self._go_on, kind="primary")

    def _wire(self, clause_id: ClauseId, strip: ClauseStrip) -> None:
        presenter = self._presenter
        strip.full.connect(partial(presenter.give_full, clause_id))
        strip.full_by_key.connect(partial(self._on_full_by_key, clause_id))
        strip.section_full.connect(self._fill_section)
        strip.part.connect(partial(presenter.deduct, clause_id))
        strip.absent.connect(partial(presenter.set_absent, clause_id))
        strip.cleared.connect(partial(presenter.clear, clause_id))
        strip.points_typed.connect(partial(presenter.type_points, clause_id))
        strip.reason_typed.connect(partial(presenter.type_reason, clause_id))
        strip.rule_chosen.connect(partial(presenter.follow_rule, clause_id))
        strip.phrase_dropped.connect(partial(presenter.forget_phrase, clause_id))
        strip.source_asked.connect(partial(presenter.cycle_source, clause_id))
        strip.photos_asked.connect(self._ask_photos)
        strip.hazard_asked.connect(partial(self.part_asked.emit, Step.HAZARDS, clause_id))
        strip.dropped.connect(partial(self._attach, clause_id))
        strip.next_asked.connect(self._go_on)
        strip.written.connect(self._go_to_next_open)

    def _show(self, page: Page) -> None:
        is_first = self._page is None
        self._page = page
        self._day.setText(page.day)
        self._chip.show_state(page.state, page.state_word)
        self._show_saving(page.saving)
        self._sealed.tell(page.notice)
        self._model.show(page.sections)
        self._tools.show_page(page, self._presenter.chosen_filter)
        self._form.show_page(page)
        self._figures.show_figures(page.figures)
        self._hints.show_hints(page.hints)
        self._toggle.setText(self._labels("scoring.hints_count", count=len(page.hints)))
        self._toggle.setEnabled(bool(page.hints))
        on = "scoring.to_feedback" if page.is_done else "scoring.next_open"
        self._next.setText(self._labels(on))
        if is_first:
            self.ready.emit()

    def _show_saving(self, saving: str) -> None:
        self._saving.setText(saving)
        self._saving.setProperty("alert", self._presenter.has_unsaved)
        self._saving.style().polish(self._saving)

    def _go_on(self) -> None:
        """Do the default action: the next open clause, or 现场反馈 when there is none."""
        if self._page is not None and self._page.is_done:
            self.step_asked.emit(Step.FEEDBACK)
        else:
            self._go_to_next_open()

    def _go_to_next_open(self) -> None:
        clause_id = self._presenter.next_open(self._form.current)
        if clause_id is None:
            self._presenter.tell_none_left()
        else:
            self._form.go_to(clause_id)

    def _go_to(self, clause_id: str) -> None:
        """Go to a clause, outside the filter if need be."""
        if self._page is not None and clause_id not in self._page.shown:
            self._presenter.choose_filter(Filter.ALL)
        self._form.go_to(ClauseId(clause_id))

    def _go_by_section(self, step: int) -> None:
        if self._page is not None and self._form.current is not None:
            place = self._section_of(self._form.current) + step
            self._go_to_section(min(max(place, 0), self._model.rowCount() - 1))

    def _go_to_section(self, place: int) -> None:
        if self._page is not None:
            clauses = [clause.id for clause in self._page.form.sections[place].clauses]
            inside = (clause_id for clause_id in clauses if clause_id in self._page.shown)
            self._go_to(next(inside, clauses[0]))

    def _section_of(self, clause_id: ClauseId) -> int:
        if self._page is None:
            return 0
        form = self._page.form
        return form.sections.index(form.section_of(clause_id))

    def _fill_section(self) -> None:
        self._form.flush()
        self._presenter.fill_section()
        self._go_to_next_open()

    def _undo(self) -> None:
        self._form.flush()
        self._presenter.undo()

    def _redo(self) -> None:
        self._form.flush()
        self._presenter.redo()

    def _paste(self) -> None:
        if self._form.current is not None:
            self._attach(self._form.current, QGuiApplication.clipboard().mimeData())

    def _attach(self, clause_id: ClauseId, mime: QMimeData) -> None:
        handed = pictures_of(mime)
        for path in handed.paths:
            self._presenter.attach_file(clause_id, path)
        for encode in handed.contents:
            self._presenter.attach_pasted(clause_id, encode)

    def _ask_photos(self) -> None:
        self.step_asked.emit(Step.PHOTOS)

    def _toggle_hints(self) -> None:
        is_shown = self._hints.isHidden() and self._hints.count() > 0
        self._hints.setVisible(is_shown)
        if is_shown:
            self._hints.setFocus()
        elif self._form.current is not None:
            self._form.go_to(self._form.current)

    def _on_full_by_key(self, clause_id: ClauseId) -> None:
        self._presenter.give_full(clause_id)
        self._go_to_next_open()

    def _on_clause_entered(self, clause_id: str) -> None:
        self._sections.setCurrentIndex(self._model.index(self._section_of(ClauseId(clause_id))))
        self._presenter.enter(ClauseId(clause_id))
        if self._page is not None:
            self.place_changed.emit(self._page.card, clause_id)

    def _on_section_chosen(self, index: QModelIndex) -> None:
        self._go_to_section(index.row())

    def _on_settled(self, then: Callable[[], None]) -> None:
        if self._presenter.has_unsaved:
            self.ask_discard("scoring.discard", then)
        else:
            then()
