"""校验: whether a PDF, a picture of a page, a check code or a package can be trusted.

Nothing is stored, and nothing a file says is believed before it is proven. A window asks in turn
`exhibit.look_at` (compute lane), `lay_before` (database lane), `judge` (compute lane) and
`known_here` (database lane); `verify` asks for all but the first at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.crypto.facts import read_ca
from app.crypto.pem import certificate_of, is_certificate
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.domain.card import Card, CardHash
from app.domain.delivery import Verdict
from app.domain.evidence import Sha256
from app.domain.form import Form, FormHash, GuideHash
from app.domain.points import points_text
from app.domain.scoring import totals
from app.domain.sealed import SealedCard, SealedIndex
from app.errors import AppError, Code
from app.exchange.card_document import form_of, read_card
from app.exchange.compact_credential import shortened
from app.exchange.profile import read_profile
from app.exchange.sniff import FileKind, kind_of
from app.files import read_whole
from app.reports.card.wording import unit_title
from app.reports.typeset.fonts import load_fonts
from app.services.desk.desk import Desk
from app.services.desk.forms import current_form, current_guide_names, form_with_hash
from app.services.keys.trust import anchors
from app.services.seal.proof import Court
from app.services.verify.check_codes import bearing_code
from app.services.verify.exhibit import Exhibit, look_at
from app.services.verify.expectation import Expectation, unmet
from app.services.verify.judge_image import judge_image, unread_image
from app.services.verify.judge_pdf import judge_pdf
from app.services.verify.judge_record import judge_record
from app.services.verify.verdict import Check, CheckName, Figures, Findings, Kind, Outcome, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Before what an exhibit is judged, as it was read of the workspace.

    `forms` begin with the one in use; `fonts` is their folder, for loading them takes long. `kept`
    is the record where it is held here, a draft where that is what bears the check code.
    """

    trust: TrustAnchors
    forms: tuple[Form, ...]
    guides: Mapping[GuideHash, str]
    fonts: Path
    moment: datetime
    now: datetime
    kept: SealedCard | Card | None

    def court(self) -> Court:
        """Return the court; loads the fonts, so for the compute lane."""
        return Court(
            trust=self.trust,
            find_form=self._find_form,
            name_guide=lambda guide: self.guides.get(guide, ""),
            fonts=load_fonts(self.fonts),
            moment=self.moment,
            now=self.now,
        )

    def _find_form(self, wanted: FormHash) -> Form:
        found = (form for form in self.forms if form.hash == wanted)
        form = next(found, None)
        if form is None:
            raise AppError(Code.FORM_UNKNOWN, form=wanted)
        return form


def read_trust(content: bytes, *, now: datetime) -> TrustedOffice:
    """Return whom a file lets one trust who has compared its fingerprint.

    The file is the profile of an office (.akprofile), which brings the list of what it revoked, or
    its CA certificate alone (PEM or DER).

    Raises:
        AppError: CERTIFICATE_DAMAGED, and as `read_profile`.

    """
    if kind_of(content) is FileKind.PROFILE:
        return read_profile(content, now=now).trusted
    certificate = certificate_of(content)
    read_ca(certificate)
    return TrustedOffice(ca=certificate, crl=None)


def looks_like_trust(content: bytes) -> bool:
    """Tell whether a file may be one for `read_trust`."""
    return kind_of(content) is FileKind.PROFILE or is_certificate(content)


def trust_of(desk: Desk, *files: Path) -> TrustAnchors:
    """Return the trust files give; AppError FILE_MISSING, FILE_UNREADABLE and as `read_trust`."""
    return TrustAnchors(
        offices=tuple(read_trust(read_whole(path), now=desk.clock.now()) for path in files)
    )


def verify(
    desk: Desk,
    exhibit: Exhibit,
    *,
    trust: TrustAnchors | None = None,
    expected: Sequence[Expectation] = (),
) -> Report:
    """Judge an exhibit that is no package, by the trust given or else by that of the workspace."""
    bench = lay_before(desk, exhibit, trust=trust)
    return known_here(desk, judge(exhibit, bench, expected=expected))


def verify_pdf(desk: Desk, path: Path, *, trust: TrustAnchors | None = None) -> Report:
    """Verify a file; AppError FILE_MISSING, FILE_UNREADABLE. All else is in the report."""
    return verify(desk, look_at(path), trust=trust)


def lay_before(
    desk: Desk,
    exhibit: Exhibit,
    *,
    trust: TrustAnchors | None = None,
    also: tuple[TrustedOffice, ...] = (),
) -> Bench:
    """Read what judging needs of the workspace: whom it trusts, what it holds.

    `trust` takes the place of the workspace's own, `also` is added to it. What was received here
    in these very bytes existed then and is judged as of that day; who names his own trust is told
    what holds today.
    """
    now, kept = desk.clock.now(), _kept(desk, exhibit)
    known = anchors(desk)
    own = replace(known, offices=(*known.offices, *also))
    return Bench(
        trust=own if trust is None else trust,
        forms=(current_form(desk), *_form_of(desk, kept)),
        guides=current_guide_names(desk),
        fonts=desk.resources / "fonts",
        moment=kept.index.sealed_at if isinstance(kept, SealedCard) and trust is None else now,
        now=now,
        kept=kept,
    )


