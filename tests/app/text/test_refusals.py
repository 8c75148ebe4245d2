"""Every refusal written in the program gives the facts its sentence needs."""

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from app.errors import AppError, Code, FactValue
from app.text.catalogue import Language, translator
from tests.forms import RESOURCES

ROOT = RESOURCES.parent
CATALOGUES = tuple(translator(language, RESOURCES) for language in Language)


def modules() -> Iterator[Path]:
    return chain.from_iterable((ROOT / room).rglob("*.py") for room in ("app", "db", "ui"))


def dictionaries(tree: ast.Module) -> dict[str, set[str]]:
    """Return the keys of the dictionaries written out under a name, to follow `**name`."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(name)], value=ast.Dict(keys=keys)):
                constants = {key.value for key in keys if isinstance(key, ast.Constant)}
                found[name] = {key for key in constants if isinstance(key, str)}
            case _:
                pass
    return found


def facts_given(keyword: ast.keyword, known: dict[str, set[str]]) -> set[str]:
    match keyword:
        case ast.keyword(arg=str(name)):
            return {name}
        case ast.keyword(value=ast.Name(name)):
            return known[name]
        case _:
            raise AssertionError(ast.dump(keyword))


def refusals(tree: ast.Module) -> Iterator[tuple[int, str, set[str]]]:
    """Yield line, code and names of the facts of every `AppError(Code.X, ...)`."""
    known = dictionaries(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name("AppError"),
                args=[ast.Attribute(value=ast.Name("Code"), attr=code)],
                keywords=keywords,
            ):
                facts = chain.from_iterable(facts_given(keyword, known) for keyword in keywords)
                yield node.lineno, code, set(facts)
            case _:
                pass


def can_be_said(code: str, facts: set[str]) -> bool:
    """Tell whether both languages have words for the code with these facts, empty or not."""
    for catalogue in CATALOGUES:
        for value in ("", "value"):
            given: dict[str, FactValue] = dict.fromkeys(facts, value)
            try:
                catalogue.error_sentence(AppError(Code[code], **given))
            except KeyError:
                return False
    return True


def test_every_refusal_in_the_program_can_be_put_in_words() -> None:
    lacking = [
        f"{path.relative_to(ROOT)}:{line} {code} {sorted(facts)}"
        for path in modules()
        for line, code, facts in refusals(ast.parse(path.read_text(encoding="utf-8")))
        if not can_be_said(code, facts)
    ]
    assert lacking == []


def test_a_refusal_without_its_facts_is_found() -> None:
    module = ast.parse(
        "shown = {'clause': 1, 'points': 2}\n"
        "AppError(Code.POINTS_ABOVE_MAXIMUM, maximum='3', **shown)\n"
        "AppError(Code.POINTS_ABOVE_MAXIMUM, **shown)\n"
    )
    found = [can_be_said(code, facts) for _, code, facts in refusals(module)]
    assert found == [True, False]
