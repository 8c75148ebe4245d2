"""How long a durable save of one clause score takes, against the least that can be durable.

The save is the desk's own: read the card, apply the rules, store the difference and its line in
the audit trail. The least is one row, written by the bare driver in a transaction of its own with
the same pragmas into a file on the same disk. Both take turns, so the disk's moods meet both.
"""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter_ns

import sqlcipher3

from app.domain.form import Mode
from app.services.cards.assess import Points, jot, new_card
from app.services.desk.desk import Desk
from app.services.desk.system import RandomIds, SystemClock
from app.services.units.register import add_unit
from db.workspace import open_workspace
from tests.forms import RESOURCES, SYNTHETIC_CODES, national_form

GOAL = 2.0
_ROUNDS = 500
_WARM_UP = 50
_MS = 1e6
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
_TABLE = "CREATE TABLE mark (id INTEGER PRIMARY KEY, points INTEGER, reason TEXT) STRICT"
_SAVE = """
    INSERT INTO mark VALUES (1, ?, ?)
    ON CONFLICT DO UPDATE SET points = excluded.points, reason = excluded.reason
"""

Save = Callable[[int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Our save against one bare driver: medians in ms, quantiles of the ratios of each turn."""

    driver: str
    bare_ms: float
    save_ms: float
    ratio: float
    p10: float
    p90: float

    def as_json(self) -> Mapping[str, str | float]:
        """Return the figures, rounded."""
        return {
            "driver": self.driver,
            "bare_median_ms": round(self.bare_ms, 3),
            "save_median_ms": round(self.save_ms, 3),
            "median_ratio": round(self.ratio, 2),
            "p10": round(self.p10, 2),
            "p90": round(self.p90, 2),
        }

    def cells(self) -> tuple[str, ...]:
        """Return the figures as text."""
        figures = (self.bare_ms, self.save_ms, self.ratio, self.p10, self.p90)
        return (self.driver, *(f"{figure:.2f}" for figure in figures))


def measure(disk: Path) -> list[Ratio]:
    """Return the ratios, measured in a new folder on a disk."""
    with TemporaryDirectory(dir=disk, prefix="bench-") as name:
        folder = Path(name)
        workspace = open_workspace(folder / "home", clock=SystemClock(), ids=RandomIds())
        with (
            closing(workspace),
            closing(sqlite3.connect(folder / "a.db", isolation_level=None)) as standard,
            closing(sqlcipher3.connect(str(folder / "b.db"), isolation_level=None)) as ours,
        ):
            desk = Desk(
                workspace=workspace, clock=SystemClock(), ids=RandomIds(), resources=RESOURCES
            )
            bare = {
                f"sqlite3 {sqlite3.sqlite_version}": _bare(standard),
                f"sqlcipher3 {sqlcipher3.sqlite_version}": _bare(ours),
            }
            return _compared(_desk_save(desk), bare)


def _desk_save(desk: Desk) -> Save:
    unit, _ = add_unit(desk, code=SYNTHETIC_CODES[0], sub_unit="", name="测试机械有限公司")
    card, _ = new_card(desk, unit)
    clauses = [clause.id for clause in national_form().base_clauses if clause.mode is Mode.GRADED]

    def save(turn: int) -> object:
        clause = clauses[turn % len(clauses)]
        points = str(turn // len(clauses) % 2)
        return jot(desk, card.id, Points(clause=clause, points=points, reason=f"原因{turn}"))

    return save


def _bare(connection: sqlite3.Connection) -> Save:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(_TABLE)

    def save(turn: int) -> object:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_SAVE, (turn % 2, f"原因{turn}"))
        return connection.execute("COMMIT")

    return save


def _compared(save: Save, bare: Mapping[str, Save]) -> list[Ratio]:
    acts = {"save": save, **bare}
    times: dict[str, list[int]] = {name: [] for name in acts}
    for turn in range(_WARM_UP + _ROUNDS):
        for name, act in list(acts.items())[:: -1 if turn % 2 else 1]:
            began = perf_counter_ns()
            act(turn)
            times[name].append(perf_counter_ns() - began)
    ours = times["save"][_WARM_UP:]
    return [_ratio(name, ours, times[name][_WARM_UP:]) for name in bare]


def _ratio(driver: str, ours: list[int], theirs: list[int]) -> Ratio:
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    tenths = quantiles(ratios, n=10)
    return Ratio(
        driver=driver,
        bare_ms=median(theirs) / _MS,
        save_ms=median(ours) / _MS,
        ratio=median(ratios),
        p10=tenths[0],
        p90=tenths[-1],
    )
