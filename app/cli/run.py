"""The command line as a whole: one tree of commands over the same services as the window."""

from collections.abc import Sequence
from pathlib import Path

import click

from app.cli.assign import assign, withdraw
from app.cli.cards import card
from app.cli.console import Console, Group
from app.cli.demo import demo
from app.cli.hazards import hazard
from app.cli.office import identity, office, trust
from app.cli.printing import print_
from app.cli.timestamp import timestamp
from app.cli.traffic import audit_, import_, rank, receipts, submit_, summary
from app.cli.units import units
from app.cli.verifying import verify
from app.errors import AppError
from app.ports import OpenWorkspace

DONE, REFUSED, USAGE = 0, 1, 2


@click.group("ankang", cls=Group)
def ankang() -> None:
    """安康杯 scorecards: assess, seal, submit, verify, rank. See docs/cli.md."""


for given in (assign, withdraw):
    office.add_command(given)
card.add_command(print_)

for command in (
    office,
    trust,
    identity,
    timestamp,
    units,
    card,
    hazard,
    submit_,
    import_,
    receipts,
    rank,
    summary,
    verify,
    audit_,
    demo,
):
    ankang.add_command(command)


def run(arguments: Sequence[str], *, open_workspace: OpenWorkspace, resources: Path) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong usage."""
    console = Console(open_workspace=open_workspace, resources=resources)
    try:
        status = ankang.main(
            list(arguments), prog_name="ankang", standalone_mode=False, obj=console
        )
    except AppError as refusal:
        console.refuse(refusal)
        return REFUSED
    except click.UsageError as misuse:
        misuse.show()
        return USAGE
    except click.ClickException as refusal:
        refusal.show()
        return REFUSED
    except click.Abort:
        return REFUSED
    return status if isinstance(status, int) else DONE
