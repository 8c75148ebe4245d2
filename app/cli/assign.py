"""`office assign`, `office withdraw`: giving units to an inspector, and taking them back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.console import PATH, Command, Console, pass_console
from app.domain.keyring import CredentialKind
from app.domain.moment import parse_date
from app.domain.unit import Unit
from app.services.desk.desk import Desk
from app.services.units.register import find_unit

if TYPE_CHECKING:
    from app.services.office.issue import Dispatch

_TO = click.option("--to", "named", required=True, help="Name, or serial of the certificate.")
_OUTPUT = click.option("-o", "output", type=PATH, required=True)
_UNITS = "CODE[/SUB_UNIT],..."


@click.command("assign", cls=Command)
@_TO
@click.option("--units", "codes", default="", metavar=_UNITS, help="These units.")
@click.option("--all", "everyone", is_flag=True, help="All units registered here.")
@click.option("--due", required=True, metavar="D", help="To be assessed until this day.")
@click.option("--team", default="", metavar="NAME,...", help="The assessors, the lead first.")
@click.option("--note", default="", help="Why chosen, whom to call.")
@_OUTPUT
@pass_console
def assign(
    console: Console,
    *,
    named: str,
    codes: str,
    everyone: bool,
    due: str,
    team: str,
    note: str,
    output: Path,
) -> None:
    """Give units to an inspector (任务文件)."""
    from app.services.keys.unlock import unlock
    from app.services.office.issue import Order, find_inspector, issue, plan_assignment

    if bool(codes) == everyone:
        raise click.UsageError("Give either --units or --all.")
    day = parse_date(due)
    with console.desk() as desk:
        inspector = find_inspector(desk, named)
        units = desk.workspace.units.all() if everyone else _units(desk, codes)
        order = Order(units=units, due=day, team=_listed(team), note=note)
        unlocked = unlock(desk, CredentialKind.OFFICE, console.passphrase())
        dispatch = plan_assignment(desk, order, inspector, unlocked)
        digest, _ = issue(desk, output, dispatch, unlocked)
    _answer(console, "cli.assigned", dispatch, digest, output)


@click.command("withdraw", cls=Command)
@_TO
@click.option("--units", "codes", required=True, metavar=_UNITS, help="These units.")
@_OUTPUT
@pass_console
def withdraw(console: Console, named: str, codes: str, output: Path) -> None:
    """Take units back from an inspector; they stay on his list, marked."""
    from app.services.keys.unlock import unlock
    from app.services.office.issue import find_inspector, issue, plan_withdrawal

    with console.desk() as desk:
        inspector = find_inspector(desk, named)
        unlocked = unlock(desk, CredentialKind.OFFICE, console.passphrase())
        dispatch = plan_withdrawal(desk, _units(desk, codes), inspector, unlocked)
        digest, _ = issue(desk, output, dispatch, unlocked)
    _answer(console, "cli.withdrawn", dispatch, digest, output)


def _units(desk: Desk, codes: str) -> tuple[Unit, ...]:
    typed = (each.partition("/") for each in _listed(codes))
    return tuple(find_unit(desk, code=code, sub_unit=sub_unit) for code, _, sub_unit in typed)


def _listed(typed: str) -> list[str]:
    return [each.strip() for each in typed.split(",") if each.strip()]


def _answer(console: Console, key: str, dispatch: "Dispatch", digest: str, path: Path) -> None:
    head, inspector = dispatch.consignment.head, dispatch.inspector
    console.answer(
        {
            "path": str(path),
            "package_id": head.package_id,
            "digest": digest,
            "sequence": head.sequence,
            "person": inspector.name,
            "serial": inspector.serial,
            "units": [
                {
                    "code": task.unit.key.code,
                    "sub_unit": task.unit.key.sub_unit,
                    "name": task.unit.name,
                    "card": task.card,
                    "due": task.due.isoformat(),
                    "withdrawn": task.withdrawn,
                }
                for task in dispatch.tasks
            ],
        },
        console.say(
            key,
            person=inspector.name,
            number=head.sequence,
            count=len(dispatch.tasks),
            path=str(path),
        ),
    )
