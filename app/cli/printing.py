"""`card print`: the prints of one card or many, as files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

import click

from app.cli.console import PATH, Command, Console, Json, pass_console
from app.services.prints.print_files import Order, Printed, print_into_file, print_into_folder
from app.services.prints.prints import Print


class Printing(TypedDict):
    """What `card print` was given."""

    kinds: tuple[str, ...]
    hazards: tuple[str, ...]
    output: Path


@dataclass(frozen=True, slots=True)
class _Told:
    """Says on standard error how far the printing is."""

    console: Console

    def advance(self, done: int, total: int) -> None:
        """Say how many prints are made, where there are several."""
        if total > 1:
            self.console.note(self.console.say("cli.printing", done=done, total=total))


@click.command("print", cls=Command)
@click.argument("card_ids", metavar="ID...", nargs=-1, required=True)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([which.value for which in Print]),
    default=(Print.CARD.value,),
    help="May stand several times; the scorecard without it.",
)
@click.option("--hazard", "hazards", multiple=True, metavar="ID", help="Only of rectification.")
@click.option(
    "-o", "output", type=PATH, required=True, metavar="DIR|X.pdf", help="A folder, or one file."
)
@pass_console
@click.pass_context
def print_(
    context: click.Context, console: Console, card_ids: tuple[str, ...], **given: Unpack[Printing]
) -> None:
    """Write prints; one that is refused does not keep out the others."""
    output = given["output"]
    orders = [
        Order(card=card, which=Print(kind), hazards=_hazards(kind, given["hazards"]))
        for card in dict.fromkeys(card_ids)
        for kind in dict.fromkeys(given["kinds"])
    ]
    is_file = output.suffix.lower() == ".pdf" and not output.is_dir()
    write = print_into_file if is_file else print_into_folder
    with console.desk(writing=False) as desk:
        printed = write(desk, orders, output, _Told(console))
    refusals = [each for each in printed if each.refusal is not None and not each.is_empty]
    if len(orders) == 1 and printed[0].refusal is not None:
        raise printed[0].refusal
    for each in refusals:
        if each.refusal is not None:
            console.tell_refusal(each.refusal, where=f"{each.order.card} {each.order.which}")
    console.answer(_documents(printed), *_lines(console, printed))
    if refusals:
        context.exit(1)


def _hazards(kind: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    return chosen if kind == Print.RECTIFICATION else ()


def _documents(printed: Sequence[Printed]) -> list[Json]:
    return [
        {
            "id": each.order.card,
            "kind": each.order.which.value,
            "path": str(each.path) if each.path else None,
            "error": each.refusal.code.value if each.refusal else None,
        }
        for each in printed
    ]


def _lines(console: Console, printed: Sequence[Printed]) -> list[str]:
    """Return the files, each once, then how many prints had nothing to say."""
    paths = dict.fromkeys(str(each.path) for each in printed if each.path is not None)
    empty = sum(each.is_empty for each in printed)
    lines = [console.say("cli.pdf_written", path=path) for path in paths]
    return [*lines, *([console.say("cli.nothing_to_print", count=empty)] if empty else [])]
