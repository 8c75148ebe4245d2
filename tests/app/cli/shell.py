"""Runs the command line as a person does: arguments in, exit code and two streams out."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli.run import run
from db.workspace import open_workspace
from tests.app.services.field import (
    INSPECTOR_WORDS,
    OFFICE_WORDS,
    Founded,
)
from tests.forms import RESOURCES, SYNTHETIC_CODES

ROOT = RESOURCES.parent
CODE = SYNTHETIC_CODES[0]
INK = {
    "strokes": [[[10, 10, 0, 0.5], [60, 40, 100, 0.7], [90, 20, 200, 0.6]]],
    "width": 300,
    "height": 100,
}

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a command said."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Json:
        """The one JSON document on standard output."""
        read: Json = json.loads(self.out)
        return read

    def __getitem__(self, key: str) -> Json:
        """Return a field of the document."""
        assert isinstance(self.document, dict), self.document
        return self.document[key]

    @property
    def keys(self) -> set[str]:
        """The fields of the document."""
        assert isinstance(self.document, dict)
        return set(self.document)

    @property
    def rows(self) -> list[dict[str, Json]]:
        """The document as a list of objects."""
        assert isinstance(self.document, list)
        return [row for row in self.document if isinstance(row, dict)]

    @property
    def code(self) -> str:
        """The code of the one refusal on standard error."""
        assert "Traceback" not in self.err + self.out
        (line,) = [line for line in self.err.splitlines() if line.startswith("error: ")]
        return line.split(": ")[1]


@dataclass(kw_only=True)
class Shell:
    """A shell in a folder with workspaces `office`, `first`, `second` and their passphrases."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    home: str = "office"

    def __call__(self, *arguments: str | Path, home: str | None = None) -> Answer:
        """Run a command on a workspace, its passphrase named."""
        seat = home or self.home
        words = self.folder / ("op" if seat == "office" else "ip")
        return self.bare("--home", self.folder / seat, *arguments, "--passphrase-file", words)

    def bare(self, *arguments: str | Path) -> Answer:
        """Run a command exactly as given."""
        self.capsys.readouterr()
        status = run(
            [str(argument) for argument in arguments],
            open_workspace=open_workspace,
            resources=RESOURCES,
        )
        out, err = self.capsys.readouterr()
        return Answer(status=status, out=out, err=err)

    def json(self, *arguments: str | Path, home: str | None = None) -> Answer:
        """Run a command with --json and expect it to succeed."""
        answer = self(*arguments, "--json", home=home)
        assert answer.status == 0, answer.err
        assert isinstance(answer.document, dict | list)
        return answer

    def refused(self, *arguments: str | Path, home: str | None = None) -> str:
        """Run a command with --json, expect a refusal told on both streams, return its code."""
        answer = self(*arguments, "--json", home=home)
        assert answer.status == 1, answer
        error = answer["error"]
        assert isinstance(error, dict)
        assert set(error) == {"code", "sentence", "facts"}
        assert answer.err.splitlines()[-1] == f"error: {error['code']}: {error['sentence']}"
        return answer.code

    def file(self, name: str, content: bytes | str = b"") -> Path:
        """Write a file into the folder."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def text(self, *arguments: str | Path, home: str | None = None) -> str:
        """Run a command and return what it prints."""
        answer = self(*arguments, home=home)
        assert answer.status == 0, answer.err
        return answer.out

    def new_card(self, code: str = CODE, home: str = "first") -> str:
        """Register a unit, begin a card for it, and return the card's id."""
        self("units", "add", "--name", "测试工厂", "--code", code, home=home)
        return str(self.json("card", "new", code, home=home)["id"])

    def signed_card(self, code: str = CODE, home: str = "first", *points: str) -> str:
        """Return a complete card that both sides signed."""
        card = self.new_card(code, home)
        reasons = [f"--reason={given.split('=')[0]}=未见资料" for given in points]
        self.json("card", "score", card, *points, *reasons, "--full", home=home)
        ink = self.file("ink.json", json.dumps(INK))
        self.json("card", "sign", card, "--role=lead", "--name=测试甲", "--ink", ink, home=home)
        self.json("card", "sign", card, "--role=unit", "--name=测试丙", "--pending", home=home)
        return card

    def sealed_card(self, code: str = CODE, home: str = "first", *points: str) -> str:
        """Return a sealed card."""
        card = self.signed_card(code, home, *points)
        self.json("card", "finalize", card, home=home)
        return card

    def received_card(self, code: str = CODE, home: str = "first", *points: str) -> str:
        """Return a card that the office has received."""
        card = self.sealed_card(code, home, *points)
        path = self.folder / f"{code}.akp"
        self.json("submit", "-o", path, home=home)
        self.json("import", path)
        return card


def sit_down(founded: Founded, folder: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Copy what was founded and write the passphrase files."""
    for seat in founded.keys:
        shutil.copytree(founded.folder / seat, folder / seat)
    shell = Shell(folder=folder, capsys=capsys)
    shell.file("op", OFFICE_WORDS + "\n")
    shell.file("ip", INSPECTOR_WORDS + "\r\n")
    shell.file("wrong", "wrong\n")
    return shell


def process(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> Answer:
    """Run main.py in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        timeout=100,
    )
    return Answer(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())
