"""The row shows the work it watches, and nothing of work that was stopped or is not its own."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.errors import AppError, Code
from app.ports.progress import Progress
from ui.labels import Labels
from ui.tasks import TaskRunner
from ui.widgets.progress_row import ProgressRow


@pytest.fixture
def row(qtbot: QtBot, labels: Labels) -> ProgressRow:
    shown = ProgressRow(labels)
    qtbot.addWidget(shown)
    return shown


@pytest.fixture
def work(
    qtbot: QtBot, runner: TaskRunner, row: ProgressRow
) -> Callable[[Progress, int], list[object]]:
    """Run work of three steps on a lane up to one of them, and return how it ended."""

    def run(progress: Progress, steps: int) -> list[object]:
        ends: list[object] = []

        def refused(refusal: AppError) -> None:
            ends.append(refusal.code)

        def advance() -> str:
            for done in range(steps + 1):
                progress.advance(done, 3)
            return "done"

        runner.bound_to(row).compute(advance, done=ends.append, refused=refused)
        qtbot.waitUntil(lambda: bool(ends))
        return ends

    return run


def test_work_is_seen_until_its_last_step(
    row: ProgressRow, work: Callable[[Progress, int], list[object]]
) -> None:
    gauge = row.begin("测试")
    assert row.isHidden()
    assert work(gauge, 1) == ["done"]
    assert not row.isHidden()
    assert work(gauge, 3) == ["done"]
    assert row.isHidden()


def test_other_work_takes_the_row_over(
    row: ProgressRow, work: Callable[[Progress, int], list[object]]
) -> None:
    before = row.begin("测试")
    work(before, 1)
    row.begin("别的测试")
    assert row.isHidden()
    work(before, 2)
    assert row.isHidden()


def test_stopped_work_ends_and_the_row_is_gone(
    qtbot: QtBot, row: ProgressRow, work: Callable[[Progress, int], list[object]]
) -> None:
    gauge = row.begin("测试")
    work(gauge, 1)
    with qtbot.waitSignal(row.stopped):
        row.stop.click()
    assert work(gauge, 2) == [Code.CANCELLED]
    assert row.isHidden()
