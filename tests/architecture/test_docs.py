"""Hold the documents to the tree: what they name exists, and the two READMEs agree."""

import re
import shlex
from pathlib import Path

import pytest

from app.cli.run import DONE, run
from db.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[2]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
DOCS = ROOT / "docs"
PAGES = (
    *(ENGLISH, CHINESE, ROOT / "CHANGELOG.md", DOCS / "architecture.md", DOCS / "glossary.md"),
    *sorted((DOCS / "adr").glob("*.md")),
    *sorted((DOCS / "user-guide").glob("*.md")),
)
ROOMS = {"app", "db", "ui", "resources", "packaging", "tests", "docs"}
TOP_LEVEL = {"main.py", "pyproject.toml", "requirements.lock", "Makefile"}

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)#\s]+)\)")
_PLACEHOLDER = re.compile(r"<[^>]+>")
# The two people of the tour, or the program itself; what follows a sign is for the shell.
_COMMAND = re.compile(r"^(?:clerk|inspector|ankang) (.*?)(?: [|>] .*)?$", re.MULTILINE)
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def prose(page: Path) -> str:
    """Return a page without its blocks of commands and output."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def commands(page: Path) -> str:
    """Return the blocks for a shell; the language asked for does not count."""
    blocks = _BLOCK.findall(page.read_text(encoding="utf-8"))
    text = "".join(block for language, block in blocks if language in {"sh", "bat"})
    return text.replace(" --lang en", "")


def links(page: Path) -> list[str]:
    return [link for link in _LINK.findall(prose(page)) if "://" not in link]


def paths_named(page: Path) -> list[str]:
    """Return what looks like a path of the tree."""
    return [code for code in _CODE.findall(prose(page)) if is_path(code)]


def is_path(code: str) -> bool:
    room, slash, _ = code.partition("/")
    return code in TOP_LEVEL or (" " not in code and slash != "" and room in ROOMS)


def is_there(path: str) -> bool:
    """Tell whether the tree has a path; a `<placeholder>` stands for any name."""
    return any(ROOT.glob(_PLACEHOLDER.sub("*", path).rstrip("/")))


@EACH_PAGE
def test_every_path_a_page_names_exists(page: Path) -> None:
    assert [path for path in paths_named(page) if not is_there(path)] == []


@EACH_PAGE
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


def test_a_path_that_is_not_there_is_found() -> None:
    assert is_there("app/domain/card.py")
    assert is_there("ui/views/<screen>/presenter.py")
    assert not is_there("app/domain/cart.py")
    assert not is_there("app/<room>/nowhere.py")
    assert len(paths_named(DOCS / "architecture.md")) > 100


def test_both_readmes_have_the_same_sections_and_commands() -> None:
    levels = [re.findall(r"^#+ ", prose(page), re.MULTILINE) for page in (ENGLISH, CHINESE)]
    assert levels[0] == levels[1]
    assert len(levels[0]) > 10
    assert commands(ENGLISH) == commands(CHINESE)
    english = {link.replace("-en-", "-zh_CN-") for link in links(ENGLISH)}
    assert english ^ set(links(CHINESE)) == {"README.md", "README.zh.md"}


def test_the_makefile_makes_what_the_readme_names() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", ENGLISH.read_text("utf-8"), re.MULTILINE))
    assert {"demo", "test"} <= named
    assert named <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


@pytest.mark.parametrize(
    "page", [ENGLISH, DOCS / "user-guide" / "zh.md"], ids=lambda page: page.name
)
def test_the_program_has_every_command(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each is asked for its help, so its name and options are read and nothing is done."""
    named = _COMMAND.findall(commands(page))
    assert len(named) > 20
    for command in named:
        arguments = [*shlex.split(command), "--help"]
        assert run(arguments, open_workspace=open_workspace, resources=ROOT / "resources") == DONE
        assert "Usage: ankang" in capsys.readouterr().out
