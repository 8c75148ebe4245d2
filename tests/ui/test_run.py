"""Starting: the input method, the first paint before anything heavy, an orderly end."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.forms import RESOURCES
from ui.run import input_method

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from ui.run import run

HEAVY = {"pyhanko", "reportlab", "openpyxl", "sqlite_utils", "cryptography", "PIL"}

def open_workspace(home, *, clock, ids, writing):
    print("before the first paint:", *sorted(HEAVY & sys.modules.keys()))
    print("writing:", writing, "home:", home.name)
    from db.workspace import open_workspace as really
    workspace = really(home, clock=clock, ids=ids, writing=writing)
    QMetaObject.invokeMethod(
        QApplication.instance(), "quit", Qt.ConnectionType.QueuedConnection
    )
    return workspace

status = run(sys.argv[2:], open_workspace=open_workspace, resources=Path(sys.argv[1]))
print("ended:", status)
"""

SWITCHED = """
import sys
from pathlib import Path
from threading import Event
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.services.workplace.preferences import Preferences
from app.text.catalogue import Language
from ui.main_window import MainWindow
from ui.run import run
from ui.widgets.screen import Screen

go = Event()

def windows():
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]

def wait(until, then):
    then() if until() else QTimer.singleShot(5, lambda: wait(until, then))

def switch():
    (before,) = windows()
    screen = before.findChild(Screen)
    tasks = screen._around.runner.bound_to(screen)
    store = lambda _: tasks.database(lambda _: "stored", done=print, refused=print)
    tasks.compute(go.wait, done=store, refused=print)
    before.restyle_asked.emit(Preferences(language=Language.ENGLISH))
    wait(lambda: len(windows()) > 1, lambda: close(screen._around.keys))

def close(keys):
    (after,) = [each for each in windows() if each.isVisible()]
    QTimer.singleShot(50, go.set)
    wait(lambda: windows() == [after] and after.findChild(Screen), after.close)
    QTimer.singleShot(0, lambda: tell(after, keys))

def tell(after, keys):
    screen = after.findChild(Screen)
    if screen is None:
        return QTimer.singleShot(5, lambda: tell(after, keys))
    print(after.windowTitle(), "with its keys" if screen._around.keys is keys else "locked")

def open_workspace(home, *, clock, ids, writing):
    from db.workspace import open_workspace as really
    application = QApplication.instance()
    begin = lambda: wait(lambda: windows()[0].findChild(Screen), switch)
    QTimer.singleShot(0, application, begin)
    return really(home, clock=clock, ids=ids, writing=writing)

run(sys.argv[2:], open_workspace=open_workspace, resources=Path(sys.argv[1]))
"""


def start(*arguments: str, program: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, str(RESOURCES), *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_window_is_seen_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    ended = start("--home", str(tmp_path / "home"), "--lang", "en")
    assert ended.stdout.splitlines() == [
        "before the first paint:",
        "writing: True home: home",
        "ended: 0",
    ], ended.stderr
    assert (tmp_path / "home" / "workspace.db").exists()
    assert "Traceback" not in ended.stderr


def test_another_language_keeps_the_opened_keys_and_what_was_still_being_stored(
    tmp_path: Path,
) -> None:
    ended = start("--home", str(tmp_path / "home"), program=SWITCHED)
    assert sorted(ended.stdout.splitlines()) == [
        "Ankang Cup Scorecards with its keys",
        "stored",
    ], ended.stderr
    assert "Traceback" not in ended.stderr


def test_misuse_is_told_and_no_window_opens() -> None:
    ended = start("--lang", "klingon")
    assert ended.returncode == 2
    assert "--lang" in ended.stderr
    assert ended.stdout == ""


def test_the_window_can_be_checked_without_a_display(tmp_path: Path) -> None:
    check = "import sys; from pathlib import Path; from ui.run import check_window as check;"
    for resources, status in ((RESOURCES, 0), (tmp_path, 1)):
        command = [sys.executable, "-c", f"{check} check(Path(sys.argv[1]))", str(resources)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
        assert ended.returncode == status, ended.stderr.decode()


@pytest.mark.parametrize("name", ["QT_IM_MODULE", "XMODIFIERS", "GTK_IM_MODULE"])
def test_under_fcitx_the_plugin_for_ibus_is_chosen(tmp_path: Path, name: str) -> None:
    (tmp_path / "libibusplatforminputcontextplugin.so").touch()
    assert input_method({name: "@im=fcitx5"}, tmp_path) == {"QT_IM_MODULE": "ibus"}


def test_a_plugin_of_fcitx_is_left_to_work(tmp_path: Path) -> None:
    (tmp_path / "libfcitx5platforminputcontextplugin.so").touch()
    assert input_method({"QT_IM_MODULE": "fcitx"}, tmp_path) == {}


def test_other_input_methods_are_left_alone(tmp_path: Path) -> None:
    assert input_method({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}, tmp_path) == {}
    assert input_method({}, tmp_path) == {}
