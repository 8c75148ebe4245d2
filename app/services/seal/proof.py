"""Whether a sealed card can be trusted: one check for what comes in, for `verify` and for audits.

Everything is proven from the bytes: the document's hash, its CMS, the rules of its form, its PDF.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.crypto.cms import verify_detached
from app.crypto.facts import CertificateFacts, Role, require_office, require_role
from app.crypto.trust import TrustAnchors
from app.domain.card import Card
from app.domain.form import Form, FormHash, GuideHash
from app.domain.sealing import refuse_unsealable
from app.domain.supplement import (
    LateEvidence,
    LateSignature,
    Supplement,
    refuse_settled,
)
from app.errors import AppError, Code
from app.exchange.card_document import card_hash, form_of, part_hashes, read_card
from app.exchange.supplement_document import read_supplement
from app.reports.card.scorecard import Layout, Scorecard, lay_out
from app.reports.card.sealers import SealedBy
from app.reports.seal.page_objects import foreign_objects
from app.reports.seal.second_seal import require_second
from app.reports.seal.structure import foreign_entries
from app.reports.seal.verification import OpenedScorecard, compare_scorecard, open_scorecard
from app.reports.typeset.fonts import Fonts

FindForm = Callable[[FormHash], Form]
NameGuide = Callable[[GuideHash], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    """Before what a card is proven: trusted offices, forms, fonts, the moment of receipt, and now.

    `name_guide` gives a guide's name for people, '' where it is not known.
    """

    trust: TrustAnchors
    find_form: FindForm
    name_guide: NameGuide
    fonts: Fonts
    moment: datetime
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenCard:
    """A card whose document was proven, and who sealed it."""

    card: Card
    form: Form
    document: bytes
    signer: CertificateFacts


def prove_document(document: bytes, cms: bytes, court: Court) -> ProvenCard:
    """Return the card of a document after its signature, then its content, was verified.

    The signer must be an inspector of the office the card names; the content must satisfy the form
    as it did when it was sealed.

    Raises:
        AppError: SIGNATURE_INVALID, SIGNER_UNKNOWN, SIGNER_ROLE_WRONG, SIGNER_OFFICE_WRONG,
            CERTIFICATE_REVOKED and their kin; FORM_UNKNOWN; CARD_DOCUMENT_DAMAGED; and what
            `refuse_unsealable` raises.

    """
    signer = verify_detached(document, cms, trust=court.trust, moment=court.moment, now=court.now)
    require_role(signer, Role.INSPECTOR)
    form = court.find_form(form_of(document))
    card = read_card(document, form)
    require_office(signer, card.office.code)
    if signer.rehearsal != card.rehearsal:
        raise AppError(Code.CARD_DOCUMENT_DAMAGED, where="rehearsal")
    refuse_unsealable(card, form)
    return ProvenCard(card=card, form=form, document=document, signer=signer)


def same_document(document: bytes, expected: str) -> None:
    """Raise AppError CARD_DOCUMENT_DAMAGED unless the bytes have the hash they are listed with."""
    if card_hash(document) != expected:
        raise AppError(Code.CARD_DOCUMENT_DAMAGED, where="hash")


def prove_supplement(
    document: bytes, cms: bytes, card: Card, *, card_hash: str, court: Court
) -> tuple[Supplement, str]:
    """Return a supplement to this card and its signer's serial, after everything was verified.

    Raises:
        AppError: SIGNATURE_INVALID and its kin, SIGNER_ROLE_WRONG, SIGNER_OFFICE_WRONG,
            SUPPLEMENT_DAMAGED (another card's), CARD_SEALED (nothing the card leaves open),
            CLAUSE_UNKNOWN.

    """
    signer = verify_detached(document, cms, trust=court.trust, moment=court.moment, now=court.now)
    require_role(signer, Role.INSPECTOR)
    require_office(signer, card.office.code)
    supplement = read_supplement(document)
    named = (supplement.card, supplement.revision, supplement.card_hash)
    if named != (card.id, card.revision, card_hash):
        raise AppError(Code.SUPPLEMENT_DAMAGED, where="$.card_hash")
    form = court.find_form(card.terms.form)
    match supplement.addition:
        case LateSignature(signature=signature):
            refuse_settled(card, signature)
            hashes = part_hashes(card, form)
            if (signature.header_hash, signature.scores_hash) != (hashes.header, hashes.scores):
                raise AppError(Code.SUPPLEMENT_DAMAGED, where="$.addition.signature.over")
        case LateEvidence(clause=clause):
            form.clause(clause)
    return supplement, signer.serial


def prove_pdf(pdf: bytes, proven: ProvenCard, court: Court) -> None:
    """Raise unless a PDF is the sealed print of this very card: same record, signer and figures.

    Raises:
        AppError: PDF_RECORD_ALTERED, PDF_SIGNERS_DIFFER, PDF_TEXT_DIFFERS, PDF_CONTENT_FOREIGN,
            and as `open_scorecard` and `require_second`.

    """
    opened = open_pdf(pdf, court)
    if opened.record.document != proven.document:
        raise AppError(Code.PDF_RECORD_ALTERED)
    if opened.signer.sha256 != proven.signer.sha256:
        raise AppError(
            Code.PDF_SIGNERS_DIFFER,
            name=proven.signer.common_name,
            sealer=opened.signer.common_name,
        )
    require_second_seal(opened, proven.card)
    shown = scorecard_as_sealed(proven, court, opened)
    problems = compare_scorecard(pdf, shown, court.fonts)
    if problems:
        raise AppError(Code.PDF_TEXT_DIFFERS, where=problems[0].where)
    beside = drawn_beside(
        pdf, lay_out(shown, court.fonts), court.fonts, rehearsal=proven.card.rehearsal
    )
    if beside:
        raise beside[0]


def open_pdf(pdf: bytes, court: Court) -> OpenedScorecard:
    """Return the signer and the record of a sealed PDF; raises as `open_scorecard`."""
    return open_scorecard(pdf, trust=court.trust, moment=court.moment, now=court.now)


def require_second_seal(opened: OpenedScorecard, card: Card) -> None:
    """Refuse a second seal of somebody who may not seal this card; raises as `require_second`."""
    for seal in opened.seals[1:]:
        require_second(seal.signer, opened.signer, card)


def scorecard_as_sealed(proven: ProvenCard, court: Court, opened: OpenedScorecard) -> Scorecard:
    """Return what the print of a card must say, but for what only the print knows."""
    return scorecard_of(
        proven.card,
        proven.form,
        document=proven.document,
        guide=court.name_guide(proven.card.terms.guide),
        seals=opened.sealed_by,
    )


def drawn_beside(
    pdf: bytes, layout: Layout, fonts: Fonts, *, rehearsal: bool
) -> tuple[AppError, ...]:
    """Return a refusal for everything in a file that our program never draws or writes."""
    foreign = foreign_objects(pdf, layout, rehearsal=rehearsal)
    return (
        *(AppError(Code.PDF_CONTENT_FOREIGN, page=each.page, what=each.what) for each in foreign),
        *(
            AppError(Code.PDF_CONTENT_FOREIGN, page=0, what=entry)
            for entry in foreign_entries(pdf, layout, fonts)
        ),
    )


def scorecard_of(
    card: Card, form: Form, *, document: bytes, guide: str, seals: tuple[SealedBy, ...]
) -> Scorecard:
    """Return a card with all that its print says."""
    return Scorecard(
        card=card,
        form=form,
        hash=card_hash(document),
        scores_hash=part_hashes(card, form).scores,
        guide=guide,
        seals=seals,
    )
