"""The screen 隐患与建议: hazards at the left, the one in hand at the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.card import CardId
from app.domain.evidence import Sha256
from app.domain.form import ClauseId
from app.domain.hazard import Act, Field, Side
from app.services.desk.desk import Changes, Noun
from ui.models.hazards import HazardLine, HazardModel
from ui.steps import Step
from ui.views.hazards.hazard_list import HazardListView
from ui.views.hazards.page import Page
from ui.views.hazards.presenter import HazardsPresenter
from ui.views.hazards.sheet import HazardSheet
from ui.views.hazards.step_strip import StepStrip
from ui.widgets.screen import Around, CardScreen

_CONCERN = frozenset({Noun.HAZARDS, Noun.CARDS, Noun.UNITS})
_LIST_SHARE, _SHEET_SHARE = 3, 8


class HazardsView(CardScreen):
    """Shows hazards and forwards what is asked for."""

    def __init__(self, around: Around) -> None:
        super().__init__(around, title=around.labels("hazards.title"))
        self._presenter = HazardsPresenter(
            around.runner.bound_to(self),
            around.labels,
            show=self._show,
            opened=self.ready.emit,
            begun=self._on_begun,
            tell=around.tell,
            announce=self._announce,
        )
        self._card_id: CardId | None = None
        self._to_print = ""
        self._is_stale = False
        self._is_announcing = False
        self._model = HazardModel(self)
        self._list = HazardListView(self._model, name=around.labels("hazards.list"))
        self._sheet = HazardSheet(around.labels)
        self._steps = StepStrip(around.labels)
        self._build()
        self._connect()

    def open(self, card_id: CardId) -> None:
        """Show the hazards of a card's unit."""
        self._card_id = card_id
        self._is_stale = False
        self._presenter.open(card_id)

    def open_at(self, card_id: CardId, clause: str) -> None:
        """Show the hazards of a card's unit, and raise one from a clause if there is any."""
        if clause:
            self.raise_from(card_id, ClauseId(clause))
        else:
            self.open(card_id)

    def raise_from(self, card_id: CardId, clause: ClauseId) -> None:
        """Show the hazards of a card's unit and a blank one raised from a clause."""
        self._card_id = card_id
        self._is_stale = False
        self._presenter.raise_from(card_id, clause)

    def open_all(self) -> None:
        """Show what is left to be done over all units, overdue ones first."""
        self._is_stale = False
        self._presenter.open_all()

    def enter(self) -> None:
        """Begin in the list, or in the blank hazard; read again what changed elsewhere."""
        if self._is_stale:
            self._is_stale = False
            self._presenter.read_again()
        if self._presenter.is_blank:
            self._sheet.begin()
        elif self._model.rowCount():
            self._list.setFocus()
        else:
            self._new.setFocus()

    def leave(self, then: Callable[[], None]) -> None:
        """Save what is being typed; ask where something refused would be lost."""
        self._sheet.flush()
        self._presenter.settle(lambda: self._on_settled(then))

    def note(self, changes: Changes) -> None:
        """Read again on entering what another screen changed."""
        if not self._is_announcing and changes.nouns & _CONCERN:
            self._is_stale = True

    def _announce(self, changes: Changes) -> None:
        """Tell the other screens; what this one did itself it has shown already."""
        self._is_announcing = True
        self._around.announce(changes)
        self._is_announcing = False

    def _build(self) -> None:
        labels = self._labels
        self._summary = QLabel()
        self._summary.setObjectName("muted")
        self.head.addWidget(self._summary)
        note = QLabel(labels("hazards.no_points"))
        note.setObjectName("muted")
        note.setWordWrap(True)
        scroll = QScrollArea()
        scroll.setObjectName("form")
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet.setObjectName("content")
        scroll.setWidget(self._sheet)
        right = QWidget()
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(scroll, stretch=1)
        layout.addWidget(self._steps)
        empty = QLabel(labels("hazards.empty"))
        empty.setObjectName("message")
        empty.setWordWrap(True)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(right)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self._list, stretch=_LIST_SHARE)
        both.addWidget(self._stack, stretch=_SHEET_SHARE)
        self.body.addWidget(note)
        self.body.addLayout(both, stretch=1)
        self._switch = self.add_button("hazards.all", self._on_switch, at_left=True)
        self._print = self.add_button("hazards.print", self._on_print)
        self._print.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self._print.setToolTip(labels("hazards.print_hint"))
        self._new = self.add_button("hazards.new", self._on_new, kind="primary")
        self._new.setShortcut(QKeySequence(QKeySequence.StandardKey.New))

    def _connect(self) -> None:
        presenter, sheet = self._presenter, self._sheet
        self._list.selectionModel().currentChanged.connect(self._on_chosen)
        self._list.activated.connect(lambda _: sheet.begin())
        sheet.written.connect(lambda id_, name, typed: presenter.write(id_, Field(name), typed))
        sheet.field_left.connect(lambda id_, name: presenter.finish(id_, Field(name)))
        sheet.deadline_chosen.connect(presenter.set_deadline)
        sheet.files_given.connect(self._on_files_given)
        sheet.picture_given.connect(self._on_picture_given)
        sheet.photo_removed.connect(self._on_photo_removed)
        sheet.photo_toggled.connect(lambda sha256: presenter.toggle_photo(Sha256(sha256)))
        self._steps.step_asked.connect(self._on_step_asked)

    def _show(self, page: Page) -> None:
        is_all = not self._presenter.is_of_one_unit
        self._heading.setText(self._labels("place.ledger" if is_all else "hazards.title"))
        self.show_about(page.about)
        self._summary.setText(page.summary)
        self._new.setEnabled(page.may_raise)
        self._to_print = page.to_print
        self._print.setVisible(self._presenter.is_of_one_unit)
        self._print.setEnabled(bool(page.to_print))
        self._switch.setText(self._labels("hazards.of_unit" if is_all else "hazards.all"))
        self._switch.setVisible(not is_all or self._card_id is not None)
        was_empty = not self._model.rowCount()
        self._model.show(page.lines)
        row = -1 if page.sheet is None else self._model.row(page.sheet.id)
        self._list.setCurrentIndex(self._model.index(row))
        self._list.viewport().update()
        self._list.setVisible(bool(page.lines))
        if was_empty and page.lines and self._new.hasFocus():  # entered before it was read
            self._list.setFocus()
        self._stack.setCurrentIndex(0 if page.sheet is None else 1)
        if page.sheet is not None:
            self._sheet.show_sheet(page.sheet)
            self._steps.show_sheet(page.sheet)

    def _on_chosen(self, index: QModelIndex) -> None:
        line = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(line, HazardLine):
            self._presenter.select(line.key)

    def _on_new(self) -> None:
        self._sheet.flush()
        self._presenter.begin()

    def _on_print(self) -> None:
        self._sheet.flush()
        self.part_asked.emit(Step.PRINTING, self._to_print)

    def _on_begun(self) -> None:
        self._sheet.begin()

    def _on_switch(self) -> None:
        self._sheet.flush()
        if self._presenter.is_of_one_unit:
            self.open_all()
        elif self._card_id is not None:
            self.open(self._card_id)

    def _on_files_given(self, side: str, files: list[Path]) -> None:
        self._presenter.add_files(Side(side), files)

    def _on_picture_given(self, side: str, encode: Callable[[], bytes]) -> None:
        self._presenter.add_pasted(Side(side), encode)

    def _on_photo_removed(self, side: str, sha256: str) -> None:
        self._presenter.remove_photo(Side(side), Sha256(sha256))

    def _on_step_asked(self, act: str, remark: str) -> None:
        self._sheet.flush()
        self._presenter.take_step(Act(act), remark)

    def _on_settled(self, then: Callable[[], None]) -> None:
        if not (self._presenter.has_unsaved or self._steps.has_remark):
            then()
            return
        self.ask_discard("hazards.discard", lambda: self._on_given_up(then))

    def _on_given_up(self, then: Callable[[], None]) -> None:
        self._presenter.give_up()
        self._steps.forget()
        then()
