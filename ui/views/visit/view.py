"""The screen 单位情况: facts and days at the left, people and formalities at the right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.card import CardId
from app.domain.visit import VisitMode
from app.services.desk.intake import scan_of
from ui.steps import Step
from ui.views.visit.facts_grid import FactsGrid
from ui.views.visit.manner_panel import MannerPanel
from ui.views.visit.page import YES, VisitPage
from ui.views.visit.presenter import VisitPresenter
from ui.views.visit.team_panel import TeamPanel
from ui.views.visit.transcript_panel import TranscriptPanel
from ui.widgets.columns import Columns
from ui.widgets.notice import Notice
from ui.widgets.panel import Panel
from ui.widgets.picture_mime import Encode
from ui.widgets.screen import Around, CardScreen

_GAP = 12


class VisitView(CardScreen):
    """Shows a card's header and forwards what is stated; everything is kept as it is typed."""

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("visit.title"))
        self._presenter = VisitPresenter(
            around.runner.bound_to(self),
            around.labels,
            show=self._show,
            tell=around.tell,
            announce=around.announce,
        )
        self._page: VisitPage | None = None
        self._saving = QLabel()
        self._saving.setObjectName("muted")
        self.head.addWidget(self._saving)
        self._sealed = Notice()
        self._facts = FactsGrid(around.labels)
        self._team = TeamPanel(around.labels)
        self._manner = MannerPanel(around.labels)
        self._origin = TranscriptPanel(around.labels)
        self._build()
        self._wire()

    def open(self, card_id: CardId) -> None:
        """Read a card; `ready` follows."""
        self._page = None
        self._presenter.open(card_id)

    def enter(self) -> None:
        """Begin at the first fact that is not known."""
        self._facts.begin()

    def leave(self, then: Callable[[], None]) -> None:
        """Save what was typed, then let go; asks first where something could not be saved."""
        self._flush()
        self._presenter.settle(lambda: self._on_settled(then))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next field with Enter, to the scores with Ctrl+Enter."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._go_on()
        elif isinstance(focused := self.focusWidget(), QPushButton):
            focused.click()
        else:
            self.focusNextChild()
            self._scroll.ensureWidgetVisible(self.focusWidget())

    def _build(self) -> None:
        facts = Panel(self._labels("visit.facts"))
        facts.add_whole(self._facts)
        left = _column(facts, self._origin)
        right = _column(self._team, self._manner)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("form")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(Columns([(left, 1), (right, 1)]))
        self.body.addWidget(self._sealed)
        self.body.addWidget(self._scroll, stretch=1)
        self.add_button("visit.confirm", self._go_on, kind="primary")

    def _wire(self) -> None:
        presenter = self._presenter
        self._facts.typed.connect(presenter.type_fact)
        self._facts.days_typed.connect(presenter.type_dates)
        self._team.named.connect(presenter.name_team)
        self._team.colleague_chosen.connect(presenter.add_colleague)
        self._team.credentials_chosen.connect(
            lambda value: presenter.show_credentials(shown=value == YES)
        )
        self._team.declared.connect(presenter.declare)
        self._manner.hosts_named.connect(presenter.name_hosts)
        self._manner.mode_chosen.connect(lambda mode: presenter.choose_mode(VisitMode(mode)))
        self._manner.photos_chosen.connect(
            lambda value: presenter.allow_photos(allowed=value == YES)
        )

        self._origin.stated.connect(
            lambda is_paper, typed_by, checked_by: presenter.transcribe(
                is_paper=is_paper, typed_by=typed_by, checked_by=checked_by
            )
        )
        self._origin.scan_given.connect(self._on_scan_given)

    def _on_scan_given(self, given: Path | Encode) -> None:
        name = self._labels("visit.scan_pasted")
        self._presenter.attach_paper(partial(scan_of, given, pasted=name))

    def _show(self, page: VisitPage) -> None:
        is_first = self._page is None
        self._page = page
        self._sealed.tell(page.notice)
        self._saving.setText(page.saving)
        self._saving.setProperty("alert", self._presenter.has_unsaved)
        self._saving.style().polish(self._saving)
        self._facts.show_page(page)
        self._team.show_page(page)
        self._manner.show_page(page)
        self._origin.show_page(page)
        if is_first:
            self.ready.emit()

    def _flush(self) -> None:
        for part in (self._facts, self._team, self._manner, self._origin):
            part.flush()

    def _go_on(self) -> None:
        self._flush()
        self._presenter.confirm(lambda: self.step_asked.emit(Step.SCORING))

    def _on_settled(self, then: Callable[[], None]) -> None:
        if self._presenter.has_unsaved:
            self.ask_discard("visit.discard", then)
        else:
            then()


def _column(*panels: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(_GAP)
    for panel in panels:
        layout.addWidget(panel)
    return column
