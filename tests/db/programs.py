"""Other programs at work on a workspace, each a real process."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import IO

from app.domain.card import Scored
from app.domain.form import ClauseId
from app.domain.trail import AuditEntry
from app.ports.progress import Unheard
from db.copies import DATABASE
from db.engine import open_for_writing
from db.stores.office import OfficeStore
from db.workspace import Workspace, open_workspace
from tests.fakes import FakeClock, FakeIds

ROOT = Path(__file__).parents[2]
CLAUSE = ClauseId("S1-R1-C1")
_KILLED = 9


class Program(subprocess.Popen[str]):
    """A process whose lines are read as they come; killed at the end when it still runs."""

    def __init__(self, *arguments: str | Path) -> None:
        super().__init__(
            [sys.executable, "-m", "tests.db.programs", *map(str, arguments)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def output(self) -> IO[str]:
        """Return what it says."""
        assert self.stdout is not None
        return self.stdout

    def hear(self) -> str:
        """Return the next line; the test fails when none comes."""
        line = self.output.readline()
        assert line.endswith("\n"), line
        return line.strip()

    def say(self, line: str) -> None:
        """Write a line to it."""
        assert self.stdin is not None
        self.stdin.write(f"{line}\n")
        self.stdin.flush()

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.communicate()


def opened(home: Path, *, writing: bool = True) -> Workspace:
    """Open a workspace under fake clock and ids."""
    return open_workspace(home, clock=FakeClock(), ids=FakeIds(), writing=writing)


def save(workspace: Workspace, card_id: str, number: int) -> None:
    """Save the clause with `number` as its reason, and the same in the audit trail."""
    before = workspace.cards.get(card_id)
    assert before is not None
    mark = Scored(points=Decimal(number % 2), reason=str(number))
    with workspace.change(AuditEntry(action="card.score", details={"number": str(number)})):
        workspace.cards.save(before, replace(before, marks={**before.marks, CLAUSE: mark}))


def back_up(workspace: Workspace, stick: Path) -> None:
    """Copy a workspace into a folder."""
    workspace.copies.write(workspace.copies.snapshot(), stick, progress=Unheard())


def _tell(word: str | int) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _save_for_ever(home: str, card_id: str, first: str) -> None:
    workspace = opened(Path(home))
    for number in count(int(first)):
        save(workspace, card_id, number)
        _tell(number)


def _hold(home: str) -> None:
    workspace = opened(Path(home))
    _tell("open")
    sys.stdin.read()
    workspace.close()


def _number(home: str, times: str) -> None:
    """Take numbers as several windows would if the workspace's lock did not keep them out."""
    connection = open_for_writing(Path(home, DATABASE), backups=Path(home))
    office = OfficeStore(connection)
    _tell("ready")
    sys.stdin.readline()
    for _ in range(int(times)):
        with connection.transaction():
            _tell(office.next_profile_number())
    connection.close()


def _die_at_rename(number: str, act: Callable[[Workspace], None], home: str) -> None:
    """Do something and be gone right before the file of that number takes its place."""
    workspace, left = opened(Path(home)), int(number)

    def hear(event: str, _: tuple[object, ...]) -> None:
        nonlocal left
        if event == "os.rename":
            left -= 1
            if left < 0:
                os._exit(_KILLED)

    sys.addaudithook(hear)
    act(workspace)
    workspace.close()


def _back_up(home: str, stick: str, number: str) -> None:
    _die_at_rename(number, lambda workspace: back_up(workspace, Path(stick)), home)


def _restore(home: str, stick: str, number: str) -> None:
    def act(workspace: Workspace) -> None:
        staged = workspace.copies.fetch(Path(stick), progress=Unheard())
        workspace.copies.adopt(staged, new_id="0175a4f4-ffff-7000-8000-000000000001")

    _die_at_rename(number, act, home)


PROGRAMS: Mapping[str, Callable[..., None]] = {
    "save": _save_for_ever,
    "hold": _hold,
    "number": _number,
    "back_up": _back_up,
    "restore": _restore,
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](*sys.argv[2:])
