"""Every screen of the real window, one after the other, each standing still when it is yielded."""

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.rehearsal.chance import SEED, dice
from app.rehearsal.ink import handwriting
from app.services.desk.desk import Desk
from tests.screenshots.season import Season
from ui.labels import Labels
from ui.main_window import MainWindow
from ui.navigation import Navigator
from ui.steps import Place, Step
from ui.tasks import TaskRunner
from ui.views.cards.view import CardsView
from ui.views.scoring.form_area import FormArea
from ui.views.signing.ink_page import InkPage
from ui.views.verifying.view import VerifyingView

T = TypeVar("T", bound=QObject)

SIZE = (1366, 768)
_WELCOME = ("welcome.practice", "welcome.later")
_ABOVE = 64  # pixels
_LAYOUTS = 4  # a wrapped label tells its height only once its width is known, and so on upwards
_ROUNDS = 12  # work that asks for more work: read, draw, read again, one thumbnail after another


class Settling:
    """Waits until every lane has done what was asked for, and what that led to."""

    def __init__(self, runner: TaskRunner, window: QWidget) -> None:
        self._tasks = runner.bound_to(window)

    def __call__(self) -> None:
        """Return once nothing is under way."""
        for _ in range(_ROUNDS):
            back: list[None] = []
            self._tasks.database(_no_work, done=back.append, refused=_refused)
            for lane in (self._tasks.compute, self._tasks.transfer):
                lane(_nothing, done=back.append, refused=_refused)
            while len(back) < 3:
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            QCoreApplication.processEvents()
        for _ in range(_LAYOUTS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            QCoreApplication.processEvents()


class Tour:
    """A window that is led from screen to screen."""

    def __init__(self, runner: TaskRunner, labels: Labels) -> None:
        self._labels = labels
        self.window = MainWindow(runner, labels)
        self._settle = Settling(runner, self.window)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()
        self._wait_for(Navigator)
        self._settle()

    def end(self) -> None:
        """Take the window away; what it asked for is finished."""
        self._settle()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def welcome(self) -> Iterator[str]:
        """Go through the first start of a new workspace."""
        yield "welcome-1"
        for number, key in enumerate(_WELCOME, start=2):
            self._press(key)
            yield f"welcome-{number}"

    def screens(self, season: Season) -> Iterator[str]:
        """Go through the places and the steps of a card; the card stays open at the end."""
        yield "tasks"
        self._press("left_open_hide")
        yield from self._units(season)
        for place in (Place.LEDGER, Place.SENDING, Place.MORE):
            self._navigator.go_to_place(place)
            yield self._standing(place)
        yield from self._verifying(season)
        for step in Step:
            yield from self._step(step, season)
            self._navigator.go_to_place(Place.TASKS)
            self._settle()
        self._navigator.open_card(season.main, Step.SCORING, season.clause)
        self._settle()

    def _units(self, season: Season) -> Iterator[str]:
        cards = self._found(CardsView)
        cards.unit_asked.emit(season.unit)
        yield self._standing("unit")
        cards.sheet_dropped.emit(str(season.sheet))
        yield self._standing("units-import")

    def _verifying(self, season: Season) -> Iterator[str]:
        self._navigator.verify()
        yield self._standing("verify")
        view = self._found(VerifyingView)
        for name, path in {
            "pdf": season.pdf,
            "photo": season.photo,
            "changed": season.changed_pdf,
        }.items():
            view.take(path)
            yield self._standing(f"verify-{name}")

    def _step(self, step: Step, season: Season) -> Iterator[str]:
        if step is not Step.SIGNING:
            clause = season.clause if step is Step.SCORING else ""
            self._navigator.open_card(season.main, step, clause)
            self._settle()
            if step is Step.SCORING:
                self._scroll_to_focus(self._found(FormArea))
            yield self._standing(step)
            return
        self._navigator.open_card(season.signing, step)
        yield self._standing(step)
        self._press("signing.ink")
        page = self._found(InkPage)
        page.pad.show_ink(handwriting("签名", dice(SEED, "pad")))
        yield self._standing("ink")
        page.pad.clear()
        page.close_page()
        self._navigator.go_to_place(Place.TASKS)
        self._settle()
        self._navigator.open_card(season.sealed, step)
        yield self._standing("sealed")

    @staticmethod
    def _scroll_to_focus(area: FormArea) -> None:
        """Bring the clause to the same height, whether its rules came before or after it."""
        clause = QApplication.focusWidget()
        if clause is not None:
            top = clause.mapTo(area.widget(), QPoint(0, 0)).y()
            area.verticalScrollBar().setValue(top - _ABOVE)

    def _press(self, key: str) -> None:
        word = self._labels(key)
        buttons = self.window.findChildren(QPushButton)
        next(each for each in buttons if each.text() == word and each.isVisible()).click()
        self._settle()

    def _standing(self, name: str) -> str:
        self._settle()
        self.window.activateWindow()
        return name

    @property
    def _navigator(self) -> Navigator:
        return self._found(Navigator)

    def _found(self, kind: type[T]) -> T:
        child = self.window.findChild(kind)
        if child is None:
            raise LookupError(kind.__name__)
        return child

    def _wait_for(self, kind: type[Navigator]) -> None:
        while self.window.findChild(kind) is None:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _no_work(desk: Desk) -> None:
    """Do nothing at the desk."""


def _nothing() -> None:
    """Do nothing."""


def _refused(error: Exception) -> None:
    raise error
