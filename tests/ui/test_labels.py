"""The catalogue and the interface hold the same keys."""

import ast
import re
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.domain.delivery import State
from app.domain.unit import Fact
from app.text.catalogue import Language, translator
from tests.forms import RESOURCES
from ui.labels import Labels

UI = Path(__file__).parents[2] / "ui"
PREFIX = "ui."


@cache
def constants() -> frozenset[str]:
    """Return every text that stands in the code of the interface."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in UI.rglob("*.py"))
    nodes = chain.from_iterable(map(ast.walk, trees))
    return frozenset(
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@cache
def families() -> tuple[re.Pattern[str], ...]:
    """Return what keys put together in the code look like: f"step.{step}" is one of `step.`."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in UI.rglob("*.py"))
    nodes = chain.from_iterable(map(ast.walk, trees))
    made = (node.values for node in nodes if isinstance(node, ast.JoinedStr))
    named = (parts for parts in made if isinstance(parts[0], ast.Constant))
    return tuple(
        re.compile("".join(map(_shape, parts)))
        for parts in named
        if re.match(r"[a-z_]+\.", str(getattr(parts[0], "value", "")))
    )


def _shape(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z0-9_]+"


@cache
def asked() -> frozenset[str]:
    """Return every key the interface asks its labels for by name."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in UI.rglob("*.py"))
    calls = (
        node for node in chain.from_iterable(map(ast.walk, trees)) if isinstance(node, ast.Call)
    )
    said = (call for call in calls if ast.unparse(call.func).endswith("labels") and call.args)
    first = (call.args[0] for call in said)
    return frozenset(str(key.value) for key in first if isinstance(key, ast.Constant))


def keys() -> set[str]:
    po = RESOURCES / "translations" / "zh_CN" / "LC_MESSAGES" / "ankang.po"
    with po.open("rb") as stream:
        entries = [str(entry.id) for entry in read_po(stream)]
    return {entry.removeprefix(PREFIX) for entry in entries if entry.startswith(PREFIX)}


def test_every_text_asked_for_stands_in_the_catalogue() -> None:
    assert len(asked()) > 30
    assert asked() - keys() == set()


def test_no_text_of_the_interface_is_left_over() -> None:
    left = keys() - constants()
    assert {key for key in left if not any(each.fullmatch(key) for each in families())} == set()


@pytest.mark.parametrize("language", Language)
def test_every_state_and_fact_has_a_word(language: Language) -> None:
    labels = Labels(translator(language, RESOURCES))
    words = [labels.state(None), *(labels.state(state) for state in State)]
    assert len(set(words)) == len(State) + 1
    assert all(labels.fact(fact) for fact in Fact)
