"""Starts the window: input method, faces, lanes, first paint; ends when everything is saved."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from app.services.desk.system import default_home
from app.services.keys.session import OpenedKeys
from app.services.workplace.preferences import Preferences, read_preferences
from app.text.catalogue import Language, translator
from ui.labels import Labels
from ui.log import keep_log
from ui.main_window import MainWindow
from ui.steps import Place
from ui.tasks import TaskRunner
from ui.theme import FAMILY, Look, dress

if TYPE_CHECKING:  # needed after the first paint only
    from app.ports import OpenWorkspace
    from app.services.desk.desk import Desk
    from ui.widgets.fault_box import FaultBox

# Seconds a lane may compute before the others get their turn: a tenth of Python's own, so that a
# stroke is saved in time while a PDF is drawn.
_TURN = 0.0005
_IM_VARIABLE = "QT_IM_MODULE"
_IM_HINTS = (_IM_VARIABLE, "XMODIFIERS", "GTK_IM_MODULE")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What the command line asks for; None where it says nothing."""

    home: Path | None
    language: Language | None
    files: tuple[Path, ...]


def run(arguments: Sequence[str], *, open_workspace: "OpenWorkspace", resources: Path) -> int:
    """Show the window on a workspace until it is closed, and return the exit code.

    `--home` names the workspace's folder and `--lang` the language; what else is named are files
    to take in. Misuse exits with 2.
    """
    asked = _parse(arguments)
    home = asked.home or default_home()
    keep_log(home)
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    os.environ.update(input_method(os.environ, plugins / "platforminputcontexts"))
    sys.setswitchinterval(_TURN)
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)  # one window takes the place of another
    preferences = read_preferences(home)
    if asked.language is not None:
        preferences = replace(preferences, language=asked.language)
    program = _Program(application, resources, home=home, open_workspace=open_workspace)
    sys.excepthook = program.show_fault
    try:
        program.show(preferences, files=asked.files)
        return application.exec()
    finally:
        program.close()
        sys.excepthook = sys.__excepthook__


class _Program:
    """One window after another over the same lanes, as language and look are chosen."""

    def __init__(
        self,
        application: QApplication,
        resources: Path,
        *,
        home: Path,
        open_workspace: "OpenWorkspace",
    ) -> None:
        self._application = application
        self._resources = resources
        self._home = home
        self._runner = TaskRunner(
            partial(_open_desk, open_workspace, home, resources), on_fault=self._tell_fault
        )
        self._labels: Labels | None = None
        self._keys = OpenedKeys()
        self._faults: FaultBox | None = None
        self._window: MainWindow | None = None

    def show(
        self,
        preferences: Preferences,
        *,
        begin_at: Place = Place.TASKS,
        files: tuple[Path, ...] = (),
    ) -> None:
        """Show a window as a person likes it, in the place of the one before."""
        labels = Labels(translator(preferences.language, self._resources))
        look = Look(preferences.look)
        dress(self._application, self._resources, look=look, scale=preferences.scale)
        self._labels, self._faults = labels, None
        before = self._window
        self._window = window = MainWindow(
            self._runner, labels, begin_at=begin_at, files=files, keys=self._keys
        )
        window.restyle_asked.connect(self._restyle)
        window.closed.connect(self._application.quit)
        if before is None:
            window.show()
            return
        window.setGeometry(before.geometry())
        window.setWindowState(before.windowState())
        window.show()
        before.hide()
        self._runner.when_idle(before.deleteLater)  # it may still be storing what it read

    def show_fault(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        """Fulfil `sys.excepthook`: Qt calls it for an exception in a slot, and goes on."""
        del kind, trace
        self._tell_fault(fault)

    def close(self) -> None:
        """Finish what is under way and give the workspace back."""
        self._runner.close()

    def _restyle(self, preferences: Preferences) -> None:
        if self._window is not None:
            self._window.leave(partial(self._restyled, preferences))

    def _restyled(self, preferences: Preferences) -> None:
        self.show(preferences, begin_at=Place.MORE)

    def _tell_fault(self, fault: BaseException) -> None:
        if self._faults is None and self._labels is not None:
            from ui.widgets.fault_box import FaultBox

            self._faults = FaultBox(self._labels)
        if self._faults is not None:
            self._faults.show(fault)


def check_window(resources: Path) -> None:
    """Paint the window off the screen in our own face: the self-test of a built program.

    Raises:
        RuntimeError: the face was not loaded, or nothing was painted.

    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    dress(application, resources)
    if FAMILY not in QFontDatabase.families():
        raise RuntimeError(f"{FAMILY} was not loaded")
    faults: list[Exception] = []
    runner = TaskRunner(_no_desk, on_fault=faults.append)
    window = MainWindow(runner, Labels(translator(Language.CHINESE, resources)))
    is_painted = not window.grab().isNull()
    runner.close()
    if faults or not is_painted:
        raise RuntimeError(f"the window cannot be painted: {faults}")


def input_method(environment: Mapping[str, str], plugins: Path) -> dict[str, str]:
    """Return what to set so that Chinese can be typed under fcitx.

    Qt's wheels carry no fcitx plugin but one for ibus, and fcitx 5 speaks ibus too.
    """
    is_fcitx = any("fcitx" in environment.get(name, "") for name in _IM_HINTS)
    if not is_fcitx or any(plugins.glob("*fcitx*")):
        return {}
    return {_IM_VARIABLE: "ibus"}


def _parse(arguments: Sequence[str]) -> _Asked:
    parser = argparse.ArgumentParser(prog="ankang")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--lang", type=Language, choices=list(Language))
    parser.add_argument("files", type=Path, nargs="*")
    asked = parser.parse_args(arguments)
    return _Asked(home=asked.home, language=asked.lang, files=asked.files)


def _open_desk(open_workspace: "OpenWorkspace", home: Path, resources: Path) -> "Desk":
    from app.services.desk.desk import open_desk

    return open_desk(open_workspace, home, resources=resources)


def _no_desk() -> "Desk":
    raise RuntimeError("a self-test opens no workspace")
