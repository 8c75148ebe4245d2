"""`office`, `trust`, `identity`: keys, rules, people, and whom this workspace trusts."""

from pathlib import Path

import click

from app.cli.console import PATH, Console, Group, pass_console, read_passphrase
from app.cli.documents import trusted_document
from app.cli.units import pairs
from app.domain.office import Level
from app.domain.points import points_text
from app.files import atomic_writer, read_whole, write_whole
from app.services.office.decide import accept_cards, return_card


@click.group("office", cls=Group)
def office() -> None:
    """Run the office (竞赛办): its keys, rules, people and decisions."""


@office.command("init")
@click.option("--name", required=True)
@click.option("--code", required=True, help="GB/T 2260 code, or one of our own: 440307-DP.")
@click.option("--level", type=click.Choice([level.value for level in Level]), required=True)
@click.option("--rehearsal", is_flag=True, help="练习: nothing made here counts anywhere.")
@pass_console
def init(console: Console, name: str, code: str, level: str, rehearsal: bool) -> None:  # noqa: FBT001
    """Make this workspace an office."""
    from app.services.office.authority import found_office

    passphrase = console.passphrase(twice=True)
    with console.desk() as desk:
        profile, _ = found_office(
            desk, name=name, code=code, level=level, rehearsal=rehearsal, passphrase=passphrase
        )
    console.answer(
        {
            "code": profile.office.name.code,
            "name": profile.office.name.name,
            "fingerprint": profile.fingerprint,
            "rehearsal": profile.rehearsal,
        },
        console.say("cli.office_made", name=profile.office.name.name),
        console.say("cli.fingerprint", fingerprint=profile.fingerprint),
    )


@office.command("enroll")
@click.option("--name", required=True)
@click.option("--post", default="")
@click.option("--identity-passphrase-file", type=PATH, required=True)
@click.option("-o", "output", type=PATH, required=True)
@pass_console
def enroll_(
    console: Console, name: str, post: str, identity_passphrase_file: Path, output: Path
) -> None:
    """Make an inspector's credential (.akid)."""
    from app.services.office.authority import enroll

    # The file is begun first: a credential that cannot be written must not be issued.
    with console.desk() as desk, atomic_writer(output, private=True) as stream:
        enrolled, _ = enroll(
            desk,
            name=name,
            post=post,
            passphrase=console.passphrase(),
            identity_passphrase=read_passphrase(identity_passphrase_file),
        )
        stream.write(enrolled.credential)
    console.answer(
        {"serial": enrolled.serial, "name": name, "path": str(output)},
        console.say("cli.enrolled", name=name, serial=enrolled.serial, path=str(output)),
    )


@office.command("set")
@click.argument("settings", nargs=-1, required=True, metavar="[step=1|0.5|0.1] [na=full|...]")
@pass_console
def set_(console: Console, settings: tuple[str, ...]) -> None:
    """Set the step of points, and what 不涉及 counts."""
    from app.services.office.authority import set_rules

    with console.desk() as desk:
        changed, _ = set_rules(desk, pairs(settings))
    step, policy = points_text(changed.rules.step), changed.rules.policy.value
    console.answer(
        {"step": step, "na": policy}, console.say("cli.rules_set", step=step, policy=policy)
    )


@office.command("revoke")
@click.argument("serial")
@click.option("--reason", required=True)
@pass_console
def revoke_(console: Console, serial: str, reason: str) -> None:
    """Take a certificate back."""
    from app.services.office.authority import revoke

    with console.desk() as desk:
        revoke(desk, serial=serial, reason=reason, passphrase=console.passphrase())
    console.answer({"serial": serial.lower()}, console.say("cli.revoked", serial=serial))


