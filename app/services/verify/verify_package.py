"""校验 of a package, as if it were taken in: card by card, and nothing is kept."""

from dataclasses import replace
from pathlib import Path

from app.crypto.facts import CertificateFacts
from app.crypto.trust import TrustAnchors
from app.errors import AppError, Code
from app.exchange.head import Kind as PackageKind
from app.exchange.opened import OpenPackage
from app.exchange.receipt import read_receipt
from app.services.desk.desk import Desk
from app.services.keys.unlock import Unlocked
from app.services.packages.assigned import judge_assignment
from app.services.packages.gate import Gate, open_at_gate, open_gate
from app.services.packages.receive import judge_submission
from app.services.verify.judge_record import note_signer
from app.services.verify.verdict import CheckName, Findings, Kind, Report

_CHECKS = (CheckName.PACKAGE, CheckName.SIGNER, CheckName.PRACTICE, CheckName.CARDS)
_NOT_THE_PACKAGE = frozenset(
    {Code.FILE_MISSING, Code.FILE_UNREADABLE, Code.DISK_FULL, Code.PACKAGE_NOT_FOR_US}
)


def verify_package(
    desk: Desk, path: Path, unlocked: Unlocked, *, trust: TrustAnchors | None = None
) -> Report:
    """Verify a package as if it were taken in, card by card; nothing is kept.

    Raises:
        AppError: FILE_MISSING, FILE_UNREADABLE, DISK_FULL, PACKAGE_NOT_FOR_US (it cannot be read
            here at all). What is wrong with the package is in the report.

    """
    gate = open_gate(desk)
    if trust is not None:
        gate = replace(gate, trust=trust)
    findings = Findings(*_CHECKS)
    signer: CertificateFacts | None = None
    with desk.workspace.staging() as staging:
        try:
            package = open_at_gate(path, gate, unlocked, staging=staging)
            signer = package.signer
            findings.passed(CheckName.PACKAGE)
            note_signer(findings, signer)
            _judge_content(package, gate, findings)
        except AppError as refusal:
            if refusal.code in _NOT_THE_PACKAGE:
                raise
            reached = CheckName.PACKAGE if signer is None else CheckName.CARDS
            findings.failed(reached, refusal)
    return Report(kind=Kind.PACKAGE, checks=findings.checks, signer=signer)


def _judge_content(package: OpenPackage, gate: Gate, findings: Findings) -> None:
    if package.head.kind is PackageKind.RECEIPT:
        read_receipt(package)
    elif package.head.kind is PackageKind.ASSIGNMENT:
        judge_assignment(package, gate)
    else:
        submission, _ = judge_submission(package, gate)
        refusals = [
            AppError(each.refusal.code, **{**each.refusal.facts, "where": each.id})
            for each in submission.set_aside
        ]
        if refusals:
            findings.failed(CheckName.CARDS, *refusals)
    findings.passed(CheckName.CARDS)
