"""The window: which screen is shown, and how one gets from one to the other. Nothing else."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.widgets.message_page import MessagePage
from ui.widgets.notice import Notice

if TYPE_CHECKING:  # the screens and the services behind them are imported after the first paint
    from app.services.desk import Changes, Desk
    from ui.views.cards.view import CardsView
    from ui.views.scoring.view import ScoringView
    from ui.views.unit.view import UnitView

_SIZE = (1200, 720)
_SMALLEST = (960, 600)


class Screen(Protocol):
    """What the window asks of every screen."""

    def enter(self) -> None:
        """Take the focus and show what is kept now."""
        ...

    def leave(self, then: Callable[[], None]) -> None:
        """Save what is open and call `then`; do not call it when the person stays."""
        ...


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, runner: TaskRunner, labels: Labels) -> None:
        super().__init__()
        self._runner = runner
        self._labels = labels
        self._tasks = runner.bound_to(self)
        self._screen: Screen | None = None
        self._is_painted = False
        self._may_close = False
        self._message = MessagePage(again=labels("again"))
        self._message.asked_again.connect(self._open)
        self._message.wait(labels("opening"))
        self._build()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Open the workspace once the window has been seen."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self._open)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once what was typed is saved."""
        if self._screen is None or self._may_close:
            event.accept()
        else:
            event.ignore()
            self._screen.leave(self._close)

    def _build(self) -> None:
        self.setWindowTitle(self._labels("title"))
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_SIZE)
        self._back = QPushButton(self._labels("back"))
        self._back.setObjectName("back")
        self._back.setShortcut(QKeySequence(QKeySequence.StandardKey.Back))
        self._back.clicked.connect(self._go_back)
        self._back.hide()
        brand = QLabel(self._labels("title"))
        brand.setObjectName("brand")
        self._rehearsal = QLabel(self._labels("rehearsal"))
        self._rehearsal.setObjectName("rehearsal")
        self._rehearsal.hide()
        bar = QFrame()
        bar.setObjectName("bar")
        top = QHBoxLayout(bar)
        top.setContentsMargins(24, 0, 24, 0)
        top.setSpacing(16)
        top.addWidget(brand)
        top.addWidget(self._back)
        top.addStretch()
        top.addWidget(self._rehearsal, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._notice = Notice()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._message)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._notice)
        layout.addWidget(self._stack, stretch=1)
        self.setCentralWidget(content)

    def _open(self) -> None:
        self._message.wait(self._labels("opening"))
        self._tasks.database(_is_rehearsal, done=self._on_opened, refused=self._on_unopened)

    def _on_opened(self, is_rehearsal: bool) -> None:  # noqa: FBT001 - the answer of a task
        self._rehearsal.setVisible(is_rehearsal)
        if is_rehearsal:
            self.setWindowTitle(self._labels("title_rehearsal"))
        self._add_screens()
        self._show(self._cards)

    def _on_unopened(self, refusal: AppError) -> None:
        self._message.refuse(self._labels.refusal(refusal))

    def _add_screens(self) -> None:
        from ui.views.cards.view import CardsView
        from ui.views.scoring.view import ScoringView
        from ui.views.unit.view import UnitView

        runner, labels, tell, announce = (
            self._runner,
            self._labels,
            self._notice.tell,
            self._announce,
        )
        self._cards: CardsView = CardsView(runner, labels, tell=tell, announce=announce)
        self._unit: UnitView = UnitView(runner, labels, tell=tell, announce=announce)
        self._scoring: ScoringView = ScoringView(runner, labels, tell=tell, announce=announce)
        for screen in (self._cards, self._unit, self._scoring):
            self._stack.addWidget(screen)
        self._cards.card_asked.connect(self._scoring.open)
        self._cards.unit_asked.connect(self._unit.open)
        self._cards.new_unit_asked.connect(self._unit.open_new)
        self._unit.ready.connect(partial(self._show, self._unit))
        self._unit.saved.connect(self._on_unit_saved)
        self._unit.left.connect(self._go_back)
        self._scoring.ready.connect(partial(self._show, self._scoring))
        self._scoring.left.connect(self._go_back)

    def _show(self, screen: "CardsView | UnitView | ScoringView") -> None:
        self._screen = screen
        self._notice.tell("")
        self._back.setVisible(screen is not self._cards)
        self._stack.setCurrentWidget(screen)
        screen.enter()

    def _go_back(self) -> None:
        if self._screen is not None:
            self._screen.leave(partial(self._show, self._cards))

    def _on_unit_saved(self, sentence: str) -> None:
        self._show(self._cards)
        self._notice.tell(sentence)

    def _announce(self, changes: "Changes") -> None:
        self._cards.note(changes)

    def _close(self) -> None:
        self._may_close = True
        QTimer.singleShot(0, self.close)  # Qt ignores it while it asks whether to close


def _is_rehearsal(desk: "Desk") -> bool:
    return desk.workspace.rehearsal
