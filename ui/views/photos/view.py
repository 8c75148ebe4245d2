"""照片归类: trays at the left, the photo in the middle, the clauses at the right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.domain.card import CardId
from app.domain.form import ClauseId
from app.domain.photo import Shape
from ui.steps import Step
from ui.views.photos.clause_pane import ClausePane
from ui.views.photos.page import Choice, Group, Page
from ui.views.photos.picture_pane import PicturePane
from ui.views.photos.pictures import Pictures
from ui.views.photos.presenter import PhotosPresenter
from ui.views.photos.sources import Sources
from ui.views.photos.tray_pane import TrayPane
from ui.views.photos.typing import Typing
from ui.widgets.notice import Notice
from ui.widgets.picture_marking import Tool
from ui.widgets.picture_mime import may_hold_pictures, pictures_of
from ui.widgets.question import ask
from ui.widgets.screen import Around, CardScreen
from ui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from app.services.desk.desk import Changes
    from app.services.photos.photo_intake import PhotoRoom

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PhotosView(CardScreen):
    """The photos of a card's unit. `card_asked` names another unit's card and this step."""

    card_asked = Signal(str, str)

    def __init__(self, around: Around) -> None:
        labels = around.labels
        super().__init__(around, title=labels("photos.title"))
        self.setAcceptDrops(True)
        tasks = around.runner.bound_to(self)
        self._presenter = PhotosPresenter(
            tasks,
            labels,
            show=self._show,
            tell=around.tell,
            announce=around.announce,
            room_known=self._on_room_known,
        )
        self._sources = Sources(self._presenter, tasks, labels, parent=self)
        self._tray = TrayPane(labels)
        self._picture = PicturePane(labels)
        self._clauses = ClausePane(labels)
        self._pictures = Pictures(
            self._presenter, tasks, labels, tray=self._tray, picture=self._picture
        )
        self._typing = Typing()
        self._page: Page | None = None
        self._first_clause = ""
        self._choices: tuple[Choice, ...] = ()
        self._on_choice: Callable[[Choice], None] = self._go_to_unit
        self._lay_out()
        self._add_buttons()
        self._connect()

    @property
    def page(self) -> Page | None:
        """Return what is shown."""
        return self._page

    def open(self, card_id: CardId) -> None:
        """Show the tray of a card's unit."""
        self.open_at(card_id, "")

    def open_at(self, card_id: CardId, clause: str) -> None:
        """Show the tray and bring a clause into sight."""
        self._page, self._first_clause = None, clause
        self._typing.clear()
        self._clauses.show_clauses()
        self._presenter.open(card_id)

    def enter(self) -> None:
        """Take the focus: to the photos, or to the button that brings some."""
        self._sources.look()
        self._take_focus()

    def leave(self, then: Callable[[], None]) -> None:
        """Keep what is being drawn; asks first where it could not be kept."""
        self._picture.keep()
        self._presenter.settle(partial(self._on_settled, then))

    def note(self, changes: "Changes") -> None:
        """Read again what changed elsewhere."""
        from app.services.desk.desk import Noun

        if not changes.nouns.isdisjoint({Noun.PHOTOS, Noun.CARDS, Noun.UNITS}):
            self._presenter.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """File, repeat, undo and all else by key."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self._presenter.undo()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._sources.paste()
        elif event.matches(QKeySequence.StandardKey.Open):
            self._sources.ask_files()
        elif event.key() in _ENTER:
            self._on_enter()
        elif event.key() == Qt.Key.Key_Delete:
            self._act(self._presenter.unfile)
        elif event.key() == Qt.Key.Key_Backspace:
            self._clear_typed()
        elif event.key() == Qt.Key.Key_Escape and self._stay():
            event.accept()
        elif not self._on_letter(event.text().lower()):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome whatever may be pictures."""
        if may_hold_pictures(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        event.acceptProposedAction()
        self._sources.take(pictures_of(event.mimeData()))

    def _lay_out(self) -> None:
        self._sealed = Notice()
        self._empty = QLabel()
        self._empty.setObjectName("message")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(96, 0, 96, 0)
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._tray)
        row.addWidget(self._picture, stretch=3)
        row.addWidget(self._clauses, stretch=2)
        self._stack = QStackedWidget()
        for page in (self._empty, columns):
            area = QScrollArea()
            area.setObjectName("form")
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            page.setAutoFillBackground(False)
            area.setWidget(page)
            self._stack.addWidget(area)
        self.body.addWidget(self._sealed)
        self.body.addWidget(self._stack, stretch=1)

    def _add_buttons(self) -> None:
        self._location = TickBox(self._labels("photos.remove_location"))
        self._location.setToolTip(self._labels("photos.remove_location_tip"))
        self._at_left.addWidget(self._location)
        self.add_button("photos.undo", self._presenter.undo, at_left=True)
        self.add_button("photos.move", self._ask_move, at_left=True)
        self.add_button("photos.go_to_unit", self._ask_unit, at_left=True)
        others = QMenu(self)
        others.addAction(self._labels("photos.import_folder"), self._sources.ask_folder)
        others.addAction(self._labels("photos.paste"), self._sources.paste)
        others.addAction(self._labels("photos.drop_folder"), self._sources.ask_watched)
        self.add_button("photos.other_sources", self._take_focus).setMenu(others)
        self._import = self.add_button("photos.import", self._sources.ask_files, kind="primary")

    def _connect(self) -> None:
        self._location.clicked.connect(
            lambda checked: self._presenter.set_removes_location(removes=checked)
        )
        self._tray.group_asked.connect(lambda name: self._presenter.show_group(Group(name)))
        self._clauses.clause_chosen.connect(self._on_clause_chosen)
        self._clauses.unit_chosen.connect(self._on_unit_chosen)
        self._clauses.choosing_ended.connect(self._end_choosing)
        self._picture.stopped.connect(self._presenter.importer.stop)
        self._picture.kept.connect(self._on_drawn)
        self._picture.stamped.connect(self._stamp)
        self._picture.marking_ended.connect(self._tray.list.setFocus)

    def _show(self, page: Page) -> None:
        is_first = self._page is None
        self._page = page
        self._typing.codes = page.codes
        self._sealed.tell(page.notice)
        self._location.setChecked(page.removes_location)
        self._sources.watch(Path(page.folder))
        self._empty.setText(self._labels("photos.empty", folder=page.folder))
        is_bare = page.is_empty and not page.progress and not page.refused
        is_turned = self._stack.currentIndex() != int(not is_bare)
        self._stack.setCurrentIndex(int(not is_bare))
        if is_turned and self.isVisible():
            self._take_focus()
        self._picture.show_page(page)
        self._clauses.show_page(page, self._typing.text)
        self._tray.show_page(page)
        if is_first:
            self._clauses.mark(self._first_clause)
            self.ready.emit()

    def _take_focus(self) -> None:
        is_bare = self._stack.currentIndex() == 0
        (self._import if is_bare else self._tray.list).setFocus()

    def _on_letter(self, text: str) -> bool:
        """Do what a typed character stands for; tell whether it stands for anything."""
        strokes: dict[str, Callable[[], None]] = {
            "+": self._typing.also,
            "=": partial(self._picture.zoom, 1),
            "-": partial(self._picture.zoom, -1),
            "/": self._ask_unit,
            "u": self._ask_move,
            "a": partial(self._picture.begin, Tool.ARROW),
            "b": partial(self._picture.begin, Tool.BOX),
            "w": self._stamp,
        }
        stroke = strokes.get(text)
        if text.isascii() and text.isdigit():
            self._on_digit(text)
        elif stroke is not None:
            stroke()
            self._show_typed()
        else:
            return False
        return True

    def _on_digit(self, digit: str) -> None:
        clause = None if self._picture.is_marking else self._typing.digit(digit)
        self._show_typed()
        if clause is not None:
            self._file(clause)

    def _on_enter(self) -> None:
        """Press the button one is at; keep what is drawn; file by the code typed, or as before."""
        clause = self._typing.whole()
        button = self.focusWidget()
        if isinstance(button, QAbstractButton):
            button.click()
        elif self._picture.is_marking:
            self._picture.keep()
        elif clause is not None:
            self._file(clause)
        elif not self._typing.text:
            self._act(self._presenter.file_again)

    def _stay(self) -> bool:
        """End what is being drawn or typed; tell whether there was any."""
        is_busy = self._picture.is_marking or bool(self._typing.text)
        self._picture.end()
        self._clear_typed()
        return is_busy

    def _clear_typed(self) -> None:
        self._typing.clear()
        self._show_typed()

    def _file(self, clause: ClauseId) -> None:
        is_also = self._typing.is_also
        self._typing.clear()
        self._clauses.mark(clause)
        if is_also:
            self._presenter.file_also(clause)
        else:
            self._act(partial(self._presenter.file, clause=clause))

    def _act(self, act: Callable[[tuple[str, ...]], None]) -> None:
        """Act on the selected photos; among the filed ones, where they stay, go to the next."""
        keys, before = self._tray.keys, self._tray.key
        act(keys)
        is_filed = self._page is not None and self._page.group is Group.FILED
        if is_filed and self._tray.key == before and len(keys) == 1:
            self._tray.step(1)

    def _show_typed(self) -> None:
        if self._page is not None:
            self._clauses.show_page(self._page, self._typing.text)

    def _on_clause_chosen(self, clause_id: str) -> None:
        self._file(ClauseId(clause_id))
        self._tray.list.setFocus()

    def _ask_unit(self) -> None:
        self._choose_unit(self._labels("photos.choose_unit"), self._go_to_unit)

    def _ask_move(self) -> None:
        if self._tray.keys:
            move = partial(self._presenter.move, self._tray.keys)
            self._choose_unit(self._labels("photos.choose_tray"), move)

    def _choose_unit(self, title: str, then: Callable[[Choice], None]) -> None:
        """Take the keys for the choice at once, even while the units are still read."""
        self._on_choice = then
        self._clauses.choose_unit(title)
        self._presenter.choices(self._show_choices)

    def _show_choices(self, choices: tuple[Choice, ...]) -> None:
        self._choices = choices
        self._clauses.show_units(tuple(choice.name for choice in choices))

    def _on_unit_chosen(self, place: int) -> None:
        self._end_choosing()
        self._on_choice(self._choices[place])

    def _end_choosing(self) -> None:
        self._clauses.show_clauses()
        self._show_typed()
        self._tray.list.setFocus()

    def _go_to_unit(self, choice: Choice) -> None:
        if choice.card is None:
            self._presenter.show_group(Group.UNCLAIMED)
        else:
            self.card_asked.emit(choice.card, Step.PHOTOS)

    def _on_room_known(self, room: "PhotoRoom") -> None:
        self._pictures.use(room)

    def _on_drawn(self, key: str, shapes: tuple[Shape, ...]) -> None:
        back = partial(self._picture.take_up, key, shapes)
        self._presenter.mark(key, shapes, refused=back)

    def _on_settled(self, then: Callable[[], None]) -> None:
        if not self._picture.holds_refused:
            then()
            return
        ask(
            self,
            self._labels("photos.discard"),
            yes=self._labels("discard"),
            no=self._labels("stay"),
            then=partial(self._on_given_up, then),
        )

    def _on_given_up(self, then: Callable[[], None]) -> None:
        self._picture.forget()
        then()

    def _stamp(self) -> None:
        self._presenter.stamp(self._tray.key)
