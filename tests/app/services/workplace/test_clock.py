"""A clock behind what was done last is told, with both moments; a little behind is not."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.services.units.register import add_unit
from app.services.workplace.clock import clock_behind
from tests.app.services.field import closing_desk
from tests.fakes import START, FakeClock
from tests.forms import SYNTHETIC_CODES


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(days=-3), (START - timedelta(days=3), START)),
        (timedelta(hours=-1), (START - timedelta(hours=1), START)),
        (timedelta(minutes=-1), None),
        (timedelta(0), None),
        (timedelta(days=400), None),
    ],
)
def test_a_clock_behind_the_last_change_is_told(
    tmp_path: Path, passed: timedelta, expected: tuple[datetime, datetime] | None
) -> None:
    clock = FakeClock()
    with closing_desk(tmp_path / "home", clock=clock, seed=1) as desk:
        assert clock_behind(desk) is None
        add_unit(desk, name="测试工厂", code=SYNTHETIC_CODES[0], sub_unit="")
        clock.pass_time(passed)
        assert clock_behind(desk) == expected
