"""The only fakes of the tests: a clock, ids, and tasks that run inline."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

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
