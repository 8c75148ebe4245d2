"""The command line as a whole: options anywhere, exit codes, one document, two languages."""

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.cli.run import ankang
from tests.app.cli.shell import CODE, Shell

COMMON = {"--home", "--lang", "--json", "--passphrase-file"}
# The issue's list, word by word: command, options of its own.
ASKED_FOR = {
    "office init": {"--name", "--code", "--level"},
    "office enroll": {"--name", "--post", "--identity-passphrase-file", "-o"},
    "office set": set[str](),
    "office revoke": {"--reason"},
    "office profile": {"-o"},
    "office keys": {"-o"},
    "office accept": set[str](),
    "office return": {"--reason"},
    "trust add": {"--fingerprint"},
    "trust list": set[str](),
    "identity use": set[str](),
    "units add": {"--name", "--code", "--sub-unit"},
    "units set": {"--sub-unit"},
    "units list": set[str](),
    "units import": set[str](),
    "units export": {"-o"},
    "card new": {"--sub-unit", "--date"},
    "card list": set[str](),
    "card score": {"--reason", "--na", "--full"},
    "card evidence": set[str](),
    "card show": set[str](),
    "card check": set[str](),
    "card sign": {"--role", "--name", "--ink", "--paper", "--refused", "--witness", "--pending"},
    "card finalize": set[str](),
    "card revise": {"--reason"},
    "card pdf": {"-o"},
    "submit": {"-o", "--cards", "--no-photos"},
    "import": set[str](),
    "receipts": {"-o"},
    "rank": set[str](),
    "summary": {"-o"},
    "verify": {"--trust"},
    "audit verify": set[str](),
    "demo": set[str](),
}


