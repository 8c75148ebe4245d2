"""docs/cli.md says what the program does: commands, options, answers, codes. Both ways."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from app.cli.console import common_options
from app.cli.run import ankang
from app.errors import Code
from tests.app.cli.shell import CODE, Answer, Json, Shell
from tests.forms import RESOURCES

PAGE = (RESOURCES.parent / "docs" / "cli.md").read_text(encoding="utf-8")
SECTIONS = {
    title.strip(): body
    for title, body in re.findall(r"^### (.+?)$(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
}
COMMON = {option.name for option in common_options()}


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif command is not None:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands(ankang))


def test_every_command_has_its_section_and_every_section_its_command() -> None:
    assert SECTIONS.keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_section_names_every_option_of_its_command_and_no_other(name: str) -> None:
    options = {
        option
        for parameter in COMMANDS[name].params
        if isinstance(parameter, click.Option) and parameter.name not in COMMON
        for option in parameter.opts
    }
    named = set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", SECTIONS[name]))
    assert named == options


def test_the_common_options_are_told() -> None:
    told = PAGE.partition("## The office")[0]
    assert all(f"`{option.opts[0]}" in told for option in common_options())


def test_every_code_stands_in_the_table_with_its_sentence_and_next_step() -> None:
    table = PAGE.partition("## Error codes")[2].replace("\\|", "/")
    rows = re.findall(r"^\| `([a-z0-9_]+)` \| (.+?) \| (.+?) \|$", table, re.MULTILINE)
    said = templates()
    assert {code: (sentence, step) for code, sentence, step in rows} == {
        code.value: (said[f"error.{code}"], said[f"error.{code}.next"]) for code in Code
    }


def templates() -> dict[str, str]:
    """Return the English sentences with their placeholders left open."""
    with (RESOURCES / "translations" / "en" / "LC_MESSAGES" / "ankang.po").open("rb") as source:
        return {str(entry.id): str(entry.string).replace("|", "/") for entry in read_po(source)}


@pytest.mark.parametrize("path", [Path("README.md"), Path("README.zh.md")])
def test_the_readme_leads_here(path: Path) -> None:
    assert "docs/cli.md" in (RESOURCES.parent / path).read_text(encoding="utf-8")


def fields(document: Json) -> set[str]:
    """Return the names of all fields of a document, those inside it too."""
    if isinstance(document, dict):
        return set(document).union(*map(fields, document.values()))
    return set().union(*map(fields, document)) if isinstance(document, list) else set()


def undocumented(section: str, answer: Answer) -> set[str]:
    """Return the fields of an answer that its section, or the one of a unit, does not name."""
    told = SECTIONS[section] + SECTIONS["units list"]
    return {field for field in fields(answer.document) if f"`{field}`" not in told}


def test_every_field_of_an_answer_is_told_in_the_section_of_its_command(shell: Shell) -> None:
    card = shell.signed_card(CODE, "first", "S1-R1-C1=1")
    post = shell.folder / "post.akp"
    scan = shell.file("note.txt", "未见资料")
    answers = {
        "units list": shell.json("units", "list", home="first"),
        "card list": shell.json("card", "list", home="first"),
        "card check": shell.json("card", "check", card, home="first"),
        "card finalize": shell.json("card", "finalize", card, home="first"),
        "card supplement evidence": shell.json(
            "card", "supplement", "evidence", card, "S1-R1-C1", scan, home="first"
        ),
        "card show": shell.json("card", "show", card, home="first"),
        "submit": shell.json("submit", "-o", post, home="first"),
        "import": shell.json("import", post),
        "verify": shell.json("verify", post),
        "office accept": shell.json("office", "accept", card),
        "office assign": shell.json(
            "office", "assign", "--to=测试甲", "--all", "--due=2030-11-30", "-o", post
        ),
        "rank": shell.json("rank"),
        "summary": shell.json("summary", "-o", shell.folder / "s.xlsx"),
        "receipts": shell.json("receipts", "-o", shell.folder / "receipts"),
        "audit verify": shell.json("audit", "verify"),
        "office list": shell.json("office", "list"),
        "trust list": shell.json("trust", "list"),
    }
    lacking = {name: undocumented(name, answer) for name, answer in answers.items()}
    assert {name: lacks for name, lacks in lacking.items() if lacks} == {}
