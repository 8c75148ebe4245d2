"""`demo`: the main job on rehearsal workspaces, and a table of what it made and where."""

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from app.cli.console import Command, Console, pass_console

_GAP = "  "


@click.command("demo", cls=Command)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@pass_console
@click.pass_context
def demo(context: click.Context, console: Console, folder: Path) -> None:
    """Do the main job on made-up units in a new folder (练习)."""
    from app.rehearsal.demo import run_demo
    from app.rehearsal.stage import Step

    def tell(step: Step, **facts: str | int) -> None:
        click.echo(console.say(f"cli.demo.{step}", **facts), err=True)

    played = run_demo(
        folder, open_workspace=console.open_workspace, resources=console.resources, tell=tell
    )
    heading = [console.say(f"cli.heading.{column}") for column in ("what", "count", "where")]
    rows = [
        [console.say(f"cli.made.{made.what}"), str(made.count), str(folder / made.place)]
        for made in played.made
    ]
    console.answer(
        {
            "folder": str(folder),
            "made": [
                {
                    "what": made.what,
                    "count": made.count,
                    "path": str(folder / made.place),
                    "paths": [str(path) for path in made.paths],
                }
                for made in played.made
            ],
            "audit": [
                {"workspace": name, "ok": found.ok, "lines": found.lines}
                for name, found in played.audits.items()
            ],
        },
        *aligned([heading, *rows]),
    )
    if not played.ok:
        context.exit(1)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; the last column may be as long as it likes."""
    widths = [max(map(_columns, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            text + " " * (width - _columns(text)) for text, width in zip(row, widths, strict=True)
        ]
        yield _GAP.join(cells).rstrip()


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
