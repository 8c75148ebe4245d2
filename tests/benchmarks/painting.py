"""First paint of the window against that of a bare PySide6 window, process by process in turns."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parents[2]
GOAL = 1.5
_ROUNDS = 15
_PAINTED = "painted"
_BARE = f"""
import os
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("{_PAINTED}", flush=True)
        os._exit(0)

application = QApplication([])
window = Window()
window.setCentralWidget(QLabel("安康杯"))
window.resize(1280, 720)
window.show()
application.exec()
"""
_OURS = f"""
import os, sys
import ui.main_window as shown

class Window(shown.MainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print("{_PAINTED}", flush=True)
        os._exit(0)

shown.MainWindow = Window
from main import main
main(["--home", sys.argv[1]])
"""


def first_paints() -> tuple[float, float]:
    """Return the medians of bare and ours, in seconds from the start of the process."""
    with tempfile.TemporaryDirectory() as home:
        seconds: dict[str, list[float]] = {_BARE: [], _OURS: []}
        for _ in range(_ROUNDS):
            for program, taken in seconds.items():
                taken.append(_seconds_of(program, home))
    return median(seconds[_BARE]), median(seconds[_OURS])


def _seconds_of(program: str, home: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    started = perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", program, home],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    if _PAINTED not in ended.stdout:
        raise RuntimeError(ended.stderr)
    return perf_counter() - started
