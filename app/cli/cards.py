"""`card`: one unit's card, from a blank form to the sealed one."""

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from app.cli.console import PATH, Console, Group, pass_console, read_passphrase
from app.cli.documents import card_document, finding_document, listed_document, manner_kind
from app.cli.signing import Signing, read_manner, refuse_several, signing_options
from app.cli.units import pairs
from app.domain.card import Source
from app.domain.keyring import CredentialKind
from app.domain.moment import parse_date
from app.domain.points import points_text
from app.domain.signature import Signatory
from app.errors import AppError, Code
from app.files import read_whole
from app.services.cards.assess import Entry, Inapplicable, Points, attach, new_card, record
from app.services.cards.view import CardView, check_card, list_cards, view_card
from app.services.seal.sealers import sealed_file, sealers
from app.services.units.register import find_unit

if TYPE_CHECKING:
    from app.services.seal.seal import Brought


@click.group("card", cls=Group)
def card() -> None:
    """Score a unit."""


@card.command("new")
@click.argument("unit_code")
@click.option("--sub-unit", default="", help="Branch or project department.")
@click.option("--date", "day", default="", help="YYYY-MM-DD; today without it.")
@pass_console
def new(console: Console, unit_code: str, sub_unit: str, day: str) -> None:
    """Begin a card for a unit."""
    on = parse_date(day) if day else None
    with console.desk() as desk:
        unit = find_unit(desk, code=unit_code, sub_unit=sub_unit)
        made, _ = new_card(desk, unit, on=on)
    console.answer({"id": made.id}, console.say("cli.card_new", card=made.id, unit=unit.name))


@card.command("list")
@pass_console
def list_(console: Console) -> None:
    """List all cards."""
    with console.desk(writing=False) as desk:
        listed = list_cards(desk)
    console.answer(
        [listed_document(each) for each in listed],
        *(
            f"{each.line.id}  r{each.line.revision}  "
            f"{console.say(f'state.{each.state}')}  {each.line.unit.name}"
            for each in listed
        ),
    )


class Scoring(TypedDict):
    """What `card score` was given."""

    points: tuple[str, ...]
    reasons: tuple[str, ...]
    not_applicable: tuple[str, ...]
    sources: tuple[str, ...]
    full: bool


@card.command("score")
@click.argument("card_id", metavar="ID")
@click.argument("points", nargs=-1, metavar="[CLAUSE=POINTS]...")
@click.option("--reason", "reasons", multiple=True, metavar="CLAUSE=TEXT")
@click.option("--na", "not_applicable", multiple=True, metavar="CLAUSE=REASON", help="不涉及.")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="CLAUSE=on_site|pledged|department",
    help="现场核实, 单位承诺, 部门核实待核.",
)
@click.option("--full", is_flag=True, help="Full points for what is open, bonus excepted.")
@pass_console
def score(console: Console, card_id: str, **given: Unpack[Scoring]) -> None:
    """Give points to clauses: all of a line or nothing."""
    entries = _entries(given)
    with console.desk() as desk:
        _, changes = record(desk, card_id, entries, fill=given["full"])
        view = view_card(desk, card_id)
    unsigned = console.tell_unsigned(changes)
    console.answer(
        {
            "id": view.card.id,
            "state": view.state.value,
            "base": points_text(view.totals.base),
            "bonus": points_text(view.totals.bonus),
            "total": points_text(view.totals.total),
            "signatures_removed": unsigned,
        },
        *_summary(console, view),
    )


@card.command("evidence")
@click.argument("card_id", metavar="ID")
@click.argument("clause")
@click.argument("files", nargs=-1, required=True, type=PATH)
@pass_console
def evidence(console: Console, card_id: str, clause: str, files: tuple[Path, ...]) -> None:
    """Put files behind a clause."""
    with console.desk() as desk:
        after, changes = attach(desk, card_id, clause, files)
    unsigned = console.tell_unsigned(changes)
    held = [kept.sha256 for id_, all_ in after.evidence.items() if id_ == clause for kept in all_]
    console.answer(
        {"id": after.id, "clause": clause, "evidence": held, "signatures_removed": unsigned},
        console.say("cli.evidence_added", clause=clause, count=len(held)),
    )


