"""Judges a sealed PDF: seal, signer, record inside, and every printed figure against it."""

from dataclasses import replace

from app.crypto.timestamp import FARTHEST
from app.errors import AppError, Code
from app.exchange.card_document import card_hash
from app.exchange.paper_proof import PREFIX
from app.pictures.codes import codes_in
from app.reports.card.scorecard import Layout, Scorecard, lay_out
from app.reports.card.wording import LAYOUT, local_time
from app.reports.file.raster import page_sizes, render_part
from app.reports.seal.page_objects import PROOF_FIELD
from app.reports.seal.seal_reading import SealSeen
from app.reports.seal.verification import (
    OpenedScorecard,
    Problem,
    compare_scorecard,
    open_record,
    open_seals,
    proven_moment,
    text_in,
)
from app.services.seal.paper_proof import figures_of as figures_of_code
from app.services.seal.paper_proof import verify_proof
from app.services.seal.proof import (
    Court,
    ProvenCard,
    drawn_beside,
    prove_document,
    require_second_seal,
    scorecard_as_sealed,
)
from app.services.verify.judge_record import figures_of, note_signer, with_list_at_hand
from app.services.verify.verdict import CheckName, Findings, Kind, Report

_PIXELS_A_POINT = 4  # 288 dpi

PDF_CHECKS = (
    CheckName.LAYOUT,
    CheckName.SIGNATURE,
    CheckName.CHAIN,
    CheckName.REVOCATION,
    CheckName.SIGNER,
    CheckName.PRACTICE,
    CheckName.TIME,
    CheckName.SECOND_SEAL,
    CheckName.ATTACHMENTS,
    CheckName.RECORD,
    CheckName.FORM,
    CheckName.TEXT,
    CheckName.CONTENT,
    CheckName.QR,
    CheckName.REVISION,
)


def judge_pdf(pdf: bytes, court: Court) -> Report:
    """Judge a sealed PDF; times are those of the court."""
    findings = Findings(*PDF_CHECKS)
    try:
        seals, held = with_list_at_hand(lambda before: _seals(pdf, before), court, findings)
    except AppError as refusal:
        findings.stopped(refusal, at=CheckName.SIGNATURE)
        return Report(kind=Kind.PDF, checks=findings.checks)
    _note_seals(findings, seals)
    signer = seals[0].signer
    held = replace(held, moment=proven_moment(seals, held.moment))
    try:
        proven = _proven(pdf, seals, held, findings)
    except AppError as refusal:
        findings.stopped(refusal, at=CheckName.FORM)
        return Report(kind=Kind.PDF, checks=findings.checks, signer=signer)
    return Report(
        kind=Kind.PDF,
        checks=findings.checks,
        signer=signer,
        figures=figures_of(proven),
        hash=card_hash(proven.document),
    )


def _seals(pdf: bytes, court: Court) -> tuple[SealSeen, ...]:
    return open_seals(pdf, trust=court.trust, moment=court.moment, now=court.now)


def _note_seals(findings: Findings, seals: tuple[SealSeen, ...]) -> None:
    findings.passed(CheckName.LAYOUT, layout=LAYOUT)
    for name in (CheckName.SIGNATURE, CheckName.CHAIN, CheckName.REVOCATION):
        findings.passed(name)
    first, *others = seals
    note_signer(findings, first.signer)
    _note_time(findings, first)
    for other in others:
        findings.passed(
            CheckName.SECOND_SEAL,
            name=other.signer.common_name,
            post=other.signer.post,
            at=local_time(other.claimed_at),
        )
    if not others:
        findings.unproven(CheckName.SECOND_SEAL, variant="none")


