"""Hold the rules of the house that import-linter and ruff cannot see."""

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {"app", "db", "ui", "resources", "packaging", "tests", "docs"}
FILES = {
    "main.py",
    "pyproject.toml",
    "requirements.lock",
    "Makefile",
    "README.md",
    "README.zh.md",
    "LICENSE",
    "CHANGELOG.md",
}
UNTRACKED = {"build", "__pycache__"}


def written_files() -> Iterator[Path]:
    """Yield every file people wrote, relative to the root; what tools make is left out."""
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in UNTRACKED and (not name.startswith(".") or name == ".ci")
        ]
        yield from (Path(folder, name).relative_to(ROOT) for name in files)


def modules(*rooms: str) -> list[Path]:
    """Return the Python modules of these rooms; a module of the top level is its own room."""
    return [path for path in written_files() if path.suffix == ".py" and path.parts[0] in rooms]


def tree(path: Path) -> ast.Module:
    """Parse one module of the project."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each import as (module, module.name); both are the same for `import module`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((module, f"{module}.{alias.name}") for alias in node.names)


def swallows_everything(handler: ast.ExceptHandler) -> bool:
    """Tell whether the handler catches bugs too; one that cleans up and raises again does not."""
    caught = {
        node.id
        for node in ast.walk(handler.type or ast.Name("Exception"))
        if isinstance(node, ast.Name)
    }
    last = handler.body[-1]
    raises_again = isinstance(last, ast.Raise) and last.exc is None
    return "Exception" in caught or ("BaseException" in caught and not raises_again)


def test_the_top_level_holds_the_rooms_and_nothing_else() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - UNTRACKED == ROOMS | FILES


def test_main_imports_only_what_it_wires() -> None:
    allowed = {"app.cli.run", "app.cli.selftest", "app.ports", "ui.run", "db.workspace"}
    strange = [
        name
        for module, name in imported(Path("main.py"))
        if module.split(".")[0] not in sys.stdlib_module_names and not allowed & {module, name}
    ]
    assert strange == []


def test_nobody_imports_main() -> None:
    importers = [
        path
        for path in modules("app", "db", "ui", "tests", "packaging")
        if any(module.split(".")[0] == "main" for module, _ in imported(path))
    ]
    assert importers == []


def test_packaging_is_no_package() -> None:
    """It would shadow the library `packaging`."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_the_domain_needs_only_the_standard_library() -> None:
    strange = {
        (str(path), module)
        for path in modules("app")
        if path.parts[1] == "domain"
        for module, _ in imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names | {"app"}
    }
    assert strange == set()


def test_everything_is_caught_in_two_places_only() -> None:
    nets = {
        str(path)
        for path in modules("main.py", "app", "db", "ui", "packaging")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and swallows_everything(node)
    }
    assert nets == {"main.py", "ui/tasks.py"}


@pytest.mark.parametrize(
    ("clause", "swallows"),
    [
        ("except: pass", True),
        ("except Exception: raise", True),
        ("except (OSError, Exception): pass", True),
        ("except BaseException: pass", True),
        ("except BaseException: raise", False),
        ("except OSError: pass", False),
    ],
)
def test_a_net_under_everything_is_recognised(clause: str, swallows: bool) -> None:  # noqa: FBT001 - a table
    statement = ast.parse(f"try: pass\n{clause}").body[0]
    assert isinstance(statement, ast.Try)
    assert swallows_everything(statement.handlers[0]) is swallows


def test_no_module_passes_400_lines() -> None:
    long = {
        str(path): lines
        for path in modules("main.py", "app", "db", "ui", "packaging", "tests")
        if (lines := len((ROOT / path).read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_file_names_a_package_registry() -> None:
    pattern = re.compile(
        rb"pypi[.]org|pythonhosted[.]org|npmjs[.]org|deb[.]debian[.]org|/simple[/]"
    )
    named = [str(path) for path in written_files() if pattern.search((ROOT / path).read_bytes())]
    assert named == []


def test_the_lock_pins_every_dependency_and_names_no_source() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, flags=re.MULTILINE))
    assert {re.split(r"[^\w-]", line)[0].lower() for line in asked} <= pinned
    assert "://" not in lock
