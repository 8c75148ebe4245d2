"""Starts the window: input method, faces, lanes, first paint; ends when everything is saved."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from app.text.catalogue import Language, translator
from ui.labels import Labels
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.theme import FAMILY, dress
from ui.widgets.fault_box import FaultBox

if TYPE_CHECKING:  # needed on the database lane only, after the first paint
    from app.ports import OpenWorkspace
    from app.services.desk import Desk

_IM_VARIABLE = "QT_IM_MODULE"
_IM_HINTS = (_IM_VARIABLE, "XMODIFIERS", "GTK_IM_MODULE")


def run(arguments: Sequence[str], *, open_workspace: "OpenWorkspace", resources: Path) -> int:
    """Show the window on a workspace until it is closed, and return the exit code.

    `--home` names the workspace's folder and `--lang` the language; misuse of them exits with 2.
    """
    home, language = _parse(arguments)
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    os.environ.update(input_method(os.environ, plugins / "platforminputcontexts"))
    application = QApplication(sys.argv[:1])
    labels = Labels(translator(language, resources))
    dress(application, resources)
    faults = FaultBox(labels)
    sys.excepthook = partial(_show_fault, faults)
    runner = TaskRunner(partial(_open_desk, open_workspace, home, resources), on_fault=faults.show)
    try:
        window = MainWindow(runner, labels)
        window.show()
        return application.exec()
    finally:
        runner.close()
        sys.excepthook = sys.__excepthook__


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


def _parse(arguments: Sequence[str]) -> tuple[Path | None, Language]:
    parser = argparse.ArgumentParser(prog="ankang")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--lang", type=Language, choices=list(Language), default=Language.CHINESE)
    asked = parser.parse_args(arguments)
    return asked.home, asked.lang


def _open_desk(open_workspace: "OpenWorkspace", home: Path | None, resources: Path) -> "Desk":
    from app.services.desk import open_desk
    from app.services.system import default_home

    return open_desk(open_workspace, home or default_home(), resources=resources)


def _no_desk() -> "Desk":
    raise RuntimeError("a self-test opens no workspace")


def _show_fault(
    faults: FaultBox,
    kind: type[BaseException],
    fault: BaseException,
    trace: TracebackType | None,
) -> None:
    """Fulfil `sys.excepthook`: Qt calls it for an exception in a slot, and goes on."""
    del kind, trace
    faults.show(fault)
