"""Runs the benchmarks, prints their table, writes build/bench.json: python -m tests.benchmarks."""

import json
import platform
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import sqlcipher3

from tests.benchmarks import painting, photo_sheet, printing, signing
from tests.benchmarks.saving import GOAL, Ratio, measure

BUILD = Path(__file__).parents[2] / "build"
_SHOWN = ("commit of one row", "median ms", "save median ms", "ratio", "p10", "p90")


class _Figures(Protocol):
    """What a benchmark has to say."""

    @property
    def sentence(self) -> str:
        """Return it for people."""

    @property
    def is_met(self) -> bool:
        """Tell whether it is within its bounds."""

    def as_json(self) -> Mapping[str, float | bool]:
        """Return it for machines."""


def main() -> int:
    """Return 1 when a goal is missed."""
    BUILD.mkdir(exist_ok=True)
    bare, ours = painting.first_paints()
    ratios = measure(BUILD)
    papers: Mapping[str, _Figures] = {
        "photo sheet": photo_sheet.measure(BUILD),
        "card pdf": printing.measure(),
        "memory": printing.memory(),
        "signing": signing.measure(),
    }
    is_painted_soon = ours <= bare * painting.GOAL
    result = {
        "benchmark": "durable save of one clause score / commit of one row, same pragmas",
        "goal": GOAL,
        "met": all(ratio.ratio <= GOAL for ratio in ratios),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "sqlite3": sqlite3.sqlite_version,
        "sqlcipher3": sqlcipher3.sqlite_version,
        "against": [ratio.as_json() for ratio in ratios],
        "first paint": {
            "against": "a bare PySide6 window",
            "bare_seconds": bare,
            "seconds": ours,
            "ratio": ours / bare,
            "goal": painting.GOAL,
            "met": is_painted_soon,
        },
        **{name: figures.as_json() for name, figures in papers.items()},
    }
    (BUILD / "bench.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(table(ratios))
    print(f"goal {GOAL} or less: {'met' if result['met'] else 'MISSED'}")
    print(f"first paint {ours:.3f} s, bare window {bare:.3f} s, ratio {ours / bare:.2f}, ", end="")
    print(f"goal {painting.GOAL} or less: {'met' if is_painted_soon else 'MISSED'}")
    for figures in papers.values():
        print(figures.sentence)
    is_met = is_painted_soon and all(figures.is_met for figures in papers.values())
    return 0 if result["met"] and is_met else 1


def table(ratios: list[Ratio]) -> str:
    """Return the figures in columns."""
    rows = [_SHOWN, *(ratio.cells() for ratio in ratios)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_SHOWN))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


if __name__ == "__main__":
    sys.exit(main())
