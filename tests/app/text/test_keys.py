"""The program asks for keys that exist, gives the facts they need, and leaves none unused."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

from tests.forms import RESOURCES

ROOT = RESOURCES.parent
PO = RESOURCES / "translations" / "zh_CN" / "LC_MESSAGES" / "ankang.po"
# `error_sentence` composes these from a code and the names and values of its facts.
COMPOSED = ("error.", "fact.", "needed.", "policy.", "signatory.", "what.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One `say(key, ...)` or `text(key, ...)`; a key ending in a dot is completed at run time."""

    place: str
    key: str
    facts: frozenset[str]


@cache
def placeholders() -> dict[str, set[str]]:
    """Return every key with the facts its sentence needs."""
    with PO.open("rb") as stream:
        entries = [entry for entry in read_po(stream) if entry.id]
    return {
        str(entry.id): {name for _, name, _, _ in Formatter().parse(str(entry.string)) if name}
        for entry in entries
    }


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path in chain.from_iterable((ROOT / room).rglob("*.py") for room in ("app", "ui")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path, node


def asked_for() -> Iterator[Asked]:
    for path, node in nodes():
        match node:
            case ast.Call(
                func=ast.Attribute(attr="say" | "text"),
                args=[ast.Constant(str(key)) | ast.JoinedStr([ast.Constant(str(key)), *_])],
                keywords=keywords,
            ):
                facts = frozenset(keyword.arg or "**" for keyword in keywords)
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield Asked(place=place, key=key, facts=facts)
            case _:
                pass


def families() -> set[str]:
    """Return what keys begin with, for those completed at run time."""
    return {f"{key.rpartition('.')[0]}." for key in placeholders()}


def test_every_key_asked_for_is_there() -> None:
    known = {*placeholders(), *families()}
    missing = {asked.place: asked.key for asked in asked_for() if asked.key not in known}
    assert missing == {}


def test_every_sentence_gets_the_facts_it_needs() -> None:
    lacking = {
        asked.place: needed - asked.facts
        for asked in asked_for()
        if (needed := placeholders().get(asked.key, set())) - asked.facts
    }
    assert lacking == {}


def test_no_key_is_left_that_nobody_asks_for() -> None:
    written = {node.value for _, node in nodes() if isinstance(node, ast.Constant)}
    completed = COMPOSED + tuple(family for family in families() if family in written)
    unused = {
        key for key in placeholders() if key not in written and not key.startswith(completed)
    }
    assert unused == set()
