"""How a new workspace begins, without widgets."""

from dataclasses import dataclass, field

import pytest

from app.services.desk.desk import Changes, Desk
from app.services.workplace.opening import look_around
from app.services.workplace.selfcheck import CheckResult
from tests.fakes import InlineTasks
from ui.labels import Labels
from ui.views.welcome.presenter import WelcomePresenter


@dataclass
class Screen:
    steps: int = 0
    checks: list[tuple[CheckResult, ...]] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)

    def go_on(self) -> None:
        self.steps += 1


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def presenter(tasks: InlineTasks, labels: Labels, screen: Screen) -> WelcomePresenter:
    return WelcomePresenter(
        tasks,
        labels,
        go_on=screen.go_on,
        show_checks=screen.checks.append,
        refuse_credential=screen.refusals.append,
        tell=screen.told.append,
        announce=screen.changes.append,
    )


def test_practice_comes_with_units_that_do_not_exist(
    desk: Desk, presenter: WelcomePresenter, screen: Screen
) -> None:
    assert look_around(desk).is_new
    presenter.begin_rehearsal()
    assert screen.steps == 1
    opening = look_around(desk)
    assert opening.rehearsal
    assert not opening.is_new
    assert len(desk.workspace.units.all()) == 12


def test_a_real_workspace_begins_empty_and_is_not_asked_again(
    desk: Desk, presenter: WelcomePresenter, screen: Screen
) -> None:
    presenter.begin_real()
    assert screen.steps == 1
    assert not look_around(desk).rehearsal
    assert not look_around(desk).is_new


def test_a_used_workspace_is_not_turned_into_practice(
    desk: Desk, presenter: WelcomePresenter, screen: Screen
) -> None:
    presenter.begin_real()
    presenter.begin_rehearsal()
    assert screen.steps == 1
    assert len(screen.told) == 1
    assert not desk.workspace.rehearsal
