"""Packages out and in, ranking, summary, verification, audit, the demo."""

from pathlib import Path

import click

from app.cli.console import Command, Console, Group, Json, pass_console
from app.cli.documents import imported_document, ranking_document
from app.domain.delivery import Outcome
from app.domain.keyring import CredentialKind
from app.domain.points import points_text
from app.errors import AppError
from app.exchange.sniff import FileKind, sniff
from app.services.audit import audit
from app.services.rank import ranking, write_summary_sheet
from app.services.receipts import write_receipts
from app.services.submit import submit
from app.services.take_in import Imported, take_in
from app.services.unlock import unlock, unlock_any
from app.services.verify import Report, trust_of, verify_package, verify_pdf

_PATH = click.Path(path_type=Path)


@click.command("submit", cls=Command)
@click.option("-o", "output", type=_PATH, required=True)
@click.option("--cards", default="", metavar="ID,...", help="These; else all never exported.")
@click.option("--no-photos", is_flag=True, help="Scores now, photos later.")
@pass_console
def submit_(console: Console, output: Path, cards: str, no_photos: bool) -> None:  # noqa: FBT001
    """Write sealed cards into a package for the office."""
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
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@pass_console
@click.pass_context
def import_(context: click.Context, console: Console, paths: tuple[Path, ...]) -> None:
    """Take in packages; one that is refused does not keep out the others."""
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
                sentence = console.catalogue.error_sentence(refusal)
                click.echo(f"error: {refusal.code}: {path.name}: {sentence}", err=True)
                continue
            documents.append({"path": str(path), **imported_document(imported)})
            lines.append(_imported_line(console, path, imported))
    console.answer(documents[0] if len(paths) == 1 else documents, *lines)
    if refusals:
        context.exit(1)


@click.command("receipts", cls=Command)
@click.option("-o", "folder", type=_PATH, required=True)
@pass_console
def receipts(console: Console, folder: Path) -> None:
    """Write a receipt for every inspector who has not been told yet."""
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
@click.option("-o", "output", type=_PATH, required=True)
@click.option("--by", "prepared_by", default="", help="填报人.")
@pass_console
def summary(console: Console, output: Path, prepared_by: str) -> None:
    """Write 参赛企业汇总表 as .xlsx."""
    with console.desk(writing=False) as desk:
        rows = write_summary_sheet(desk, output, prepared_by=prepared_by)
    console.answer(
        {"path": str(output), "rows": rows},
        console.say("cli.summary_written", count=rows, path=str(output)),
    )


@click.command("verify", cls=Command)
@click.argument("path", type=_PATH)
@click.option("--trust", "profile", type=_PATH, help="Trust this .akprofile and no other.")
@pass_console
@click.pass_context
def verify(context: click.Context, console: Console, path: Path, profile: Path | None) -> None:
    """Verify a PDF or a package."""
    with console.desk() as desk:
        trust = None if profile is None else trust_of(desk, profile)
        if sniff(path) is FileKind.PACKAGE:
            unlocked = unlock_any(desk, console.passphrase())
            report = verify_package(desk, path, unlocked, trust=trust)
        else:
            report = verify_pdf(desk, path, trust=trust)
    console.answer(_report_document(report), *_report_lines(console, report))
    if not report.ok:
        context.exit(1)


@click.group("audit", cls=Group)
def audit_() -> None:
    """The audit trail."""


@audit_.command("verify")
@pass_console
@click.pass_context
def audit_verify(context: click.Context, console: Console) -> None:
    """Prove everything this workspace holds again."""
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
        context.exit(1)


def _imported_line(console: Console, path: Path, imported: Imported) -> str:
    return console.say(
        "cli.imported",
        path=path.name,
        sender=imported.sender,
        accepted=len(imported.with_outcome(Outcome.ACCEPTED)),
        duplicates=len(imported.with_outcome(Outcome.DUPLICATE)),
        aside=len(imported.with_outcome(Outcome.SET_ASIDE)),
        conflicts=len(imported.with_outcome(Outcome.CONFLICT)),
        missing=" ".join(map(str, imported.missing)) or "-",
    )


def _report_document(report: Report) -> Json:
    signer = report.signer
    return {
        "ok": report.ok,
        "kind": report.kind.value,
        "signer": signer.common_name if signer else None,
        "certificate": {
            "serial": signer.serial,
            "post": signer.post,
            "office": signer.office_code,
            "organisation": signer.organisation,
            "rehearsal": signer.rehearsal,
        }
        if signer
        else None,
        "problems": [{"code": fault.code, "where": fault.where} for fault in report.faults],
    }


def _report_lines(console: Console, report: Report) -> list[str]:
    if report.ok and report.signer is not None:
        return [
            console.say(
                "cli.verified",
                name=report.signer.common_name,
                office=report.signer.organisation,
            )
        ]
    lines = [console.say("cli.not_verified")]
    return lines + [f"  {fault.code}  {fault.where}" for fault in report.faults]