@office.command("list")
@pass_console
def list_(console: Console) -> None:
    """List the inspectors enrolled."""
    with console.desk(writing=False) as desk:
        issued = desk.workspace.office.issued()
    console.answer(
        [
            {
                "serial": each.serial,
                "name": each.name,
                "post": each.post,
                "revoked": each.revoked_at is not None,
                "reason": each.revocation_reason,
            }
            for each in issued
        ],
        *(f"{each.serial}  {each.name}  {each.revocation_reason}" for each in issued),
    )


@office.command("profile")
@click.option("-o", "output", type=PATH, required=True)
@pass_console
def profile_(console: Console, output: Path) -> None:
    """Write the office's profile (.akprofile) and print its fingerprint."""
    from app.services.office.authority import publish_profile

    with console.desk() as desk:
        profile, content = publish_profile(desk, console.passphrase())
        write_whole(output, content)
    console.answer(
        {"path": str(output), "fingerprint": profile.fingerprint, "number": profile.number},
        console.say("cli.fingerprint", fingerprint=profile.fingerprint),
    )


@office.command("keys")
@click.option("-o", "output", type=PATH, required=True)
@pass_console
def keys(console: Console, output: Path) -> None:
    """Write the keys for escrow and public tools; `age.key` is open, keep it locked away."""
    from app.services.office.authority import export_keys

    with console.desk() as desk:
        names = export_keys(desk, output, console.passphrase())
    console.answer(
        {"folder": str(output), "files": list(names)},
        console.say("cli.keys_written", path=str(output)),
    )


@office.command("accept")
@click.argument("card_ids", nargs=-1, required=True, metavar="ID...")
@pass_console
def accept(console: Console, card_ids: tuple[str, ...]) -> None:
    """Accept received cards (审核通过)."""
    with console.desk() as desk:
        accept_cards(desk, card_ids)
    console.answer(
        {"accepted": list(card_ids)}, console.say("cli.accepted", count=len(set(card_ids)))
    )


@office.command("return")
@click.argument("card_id", metavar="ID")
@click.option("--reason", required=True)
@pass_console
def return_(console: Console, card_id: str, reason: str) -> None:
    """Return a received card for correction (退回补正)."""
    with console.desk() as desk:
        return_card(desk, card_id, reason=reason)
    console.answer({"returned": card_id}, console.say("cli.returned", card=card_id))


@click.group("trust", cls=Group)
def trust() -> None:
    """Trust offices by their fingerprint."""


@trust.command("add")
@click.argument("path", type=PATH)
@click.option("--fingerprint", required=True, help="As the office reads it out by telephone.")
@pass_console
def add(console: Console, path: Path, fingerprint: str) -> None:
    """Trust an office by its profile and fingerprint."""
    from app.services.keys.trust import add_trust

    with console.desk() as desk:
        profile, _ = add_trust(desk, read_whole(path), fingerprint=fingerprint)
    console.answer(
        {"code": profile.office.name.code, "name": profile.office.name.name},
        console.say("cli.trusted", name=profile.office.name.name),
    )


@trust.command("list")
@pass_console
def list_trusted(console: Console) -> None:
    """List the trusted offices."""
    with console.desk(writing=False) as desk:
        trusted = desk.workspace.trust.all()
    console.answer(
        [trusted_document(each) for each in trusted],
        *(
            f"{each.office.name.code}  {each.office.name.name}  {each.fingerprint}"
            for each in trusted
        ),
    )


@click.group("identity", cls=Group)
def identity() -> None:
    """Say who works here."""


@identity.command("use")
@click.argument("path", type=PATH)
@pass_console
def use(console: Console, path: Path) -> None:
    """Take an inspector's credential (.akid) into use."""
    from app.services.keys.trust import use_identity

    with console.desk() as desk:
        facts, changes = use_identity(desk, read_whole(path), console.passphrase())
    unsigned = console.tell_unsigned(changes)
    console.answer(
        {
            "serial": facts.serial,
            "name": facts.common_name,
            "office": facts.office_code,
            "signatures_removed": unsigned,
        },
        console.say("cli.identity_used", name=facts.common_name, office=facts.organisation),
    )
