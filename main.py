"""Starts the program: the window, or one command of the command line. It wires, nothing else."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ports import Clock, Ids, Workspace

RESOURCES = Path(__file__).resolve().parent / "resources"
_WITH_A_VALUE = ("--home", "--lang")
_WITH_ITS_VALUE = ("--home=", "--lang=")


def main(arguments: list[str]) -> int:
    """Run the program and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not in a frozen window without a console
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(arguments)
    except Exception:
        return _tell_bug()


def _run(arguments: list[str]) -> int:
    if arguments == ["--selftest"]:
        from app.cli.selftest import selftest
        from ui.run import check_window

        return selftest(
            open_workspace=_open_workspace, resources=RESOURCES, check_window=check_window
        )
    if _asks_for_window(arguments):
        from ui.run import run as show_window

        return show_window(arguments, open_workspace=_open_workspace, resources=RESOURCES)
    from app.cli.run import run as run_command

    return run_command(arguments, open_workspace=_open_workspace, resources=RESOURCES)


def _open_workspace(home: Path, *, clock: "Clock", ids: "Ids", writing: bool) -> "Workspace":
    """Import the database when it is first needed: the window paints before."""
    from db.workspace import open_workspace

    return open_workspace(home, clock=clock, ids=ids, writing=writing)


def _asks_for_window(arguments: list[str]) -> bool:
    """Tell whether nothing but a workspace, a language and files to take in are named."""
    left = iter(arguments)
    for argument in left:
        if argument in _WITH_A_VALUE:
            next(left, None)
        elif not argument.startswith(_WITH_ITS_VALUE) and not Path(argument).is_file():
            return False
    return True


def _tell_bug() -> int:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="ankang-error-", suffix=".txt", delete=False
    ) as report:
        traceback.print_exc(file=report)
    told = f"error: internal_error: a fault of the program; please pass on {report.name}"
    sys.stderr.write(f"{told}\n")
    return 1


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # started anew by `app.services.desk.apart`, to serve it
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main(sys.argv[1:]))
