"""What every command shares: common options anywhere on the line, one JSON document, one sentence."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from app.crypto.passphrase import Passphrase, passphrase_of_file, passphrase_of_text
from app.domain.card import CardId
from app.errors import AppError, Code
from app.files import read_whole
from app.ports import OpenWorkspace
from app.services.desk import Changes, Desk, open_desk
from app.services.system import default_home
from app.text.catalogue import Catalogue, Language, translator

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]
PASSPHRASE_VARIABLE = "ANKANG_PASSPHRASE_FILE"
_Callback = TypeVar("_Callback")
_LONGEST_PASSPHRASE = 4096


@dataclass(slots=True, kw_only=True)
class Console:
    """One run of the command line: what was asked for, and how to answer."""

    open_workspace: OpenWorkspace
    resources: Path
    home: Path | None = None
    language: Language = Language.CHINESE
    as_json: bool = False
    passphrase_file: Path | None = None

    @property
    def catalogue(self) -> Catalogue:
        """Return the sentences of the language asked for."""
        return translator(self.language, self.resources)

    @contextmanager
    def desk(self, *, writing: bool = True) -> Iterator[Desk]:
        """Lend the workspace; reading is allowed while the window is open."""
        home = self.home or default_home()
        desk = open_desk(self.open_workspace, home, resources=self.resources, writing=writing)
        try:
            yield desk
        finally:
            desk.workspace.close()

    def passphrase(self, *, twice: bool = False) -> Passphrase:
        """Return the passphrase: of the file named, else of a terminal; never of the arguments.

        Raises:
            AppError: PASSPHRASE_NEEDED (no file and no terminal), PASSPHRASE_EMPTY, FILE_MISSING.

        """
        named = os.environ.get(PASSPHRASE_VARIABLE)
        path = self.passphrase_file or (Path(named) if named else None)
        if path is not None:
            return read_passphrase(path)
        if not sys.stdin.isatty():
            raise AppError(Code.PASSPHRASE_NEEDED, variable=PASSPHRASE_VARIABLE)
        prompt = self.catalogue.text("cli.passphrase")
        typed = click.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True)
        return passphrase_of_text(typed)

    def answer(self, document: Json, *lines: str) -> None:
        """Print the answer: the document with --json, else the lines."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        else:
            for line in lines:
                click.echo(line)

    def say(self, key: str, **facts: str | int) -> str:
        """Return a sentence of the catalogue."""
        return self.catalogue.text(key, **facts)

    def tell_unsigned(self, changes: Changes) -> list[CardId]:
        """Say on standard error whose signatures fell; return the cards for the document."""
        for card in changes.unsigned:
            click.echo(self.say("cli.signatures_removed", card=card), err=True)
        return list(changes.unsigned)

    def refuse(self, error: AppError) -> None:
        """Print a refusal: `error: CODE: sentence` on standard error, and a document with --json."""
        sentence = self.catalogue.error_sentence(error)
        click.echo(f"error: {error.code}: {sentence}", err=True)
        if self.as_json:
            document = {"code": error.code.value, "sentence": sentence, "facts": dict(error.facts)}
            click.echo(json.dumps({"error": document}, ensure_ascii=False, indent=1))


def read_passphrase(path: Path) -> Passphrase:
    """Return the passphrase a file holds."""
    return passphrase_of_file(read_whole(path, most=_LONGEST_PASSPHRASE))


_REMEMBERED = {
    "home": "home",
    "lang": "language",
    "json": "as_json",
    "passphrase_file": "passphrase_file",
}
pass_console = click.make_pass_decorator(Console)


class Command(click.Command):
    """A command that takes the common options too, so that they may stand anywhere on the line."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own signature
        self.params.extend(common_options())


class Group(click.Group):
    """A group of such commands."""

    command_class = Command

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own signature
        self.params.extend(common_options())


def common_options() -> list[click.Option]:
    """Return --home, --lang, --json and --passphrase-file; each is remembered, not passed on."""
    path = click.Path(path_type=Path)
    home = "The workspace's folder (else ANKANG_HOME, else the user's data folder)."
    passphrase = "File of the passphrase (else ANKANG_PASSPHRASE_FILE, else a terminal is asked)."
    return [
        _common("--home", home, path),
        _common("--lang", "Language of sentences.", click.Choice(list(Language))),
        _common("--json", "Print exactly one JSON document on standard output."),
        _common("--passphrase-file", passphrase, path),
    ]


def _common(
    name: str, text: str, kind: click.Path | click.Choice[Language] | None = None
) -> click.Option:
    return click.Option(
        [name],
        type=kind,
        is_flag=kind is None,
        expose_value=False,
        callback=_remember,
        help=text,
    )


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    console = context.find_object(Console)
    if console is not None and value:
        setattr(console, _REMEMBERED[option.name or ""], value)