def judge(exhibit: Exhibit, bench: Bench, *, expected: Sequence[Expectation] = ()) -> Report:
    """Judge an exhibit by what was read before; PDFium, so on one lane only."""
    match exhibit.kind:
        case Kind.PDF:
            report = judge_pdf(exhibit.content, bench.court())
        case Kind.CODE:
            report = judge_record(exhibit.code, bench.kept, bench.court())
        case Kind.IMAGE if exhibit.refusal is not None:
            report = unread_image(exhibit.refusal)
        case Kind.IMAGE:
            report = judge_image(exhibit.proofs, bench.forms[0], bench.court())
        case _:
            findings = Findings(CheckName.LAYOUT)
            findings.failed(CheckName.LAYOUT, AppError(Code.FILE_KIND_UNKNOWN, path=exhibit.name))
            report = Report(kind=Kind.UNKNOWN, checks=findings.checks)
    return _held_against(report, expected)


def known_here(desk: Desk, report: Report) -> Report:
    """Add what the workspace knows of a card: its figures, later revisions and supplements."""
    if report.figures is None:
        return report
    check = _revision(desk, report.figures, report.hash)
    return replace(
        report,
        checks=tuple(check if each.name is check.name else each for each in report.checks),
    )


def _revision(desk: Desk, figures: Figures, record: str) -> Check:
    workspace, name, revision = desk.workspace, CheckName.REVISION, figures.revision
    known = workspace.cards.sealed_revisions(figures.card)
    if not known:
        return Check(name=name, outcome=Outcome.NOT_CHECKED, variant="unknown")
    facts = {"revision": revision, "newest": max(index.revision for index in known)}
    same = [index for index in known if index.revision == revision]
    ours = next((index.hash for index in same if index.hash.startswith(record)), None)
    otherwise = () if ours is None else _otherwise(desk, ours, figures)
    if otherwise:
        return Check(name=name, outcome=Outcome.FAILED, refusals=otherwise)
    decision = None if ours is None else workspace.decisions.get(ours)
    if facts["newest"] > revision:
        variant = "newer"
    elif ours is None:
        variant = "stranger"
    elif len(same) > 1:
        variant = "rival"
    elif decision is not None and decision.verdict is Verdict.RETURNED:
        variant = "returned"
    elif workspace.supplements.of(ours):
        variant = "supplemented"
    else:
        return Check(name=name, outcome=Outcome.PASSED, facts=facts)
    return Check(name=name, outcome=Outcome.WARNED, variant=variant, facts=facts)


def _otherwise(desk: Desk, record: CardHash, figures: Figures) -> tuple[AppError, ...]:
    """Return a refusal for each figure that the record kept here has otherwise.

    An inspector can sign a code that names the hash of a record and says other figures.
    """
    kept = desk.workspace.cards.sealed(record)
    if kept is None:
        return ()
    form = form_with_hash(desk, form_of(kept.document))
    card = read_card(kept.document, form)
    sums, unit = totals(card, form), unit_title(card.unit)
    shown = shortened(unit, len(figures.unit)) if figures.unit.endswith("…") else unit
    pairs = (
        ("unit", figures.unit, shown),
        ("date", figures.day.isoformat(), card.date_to.isoformat()),
        ("base", points_text(figures.base), points_text(sums.base)),
        ("bonus", points_text(figures.bonus), points_text(sums.bonus)),
    )
    return tuple(
        AppError(Code.FIGURE_DIFFERS, where=name, expected=said, signed=held)
        for name, said, held in pairs
        if said != held
    )


def _held_against(report: Report, expected: Sequence[Expectation]) -> Report:
    """Add whether the figures are those a person reads on the paper."""
    if not expected:
        return report
    name = CheckName.EXPECTED
    if report.figures is None:
        check = Check(name=name, outcome=Outcome.NOT_CHECKED)
    else:
        refusals = unmet(expected, report.figures)
        outcome = Outcome.FAILED if refusals else Outcome.PASSED
        check = Check(name=name, outcome=outcome, refusals=refusals)
    return replace(report, checks=(*report.checks, check))


def _kept(desk: Desk, exhibit: Exhibit) -> SealedCard | Card | None:
    cards = desk.workspace.cards
    if exhibit.kind is Kind.PDF:
        return cards.sealed_as(Sha256(exhibit.hash))
    if exhibit.kind is not Kind.CODE:
        return None
    found = next(iter(bearing_code(desk, exhibit.code)), None)
    return cards.sealed(found.hash) if isinstance(found, SealedIndex) else found


def _form_of(desk: Desk, kept: SealedCard | Card | None) -> tuple[Form, ...]:
    """Return the form a kept card was filled on, which may be an older one."""
    if not isinstance(kept, SealedCard):
        return ()
    return (form_with_hash(desk, kept.index.terms.form),)
