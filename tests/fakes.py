"""The only fakes of the tests: a clock, ids, and tasks that run inline."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

from app.errors import AppError, Cancelled, Code
from app.services.desk.desk import Desk

T = TypeVar("T")

START = datetime(2020, 11, 6, 2, 0, tzinfo=UTC)


@dataclass
class FakeClock:
    """Stands still unless told to move."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def pass_time(self, span: timedelta) -> None:
        self.moment += span


@dataclass
class FakeIds:
    """Counts: the ids look like UUIDv7, sort by age, and differ by `seed`."""

    seed: int = 0
    _count: int = field(default=0, init=False)

    def new(self) -> str:
        self._count += 1
        return f"0175a4f4-{self.seed:04x}-7000-8000-{self._count:012x}"


@dataclass
class InlineTasks:
    """Fulfils `ui.tasks.Tasks` on the spot; while `held`, work waits in a line until `release`."""

    desk: Desk
    held: bool = False
    _line: list[Callable[[], None]] = field(default_factory=list, init=False)

    def database(
        self,
        work: Callable[[Desk], T],
        *,
        done: Callable[[T], None],
        refused: Callable[[AppError], None],
    ) -> None:
        self.compute(partial(work, self.desk), done=done, refused=refused)

    def compute(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        refused: Callable[[AppError], None],
    ) -> None:
        self._line.append(partial(self._run, work, done, refused))
        if not self.held:
            self.release()

    def transfer(
        self,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        refused: Callable[[AppError], None],
    ) -> None:
        self.compute(work, done=done, refused=refused)

    def release(self, most: int | None = None) -> None:
        """Run what waits, or the first `most` pieces of it."""
        left = len(self._line) if most is None else most
        while self._line and left:
            left -= 1
            self._line.pop(0)()

    @staticmethod
    def _run(
        work: Callable[[], T], done: Callable[[T], None], refused: Callable[[AppError], None]
    ) -> None:
        try:
            result = work()
        except Cancelled:
            refused(AppError(Code.CANCELLED))
        except AppError as refusal:
            refused(refusal)
        else:
            done(result)
