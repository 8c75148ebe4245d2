"""Packages out and in, ranking, summary, audit."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.console import PATH, Command, Console, Group, Json, pass_console
from app.cli.documents import imported_document, ranking_document
from app.domain.delivery import Outcome
from app.domain.keyring import CredentialKind
from app.domain.points import points_text
from app.errors import AppError, Code

if TYPE_CHECKING:
    from app.services.packages.take_in import Imported


@click.command("submit", cls=Command)
@click.option("-o", "output", type=PATH, required=True)
@click.option("--cards", default="", metavar="ID,...", help="These; else all never exported.")
@click.option("--no-photos", is_flag=True, help="Scores now, photos later.")
@pass_console
def submit_(console: Console, output: Path, cards: str, no_photos: bool) -> None:  # noqa: FBT001
    """Write sealed cards into a package for the office."""
    from app.services.keys.unlock import unlock
    from app.services.packages.submit import submit

    chosen = [card.strip() for card in cards.split(",") if card.strip()]
    with console.desk() as desk:
        unlocked = unlock(desk, CredentialKind.INSPECTOR, console.passphrase())
        record, _ = submit(desk, output, unlocked, card_ids=chosen, photos=not no_photos)
    sent = list(dict.fromkeys(item.card for item in record.items))
    console.answer(
        {
            "path": str(output),
            "package_id": record.package_id,
            "digest": record.digest,
            "sequence": record.sequence,
            "cards": sent,
        },
        console.say(
            "cli.submitted",
            count=len(sent),
            number=record.sequence,
            path=str(output),
        ),
    )


@click.command("import", cls=Command)
@click.argument("paths", nargs=-1, required=True, type=PATH)
@pass_console
@click.pass_context
def import_(context: click.Context, console: Console, paths: tuple[Path, ...]) -> None:
    """Take in packages; one that is refused does not keep out the others."""
    from app.services.keys.unlock import unlock_any
    from app.services.packages.take_in import take_in

    documents: list[Json] = []
    refusals: list[AppError] = []
    lines: list[str] = []
    with console.desk() as desk:
        unlocked = unlock_any(desk, console.passphrase())
        for path in paths:
            try:
                imported, _ = take_in(desk, path, unlocked)
            except AppError as refusal:
                if len(paths) == 1:
                    raise
                refusals.append(refusal)
                documents.append({"path": str(path), "error": refusal.code.value})
                console.tell_refusal(refusal, where=path.name)
                continue
            documents.append({"path": str(path), **imported_document(imported)})
            lines += _imported_lines(console, path, imported)
    console.answer(documents[0] if len(paths) == 1 else documents, *lines)
    if refusals:
        context.exit(1)


@click.command("receipts", cls=Command)
@click.option("-o", "folder", type=PATH, required=True)
@pass_console
def receipts(console: Console, folder: Path) -> None:
    """Write a receipt for every inspector who has not been told yet."""
    from app.services.keys.unlock import unlock
    from app.services.office.receipts import write_receipts

    with console.desk() as desk:
        unlocked = unlock(desk, CredentialKind.OFFICE, console.passphrase())
        written, _ = write_receipts(desk, folder, unlocked)
    console.answer(
        [{"path": str(each.path), "person": each.person, "cards": each.cards} for each in written],
        *(
            console.say("cli.receipt", person=each.person, count=each.cards, path=str(each.path))
            for each in written
        ),
        *(() if written else (console.say("cli.no_receipts"),)),
    )


@click.command("rank", cls=Command)
@pass_console
def rank(console: Console) -> None:
    """Rank the accepted cards."""
    from app.services.office.rank import ranking

    with console.desk(writing=False) as desk:
        order = ranking(desk)
    console.answer(
        ranking_document(order),
        *(
            f"{ranked.rank:>4}  {points_text(ranked.entry.base):>6}"
            f"  {points_text(ranked.entry.bonus):>4}  {ranked.entry.name}"
            for ranked in order.ranked
        ),
        console.say("cli.ranked", count=len(order.ranked), left_out=len(order.left_out)),
        *(f"  {card}  {console.say(f'left_out.{why}')}" for card, why in order.left_out),
    )


@click.command("summary", cls=Command)
@click.option("-o", "output", type=PATH, required=True)
@click.option("--by", "prepared_by", default="", help="填报人.")
@pass_console
def summary(console: Console, output: Path, prepared_by: str) -> None:
    """Write 参赛企业汇总表 as .xlsx."""
    from app.services.office.rank import write_summary_sheet

    with console.desk(writing=False) as desk:
        rows = write_summary_sheet(desk, output, prepared_by=prepared_by)
    console.answer(
        {"path": str(output), "rows": rows},
        console.say("cli.summary_written", count=rows, path=str(output)),
    )


@click.group("audit", cls=Group)
def audit_() -> None:
    """Check what this workspace holds."""


@audit_.command("verify")
@pass_console
@click.pass_context
def audit_verify(context: click.Context, console: Console) -> None:
    """Prove everything this workspace holds again."""
    from app.services.verify.audit import audit

    with console.desk(writing=False) as desk:
        found = audit(desk)
    console.answer(
        {
            "ok": found.ok,
            "lines": found.lines,
            "head": found.head,
            "cards": found.cards,
            "files": found.files,
            "problems": [{"code": flaw.code, "where": flaw.where} for flaw in found.flaws],
        },
        console.say(
            "cli.audit_ok" if found.ok else "cli.audit_failed",
            lines=found.lines,
            cards=found.cards,
            files=found.files,
        ),
        *(f"  {flaw.code}  {flaw.where}" for flaw in found.flaws),
    )
    if not found.ok:
        words = ", ".join(sorted({flaw.code for flaw in found.flaws}))
        console.tell_refusal(AppError(Code.AUDIT_BROKEN, where=words))
        context.exit(1)


def _imported_lines(console: Console, path: Path, imported: "Imported") -> list[str]:
    """Return what became of a package: a line of figures, then all a person has to look into."""
    missing = " ".join(map(str, imported.missing)) or "-"
    if imported.tasks is not None:
        return [
            console.say(
                "cli.tasks_taken",
                path=path.name,
                sender=imported.sender,
                added=imported.tasks.added,
                renewed=imported.tasks.renewed,
                withdrawn=imported.tasks.withdrawn,
                unchanged=imported.tasks.unchanged,
                missing=missing,
            )
        ]
    told = {
        aside.hash: console.catalogue.error_sentence(aside.refusal) for aside in imported.set_aside
    }
    figures = console.say(
        "cli.imported",
        path=path.name,
        sender=imported.sender,
        accepted=len(imported.with_outcome(Outcome.ACCEPTED)),
        duplicates=len(imported.with_outcome(Outcome.DUPLICATE)),
        aside=len(imported.with_outcome(Outcome.SET_ASIDE)),
        conflicts=len(imported.with_outcome(Outcome.CONFLICT)),
        missing=missing,
    )
    return [
        figures,
        *(
            f"  {item.card}  {item.reason}  {told.get(item.hash, '')}".rstrip()
            for item in imported.with_outcome(Outcome.SET_ASIDE)
        ),
        *(
            console.say("cli.in_conflict", card=item.card, hash=item.hash)
            for item in imported.with_outcome(Outcome.CONFLICT)
        ),
        *(console.say("cli.unit_twice", card=card) for card in imported.twice),
    ]
