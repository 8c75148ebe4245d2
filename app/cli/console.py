"""What every command shares: common options anywhere, one JSON document, one sentence."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from app.crypto.passphrase import Passphrase, passphrase_of_file, passphrase_of_text
from app.domain.card import CardId
from app.domain.moment import local_date
from app.errors import AppError, Code
from app.files import read_whole
from app.ports import OpenWorkspace
from app.services.desk.desk import Changes, Desk, open_desk
from app.services.desk.system import default_home
from app.services.workplace.clock import clock_behind
from app.text.catalogue import Catalogue, Language, translator

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]
PASSPHRASE_VARIABLE = "ANKANG_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable
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
            if writing:
                self._warn_of_clock(desk)
            yield desk
        finally:
            desk.workspace.close()

    def _warn_of_clock(self, desk: Desk) -> None:
        """Say on standard error that the clock is behind the last change; work goes on."""
        behind = clock_behind(desk)
        if behind is not None:
            now, last = (local_date(moment).isoformat() for moment in behind)
            warning = AppError(Code.CLOCK_BEHIND, now=now, last=last)
            self.note(f"warning: {warning.code}: {self.catalogue.error_sentence(warning)}")

    def passphrase(self, *, twice: bool = False) -> Passphrase:
        """Return the passphrase: of the file named, else of a terminal; never of the arguments.

        Raises:
            AppError: PASSPHRASE_NEEDED (no file and no terminal), PASSPHRASE_EMPTY, FILE_MISSING.

        """
        named = os.environ.get(PASSPHRASE_VARIABLE)
        path = self.passphrase_file or (Path(named) if named else None)
        if path is not None:
            return read_passphrase(path)
        return self.typed_passphrase("cli.passphrase", twice=twice)

    def typed_passphrase(self, prompt: str, *, twice: bool = False) -> Passphrase:
        """Return a passphrase asked for on the terminal by this sentence of the catalogue.

        Raises:
            AppError: PASSPHRASE_NEEDED (no terminal), PASSPHRASE_EMPTY.

        """
        needed = AppError(Code.PASSPHRASE_NEEDED, variable=PASSPHRASE_VARIABLE)
        if sys.stdin is None or not sys.stdin.isatty():  # None: it was closed
            raise needed
        words = self.catalogue.text(prompt)
        try:
            typed = click.prompt(words, hide_input=True, confirmation_prompt=twice, err=True)
        except click.Abort as cause:
            raise needed from cause
        return passphrase_of_text(typed)

    def answer(self, document: Json, *lines: str) -> None:
        """Print the answer: the document with --json, else the lines."""
        if self.as_json:
            _print(json.dumps(document, ensure_ascii=False, indent=1))
        else:
            for line in lines:
                _print(line)

    def say(self, key: str, **facts: str | int) -> str:
        """Return a sentence of the catalogue."""
        return self.catalogue.text(key, **facts)

    def tell_unsigned(self, changes: Changes) -> list[CardId]:
        """Say on standard error whose signatures fell; return the cards for the document."""
        for card in changes.unsigned:
            self.note(self.say("cli.signatures_removed", card=card))
        return list(changes.unsigned)

    def note(self, line: str) -> None:
        """Say something beside the answer, on standard error."""
        _print(line, err=True)

    def tell_refusal(self, error: AppError, *, where: str = "") -> str:
        """Say `error: CODE: sentence` on standard error, and return the sentence."""
        sentence = self.catalogue.error_sentence(error)
        self.note(f"error: {error.code}: {f'{where}: ' if where else ''}{sentence}")
        return sentence

    def refuse(self, error: AppError) -> None:
        """Say that all was refused; with --json the one document says so too."""
        sentence = self.tell_refusal(error)
        if self.as_json:
            facts: Json = dict(error.facts)
            document = {"code": error.code.value, "sentence": sentence, "facts": facts}
            self.answer({"error": document})


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

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, unless an argument holds bytes that are no text: only paths may."""
        for given in ctx.params.values():
            for value in given if isinstance(given, tuple) else (given,):
                if isinstance(value, str) and _shown(value) != value:
                    raise AppError(Code.ARGUMENT_MALFORMED, argument=_shown(value))
        return super().invoke(ctx)


class Group(click.Group):
    """A group of such commands."""

    command_class = Command

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # click's own signature
        self.params.extend(common_options())


class _Paths(click.Path):
    """Paths; an empty one is a script's mistake and would mean the present folder."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path typed."""
        if not os.fspath(value):
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


PATH = _Paths(path_type=Path)


def common_options() -> list[click.Option]:
    """Return --home, --lang, --json and --passphrase-file; each is remembered, not passed on."""
    home = "The workspace's folder (else ANKANG_HOME, else the user's data folder)."
    file = "File of the passphrase (else ANKANG_PASSPHRASE_FILE, else a terminal is asked)."
    return [
        _common("--home", home, PATH),
        _common("--lang", "Language of sentences.", _Languages(Language)),
        _common("--json", "Print exactly one JSON document on standard output."),
        _common("--passphrase-file", file, PATH),
    ]


class _Languages(click.Choice[Language]):
    """The languages by their codes; click would take the names of the enumeration."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """Return what is typed for a language."""
        del ctx
        return str(choice)


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


def _print(text: str, *, err: bool = False) -> None:
    """Print; bytes that are no text become the escape by which JSON reads them back."""
    click.echo(text.encode("utf-8", "backslashreplace").decode(), err=err)


def _shown(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    console = context.find_object(Console)
    if console is not None and value:
        setattr(console, _REMEMBERED[option.name or ""], value)
