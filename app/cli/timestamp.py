"""`timestamp`: the time stamp service that is asked when a card is sealed."""

from pathlib import Path

import click

from app.cli.console import PATH, Console, Group, Json, pass_console
from app.domain.moment import local_date
from app.files import read_whole
from app.services.seal.time_stamps import (
    ChosenService,
    clear_stamp_service,
    set_stamp_service,
    stamp_service,
)

_NONE: dict[str, Json] = {"url": None, "ca": None}


@click.group("timestamp", cls=Group)
def timestamp() -> None:
    """Have seals stamped with a proven time (RFC 3161); nothing is asked until it is set."""


@timestamp.command("set")
@click.argument("url")
@click.option("--ca", type=PATH, required=True, help="CA certificate of the service, PEM or DER.")
@pass_console
def set_(console: Console, url: str, ca: Path) -> None:
    """Ask this service from now on, and believe the stamps its CA stands behind."""
    with console.desk() as desk:
        chosen, _ = set_stamp_service(desk, url, read_whole(ca))
    console.answer(_document(chosen), *_lines(console, chosen))


@timestamp.command("show")
@pass_console
def show(console: Console) -> None:
    """Show the service that is set."""
    with console.desk(writing=False) as desk:
        chosen = stamp_service(desk)
    lines = (console.say("cli.timestamp_none"),) if chosen is None else _lines(console, chosen)
    console.answer(_NONE if chosen is None else _document(chosen), *lines)


@timestamp.command("clear")
@pass_console
def clear(console: Console) -> None:
    """Ask nobody any more."""
    with console.desk() as desk:
        clear_stamp_service(desk)
    console.answer(_NONE, console.say("cli.timestamp_none"))


def _document(chosen: ChosenService) -> dict[str, Json]:
    return {
        "url": chosen.url,
        "ca": {
            "name": chosen.name,
            "sha256": chosen.ca.sha256,
            "until": local_date(chosen.ca.not_after).isoformat(),
        },
    }


def _lines(console: Console, chosen: ChosenService) -> tuple[str, ...]:
    until = local_date(chosen.ca.not_after).isoformat()
    return (
        console.say("cli.timestamp_url", url=chosen.url),
        console.say("cli.timestamp_ca", name=chosen.name, until=until),
    )
