"""The window: opens the workspace after its first paint, frames the screens, closes when saved."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.errors import AppError
from ui.labels import Labels
from ui.steps import Place, Step
from ui.tasks import TaskRunner
from ui.widgets.message_page import MessagePage

if TYPE_CHECKING:  # the screens and the services behind them are imported after the first paint
    from app.services.desk.desk import Changes, Desk
    from app.services.keys.session import OpenedKeys
    from app.services.workplace.opening import Opening
    from app.services.workplace.whereabouts import Whereabouts
    from ui.navigation import Navigator
    from ui.widgets.screen import Around

_SIZE = (1280, 720)
_SMALLEST = (960, 560)
_PATIENCE_MS = 400  # for what is under way when the window is closed, before it is told


class MainWindow(QMainWindow):
    """The one window of the program.

    `restyle_asked` carries the `Preferences` a person wants; `closed` that all is saved and done.
    """

    restyle_asked = Signal(object)
    closed = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        labels: Labels,
        *,
        begin_at: Place = Place.TASKS,
        files: tuple[Path, ...] = (),
        keys: "OpenedKeys | None" = None,
    ) -> None:
        super().__init__()
        self._runner = runner
        self._labels = labels
        self._begin_at = begin_at
        self._files = files
        self._keys = keys
        self._tasks = runner.bound_to(self)
        self._navigator: Navigator | None = None
        self._is_painted = False
        self._may_close = False
        self._is_finishing = self._is_told = False
        self._message = MessagePage(again=labels("again"))
        self._message.asked_again.connect(self._open)
        self._message.wait(labels("opening"))
        self._build()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Open the workspace once the window has been seen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self._on_painted)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once what was typed is saved and what is under way has come to its end."""
        if self._navigator is None or self._may_close:
            event.accept()
            self.closed.emit()
        else:
            event.ignore()
            self.leave(self._close)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that no screen takes for itself."""
        if self._navigator is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring files to where they are looked into."""
        urls = event.mimeData().urls()
        files = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
        if files:
            self._navigator_now.take_files(files)

    def leave(self, then: Callable[[], None]) -> None:
        """Save what is open, then go on; the person may stay."""
        if self._navigator is None:
            then()
        else:
            self._navigator.leave(then)

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.setWindowTitle(self._labels("title"))
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_SIZE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._message)
        content = QWidget()
        self._bands = QVBoxLayout(content)
        self._bands.setContentsMargins(0, 0, 0, 0)
        self._bands.setSpacing(0)
        self._bands.addWidget(self._stack, stretch=1)
        self.setCentralWidget(content)

    def _furnish(self) -> None:
        """Put the bands above the screens, which the first paint does not wait for."""
        from ui.widgets.header_bar import HeaderBar
        from ui.widgets.left_open_bar import LeftOpenBar
        from ui.widgets.notice import Notice
        from ui.widgets.step_bar import StepBar

        self._header: HeaderBar = HeaderBar(self._labels)
        self._notice: Notice = Notice()
        self._left_open: LeftOpenBar = LeftOpenBar(self._labels)
        self._step_bar: StepBar = StepBar(self._labels)
        bands = (self._header, self._step_bar, self._notice, self._left_open)
        for place, band in enumerate(bands):
            self._bands.insertWidget(place, band)

    def _on_painted(self) -> None:
        self._furnish()
        self._open()

    def _open(self) -> None:
        self._message.wait(self._labels("opening"))
        self._tasks.database(_look_around, done=self._on_opened, refused=self._on_unopened)

    def _on_unopened(self, refusal: AppError) -> None:
        self._message.refuse(self._labels.refusal(refusal))

    def _on_opened(self, opening: "Opening") -> None:
        from app.services.keys.session import OpenedKeys
        from ui.navigation import Navigator
        from ui.widgets.screen import Around

        around = Around(
            runner=self._runner,
            labels=self._labels,
            tell=self._notice.tell,
            announce=self._announce,
            keys=self._keys or OpenedKeys(),
        )
        self._navigator = navigator = Navigator(self._stack, around)
        navigator.place_shown.connect(self._header.show_place)
        navigator.place_shown.connect(self._step_bar.show_step)
        navigator.unit_shown.connect(self._step_bar.show_unit)
        navigator.unit_shown.connect(self._on_unit_shown)
        navigator.restyle_asked.connect(self.restyle_asked)
        self._header.place_asked.connect(navigator.go_to_place)
        self._step_bar.step_asked.connect(navigator.go_to_step)
        self._left_open.asked.connect(self._on_left_open_asked)
        for keys, steps in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self, partial(navigator.step_by, steps))
        self._header.show_rehearsal(is_rehearsal=opening.rehearsal)
        if opening.rehearsal:
            self.setWindowTitle(self._labels("title_rehearsal"))
        if opening.is_new:
            self._welcome(navigator, around)
        elif opening.clock is not None:
            self._ask_about_clock(opening)
        else:
            self._begin(opening)

    def _welcome(self, navigator: "Navigator", around: "Around") -> None:
        from ui.views.welcome.view import WelcomeView

        welcome = WelcomeView(around)
        welcome.finished.connect(self._on_welcomed)
        navigator.show(welcome)

    def _on_welcomed(self) -> None:
        self._tasks.database(_look_around, done=self._begin, refused=self._on_unopened)

    def _ask_about_clock(self, opening: "Opening") -> None:
        from ui.widgets.question import ask

        now, last = opening.clock or ("", "")
        ask(
            self,
            self._labels("clock_behind", now=now, last=last),
            yes=self._labels("clock_is_right"),
            no=self._labels("quit"),
            then=partial(self._begin, opening),
            otherwise=self.close,
        )

    def _begin(self, opening: "Opening") -> None:
        self._header.show_rehearsal(is_rehearsal=opening.rehearsal)
        self._header.set_ready(is_ready=True)
        # the file beside the database may be of another version, or damaged
        known = [card for card in opening.left_open if card.where.step in list(Step)]
        self._left_open.show_cards(tuple(known))
        self._navigator_now.go_to_place(self._begin_at)
        if self._files:
            self._navigator_now.take_files(self._files)

    def _on_unit_shown(self, name: str) -> None:
        if name:  # whoever is at work again need not be reminded
            self._left_open.hide()

    def _on_left_open_asked(self, where: "Whereabouts") -> None:
        self._navigator_now.open_card(where.card, where.step, where.clause)

    def _announce(self, changes: "Changes") -> None:
        self._navigator_now.note(changes)

    @property
    def _navigator_now(self) -> "Navigator":
        if self._navigator is None:
            raise RuntimeError("the workspace is not open yet")
        return self._navigator

    def _close(self) -> None:
        if self._runner.is_idle or self._is_told:  # who asks twice does not wait; work goes on
            self._may_close = True
            QTimer.singleShot(0, self.close)  # Qt ignores it while it asks whether to close
        elif not self._is_finishing:
            self._is_finishing = True
            QTimer.singleShot(_PATIENCE_MS, self._tell_finishing)
            self._runner.when_idle(self._on_finished)

    def _tell_finishing(self) -> None:
        self._is_told = self._is_finishing
        if self._is_finishing:
            self._notice.tell(self._labels("finishing"))

    def _on_finished(self) -> None:
        self._is_finishing = self._is_told = False
        self.close()  # something may have been typed meanwhile


def _look_around(desk: "Desk") -> "Opening":
    from app.services.workplace.opening import look_around

    return look_around(desk)
