"""Going from card to card: one is open at a time, and only that is listed at the next start."""

from collections.abc import Callable
from contextlib import closing
from functools import partial

import pytest
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from app.domain.card import CardId
from app.errors import AppError
from app.services.cards.assess import new_card
from app.services.desk.desk import Desk
from app.services.units.register import add_unit
from app.services.workplace.whereabouts import open_cards
from tests.forms import SYNTHETIC_CODES
from ui.labels import Labels
from ui.navigation import Navigator
from ui.steps import Place, Step
from ui.tasks import TaskRunner
from ui.widgets.screen import Around

OpenDesk = Callable[[], Desk]
STRANGER = CardId("0175a4f4-0000-7000-8000-00000000ffff")


@pytest.fixture
def cards(open_desk: OpenDesk) -> list[CardId]:
    """Begin two cards on the workspace and leave it."""
    with closing((desk := open_desk()).workspace):
        units = [
            add_unit(desk, name=f"测试{place}号工厂", code=code, sub_unit="")[0]
            for place, code in enumerate(SYNTHETIC_CODES[:2])
        ]
        return [new_card(desk, unit)[0].id for unit in units]


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def navigator(qtbot: QtBot, runner: TaskRunner, labels: Labels, told: list[str]) -> Navigator:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    around = Around(runner=runner, labels=labels, tell=told.append, announce=lambda _: None)
    return Navigator(stack, around)


def listed(runner: TaskRunner, navigator: Navigator, qtbot: QtBot) -> list[str]:
    """Return the cards that would be listed at the next start."""
    found: list[list[str]] = []
    refused: list[AppError] = []
    runner.bound_to(navigator).database(
        _open,
        done=found.append,
        refused=refused.append,
    )
    qtbot.waitUntil(lambda: bool(found or refused), timeout=20_000)
    assert refused == []
    return found[0]


def _open(desk: Desk) -> list[str]:
    return [opened.where.card for opened in open_cards(desk)]


def test_the_card_left_for_another_is_not_open_any_more(
    qtbot: QtBot, navigator: Navigator, runner: TaskRunner, cards: list[CardId]
) -> None:
    for card in cards:
        with qtbot.waitSignal(navigator.place_shown, timeout=20_000):
            navigator.open_card(card, Step.VISIT)
        assert listed(runner, navigator, qtbot) == [card]
    with qtbot.waitSignal(navigator.place_shown, timeout=20_000):
        navigator.go_to_place(Place.TASKS)
    assert listed(runner, navigator, qtbot) == []


def test_a_card_that_is_not_here_is_told_each_time_it_is_asked_for(
    qtbot: QtBot, navigator: Navigator, told: list[str]
) -> None:
    for times in (1, 2):
        navigator.open_card(STRANGER, Step.VISIT)
        qtbot.waitUntil(partial(_has, told, times), timeout=20_000)


def _has(told: list[str], times: int) -> bool:
    return len(told) == times
