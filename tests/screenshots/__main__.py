"""`python -m tests.screenshots` draws every screen into docs/images, in both languages and looks.

`--only NAME` draws the screens whose names begin so, `--into FOLDER` elsewhere.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.services.workplace.preferences import Preferences, keep_preferences
from app.text.catalogue import Language, translator
from tests.app.services.field import desk_in
from tests.fakes import FakeClock
from tests.forms import RESOURCES
from tests.screenshots.picture import LARGEST, write_picture
from tests.screenshots.season import NOW, Season, make_season
from tests.screenshots.tour import Tour
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.theme import Look, dress

_IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
_FOLDER = "ankang-screenshots"  # stands in some pictures: it must not change


def main(arguments: list[str]) -> int:
    """Draw, and return 1 when a picture is too large for the repository."""
    asked = _parse(arguments)
    asked.into.mkdir(parents=True, exist_ok=True)
    application = _application(asked.scale)
    begun = time.monotonic()
    with _folder() as folder:
        season = make_season(folder / "season")
        _say(f"{time.monotonic() - begun:6.1f} s  the season is played")
        too_large = []
        for language, look in product(Language, Look):
            dress(application, RESOURCES, look=look, scale=asked.scale)
            worn = Preferences(language=language, look=look.value, scale=asked.scale)
            keep_preferences(season.home, worn)  # 更多 shows them
            labels = Labels(translator(language, RESOURCES))
            for name, size in _drawn(folder, season, labels, asked, f"{language}-{look}"):
                _say(f"{time.monotonic() - begun:6.1f} s  {size / 1000:5.1f} kB  {name}")
                if size > LARGEST:
                    too_large.append(name)
    for name in too_large:
        _say(f"too large: {name}")
    return 1 if too_large else 0


def _drawn(
    folder: Path, season: Season, labels: Labels, asked: argparse.Namespace, variant: str
) -> Iterator[tuple[str, int]]:
    fresh = folder / "new"
    shutil.rmtree(fresh, ignore_errors=True)
    blank = partial(desk_in, fresh, clock=FakeClock(moment=NOW), seed=8)
    for open_desk, is_new in ((blank, True), (season.open_desk, False)):
        faults: list[Exception] = []
        runner = TaskRunner(open_desk, on_fault=faults.append)
        try:
            tour = Tour(runner, labels)
            for screen in tour.welcome() if is_new else tour.screens(season):
                if faults:
                    raise faults[0]  # not before: Qt swallows what is raised in a slot
                if screen.startswith(asked.only):
                    name = f"{screen}-{variant}.png"
                    yield name, write_picture(tour.window.grab(), asked.into / name)
            tour.end()
        finally:
            runner.close()


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("--only", default="")
    parser.add_argument("--into", type=Path, default=_IMAGES)
    parser.add_argument("--scale", type=int, default=100)
    return parser.parse_args(arguments)


def _application(scale: int) -> QApplication:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(sys.argv[:1])
    os.environ["QT_IM_MODULE"] = "ibus"  # the self-check reads it: as on an inspector's computer
    application.setCursorFlashTime(0)  # a caret that blinks would not stand still
    dress(application, RESOURCES, scale=scale)
    return application


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.gettempdir()) / _FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
