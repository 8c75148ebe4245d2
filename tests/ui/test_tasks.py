"""The lanes: real threads over a real workspace."""

import gc
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.errors import AppError, Code
from app.services.cards.assess import Points, jot, new_card
from app.services.cards.view import view_card
from app.services.desk.desk import Desk
from app.services.units.register import add_unit
from tests.forms import SYNTHETIC_CODES
from ui.tasks import Gauge, TaskRunner

OpenDesk = Callable[[], Desk]


class Heard:
    """What came back, in order."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.refusals: list[AppError] = []
        self.threads: set[str] = set()

    def done(self, result: object) -> None:
        self.threads.add(current_thread().name)
        self.results.append(result)

    def has(self, results: int) -> bool:
        return len(self.results) == results

    def refused(self, refusal: AppError) -> None:
        self.threads.add(current_thread().name)
        self.refusals.append(refusal)


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def heard() -> Heard:
    return Heard()


def thread_name(_: Desk | None = None) -> str:
    return current_thread().name


def refuse() -> None:
    raise AppError(Code.DISK_FULL, path="x")


def fail() -> None:
    raise ZeroDivisionError


def test_work_runs_on_its_lane_and_is_delivered_on_the_gui_thread(
    qtbot: QtBot, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    tasks = runner.bound_to(owner)
    tasks.database(thread_name, done=heard.done, refused=heard.refused)
    tasks.compute(thread_name, done=heard.done, refused=heard.refused)
    tasks.transfer(thread_name, done=heard.done, refused=heard.refused)
    qtbot.waitUntil(lambda: len(heard.results) == 3)
    assert set(heard.results) == {"database", "compute", "transfer"}
    assert heard.threads == {main_thread().name}


def test_the_workspace_is_opened_and_closed_on_the_database_lane(
    qtbot: QtBot, open_desk: OpenDesk, owner: QObject, heard: Heard
) -> None:
    opened_on: list[str] = []

    def opening() -> Desk:
        opened_on.append(current_thread().name)
        return open_desk()

    runner = TaskRunner(opening, on_fault=heard.done)
    tasks = runner.bound_to(owner)
    for _ in range(2):
        tasks.database(
            lambda desk: desk.workspace.rehearsal, done=heard.done, refused=heard.refused
        )
    qtbot.waitUntil(lambda: len(heard.results) == 2)
    runner.close()
    assert opened_on == ["database"]
    assert heard.results == [False, False]
    with closing(open_desk().workspace):
        """The lock was given back."""


def test_database_work_keeps_its_order(
    qtbot: QtBot, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    tasks = runner.bound_to(owner)
    for number in range(600):
        tasks.database(partial(_answer, number), done=heard.done, refused=heard.refused)
    qtbot.waitUntil(lambda: len(heard.results) == 600)
    assert heard.results == list(range(600))


def test_a_refusal_comes_back_as_a_refusal(
    qtbot: QtBot, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    runner.bound_to(owner).compute(refuse, done=heard.done, refused=heard.refused)
    qtbot.waitUntil(lambda: len(heard.refusals) == 1)
    assert heard.refusals[0].code is Code.DISK_FULL
    assert heard.results == []


def test_a_workspace_that_cannot_be_opened_is_opened_once_it_can(
    qtbot: QtBot, tmp_path: Path, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    tasks, in_the_way = runner.bound_to(owner), tmp_path / "home"
    in_the_way.touch()
    tasks.database(thread_name, done=heard.done, refused=heard.refused)
    qtbot.waitUntil(lambda: len(heard.refusals) == 1)
    assert heard.refusals[0].code is Code.FILE_NOT_WRITABLE
    in_the_way.unlink()
    tasks.database(thread_name, done=heard.done, refused=heard.refused)
    qtbot.waitUntil(lambda: heard.results == ["database"])


def test_a_bug_goes_to_the_one_handler_and_the_lane_goes_on(
    qtbot: QtBot, open_desk: OpenDesk, owner: QObject, heard: Heard
) -> None:
    faults: list[Exception] = []
    runner = TaskRunner(open_desk, on_fault=faults.append)
    tasks = runner.bound_to(owner)
    tasks.compute(fail, done=heard.done, refused=heard.refused)
    tasks.compute(thread_name, done=lambda _: fail(), refused=heard.refused)
    tasks.compute(thread_name, done=heard.done, refused=heard.refused)
    qtbot.waitUntil(lambda: len(heard.results) == 1)
    runner.close()
    assert [type(fault) for fault in faults] == [ZeroDivisionError, ZeroDivisionError]
    assert [refusal.code for refusal in heard.refusals] == [Code.FAULT]


def test_nothing_is_delivered_to_an_owner_that_is_gone(
    qtbot: QtBot, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    gone, go = QObject(), Event()
    runner.bound_to(gone).compute(go.wait, done=heard.done, refused=heard.refused)
    runner.bound_to(gone).compute(refuse, done=heard.done, refused=heard.refused)
    runner.bound_to(owner).compute(lambda: "after", done=heard.done, refused=heard.refused)
    gone.deleteLater()
    qtbot.waitUntil(lambda: not _is_alive(gone))
    go.set()
    qtbot.waitUntil(lambda: heard.results == ["after"])
    assert heard.refusals == []


def test_what_work_holds_of_qt_dies_on_the_gui_thread(
    qtbot: QtBot, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    died_on: list[str] = []

    class Screen(QObject):
        def __del__(self) -> None:
            died_on.append(current_thread().name)

    for number in range(1, 21):
        runner.bound_to(owner).compute(
            partial(bool, Screen()), done=heard.done, refused=heard.refused
        )
        qtbot.waitUntil(partial(heard.has, number))
    gc.collect()
    assert died_on == [main_thread().name] * 20


def test_a_long_computation_does_not_hold_up_the_database(
    qtbot: QtBot, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    tasks, go = runner.bound_to(owner), Event()
    tasks.compute(go.wait, done=heard.done, refused=heard.refused)
    tasks.transfer(go.wait, done=heard.done, refused=heard.refused)
    tasks.database(thread_name, done=heard.done, refused=heard.refused)
    qtbot.waitUntil(lambda: heard.results == ["database"])
    go.set()
    qtbot.waitUntil(lambda: len(heard.results) == 3)


def test_closing_finishes_what_was_asked_for(
    open_desk: OpenDesk, owner: QObject, heard: Heard
) -> None:
    with closing((desk := open_desk()).workspace):
        unit, _ = add_unit(desk, name="测试工厂", code=SYNTHETIC_CODES[0], sub_unit="")
        card, _ = new_card(desk, unit)
    runner = TaskRunner(open_desk, on_fault=heard.done)
    for points in ("5", "4", "3"):
        entry = Points(clause="S2-R1-C1", points=points)
        runner.bound_to(owner).database(
            partial(jot, card_id=card.id, entry=entry), done=heard.done, refused=heard.refused
        )
    runner.close()
    assert len(heard.results) == 3
    with closing((desk := open_desk()).workspace):
        assert view_card(desk, card.id).totals.base == 3


def test_closing_stores_what_was_still_being_read(
    open_desk: OpenDesk, owner: QObject, heard: Heard
) -> None:
    runner, go = TaskRunner(open_desk, on_fault=heard.done), Event()
    tasks = runner.bound_to(owner)

    store = partial(tasks.database, thread_name, done=heard.done, refused=heard.refused)
    tasks.compute(go.wait, done=lambda _: store(), refused=heard.refused)
    go.set()
    runner.close()
    assert heard.results == ["database"]
    with closing(open_desk().workspace):
        """The lock was given back."""


def test_it_is_idle_once_what_follows_is_answered_too(
    qtbot: QtBot, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    tasks, go = runner.bound_to(owner), Event()
    store = partial(tasks.database, thread_name, done=heard.done, refused=heard.refused)
    tasks.compute(go.wait, done=lambda _: store(), refused=heard.refused)
    runner.when_idle(partial(heard.done, "idle"))
    assert not runner.is_idle
    go.set()
    qtbot.waitUntil(lambda: heard.has(2))
    runner.when_idle(partial(heard.done, "still"))
    assert heard.results == ["database", "idle", "still"]


def _answer(number: int, _: Desk) -> int:
    return number


def _is_alive(thing: QObject) -> bool:
    try:
        thing.objectName()
    except RuntimeError:
        return False
    return True


def test_a_gauge_tells_how_far_work_is_on_the_gui_thread(
    qtbot: QtBot, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    gauge = Gauge(owner)
    steps: list[tuple[int, int, bool]] = []
    gauge.advanced.connect(
        lambda done, total: steps.append((done, total, current_thread() is main_thread()))
    )
    work = partial(gauge.advance, 1, 2)
    runner.bound_to(owner).transfer(work, done=heard.done, refused=heard.refused)
    qtbot.waitUntil(lambda: heard.has(1) and bool(steps))
    assert steps == [(1, 2, True)]


def test_work_that_is_stopped_is_refused_and_nothing_else_is(
    qtbot: QtBot, runner: TaskRunner, owner: QObject, heard: Heard
) -> None:
    gauge = Gauge(owner)
    gauge.stop()
    work = partial(gauge.advance, 1, 2)
    runner.bound_to(owner).transfer(work, done=heard.done, refused=heard.refused)
    qtbot.waitUntil(lambda: bool(heard.refusals))
    assert [refusal.code for refusal in heard.refusals] == [Code.CANCELLED]
    assert heard.results == []
