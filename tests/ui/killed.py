"""A program made to be killed: it scores by key in the real window until it is.

`python -m tests.ui.killed HOME` prints, a line each: `resumed CLAUSE` (where it went on),
`press CLAUSE KIND` before a key, `saved CLAUSE KIND` once the window said so, and `at CLAUSE`
where the focus then is.
"""

import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.services.desk.desk import open_desk
from app.text.catalogue import Language, translator
from db.workspace import open_workspace
from tests.forms import RESOURCES
from ui.labels import Labels
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.theme import dress
from ui.views.scoring.clause_strip import ClauseStrip
from ui.widgets.step_bar import StepBar

_BEAT_MS = 5
_KEYS = {"full": Qt.Key.Key_F, "open": Qt.Key.Key_Delete}


class Driver:
    """Presses a key whenever the window says that everything before is saved."""

    def __init__(self, window: MainWindow, labels: Labels) -> None:
        self._window = window
        self._labels = labels
        self._pressed: tuple[str, str] | None = None
        self._is_resumed = False
        self._marked: dict[str, str] = {}

    def beat(self) -> None:
        """Do what a person would do next."""
        here = strip_of(QApplication.focusWidget())
        if here is None:
            self._begin()
        elif not self._is_resumed:
            self._is_resumed = True
            tell("resumed", number_of(here))
            tell("at", number_of(here))
        elif self._is_saved():
            self._go_on(here)

    def _begin(self) -> None:
        for button in self._window.findChildren(QPushButton):
            if button.isVisible() and button.accessibleName().startswith(
                self._labels("left_open_go_on")
            ):
                button.click()
                return
        focus = QApplication.focusWidget()
        if focus is None or self._is_resumed:
            return
        is_at_card = any(bar.isVisible() for bar in self._window.findChildren(StepBar))
        QTest.keyClick(focus, Qt.Key.Key_F3 if is_at_card else Qt.Key.Key_Return)

    def _go_on(self, here: ClauseStrip) -> None:
        if self._pressed is not None:
            tell("saved", *self._pressed)
        text = number_of(here)
        kind = "open" if self._marked.get(text) == "full" else "full"
        self._marked[text] = kind
        self._pressed = (text, kind)
        tell("press", text, kind)
        QTest.keyClick(here, _KEYS[kind])
        now = strip_of(QApplication.focusWidget())
        tell("at", text if now is None else number_of(now))

    def _is_saved(self) -> bool:
        saved = self._labels("scoring.saved")
        labels = self._window.findChildren(QLabel)
        return any(label.text() == saved and label.isVisible() for label in labels)


def strip_of(widget: QWidget | None) -> ClauseStrip | None:
    """Return the clause a widget belongs to."""
    while widget is not None and not isinstance(widget, ClauseStrip):
        widget = widget.parentWidget()
    return widget


def number_of(strip: ClauseStrip) -> str:
    """Return the number a clause is read aloud with."""
    return strip.accessibleName().split()[0]


def tell(*words: str) -> None:
    """Print a line at once."""
    sys.stdout.write("\t".join(words) + "\n")
    sys.stdout.flush()


def end(fault: Exception) -> None:
    """Tell a fault of the program and end: the test hears a line it does not know."""
    tell(repr(fault))
    sys.exit(1)


def main(home: Path) -> None:
    """Run until killed."""
    application = QApplication(sys.argv[:1])
    dress(application, RESOURCES)
    labels = Labels(translator(Language.CHINESE, RESOURCES))
    runner = TaskRunner(
        partial(open_desk, open_workspace, home, resources=RESOURCES), on_fault=end
    )
    window = MainWindow(runner, labels)
    window.show()
    driver = Driver(window, labels)
    timer = QTimer(interval=_BEAT_MS)
    timer.timeout.connect(driver.beat)
    timer.start()
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
