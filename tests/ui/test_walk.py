"""A walk over every screen of the real window: names, keys, one default action, room for words."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.services.desk.desk import Desk
from app.text.catalogue import Language, translator
from tests.app.services.field import desk_in
from tests.fakes import FakeClock
from tests.forms import RESOURCES
from tests.screenshots.season import NOW, Season, make_season
from tests.screenshots.tour import SIZE, Tour
from tests.ui.walk import CHECKS, Flashes, cut, nameless, not_one_primary, squeezed, unreached
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.theme import dress
from ui.views.signing.ink_page import InkPage

_FITS = (100, 150)
_SCALES = (*_FITS, 200)


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Season:
    return make_season(tmp_path_factory.mktemp("season"))


@pytest.fixture
def wear(qapp: QApplication) -> Iterator[Callable[[int], None]]:
    """Dress the application for one test."""
    yield lambda scale: dress(qapp, RESOURCES, scale=scale)
    dress(qapp, RESOURCES)


@pytest.fixture
def flashes(qapp: QApplication) -> Iterator[Flashes]:
    noted = Flashes(qapp)
    yield noted
    qapp.removeEventFilter(noted)
    noted.deleteLater()


def walk(
    open_desk: Callable[[], Desk], language: Language, go: Callable[[Tour], Iterator[str]]
) -> Iterator[tuple[str, QWidget]]:
    """Yield the name of each screen and what is to be seen of it."""
    faults: list[Exception] = []
    runner = TaskRunner(open_desk, on_fault=faults.append)
    try:
        tour = Tour(runner, Labels(translator(language, RESOURCES)))
        for name in go(tour):
            page = tour.window.findChild(InkPage)
            covers = page is not None and page.isVisible()
            yield name, page if covers and page is not None else tour.window
        tour.end()
    finally:
        runner.close()
    assert not faults, "\n".join(map(str, faults))


def both(season: Season, folder: Path, language: Language) -> Iterator[tuple[str, QWidget]]:
    """Walk over the first start of a new workspace, then over the season's."""
    blank = partial(desk_in, folder / "new", clock=FakeClock(moment=NOW), seed=8)
    yield from walk(blank, language, Tour.welcome)
    yield from walk(season.open_desk, language, partial(Tour.screens, season=season))


@pytest.mark.parametrize("scale", _SCALES)
@pytest.mark.parametrize("language", Language)
def test_every_screen_has_room_for_its_words_and_a_name_for_each_control(
    season: Season, tmp_path: Path, wear: Callable[[int], None], language: Language, scale: int
) -> None:
    wear(scale)
    faults, seen = [], 0
    for name, scope in both(season, tmp_path, language):
        seen += 1
        faults += [f"{name}: {fault}" for check in CHECKS for fault in check(scope)]
        needed = scope.window().minimumSizeHint()
        if scale in _FITS and (needed.width() > SIZE[0] or needed.height() > SIZE[1]):
            faults.append(f"{name}: needs {needed.width()}x{needed.height()}")
    assert seen > 15
    assert not faults, "\n".join(map(str, faults))


def test_every_control_is_reached_by_key_and_no_part_flashes_up(
    season: Season, tmp_path: Path, wear: Callable[[int], None], flashes: Flashes
) -> None:
    wear(100)
    faults = []
    for name, scope in both(season, tmp_path, Language.CHINESE):
        faults += [f"{name}: {fault}" for fault in (*unreached(scope), *flashes.take())]
    assert not faults, "\n".join(map(str, faults))


def test_the_walk_sees_what_is_wrong(qtbot: QtBot) -> None:
    window, button, label = QWidget(), QPushButton(), QLabel("安全生产" * 20)
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    layout.addWidget(button)
    layout.addWidget(label)
    window.show()
    window.setFixedWidth(100)
    button.setFixedHeight(2)
    qtbot.waitExposed(window)
    assert nameless(window) == ["nameless QPushButton"]
    assert not_one_primary(window) == ["primary: []"]
    assert any("QPushButton" in fault for fault in squeezed(window))
    assert any("QLabel" in fault for fault in cut(window))


def test_a_part_that_flashes_up_is_seen(flashes: Flashes, qtbot: QtBot) -> None:
    label = QLabel("2.5")
    qtbot.addWidget(label)
    label.setVisible(True)
    assert flashes.take() == ["flash QLabel 2.5"]
    assert flashes.take() == []
