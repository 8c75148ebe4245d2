"""The options by which a signature is given: who, for whom, and in exactly one manner."""

from collections.abc import Callable
from pathlib import Path
from typing import TypedDict, TypeVar

import click

from app.cli.console import PATH
from app.domain.moment import local_date, parse_date
from app.domain.signature import Manner, Paper, Pending, Signatory, absent, pending, refused
from app.exchange.manner_wire import read_ink
from app.files import read_whole
from app.services.desk.desk import Desk
from app.services.desk.intake import take_scan

_Command = TypeVar("_Command", bound=Callable[..., object])
_OPTIONS = (
    click.option("--role", type=click.Choice([each.value for each in Signatory]), required=True),
    click.option("--name", required=True),
    click.option("--ink", type=PATH, help="Strokes as JSON."),
    click.option("--paper", type=PATH, help="Scan of the signed paper."),
    click.option("--refused", metavar="WHY", help="拒签; needs --witness."),
    click.option("--absent", metavar="WHY", help="Nobody there; needs --witness."),
    click.option("--witness", default=""),
    click.option("--pending", is_flag=True, help="待补签."),
    click.option("--by", metavar="DAY", help="Of --pending: the day agreed on."),
)


class Signing(TypedDict):
    """The options as typed."""

    role: str
    name: str
    ink: Path | None
    paper: Path | None
    refused: str | None
    absent: str | None
    witness: str
    pending: bool
    by: str | None


def signing_options(command: _Command) -> _Command:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def refuse_several(given: Signing) -> None:
    """Raise click.UsageError unless exactly one manner is given."""
    manners = (given["ink"], given["paper"], given["refused"], given["absent"])
    if sum(manner is not None for manner in manners) + given["pending"] != 1:
        message = "give exactly one of --ink, --paper, --refused, --absent, --pending"
        raise click.UsageError(message)
    if given["by"] is not None and not given["pending"]:
        message = "--by belongs to --pending"
        raise click.UsageError(message)


def read_manner(desk: Desk, given: Signing) -> Manner:
    """Return the manner given; a scan is kept like evidence.

    Raises:
        AppError: INK_MALFORMED, INK_EMPTY, SCAN_UNREADABLE, WITNESS_MISSING, REASON_MISSING,
            FILE_MISSING, DATE_MALFORMED, DATE_PAST.

    """
    if given["ink"] is not None:
        return read_ink(read_whole(given["ink"]))
    if given["paper"] is not None:
        return Paper(scan=take_scan(desk, given["paper"]))
    if given["refused"] is not None:
        return refused(why=given["refused"], witness=given["witness"], signer=given["name"])
    if given["absent"] is not None:
        return absent(why=given["absent"], witness=given["witness"], signer=given["name"])
    if given["by"] is None:
        return Pending()
    return pending(by=parse_date(given["by"]), today=local_date(desk.clock.now()))
