"""Judges a sealed record kept here, found by its check code; and what every judge needs of one."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from app.crypto.facts import CertificateFacts
from app.domain.card import Card
from app.domain.scoring import totals
from app.domain.sealed import SealedCard
from app.errors import AppError, Code
from app.exchange.card_document import card_hash
from app.reports.card.wording import check_code, unit_title
from app.services.seal.proof import Court, ProvenCard, prove_document
from app.services.verify.verdict import CheckName, Figures, Findings, Kind, Report

T = TypeVar("T")

RECORD_CHECKS = (
    CheckName.RECORD,
    CheckName.SIGNATURE,
    CheckName.CHAIN,
    CheckName.REVOCATION,
    CheckName.SIGNER,
    CheckName.FORM,
    CheckName.PRACTICE,
    CheckName.TEXT,
    CheckName.REVISION,
)
_NO_LIST = frozenset({Code.REVOCATION_MISSING, Code.REVOCATION_STALE})


def judge_record(code: str, kept: SealedCard | Card | None, court: Court) -> Report:
    """Judge the record a check code leads to; the paper itself is for the person to compare."""
    findings = Findings(*RECORD_CHECKS)
    if kept is None:
        findings.failed(CheckName.RECORD, AppError(Code.CHECK_CODE_UNKNOWN, code=check_code(code)))
        return Report(kind=Kind.CODE, checks=findings.checks)
    if isinstance(kept, Card):  # printed before its seal
        findings.failed(CheckName.RECORD, AppError(Code.CARD_NOT_SEALED, card=kept.id))
        return Report(kind=Kind.CODE, checks=findings.checks)
    findings.passed(CheckName.RECORD, variant="kept")
    try:
        proven, _ = with_list_at_hand(
            lambda before: prove_document(kept.document, kept.cms, before), court, findings
        )
    except AppError as refusal:
        findings.stopped(refusal, at=CheckName.FORM)
        return Report(kind=Kind.CODE, checks=findings.checks)
    for name in (CheckName.SIGNATURE, CheckName.CHAIN, CheckName.REVOCATION):
        findings.passed(name)
    note_signer(findings, proven.signer)
    findings.passed(CheckName.FORM, form=proven.form.title)
    findings.cautioned(CheckName.TEXT, variant="paper")
    return Report(
        kind=Kind.CODE,
        checks=findings.checks,
        signer=proven.signer,
        figures=figures_of(proven),
        hash=kept.index.hash,
    )


def with_list_at_hand(
    work: Callable[[Court], T], court: Court, findings: Findings
) -> tuple[T, Court]:
    """Do work before a court; where it lacks a current revocation list, note so and do without.

    Return what came of it and the court it came before.
    """
    try:
        return work(court), court
    except AppError as refusal:
        if refusal.code not in _NO_LIST:
            raise
        findings.warned(CheckName.REVOCATION, refusal)
    lenient = replace(court, trust=replace(court.trust, needs_list=False))
    return work(lenient), lenient


def note_signer(findings: Findings, signer: CertificateFacts) -> None:
    """Note who signed, and whether it is practice."""
    findings.passed(
        CheckName.SIGNER, name=signer.common_name, post=signer.post, office=signer.organisation
    )
    note_practice(findings, rehearsal=signer.rehearsal)


def note_practice(findings: Findings, *, rehearsal: bool) -> None:
    """Note whether what was brought is practice."""
    note = findings.cautioned if rehearsal else findings.passed
    note(CheckName.PRACTICE)


def figures_of(proven: ProvenCard) -> Figures:
    """Return the figures of a card that was proven."""
    sums = totals(proven.card, proven.form)
    card, form = proven.card, proven.form
    return Figures(
        unit=unit_title(card.unit),
        day=card.date_to,
        total=sums.total,
        base=sums.base,
        bonus=sums.bonus,
        sections=tuple((section.name, sums.of_section(section)) for section in form.sections),
        card=card.id,
        revision=card.revision,
        check_code=check_code(card_hash(proven.document)),
        signer=proven.signer.common_name,
    )
