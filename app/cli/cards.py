"""`card`: one unit's card, from a blank form to the sealed one."""

from collections.abc import Iterable
from pathlib import Path

import click

from app.cli.console import Console, Group, pass_console
from app.cli.documents import card_document, finding_document, listed_document
from app.cli.units import pairs
from app.domain.moment import parse_date
from app.domain.points import points_text
from app.domain.signature import Manner, Paper, Pending, Signatory, absent, refused
from app.exchange.manner_wire import read_ink
from app.files import read_whole
from app.services.assess import Entry, Inapplicable, Points, attach, new_card, record
from app.services.intake import take_scan
from app.services.register import find_unit
from app.services.seal import finalize, revise_card, write_pdf
from app.services.sign import sign_card
from app.services.view import CardView, check_card, list_cards, view_card

_PATH = click.Path(path_type=Path)


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


@card.command("score")
@click.argument("card_id", metavar="ID")
@click.argument("points", nargs=-1, metavar="[CLAUSE=POINTS]...")
@click.option("--reason", "reasons", multiple=True, metavar="CLAUSE=TEXT")
@click.option("--na", "not_applicable", multiple=True, metavar="CLAUSE=REASON", help="不涉及.")
@click.option("--full", is_flag=True, help="Full points for what is open, bonus excepted.")
@pass_console
def score(
    console: Console,
    card_id: str,
    points: tuple[str, ...],
    reasons: tuple[str, ...],
    not_applicable: tuple[str, ...],
    full: bool,  # noqa: FBT001 - click passes it so
) -> None:
    """Give points to clauses: all of a line or nothing."""
    entries = _entries(pairs(points), pairs(reasons), pairs(not_applicable))
    with console.desk() as desk:
        _, changes = record(desk, card_id, entries, fill=full)
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
@click.argument("files", nargs=-1, required=True, type=_PATH)
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
    console.answer(card_document(view), *_summary(console, view), *_sections(view))


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
@click.option("--role", type=click.Choice([each.value for each in Signatory]), required=True)
@click.option("--name", required=True)
@click.option("--ink", type=_PATH, help="Strokes as JSON.")
@click.option("--paper", type=_PATH, help="Scan of the signed paper.")
@click.option("--refused", "why_refused", metavar="WHY", help="拒签; needs --witness.")
@click.option("--absent", "why_absent", metavar="WHY", help="Nobody there; needs --witness.")
@click.option("--witness", default="")
@click.option("--pending", is_flag=True, help="待补签.")
@pass_console
def sign(
    console: Console,
    card_id: str,
    role: str,
    name: str,
    ink: Path | None,
    paper: Path | None,
    why_refused: str | None,
    why_absent: str | None,
    witness: str,
    pending: bool,  # noqa: FBT001 - click passes it so
) -> None:
    """Put a signature under a finished card; no key is needed."""
    given = [ink is not None, paper is not None, why_refused is not None, why_absent is not None]
    if sum((*given, pending)) != 1:
        message = "give exactly one of --ink, --paper, --refused, --absent, --pending"
        raise click.UsageError(message)
    with console.desk() as desk:
        manner: Manner = Pending()
        if ink is not None:
            manner = read_ink(read_whole(ink))
        elif paper is not None:
            manner = Paper(scan=take_scan(desk, paper))
        elif why_refused is not None:
            manner = refused(why=why_refused, witness=witness, signer=name)
        elif why_absent is not None:
            manner = absent(why=why_absent, witness=witness, signer=name)
        signed, _ = sign_card(desk, card_id, signatory=Signatory(role), name=name, manner=manner)
    console.answer(
        {"id": signed.id, "signatures": len(signed.signatures)},
        console.say("cli.card_signed", name=name, role=console.say(f"role.{role}")),
    )


@card.command("finalize")
@click.argument("card_id", metavar="ID")
@pass_console
def finalize_(console: Console, card_id: str) -> None:
    """Seal a signed card with the inspector's key, and make its PDF."""
    passphrase = console.passphrase()
    with console.desk() as desk:
        sealed, _ = finalize(desk, card_id, passphrase)
    console.answer(
        {
            "id": sealed.index.id,
            "revision": sealed.index.revision,
            "hash": sealed.index.hash,
            "pdf_sha256": sealed.pdf.sha256,
        },
        console.say("cli.card_sealed", card=sealed.index.id, hash=sealed.index.hash),
    )


@card.command("revise")
@click.argument("card_id", metavar="ID")
@click.option("--reason", required=True)
@pass_console
def revise(console: Console, card_id: str, reason: str) -> None:
    """Begin the next revision of a sealed card."""
    with console.desk() as desk:
        draft, _ = revise_card(desk, card_id, reason=reason)
    console.answer(
        {"id": draft.id, "revision": draft.revision},
        console.say("cli.card_revised", card=draft.id, revision=draft.revision),
    )


@card.command("pdf")
@click.argument("card_id", metavar="ID")
@click.option("-o", "output", type=_PATH, required=True)
@pass_console
def pdf(console: Console, card_id: str, output: Path) -> None:
    """Write the PDF made when the card was sealed: always the same bytes."""
    with console.desk(writing=False) as desk:
        sha256 = write_pdf(desk, card_id, output)
    console.answer(
        {"path": str(output), "sha256": sha256}, console.say("cli.pdf_written", path=str(output))
    )


def _entries(
    points: dict[str, str], reasons: dict[str, str], not_applicable: dict[str, str]
) -> list[Entry]:
    clauses: Iterable[str] = dict.fromkeys((*points, *reasons))
    scored: list[Entry] = [
        Points(clause=clause, points=points.get(clause), reason=reasons.get(clause, ""))
        for clause in clauses
    ]
    return scored + [
        Inapplicable(clause=clause, reason=reason) for clause, reason in not_applicable.items()
    ]


def _summary(console: Console, view: CardView) -> list[str]:
    sums = view.totals
    return [
        f"{view.card.unit.name}  {view.card.unit.key.code}  r{view.card.revision}  "
        f"{console.say(f'state.{view.state}')}",
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