@card.command("show")
@click.argument("card_id", metavar="ID")
@pass_console
def show(console: Console, card_id: str) -> None:
    """Show a card."""
    with console.desk(writing=False) as desk:
        view = view_card(desk, card_id)
        file = sealed_file(desk, view.sealed.hash) if view.sealed else None
    by = list(sealers(file)) if file else []
    lines = [*_summary(console, view), *_sections(view), *_signatures(console, view)]
    if by:
        lines.append(console.say("cli.sealed_by", names="、".join(by)))
    console.answer({**card_document(view), "sealed_by": by}, *lines)


@card.command("check")
@click.argument("card_id", metavar="ID")
@pass_console
def check(console: Console, card_id: str) -> None:
    """Say what to look at again before sealing."""
    with console.desk(writing=False) as desk:
        findings = check_card(desk, card_id)
    console.answer(
        [finding_document(finding) for finding in findings],
        *(
            f"{finding.clause or '-'}  {console.say(f'hint.{finding.hint}')}"
            for finding in findings
        ),
        *(() if findings else (console.say("cli.nothing_found"),)),
    )


@card.command("sign")
@click.argument("card_id", metavar="ID")
@signing_options
@pass_console
def sign(console: Console, card_id: str, **given: Unpack[Signing]) -> None:
    """Put a signature under a finished card; no key is needed."""
    from app.services.seal.sign import sign_card

    refuse_several(given)
    role, name = given["role"], given["name"]
    with console.desk() as desk:
        manner = read_manner(desk, given)
        signed, _ = sign_card(desk, card_id, signatory=Signatory(role), name=name, manner=manner)
    console.answer(
        {"id": signed.id, "signatures": len(signed.signatures)},
        console.say("cli.card_signed", name=name, role=console.say(f"role.{role}")),
    )


@card.command("finalize")
@click.argument("card_id", metavar="ID")
@click.option("--second", type=PATH, help="Credential (.akid) of another assessor who seals too.")
@click.option("--second-passphrase-file", type=PATH, help="Of --second; else it is asked for.")
@pass_console
def finalize_(
    console: Console, card_id: str, second: Path | None, second_passphrase_file: Path | None
) -> None:
    """Seal a signed card with the inspector's key, and make its PDF."""
    from app.services.seal.seal import finalize

    passphrase = console.passphrase()
    brought = None if second is None else _brought(console, second, second_passphrase_file)
    with console.desk() as desk:
        made, _ = finalize(desk, card_id, passphrase, second=brought)
    sealed, missed = made.sealed, made.unstamped
    if missed is not None:
        console.note(f"warning: {missed.code}: {console.catalogue.error_sentence(missed)}")
    console.answer(
        {
            "id": sealed.index.id,
            "revision": sealed.index.revision,
            "hash": sealed.index.hash,
            "pdf_sha256": sealed.pdf.sha256,
            "time_stamp_missed": None if missed is None else missed.code.value,
        },
        console.say("cli.card_sealed", card=sealed.index.id, hash=sealed.index.hash),
    )


def _brought(console: Console, path: Path, passphrase_file: Path | None) -> "Brought":
    from app.services.seal.seal import Brought

    if passphrase_file is None:
        passphrase = console.typed_passphrase("cli.passphrase_second")
    else:
        passphrase = read_passphrase(passphrase_file)
    return Brought(credential=read_whole(path), passphrase=passphrase)


@card.group("supplement", cls=Group)
def supplement() -> None:
    """Add to a sealed card what was still to come; needs the inspector's key."""


@supplement.command("sign")
@click.argument("card_id", metavar="ID")
@signing_options
@pass_console
def supplement_sign(console: Console, card_id: str, **given: Unpack[Signing]) -> None:
    """Add a signature that was pending or absent when the card was sealed (补签)."""
    from app.services.keys.unlock import unlock
    from app.services.seal.sign import Given
    from app.services.seal.supplement import sign_late

    refuse_several(given)
    with console.desk() as desk:
        manner = read_manner(desk, given)
        late = Given(signatory=Signatory(given["role"]), name=given["name"], manner=manner)
        unlocked = unlock(desk, CredentialKind.INSPECTOR, console.passphrase())
        made, _ = sign_late(desk, card_id, late, unlocked)
    console.answer(
        {"id": made.supplement.card, "supplement": made.hash},
        console.say("cli.supplemented", card=made.supplement.card, hash=made.hash),
    )


