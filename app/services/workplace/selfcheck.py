"""自检: whether this computer lets the program work: disk, writing, clock, database."""

import shutil
from dataclasses import dataclass
from enum import StrEnum

from app.domain.moment import CHINA
from app.errors import AppError
from app.files import write_whole
from app.services.desk.desk import Desk

_LEAST_FREE = 500 << 20
_MANY = 10 << 30
_PROBE = ".selfcheck"
_FIRST_YEAR = 2020  # nothing of this program is older


class Check(StrEnum):
    """What is looked at."""

    DISK = "disk"
    WRITING = "writing"
    CLOCK = "clock"
    DATABASE = "database"
    FONTS = "fonts"
    INPUT_METHOD = "input_method"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What came of one check; `detail` is a figure or name worth showing."""

    check: Check
    is_good: bool
    detail: str = ""


def check_computer(desk: Desk) -> tuple[CheckResult, ...]:
    """Look at everything the workspace can tell; fonts and input method are the window's."""
    home, now = desk.workspace.home, desk.clock.now()
    free = shutil.disk_usage(home).free
    problems = desk.workspace.problems()
    return (
        CheckResult(check=Check.DISK, is_good=free > _LEAST_FREE, detail=_amount(free)),
        _writing(desk),
        CheckResult(
            check=Check.CLOCK,
            is_good=now.year >= _FIRST_YEAR,
            detail=now.astimezone(CHINA).strftime("%Y-%m-%d %H:%M"),
        ),
        CheckResult(check=Check.DATABASE, is_good=not problems, detail="; ".join(problems[:3])),
    )


def _amount(size: int) -> str:
    return f"{size >> 30} GB" if size >= _MANY else f"{size >> 20} MB"


def _writing(desk: Desk) -> CheckResult:
    probe = desk.workspace.home / _PROBE
    try:
        write_whole(probe, b"probe", private=True)
        probe.unlink(missing_ok=True)
    except AppError as refusal:
        return CheckResult(check=Check.WRITING, is_good=False, detail=refusal.code.value)
    except OSError as fault:
        return CheckResult(check=Check.WRITING, is_good=False, detail=str(fault))
    return CheckResult(check=Check.WRITING, is_good=True)