def commands(group: click.Group = ankang, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its whole name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def options(command: click.Command) -> set[str]:
    return {
        name
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }


@pytest.mark.parametrize("name", ASKED_FOR)
def test_every_command_asked_for_is_there_with_its_options(name: str) -> None:
    command = dict(commands())[name]
    assert ASKED_FOR[name] | COMMON <= options(command)


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_explains_itself(shell: Shell, name: str) -> None:
    answer = shell.bare(*name.split(), "--help")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith(f"Usage: ankang {name}")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nothing",),
        ("card",),
        ("card", "nothing"),
        ("card", "show"),
        ("card", "show", "a", "b"),
        ("rank", "--nothing"),
        ("units", "list", "--lang", "de"),
        ("units", "add", "--name", "x"),
        ("import",),
        ("--home",),
        ("--home", "", "units", "list"),
        ("units", "export", "-o", ""),
    ],
)
def test_wrong_usage_is_status_2_and_prints_nothing(
    shell: Shell, arguments: tuple[str, ...]
) -> None:
    answer = shell.bare(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert "Usage: ankang" in answer.err


def test_common_options_may_stand_anywhere(shell: Shell) -> None:
    home = shell.folder / "office"
    for line in (
        ("--home", home, "--json", "--lang", "en", "units", "list"),
        ("units", "--home", home, "--json", "--lang", "en", "list"),
        ("units", "list", "--home", home, "--json", "--lang", "en"),
        (f"--home={home}", "units", "--lang=en", "list", "--json"),
    ):
        answer = shell.bare(*line)
        assert (answer.status, answer.document) == (0, [])


def test_options_of_a_command_may_follow_its_arguments(shell: Shell) -> None:
    shell("units", "add", "--name", "测试工厂", "--code", CODE)
    answer = shell("units", "set", CODE, "women=0", "--json", "--sub-unit", "", "workers=2")
    facts = answer["facts"]
    assert isinstance(facts, dict)
    assert (facts["women"], facts["workers"]) == (0, 2)


def test_the_nearest_home_counts(shell: Shell) -> None:
    shell("units", "add", "--name", "测试工厂", "--code", CODE, home="first")
    line = ("--home", shell.folder / "office", "units", "list", "--home", shell.folder / "first")
    assert len(shell.bare(*line, "--json").rows) == 1


def test_a_refusal_is_one_document_and_one_sentence_in_both_languages(shell: Shell) -> None:
    sentences = set()
    for language in ("zh_CN", "en"):
        answer = shell("card", "show", "x", "--json", "--lang", language)
        assert answer.status == 1
        error = answer["error"]
        assert isinstance(error, dict)
        assert (error["code"], error["facts"]) == ("card_unknown", {"card": "x"})
        assert answer.err == f"error: card_unknown: {error['sentence']}\n"
        sentences.add(error["sentence"])
    assert len(sentences) == 2


def test_a_refusal_without_json_says_nothing_on_standard_output(shell: Shell) -> None:
    answer = shell("card", "show", "x")
    assert (answer.status, answer.out, answer.code) == (1, "", "card_unknown")


def test_chinese_is_the_first_language(shell: Shell) -> None:
    assert "没有" in shell("card", "show", "x").err
    assert "There is no card" in shell("card", "show", "x", "--lang", "en").err


def test_json_is_written_for_people_too(shell: Shell) -> None:
    shell("units", "add", "--name", "测试工厂", "--code", CODE)
    answer = shell.json("units", "list")
    assert "测试工厂" in answer.out
    assert json.loads(answer.out)


def test_a_home_that_is_not_there_is_made(shell: Shell) -> None:
    home = shell.folder / "a" / "b"
    assert shell.bare("--home", home, "units", "list", "--json").document == []
    assert (home / "workspace.db").is_file()


@pytest.mark.parametrize("home", ["/proc/nowhere", "FILE", "FILE/below"])
def test_a_home_that_cannot_be_is_refused(shell: Shell, home: str) -> None:
    place = home.replace("FILE", str(shell.file("a-file")))
    answer = shell.bare("--home", place, "units", "list", "--json")
    assert (answer.status, answer.code) == (1, "file_not_writable")
    assert isinstance(answer.document, dict)


@pytest.mark.parametrize(
    ("command", "suffix"),
    [
        (("units", "export", "-o"), ".xlsx"),
        (("office", "profile", "-o"), ".akprofile"),
        (("card", "pdf", "CARD", "-o"), ".pdf"),
        (("submit", "-o"), ".akp"),
        (("summary", "-o"), ".xlsx"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused(
    shell: Shell, command: tuple[str, ...], suffix: str
) -> None:
    home = "first" if command[0] in {"card", "submit"} else "office"
    card = shell.sealed_card() if home == "first" else ""
    placed = [card if part == "CARD" else part for part in command]
    for folder in (Path("/proc"), shell.file("a-file")):
        target = folder / f"x{suffix}"
        assert shell.refused(*placed, target, home=home) == "file_not_writable"
    (shell.folder / "taken").mkdir(exist_ok=True)
    assert shell.refused(*placed, shell.folder / "taken", home=home) == "file_not_writable"


def test_a_damaged_database_is_refused_and_left_alone(shell: Shell) -> None:
    database = shell.folder / "office" / "workspace.db"
    for content in (b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 4000):
        database.write_bytes(content)
        assert shell.refused("units", "list") == "database_damaged"
        assert shell.refused("units", "add", "--name", "x", "--code", CODE) == "database_damaged"
        assert database.read_bytes() == content


def test_the_environment_names_home_and_passphrase(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = shell.signed_card()
    monkeypatch.setenv("ANKANG_HOME", str(shell.folder / "first"))
    monkeypatch.setenv("ANKANG_PASSPHRASE_FILE", str(shell.folder / "wrong"))
    assert shell.bare("card", "finalize", card).code == "passphrase_wrong"
    named = ("--passphrase-file", shell.folder / "ip")
    assert shell.bare("card", "finalize", card, *named).status == 0
    monkeypatch.setenv("ANKANG_PASSPHRASE_FILE", str(shell.folder / "ip"))
    package = shell.folder / "s.akp"
    assert shell.bare("submit", "-o", package).status == 0
    assert package.is_file()


def test_an_option_goes_before_the_environment(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANKANG_HOME", str(shell.folder / "first"))
    shell("units", "add", "--name", "测试工厂", "--code", CODE)
    assert shell.bare("units", "list", "--json").document == []
    assert len(shell.json("units", "list").rows) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "passphrase_empty"), (b"\n", "passphrase_empty"), (b"\xff", "passphrase_malformed")],
)
def test_a_passphrase_file_must_hold_one(shell: Shell, content: bytes, code: str) -> None:
    words = shell.file("words", content)
    command = ("submit", "-o", "x.akp", "--passphrase-file", words)
    assert shell.bare("--home", shell.folder / "first", *command).code == code


def test_no_command_takes_a_passphrase_as_an_argument() -> None:
    spelled = {
        option
        for _, command in commands()
        for option in options(command)
        if "pass" in option or "word" in option or "key" in option
    }
    assert spelled == {
        "--passphrase-file",
        "--identity-passphrase-file",
        "--second-passphrase-file",
    }
