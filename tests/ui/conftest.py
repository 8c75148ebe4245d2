"""A real workspace for the window, and its lanes; a fault of the program fails the test."""

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QApplication

from app.services.desk.desk import Desk
from app.text.catalogue import Language, translator
from tests.app.services.field import Founded, desk_in, found
from tests.fakes import FakeClock, InlineTasks
from tests.forms import RESOURCES
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.theme import dress


class _ModelTester(Protocol):
    """What pytest-qt's fixture does; it ships no types for it."""

    def check(self, model: QAbstractItemModel) -> None: ...


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Dress the application as the program does."""
    dress(qapp, RESOURCES)
    return qapp


@pytest.fixture
def open_desk(tmp_path: Path) -> Callable[[], Desk]:
    """Open the same workspace each time, with ids that do not repeat."""
    clock, seeds = FakeClock(), count(1)
    return lambda: desk_in(tmp_path / "home", clock=clock, seed=next(seeds))


@pytest.fixture
def desk(open_desk: Callable[[], Desk]) -> Iterator[Desk]:
    """Open the workspace in the test's own thread."""
    opened = open_desk()
    with closing(opened.workspace):
        yield opened


@pytest.fixture
def tasks(desk: Desk) -> InlineTasks:
    return InlineTasks(desk)


@pytest.fixture
def labels() -> Labels:
    return Labels(translator(Language.CHINESE, RESOURCES))


@pytest.fixture
def runner(qapp: QApplication, open_desk: Callable[[], Desk]) -> Iterator[TaskRunner]:
    """Lend the lanes of a program on the workspace."""
    faults: list[Exception] = []
    lanes = TaskRunner(open_desk, on_fault=faults.append)
    try:
        yield lanes
    finally:
        lanes.close()
        qapp.processEvents()
    assert faults == []


@pytest.fixture
def check_model(qtmodeltester: _ModelTester) -> Callable[[QAbstractItemModel], None]:
    """Hold a model against Qt's rules."""
    return qtmodeltester.check


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """Found an office with inspectors whose keys can seal a card."""
    return found(tmp_path_factory.mktemp("founded"))
