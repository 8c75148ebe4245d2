"""The code on a sealed card's paper: what it says when sealed, and whether to believe a photo.

Nothing here needs the workspace: pictures and pages are the compute lane's work (PDFium).
"""

from dataclasses import dataclass
from datetime import datetime

from app.crypto.facts import CertificateFacts, Role, read_ca
from app.crypto.identity import SigningIdentity
from app.crypto.revocation import read_crl
from app.crypto.trust import TrustAnchors, TrustedOffice
from app.domain.card import Card, CardHash
from app.domain.form import Form
from app.domain.moment import local_date
from app.domain.scoring import totals
from app.errors import AppError, Code
from app.exchange.compact_credential import CompactCredential, shortened
from app.exchange.paper_proof import (
    FORM_DIGITS,
    HASH_DIGITS,
    LONGEST_UNIT,
    PREFIX,
    Figures,
    read_proof,
    write_proof,
)
from app.reports.card.wording import unit_title
from app.services.desk.printed_codes import codes_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenFigures:
    """Figures a code proves, who signed them, and what could not be checked.

    `office` is what the CA certificate calls the office. `warnings` are REVOCATION_MISSING and
    REVOCATION_STALE: whether the credential was taken back is then not known.
    """

    figures: Figures
    signer: CompactCredential
    office: str
    warnings: tuple[AppError, ...]


def proof_text(card: Card, form: Form, card_hash: CardHash, identity: SigningIdentity) -> str:
    """Return the text of the code for a card, '' for an inspector without compact credential."""
    if not identity.compact:
        return ""
    return write_proof(figures_of(card, form, card_hash), identity)


def figures_of(card: Card, form: Form, card_hash: CardHash) -> Figures:
    """Return what the code of a sealed card says."""
    sums = totals(card, form)
    return Figures(
        card=card.id,
        revision=card.revision,
        rehearsal=card.rehearsal,
        unit=shortened(unit_title(card.unit), LONGEST_UNIT),
        form=form.hash[:FORM_DIGITS],
        date=card.date_to,
        sections=tuple(map(sums.of_section, form.sections)),
        base=sums.base,
        bonus=sums.bonus,
        converted=None if sums.converted == sums.base else sums.converted,
        card_hash=card_hash[:HASH_DIGITS],
    )


def read_image(content: bytes, *, name: str) -> tuple[str, ...]:
    """Return the texts of our codes on a picture or on the pages of a scan, each once.

    Raises:
        AppError: PROOF_MISSING (there is none that can be read), PICTURE_TOO_HARD, PDF_DAMAGED,
            and as `app.pictures.opening.opened`.

    """
    texts = codes_apart(content, name=name, prefix=PREFIX)
    if not texts:
        raise AppError(Code.PROOF_MISSING, name=name)
    return texts


def verify_proof(text: str, trust: TrustAnchors, *, now: datetime) -> ProvenFigures:
    """Return what a code proves to someone who trusts these offices.

    The credential must be an inspector's of the office whose CA signed it, good on some day from
    the card's until now, for when the card was sealed stands nowhere. Once it is revoked none of
    its codes counts any more: the day in them is the signer's word.

    Raises:
        AppError: PROOF_DAMAGED, SIGNATURE_INVALID, SIGNER_UNKNOWN, SIGNER_OFFICE_WRONG,
            SIGNER_ROLE_WRONG, CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID,
            CERTIFICATE_REVOKED, REVOCATION_DAMAGED.

    """
    witnessed = read_proof(text, trust)
    figures, signer = witnessed.figures, witnessed.credential
    issuer = read_ca(witnessed.office.ca)
    if signer.office != issuer.office_code:
        raise AppError(
            Code.SIGNER_OFFICE_WRONG,
            name=signer.name,
            office=signer.office,
            expected=issuer.office_code or "-",
        )
    if signer.role is not Role.INSPECTOR:
        raise AppError(Code.SIGNER_ROLE_WRONG, name=signer.name, needed=Role.INSPECTOR.value)
    if figures.rehearsal != issuer.rehearsal:
        raise AppError(Code.PROOF_DAMAGED)
    _require_good_days(figures, signer, issuer, now=now)
    return ProvenFigures(
        figures=figures,
        signer=signer,
        office=issuer.organisation,
        warnings=_doubts(signer, witnessed.office, issuer, now=now),
    )


def _require_good_days(
    figures: Figures, signer: CompactCredential, issuer: CertificateFacts, *, now: datetime
) -> None:
    """Raise unless credential and CA were good on a day from the card's until today."""
    begins = max(signer.not_before, local_date(issuer.not_before))
    ends = min(signer.not_after, local_date(issuer.not_after))
    if local_date(now) < begins:
        raise AppError(Code.CERTIFICATE_NOT_YET_VALID, name=signer.name, date=begins.isoformat())
    if ends < figures.date:
        raise AppError(Code.CERTIFICATE_EXPIRED, name=signer.name, date=ends.isoformat())


def _doubts(
    signer: CompactCredential, office: TrustedOffice, issuer: CertificateFacts, *, now: datetime
) -> tuple[AppError, ...]:
    """Raise for a revoked credential; return what the list at hand leaves open."""
    if office.crl is None:
        return (AppError(Code.REVOCATION_MISSING, organisation=issuer.organisation),)
    listed = read_crl(office.crl, office.ca)
    revocation = listed.of(signer.serial)
    if revocation is not None and revocation.at <= now:
        raise AppError(
            Code.CERTIFICATE_REVOKED,
            name=signer.name,
            serial=signer.serial,
            date=local_date(revocation.at).isoformat(),
        )
    if listed.next_update >= now:
        return ()
    day = local_date(listed.next_update).isoformat()
    return (AppError(Code.REVOCATION_STALE, organisation=issuer.organisation, date=day),)
