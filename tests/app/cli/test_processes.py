"""The program started as a process: what a shell, a terminal and a pipe see of it."""

import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

from app.files import WorkspaceLock
from tests.app.cli.shell import CODE, ROOT, Shell, process
from tests.app.services.field import INSPECTOR_WORDS

MAIN = str(ROOT / "main.py")
HEAVY = ("pyhanko", "reportlab", "openpyxl", "pypdfium2", "PIL", "PySide6", "pyrage")


def test_a_command_answers_through_its_exit_code(shell: Shell) -> None:
    done = process("--home", shell.folder / "office", "units", "list", "--json")
    assert (done.status, done.document, done.err) == (0, [], "")
    refused = process("--home", shell.folder / "office", "card", "show", "x", "--json")
    assert (refused.status, refused.code) == (1, "card_unknown")
    assert process("nothing").status == 2


def test_output_is_utf_8_whatever_the_locale_says(shell: Shell) -> None:
    home = ("--home", shell.folder / "office")
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    process(*home, "units", "add", "--name", "测试工厂", "--code", CODE, environment=plain)
    assert "测试工厂" in process(*home, "units", "list", environment=plain).out


def test_the_environment_names_the_home(shell: Shell) -> None:
    home = {"ANKANG_HOME": str(shell.folder / "elsewhere")}
    assert process("units", "list", "--json", environment=home).document == []
    assert (shell.folder / "elsewhere" / "workspace.db").is_file()


def test_without_a_terminal_no_passphrase_is_waited_for(shell: Shell) -> None:
    done = process("--home", shell.folder / "first", "submit", "-o", shell.folder / "x.akp")
    assert (done.status, done.code) == (1, "passphrase_needed")


def test_a_closed_standard_input_is_no_terminal_either(shell: Shell) -> None:
    command = f'"{sys.executable}" "{MAIN}" --home "{shell.folder}/first" submit -o x.akp <&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, check=False, timeout=100
    )
    assert done.returncode == 1
    assert b"error: passphrase_needed: " in done.stderr


def test_a_second_writer_is_refused_and_a_reader_is_not(shell: Shell) -> None:
    home = shell.folder / "office"
    lock = WorkspaceLock(home)
    lock.acquire()
    try:
        add = ("units", "add", "--name", "测试工厂", "--code", CODE)
        assert process("--home", home, *add).code == "workspace_in_use"
        assert process("--home", home, "units", "list").status == 0
    finally:
        lock.release()


def test_a_passphrase_is_asked_for_on_a_terminal_once_and_not_shown(shell: Shell) -> None:
    card = shell.signed_card()
    screen, status = typed(
        ["--home", str(shell.folder / "first"), "--lang", "en", "card", "finalize", card],
        INSPECTOR_WORDS,
    )
    assert status == 0, screen
    assert screen.count("Passphrase") == 1
    assert INSPECTOR_WORDS not in screen
    assert shell.json("card", "show", card, home="first")["state"] == "signed"


def test_a_wrong_passphrase_on_a_terminal_is_refused(shell: Shell) -> None:
    arguments = ["--home", str(shell.folder / "first"), "submit", "-o", "x.akp"]
    shell.sealed_card()
    screen, status = typed(arguments, "wrong")
    assert status == 1
    assert "error: passphrase_wrong: " in screen


def test_end_of_input_at_the_question_is_a_refusal(shell: Shell) -> None:
    arguments = ["--home", str(shell.folder / "first"), "submit", "-o", "x.akp"]
    screen, status = typed(arguments, "\x04", enter="")
    assert status == 1
    assert "error: passphrase_needed: " in screen


def typed(arguments: list[str], words: str, enter: str = "\n") -> tuple[str, int]:
    """Run a command on a terminal, answer its question, return the screen and the exit code."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, MAIN, *arguments])  # noqa: S606 - ourselves
    screen = until(terminal, (":", "："))
    time_to_hide_what_is_typed(terminal)
    os.write(terminal, (words + enter).encode())
    screen += until(terminal, ())
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return screen, os.waitstatus_to_exitcode(status)


def time_to_hide_what_is_typed(terminal: int) -> None:
    """Wait until the program has switched off the echo."""
    for _ in range(1000):
        if not termios.tcgetattr(terminal)[3] & termios.ECHO:
            return
        select.select([], [], [], 0.01)
    raise AssertionError("the passphrase would be shown")


def until(terminal: int, ends: tuple[str, ...]) -> str:
    """Read a terminal until the text ends so, or for good."""
    screen, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 1)
        if not ready:
            continue
        try:
            read = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other side is gone
            break
        if not read:
            break
        screen += read
        if ends and screen.decode(errors="replace").rstrip().endswith(ends):
            break
    return screen.decode(errors="replace")


def test_frequent_commands_import_nothing_heavy(shell: Shell) -> None:
    """Start-up is under half a second for as long as these stay out."""
    card = shell.new_card()
    for command in (
        ["units", "list"],
        ["card", "list"],
        ["card", "show", card],
        ["card", "score", card, "--full"],
        ["card", "check", card],
        ["units", "add", "--name", "测试工厂", "--code", "91440304MA00T0021R"],
        ["units", "set", CODE, "women=1"],
        ["trust", "list"],
        ["office", "list"],
    ):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", MAIN, "--home", shell.folder / "first", *command],
            capture_output=True,
            check=False,
            timeout=100,
        )
        assert done.returncode == 0
        assert heavy_in(done.stderr.decode()) == set()


def heavy_in(listing: str) -> set[str]:
    imported = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in listing.splitlines()}
    return imported & set(HEAVY)


def test_a_heavy_import_would_be_seen(shell: Shell) -> None:
    home, path = str(shell.folder / "first"), str(shell.file("x.xlsx", b"none"))
    done = subprocess.run(
        [sys.executable, "-X", "importtime", MAIN, "--home", home, "units", "import", path],
        capture_output=True,
        check=False,
        timeout=100,
    )
    assert "openpyxl" in heavy_in(done.stderr.decode())


def test_a_pipe_that_closes_early_is_no_fault(shell: Shell) -> None:
    command = f'"{sys.executable}" "{MAIN}" --home "{shell.folder}/office" rank --help | head -c 1'
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, check=False, timeout=100
    )
    assert done.stdout == b"U"
    assert b"Traceback" not in done.stderr
    assert Path(MAIN).is_file()
