"""One demo for all tests that look at what it made; played by the command line itself."""

import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from app.cli.run import DONE, run
from db.workspace import open_workspace
from tests.forms import RESOURCES


@dataclass(frozen=True, kw_only=True)
class Played:
    """The folder of a demo, what it said on standard output, and line by line on the other."""

    folder: Path
    answer: str
    told: tuple[str, ...]

    @property
    def made(self) -> dict[str, list[Path]]:
        """Return the paths of what was made, by its word."""
        listed = json.loads(self.answer)["made"]
        return {each["what"]: [Path(path) for path in each["paths"]] for each in listed}


def play(*arguments: str) -> tuple[int, str, str]:
    """Run a command; return its exit code, standard output and standard error."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = run(arguments, open_workspace=open_workspace, resources=RESOURCES)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("played") / "demo"
    code, answer, told = play("demo", str(folder), "--json")
    assert code == DONE, told
    return Played(folder=folder, answer=answer, told=tuple(told.splitlines()))
