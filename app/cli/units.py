"""`units`: the participating units."""

from pathlib import Path

import click

from app.cli.console import PATH, Console, Group, pass_console
from app.cli.documents import unit_document
from app.errors import AppError, Code
from app.services.units.register import (
    add_unit,
    export_sheet,
    read_sheet,
    set_facts,
    suspicious_code,
    take_sheet,
)

_SUB_UNIT = click.option("--sub-unit", default="", help="Branch or project department.")


@click.group("units", cls=Group)
def units() -> None:
    """Register participating units."""


@units.command("add")
@click.option("--name", required=True)
@click.option("--code", required=True, help="统一社会信用代码, 18 characters.")
@_SUB_UNIT
@pass_console
def add(console: Console, name: str, code: str, sub_unit: str) -> None:
    """Register a unit."""
    with console.desk() as desk:
        unit, _ = add_unit(desk, name=name, code=code, sub_unit=sub_unit)
    if suspicious_code(unit.key.code):
        console.note(console.say("cli.code_body_unusual", code=unit.key.code))
    console.answer(
        unit_document(unit), console.say("cli.unit_added", name=unit.name, code=unit.key.code)
    )


@units.command("set")
@click.argument("code")
@click.argument("facts", nargs=-1, required=True, metavar="FACT=VALUE...")
@_SUB_UNIT
@pass_console
def set_(console: Console, code: str, facts: tuple[str, ...], sub_unit: str) -> None:
    """Set facts (workers, women, migrant, hazard_exposed, high_risk) or the name of a unit."""
    typed = pairs(facts)
    with console.desk() as desk:
        unit, changes = set_facts(desk, code=code, sub_unit=sub_unit, typed=typed)
    unsigned = console.tell_unsigned(changes)
    console.answer(
        {**unit_document(unit), "signatures_removed": unsigned},
        console.say("cli.unit_set", name=unit.name),
    )


@units.command("list")
@pass_console
def list_(console: Console) -> None:
    """List all units."""
    with console.desk(writing=False) as desk:
        listed = desk.workspace.units.all()
        due = {
            task.unit.key: task.due.isoformat()
            for task in desk.workspace.assignments.all()
            if not task.withdrawn
        }
    console.answer(
        [{**unit_document(unit), "due": due.get(unit.key)} for unit in listed],
        *(f"{unit.key.code}  {unit.key.sub_unit or '-'}  {unit.name}" for unit in listed),
    )


@units.command("import")
@click.argument("path", type=PATH)
@pass_console
def import_(console: Console, path: Path) -> None:
    """Bring in units from an .xlsx; bad lines are reported, good ones stored."""
    sheet = read_sheet(path)
    with console.desk() as desk:
        intake, changes = take_sheet(desk, sheet)
    unsigned = console.tell_unsigned(changes)
    refused = [
        (problem.line, problem.error.code.value, console.catalogue.error_sentence(problem.error))
        for problem in intake.problems
    ]
    for line, code, sentence in refused:
        console.note(console.say("cli.line_refused", line=line, code=code, text=sentence))
    console.answer(
        {
            "added": intake.added,
            "renewed": intake.renewed,
            "refused": [
                {"line": line, "code": code, "sentence": sentence}
                for line, code, sentence in refused
            ],
            "signatures_removed": unsigned,
        },
        console.say(
            "cli.units_imported",
            added=intake.added,
            renewed=intake.renewed,
            refused=len(refused),
        ),
    )


@units.command("export")
@click.option("-o", "output", type=PATH, required=True)
@pass_console
def export(console: Console, output: Path) -> None:
    """Write all units to an .xlsx."""
    with console.desk(writing=False) as desk:
        count = export_sheet(desk, output)
    console.answer(
        {"path": str(output), "units": count},
        console.say("cli.units_exported", count=count, path=str(output)),
    )


def pairs(typed: tuple[str, ...]) -> dict[str, str]:
    """Split NAME=VALUE arguments.

    Raises:
        AppError: ARGUMENT_MALFORMED for one without '=' or name, or whose name stands there twice.

    """
    split: dict[str, str] = {}
    for argument in typed:
        name, sign, value = argument.partition("=")
        if not sign or not name.strip() or name.strip() in split:
            raise AppError(Code.ARGUMENT_MALFORMED, argument=argument)
        split[name.strip()] = value
    return split
