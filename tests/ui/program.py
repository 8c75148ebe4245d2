"""The program as a person drives it: the real window on a real workspace, by keys and clicks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.services.desk.desk import Desk
from ui.labels import Labels
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.widgets.filter_field import FilterField
from ui.widgets.step_bar import StepBar

OpenDesk = Callable[[], Desk]
SIZE = (1366, 768)
_FARTHEST = 40  # presses to anything on a screen
FIRST_CLAUSE, SECOND_CLAUSE, THIRD_CLAUSE = "竞赛组织机构健全", "主要领导任", "竞赛活动有计划"


class Program:
    """A running program, driven as a person drives it.

    `presses` counts the keys pressed, `written` the letters typed or composed.
    """

    def __init__(self, qtbot: QtBot, runner: TaskRunner, labels: Labels) -> None:
        self._qtbot = qtbot
        self.runner = runner
        self.presses = self.written = 0
        self.window = MainWindow(runner, labels)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()  # where no window manager gives the focus

    def press(self, *keys: Qt.Key | QKeyCombination | str) -> None:
        for key in keys:
            widget = QApplication.focusWidget()
            assert widget is not None
            if isinstance(key, str):
                self.written += len(key)
                QTest.keyClicks(widget, key)
                continue
            self.presses += 1
            if isinstance(key, QKeyCombination):
                QTest.keyClick(widget, key.key(), key.keyboardModifiers())
            else:
                QTest.keyClick(widget, key)

    def press_until(self, key: Qt.Key, name: str) -> None:
        """Press a key, Tab or an arrow, until the focus is on what has a name."""
        passed: list[str] = []
        while not self.focus_is_on(name):
            assert len(passed) < _FARTHEST, (name, passed)
            self.press(key)
            widget = QApplication.focusWidget()
            passed.append("" if widget is None else spoken(widget))

    def write(self, text: str) -> None:
        """Write Chinese, as an input method hands it over."""
        widget = QApplication.focusWidget()
        assert widget is not None
        self.written += len(text)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)

    def name_file(self, path: Path) -> None:
        """Type a path into the dialog that asks for a file or folder, and confirm."""
        self.wait(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
        (self.press if str(path).isascii() else self.write)(str(path))
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: self.window.findChild(QFileDialog) is None)
        self.window.activateWindow()  # a window manager does it by itself
        self.wait(lambda: self.window.isActiveWindow() and QApplication.focusWidget() is not None)

    def compose(self, text: str) -> None:
        """Show a composition that is not committed yet, as an input method does."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QApplication.sendEvent(widget, QInputMethodEvent(text, []))

    def button(self, name: str) -> QPushButton:
        """Return the button of a name, or of what its name begins with."""
        return next(
            button
            for button in self.window.findChildren(QPushButton)
            if spoken(button).startswith(name) and button.isVisible()
        )

    def offers(self, name: str) -> bool:
        """Tell whether a button of this name can be pressed."""
        buttons = self.window.findChildren(QPushButton)
        return any(each.text() == name and each.isVisible() for each in buttons)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def figure(self, caption: str) -> str:
        """Return the number shown under a caption."""
        for frame in self.window.findChildren(QWidget):
            if frame.accessibleName() == caption:
                labels = frame.findChildren(QLabel)
                return labels[-1].text()
        return ""

    def reads(self, text: str) -> bool:
        """Tell whether a text can be read on the screen."""
        labels = self.window.findChildren(QLabel)
        return any(text in label.text() and label.isVisible() for label in labels)

    def focus_is_on(self, name: str) -> bool:
        widget = QApplication.focusWidget()
        return widget is not None and name in spoken(widget)

    def wait(self, happened: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(happened, timeout=10_000)

    def marked_step(self) -> str:
        """Return the name of the step that is marked in the bar, '' while no card is open."""
        bar = self.window.findChild(StepBar)
        if bar is None or not bar.isVisible():
            return ""
        buttons = bar.findChildren(QPushButton)
        return next((button.text() for button in buttons if button.isChecked()), "")

    def drop(self, path: Path) -> None:
        """Drop a file onto the window."""
        files = QMimeData()
        files.setUrls([QUrl.fromLocalFile(str(path))])
        here, action = QPointF(10, 10), Qt.DropAction.CopyAction
        button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDropEvent(here, action, files, button, key)
        self.window.dropEvent(event)

    def wait_for_step(self, name: str) -> None:
        self.wait(lambda: self.marked_step() == name)

    def wait_to_read(self, text: str) -> None:
        self.wait(lambda: self.reads(text))

    def wait_for_list(self) -> None:
        """Wait until the list of 考核任务 shows something and has the focus."""
        self.wait(lambda: isinstance(QApplication.focusWidget(), FilterField))
        self.wait(lambda: self.reads("共 "))

    def open_scoring(self) -> None:
        """Open the first card of the list and go to its clauses."""
        self.wait_for_list()
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: bool(self.marked_step()))
        self.press(Qt.Key.Key_F3)
        self.wait(lambda: self.marked_step() == "考核评分")


@contextmanager
def running(qtbot: QtBot, open_desk: OpenDesk, labels: Labels) -> Iterator[Program]:
    """Run the program, and close its window as a person does."""
    faults: list[Exception] = []
    runner = TaskRunner(open_desk, on_fault=faults.append)
    try:
        program = Program(qtbot, runner, labels)
        yield program
        program.window.close()
        program.wait(lambda: not program.window.isVisible())
        # What lives on is dressed again by every later test that dresses the application.
        program.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    finally:
        runner.close()
    assert faults == []


def spoken(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QPushButton | QLineEdit) else ""
    return widget.accessibleName() or text
