"""main.py: the window or a command, and one last net under both."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def started(
    folder: Path, *arguments: str, program: Path = ROOT / "main.py", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program in a process; its home is the folder unless it names another."""
    return subprocess.run(
        [sys.executable, str(program), *arguments],
        capture_output=True,
        check=False,
        cwd=folder,
        env={**os.environ, "ANKANG_HOME": str(folder / "home"), **environment},
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=100,
    )


@pytest.mark.parametrize(
    "arguments",
    [(), ("--home", "x"), ("--home=x",), ("--lang", "en"), ("--lang=en", "--home", "x")],
)
def test_without_a_command_the_window_is_asked_for(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Qt ends a program whose platform it does not know, and says which."""
    done = started(tmp_path, *arguments, QT_QPA_PLATFORM="no-such-platform")
    assert done.returncode != 0
    assert "no-such-platform" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("units", "list"), ("--home", "x", "units", "list"), ("--json", "units", "list")]
)
def test_a_command_needs_no_window(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = started(tmp_path, *arguments, QT_QPA_PLATFORM="no-such-platform")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_program_runs_from_any_folder(tmp_path: Path) -> None:
    assert started(tmp_path, "units", "list", "--json").stdout == "[]\n"
    assert (tmp_path / "home" / "workspace.db").is_file()


def test_a_fault_of_the_program_is_told_in_a_line_and_reported_in_a_file(tmp_path: Path) -> None:
    """A copy without its resources stands for a bug: nobody catches what it raises."""
    program = tmp_path / "main.py"
    shutil.copy(ROOT / "main.py", program)
    for room in ("app", "db", "ui"):
        (tmp_path / room).symlink_to(ROOT / room)
    reports = tmp_path / "reports"
    reports.mkdir()
    done = started(
        tmp_path, "card", "show", "x", program=program, TMPDIR=str(reports), PYTHONPATH=""
    )
    assert (done.returncode, done.stdout) == (1, "")
    (report,) = reports.iterdir()
    assert done.stderr.startswith("error: internal_error: ")
    assert done.stderr.count("\n") == 1
    assert str(report) in done.stderr
    assert "Traceback" in report.read_text(encoding="utf-8")
