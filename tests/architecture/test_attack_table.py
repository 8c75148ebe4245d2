"""The table of attacks in docs/threat-model.md names tests that are there and codes we have."""

import ast
import re

import pytest

from app.errors import Code
from tests.forms import RESOURCES

ROOT = RESOURCES.parent
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## Attacks on the card")[2].partition("\n## ")[0]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in SECTION.splitlines()
    if line.startswith("| ") and not line.startswith("| attack")
]
ROOMS = ("tests/app/attacks", "tests/app/services")


def written() -> set[str]:
    """Return the names of all test functions of the rooms that attacks are tried in."""
    return {
        node.name
        for room in ROOMS
        for path in (ROOT / room).rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_there_are_attacks() -> None:
    assert len(ROWS) > 30
    assert {len(row) for row in ROWS} == {4}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0])[:40])
def test_each_attack_names_tests_that_are_there(row: list[str]) -> None:
    named = re.findall(r"`(test_\w+)`", row[3])
    assert named
    assert set(named) <= written()


def test_each_verdict_is_one_of_ours() -> None:
    codes = {code for row in ROWS for code in re.findall(r"`(\w+)`", row[2])}
    assert codes <= {code.value for code in Code}


def test_each_attack_that_is_tried_stands_in_the_table() -> None:
    tried = {
        node.name
        for path in (ROOT / "tests/app/attacks").glob("test_*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and node.name.endswith(("is_found", "is_found_twice"))
    }
    assert {name for name in tried if f"`{name}`" not in SECTION} == set()
