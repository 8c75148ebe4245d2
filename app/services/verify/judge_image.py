"""Judges the code on a photographed or scanned page: what was signed, and by whom.

What is printed beside the code is not read: that is for the person to compare.
"""

from collections.abc import Sequence

from app.domain.form import Form
from app.errors import AppError
from app.exchange.paper_proof import Figures as Said
from app.reports.card.wording import check_code
from app.services.seal.paper_proof import ProvenFigures, verify_proof
from app.services.seal.proof import Court
from app.services.verify.judge_record import note_practice
from app.services.verify.verdict import CheckName, Figures, Findings, Kind, Report

IMAGE_CHECKS = (
    CheckName.QR,
    CheckName.CHAIN,
    CheckName.SIGNATURE,
    CheckName.SIGNER,
    CheckName.PRACTICE,
    CheckName.REVOCATION,
    CheckName.FORM,
    CheckName.TEXT,
    CheckName.REVISION,
)


def unread_image(refusal: AppError) -> Report:
    """Report that no code of ours could be read."""
    findings = Findings(*IMAGE_CHECKS)
    findings.failed(CheckName.QR, refusal)
    return Report(kind=Kind.IMAGE, checks=findings.checks)


def judge_image(codes: Sequence[str], form: Form, court: Court) -> Report:
    """Judge the codes found on a page; `form` lends the names of its sections where it fits."""
    findings = Findings(*IMAGE_CHECKS)
    try:
        proven = [verify_proof(code, court.trust, now=court.now) for code in codes]
    except AppError as refusal:
        findings.stopped(refusal, at=CheckName.QR, held={})
        return Report(kind=Kind.IMAGE, checks=findings.checks)
    first = proven[0]
    findings.passed(CheckName.QR, variant="image")
    findings.passed(CheckName.CHAIN)
    findings.passed(CheckName.SIGNATURE, variant="image")
    _note_signer(findings, first)
    if len(proven) > 1:
        findings.cautioned(CheckName.QR, variant="several", count=len(proven))
    names = _section_names(first.figures, form)
    if names:
        findings.passed(CheckName.FORM, variant="image", form=form.title)
    else:
        findings.unproven(CheckName.FORM, variant="unknown")
    findings.cautioned(CheckName.TEXT, variant="image")
    return Report(
        kind=Kind.IMAGE,
        checks=findings.checks,
        figures=_figures(first, names),
        hash=first.figures.card_hash,
    )


def _note_signer(findings: Findings, proven: ProvenFigures) -> None:
    signer = proven.signer
    findings.passed(CheckName.SIGNER, name=signer.name, post=signer.post, office=proven.office)
    note_practice(findings, rehearsal=proven.figures.rehearsal)
    if proven.warnings:
        findings.warned(CheckName.REVOCATION, *proven.warnings)
    else:
        findings.passed(CheckName.REVOCATION)


def _section_names(said: Said, form: Form) -> tuple[str, ...]:
    """Return the names of the sections when the form at hand is the one that was filled."""
    fits = form.hash.startswith(said.form) and len(form.sections) == len(said.sections)
    return tuple(section.name for section in form.sections) if fits else ()


def _figures(proven: ProvenFigures, names: tuple[str, ...]) -> Figures:
    said = proven.figures
    labels = names or tuple(str(number) for number, _ in enumerate(said.sections, start=1))
    return Figures(
        unit=said.unit,
        day=said.date,
        total=said.total,
        base=said.base,
        bonus=said.bonus,
        sections=tuple(zip(labels, said.sections, strict=True)),
        card=said.card,
        revision=said.revision,
        check_code=check_code(said.card_hash),
        signer=proven.signer.name,
    )
