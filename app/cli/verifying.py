"""The verb `verify`: anything brought, one line first, then check by check."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.console import PATH, Command, Console, Json, pass_console
from app.domain.points import points_text
from app.errors import AppError, Code
from app.exchange.sniff import FileKind, sniff

if TYPE_CHECKING:
    from app.crypto.facts import CertificateFacts
    from app.services.verify.telling import Told
    from app.services.verify.verdict import Figures, Report

_MARKS = {"passed": "√", "warned": "!", "failed": "×", "not_checked": "-"}


@click.command("verify", cls=Command)
@click.argument("target", type=PATH)
@click.option(
    "--trust",
    "trusted",
    type=PATH,
    multiple=True,
    help="Trust this .akprofile or CA certificate, and what else is named so, and no other.",
)
@click.option(
    "--expect",
    "typed",
    multiple=True,
    metavar="FIGURE=VALUE",
    help="Refuse another value: total=97, base=, bonus=, unit=, date=, code=, revision=, signer=.",
)
@pass_console
@click.pass_context
def verify(
    context: click.Context,
    console: Console,
    target: Path,
    trusted: tuple[Path, ...],
    typed: tuple[str, ...],
) -> None:
    """Verify a PDF, a picture of its page, a check code, or a package."""
    report = _report(console, target, trusted, typed)
    from app.services.verify.telling import told

    words = told(report, console.catalogue)
    for fault in report.faults:
        console.tell_refusal(fault.refusal, where=fault.where)
    console.answer(_document(report, words), *_lines(words))
    if not report.ok:
        context.exit(1)


def _report(
    console: Console, target: Path, trusted: tuple[Path, ...], typed: tuple[str, ...]
) -> "Report":
    from app.services.keys.unlock import unlock_any
    from app.services.verify.exhibit import check_code, check_code_of, look_at
    from app.services.verify.expectation import read_expectations
    from app.services.verify.verify import trust_of, verify
    from app.services.verify.verify_package import verify_package

    expected = read_expectations(typed)
    with console.desk(writing=False) as desk:
        trust = trust_of(desk, *trusted) if trusted else None
        if not target.exists() and check_code_of(str(target)):
            return verify(desk, check_code(str(target)), trust=trust, expected=expected)
        if sniff(target) is FileKind.PACKAGE:
            if expected:  # a package has no one figure
                raise AppError(Code.ARGUMENT_MALFORMED, argument="--expect")
            unlocked = unlock_any(desk, console.passphrase())
            return verify_package(desk, target, unlocked, trust=trust)
        return verify(desk, look_at(target), trust=trust, expected=expected)


def _lines(words: "Told") -> list[str]:
    return [
        words.headline,
        *(f"  {_MARKS[check.outcome]} {check.label}　{check.sentence}" for check in words.checks),
        *(f"    {label}　{value}" for label, value in (*words.figures, *words.sections)),
    ]


def _document(report: "Report", words: "Told") -> Json:
    signer = report.signer
    return {
        "ok": report.ok,
        "outcome": report.outcome.value,
        "sentence": words.headline,
        "kind": report.kind.value,
        "signer": _signer(report),
        "certificate": None if signer is None else _certificate(signer),
        "figures": None if report.figures is None else _figures(report.figures),
        "checks": [
            {
                "name": check.name.value,
                "outcome": check.outcome.value,
                "sentence": said.sentence,
                "problems": [
                    {"code": refusal.code.value, "facts": dict(refusal.facts)}
                    for refusal in check.refusals
                ],
            }
            for check, said in zip(report.checks, words.checks, strict=True)
        ],
        "problems": [{"code": fault.code, "where": fault.where} for fault in report.faults],
    }


def _signer(report: "Report") -> str | None:
    if report.signer is not None:
        return report.signer.common_name
    return report.figures.signer if report.figures else None


def _certificate(signer: "CertificateFacts") -> Json:
    return {
        "serial": signer.serial,
        "post": signer.post,
        "office": signer.office_code,
        "organisation": signer.organisation,
        "rehearsal": signer.rehearsal,
    }


def _figures(figures: "Figures") -> Json:
    return {
        "unit": figures.unit,
        "date": figures.day.isoformat(),
        "total": points_text(figures.total),
        "base": points_text(figures.base),
        "bonus": points_text(figures.bonus),
        "sections": [
            {"name": name, "awarded": points_text(points)} for name, points in figures.sections
        ],
        "id": figures.card,
        "revision": figures.revision,
        "code": " ".join(figures.check_code.split()),
    }