def _note_time(findings: Findings, seal: SealSeen) -> None:
    claimed, stamp = local_time(seal.claimed_at), seal.stamped
    if stamp is None:
        findings.unproven(CheckName.TIME, variant="claimed", claimed=claimed)
        return
    facts = {
        "claimed": claimed,
        "proven": local_time(stamp.at),
        "authority": stamp.authority,
    }
    if stamp.is_known and abs(stamp.at - seal.claimed_at) > FARTHEST:
        findings.cautioned(CheckName.TIME, variant="apart", **facts)
    elif stamp.is_known:
        findings.passed(CheckName.TIME, **facts)
    else:
        findings.unproven(CheckName.TIME, variant="stranger", **facts)


def _proven(
    pdf: bytes, seals: tuple[SealSeen, ...], court: Court, findings: Findings
) -> ProvenCard:
    """Return the card inside, after the print was held against it."""
    record = open_record(
        pdf, seals[0].signer, trust=court.trust, moment=court.moment, now=court.now
    )
    findings.passed(CheckName.ATTACHMENTS)
    findings.passed(CheckName.RECORD)
    proven = prove_document(record.document, record.cms, court)
    findings.passed(CheckName.FORM, form=proven.form.title)
    opened = OpenedScorecard(seals=seals, record=record)
    try:
        require_second_seal(opened, proven.card)
    except AppError as refusal:
        findings.failed(CheckName.SECOND_SEAL, refusal)
    shown = scorecard_as_sealed(proven, court, opened)
    layout = lay_out(shown, court.fonts)
    _judge_text(pdf, shown, court, findings)
    foreign = drawn_beside(pdf, layout, court.fonts, rehearsal=proven.card.rehearsal)
    if foreign:
        findings.failed(CheckName.CONTENT, *foreign)
    else:
        findings.passed(CheckName.CONTENT)
    _judge_code(pdf, layout, proven, court, findings)
    return proven


def _judge_text(pdf: bytes, shown: Scorecard, court: Court, findings: Findings) -> None:
    problems = compare_scorecard(pdf, shown, court.fonts)
    if problems:
        findings.failed(CheckName.TEXT, *map(_refusal, problems))
    elif shown.guide:
        findings.passed(CheckName.TEXT)
    else:
        findings.cautioned(CheckName.TEXT, variant="guide")


def _judge_code(
    pdf: bytes, layout: Layout, proven: ProvenCard, court: Court, findings: Findings
) -> None:
    """Read the code on the page once, and hold it against the record and its signer."""
    place = next((field for field in layout.fields if field.name == PROOF_FIELD), None)
    if place is None or place.page >= len(page_sizes(pdf)):
        return
    picture = render_part(pdf, place.page, place.rect, scale=_PIXELS_A_POINT)
    texts = codes_in(picture.pixels, width=picture.width, height=picture.height, prefix=PREFIX)
    if not texts:
        if text_in(pdf, place):
            findings.unproven(CheckName.QR, variant="none")
        else:
            findings.failed(CheckName.QR, AppError(Code.PROOF_MISSING, name=place.name))
        return
    refusal = _refused_code(texts, proven, court, page=place.page + 1)
    if refusal is None:
        findings.passed(CheckName.QR)
    else:
        findings.failed(CheckName.QR, refusal)


def _refused_code(
    texts: tuple[str, ...], proven: ProvenCard, court: Court, *, page: int
) -> AppError | None:
    try:
        said = verify_proof(texts[0], court.trust, now=court.moment)
    except AppError as refusal:
        return refusal
    figures = figures_of_code(proven.card, proven.form, card_hash(proven.document))
    is_its_own = len(texts) == 1 and said.figures == figures
    if is_its_own and said.signer.serial == proven.signer.serial:
        return None
    return AppError(Code.PDF_CONTENT_FOREIGN, page=page, what="code")


def _refusal(problem: Problem) -> AppError:
    if not problem.printed and not problem.signed:
        return AppError(problem.code, where=problem.where)
    return AppError(
        problem.code,
        where=problem.where,
        printed=problem.printed or "—",
        signed=problem.signed or "—",
    )
