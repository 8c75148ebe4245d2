"""Runs the benchmarks, prints their table, writes build/bench.json: python -m tests.benchmarks."""

import json
import platform
import sqlite3
import sys
from pathlib import Path

import sqlcipher3

from tests.benchmarks.saving import GOAL, Ratio, measure

BUILD = Path(__file__).parents[2] / "build"
_SHOWN = ("commit of one row", "median ms", "save median ms", "ratio", "p10", "p90")


def main() -> int:
    """Return 1 when the goal is missed."""
    BUILD.mkdir(exist_ok=True)
    ratios = measure(BUILD)
    result = {
        "benchmark": "durable save of one clause score / commit of one row, same pragmas",
        "goal": GOAL,
        "met": all(ratio.ratio <= GOAL for ratio in ratios),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "sqlite3": sqlite3.sqlite_version,
        "sqlcipher3": sqlcipher3.sqlite_version,
        "against": [ratio.as_json() for ratio in ratios],
    }
    (BUILD / "bench.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(table(ratios))
    print(f"goal {GOAL} or less: {'met' if result['met'] else 'MISSED'}")
    return 0 if result["met"] else 1


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