@supplement.command("evidence")
@click.argument("card_id", metavar="ID")
@click.argument("clause")
@click.argument("files", nargs=-1, required=True, type=PATH)
@pass_console
def supplement_evidence(
    console: Console, card_id: str, clause: str, files: tuple[Path, ...]
) -> None:
    """Add files that were not there when the card was sealed."""
    from app.services.keys.unlock import unlock
    from app.services.seal.supplement import attach_late

    with console.desk() as desk:
        unlocked = unlock(desk, CredentialKind.INSPECTOR, console.passphrase())
        made, _ = attach_late(desk, card_id, clause, files, unlocked)
    console.answer(
        {"id": made.supplement.card, "supplement": made.hash},
        console.say("cli.supplemented", card=made.supplement.card, hash=made.hash),
    )


@card.command("revise")
@click.argument("card_id", metavar="ID")
@click.option("--reason", required=True)
@pass_console
def revise(console: Console, card_id: str, reason: str) -> None:
    """Begin the next revision of a sealed card."""
    from app.services.seal.seal import revise_card

    with console.desk() as desk:
        draft, _ = revise_card(desk, card_id, reason=reason)
    console.answer(
        {"id": draft.id, "revision": draft.revision},
        console.say("cli.card_revised", card=draft.id, revision=draft.revision),
    )


@card.command("pdf")
@click.argument("card_id", metavar="ID")
@click.option("-o", "output", type=PATH, required=True)
@pass_console
def pdf(console: Console, card_id: str, output: Path) -> None:
    """Write the PDF made when the card was sealed: always the same bytes."""
    from app.services.seal.seal import write_pdf

    with console.desk(writing=False) as desk:
        sha256 = write_pdf(desk, card_id, output)
    console.answer(
        {"path": str(output), "sha256": sha256}, console.say("cli.pdf_written", path=str(output))
    )


def _entries(given: Scoring) -> list[Entry]:
    points, reasons = pairs(given["points"]), pairs(given["reasons"])
    not_applicable = pairs(given["not_applicable"])
    sources = {clause: _source(typed) for clause, typed in pairs(given["sources"]).items()}
    both = (points.keys() | reasons.keys()) & not_applicable.keys()
    if both:
        raise AppError(Code.ARGUMENT_MALFORMED, argument=min(both))
    named = dict.fromkeys((*points, *reasons, *sources))
    scored: list[Entry] = [
        Points(
            clause=clause,
            points=points.get(clause),
            reason=reasons.get(clause),
            source=sources.get(clause),
        )
        for clause in named
        if clause not in not_applicable
    ]
    return scored + [
        Inapplicable(clause=clause, reason=reason, source=sources.get(clause, Source.ON_SITE))
        for clause, reason in not_applicable.items()
    ]


def _source(typed: str) -> Source:
    if typed not in Source.__members__.values():
        raise AppError(Code.ARGUMENT_MALFORMED, argument=typed)
    return Source(typed)


def _summary(console: Console, view: CardView) -> list[str]:
    sums = view.totals
    return [
        "  ".join(
            (
                view.card.unit.name,
                view.card.unit.key.code,
                f"r{view.card.revision}",
                console.say(f"state.{view.state}"),
                *(
                    console.say("cli.pending", role=console.say(f"role.{held.signatory}"))
                    for held in view.pending
                ),
            )
        ),
        console.say(
            "cli.totals",
            base=points_text(sums.base),
            bonus=points_text(sums.bonus),
            total=points_text(sums.total),
            converted=points_text(sums.converted),
        ),
    ]


def _sections(view: CardView) -> list[str]:
    cells = {cell.row.id: cell.text for cell in view.totals.cells}
    return [
        f"{section.title}  "
        + "  ".join(f"{row.id}={cells[row.id] or '·'}" for row in section.rows)
        for section in view.form.sections
    ]


def _signatures(console: Console, view: CardView) -> list[str]:
    return [
        console.say(
            "cli.signature",
            role=console.say(f"role.{held.signatory}"),
            name=held.name,
            manner=console.say(f"manner.{manner_kind(held.manner)}"),
        )
        for held in view.card.signatures
    ]
