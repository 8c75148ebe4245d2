"""A killed program: nothing that it said was saved is lost, and it goes on where it was."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Timer

import pytest

from app.domain.card import Scored
from app.services.cards.assess import find_card, new_card
from app.services.desk.desk import Desk
from app.services.units.register import add_unit
from app.services.workplace.opening import look_around
from tests.app.services.field import desk_in
from tests.fakes import FakeClock
from tests.forms import SYNTHETIC_CODES

ROOT = Path(__file__).parents[2]
KILLS = 5
LONGEST = 20.0


@dataclass
class Heard:
    """What a program said before it was killed."""

    resumed: str = ""
    saved: dict[str, str] = field(default_factory=dict)
    under_way: tuple[str, str] = ("", "")
    places: list[str] = field(default_factory=list)

    def hear(self, line: str) -> None:
        match line.rstrip("\n").split("\t"):
            case ["resumed", clause]:
                self.resumed = clause
            case ["press", clause, kind]:
                self.under_way = (clause, kind)
            case ["saved", clause, kind]:
                self.saved[clause] = kind
            case ["at", clause]:
                self.places.append(clause)
            case _:
                pytest.fail(f"the program said {line!r}")


def run_and_kill(home: Path, strokes: int, pause: float) -> Heard:
    """Run the program until it has saved so many strokes, and kill it a moment later."""
    heard = Heard()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.killed", str(home)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as program:
        assert program.stdout is not None
        guard = Timer(LONGEST, program.kill)
        guard.start()
        told = 0
        for line in program.stdout:
            heard.hear(line)
            told += line.startswith("saved")
            if told >= strokes:
                break
        guard.cancel()
        time.sleep(pause)  # into the middle of whatever comes next
        program.send_signal(signal.SIGKILL)
        for line in program.stdout:
            heard.hear(line)
    assert told >= strokes, "the program did not get so far"
    return heard


def standings(desk: Desk, card_id: str) -> dict[str, str]:
    """Return by its number what the workspace holds of each clause."""
    card, form = find_card(desk, card_id)
    assert all(isinstance(mark, Scored) for mark in card.marks.values())
    return {
        form.number(clause.id): "full" if clause.id in card.marks else "open"
        for clause in form.clauses
    }


@pytest.mark.parametrize("seed", range(6))
def test_nothing_saved_is_lost_and_work_goes_on_at_the_same_clause(
    tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - where to kill, no secret
    home = tmp_path / "home"
    with closing((desk := desk_in(home, clock=FakeClock(), seed=seed)).workspace):
        unit, _ = add_unit(desk, name="测试1号工厂", code=SYNTHETIC_CODES[0], sub_unit="")
        card, _ = new_card(desk, unit)
    known: dict[str, str] = {}
    places: list[str] = []
    for _ in range(KILLS):
        heard = run_and_kill(home, chance.randint(1, 6), chance.uniform(0.0, 0.05))
        if places:
            assert heard.resumed in places[-2:]
        places = heard.places
        known |= heard.saved
        with closing((desk := desk_in(home, clock=FakeClock(), seed=seed)).workspace):
            assert desk.workspace.problems() == ()
            assert [opened.where.card for opened in look_around(desk).left_open] == [card.id]
            now = standings(desk, card.id)
        lost, kind = heard.under_way
        assert now[lost] in {kind, known.get(lost, "open")}
        known[lost] = now[lost]
        assert {clause: now[clause] for clause in known} == known
