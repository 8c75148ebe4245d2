"""定稿: sealing a signed card with the inspector's key, its PDF, and what may follow: a revision.

Three steps, so that a window never waits: `plan_seal` reads, `seal` computes without the
workspace (and asks for a time stamp where a service is set), `keep_sealed` stores. `finalize`
does all three.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.crypto.cms import sign_detached
from app.crypto.facts import CertificateFacts, describe, require_office
from app.crypto.identity import SigningIdentity
from app.crypto.passphrase import Passphrase
from app.crypto.trust import TrustAnchors
from app.domain.card import Card, CardHash, Previous, files_of, revise
from app.domain.evidence import Evidence, Sha256
from app.domain.form import Form
from app.domain.keyring import CredentialKind
from app.domain.names import clean_text
from app.domain.scoring import totals
from app.domain.sealed import SealedCard, index_of
from app.domain.sealing import refuse_unsealable
from app.domain.supplement import LateSignature
from app.domain.time_stamp import StampService
from app.domain.trail import AuditEntry
from app.errors import AppError, Code
from app.exchange.canonical import content_hash
from app.exchange.card_document import card_hash, part_hashes, read_card, write_card
from app.files import read_whole, write_whole
from app.ports.progress import Progress, Unheard
from app.reports.card.sealers import SealedBy, sealer
from app.reports.seal.seal import Record, Sealing, sealed_scorecard
from app.reports.seal.second_seal import add_second_seal, require_second
from app.reports.typeset.fonts import load_fonts
from app.services.cards.assess import find_card, is_sealed, open_card
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.forms import form_with_hash, guide_name, guide_with_hash
from app.services.desk.standing import holder_of
from app.services.keys.trust import anchors
from app.services.keys.unlock import open_brought, unlock
from app.services.photos.shots import ShotPlan, make_shots, plan_shots
from app.services.seal.paper_proof import proof_text
from app.services.seal.proof import Court, prove_document, prove_pdf, scorecard_of
from app.services.seal.time_stamps import Stamping

FINALIZED = "card.finalize"  # in the audit trail, with the card's hash


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPlan:
    """A card about to be sealed, with all that its document and print need."""

    card: Card
    form: Form
    guide: str
    fonts: Path
    trust: TrustAnchors
    moment: datetime
    shots: ShotPlan
    stamp_service: StampService | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What sealing made: document, CMS and PDF, not stored yet.

    `unstamped` says why a seal has no time stamp although a service is set.
    """

    card: Card
    document: bytes
    cms: bytes
    pdf: bytes
    signer: CertificateFacts
    moment: datetime
    unstamped: AppError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """The credential (.akid) a second inspector brought, and its passphrase."""

    credential: bytes
    passphrase: Passphrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Finalized:
    """A card that was sealed, and why its seals have no time stamp, if they should have."""

    sealed: SealedCard
    unstamped: AppError | None


def finalize(
    desk: Desk, card_id: str, passphrase: Passphrase, *, second: Brought | None = None
) -> tuple[Finalized, Changes]:
    """Seal a signed card, once; a second inspector may seal it with his own credential.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, CARD_UNFINISHED, REASON_MISSING, CARD_UNSIGNED,
            EVIDENCE_MISSING, IDENTITY_MISSING, PASSPHRASE_WRONG, CREDENTIAL_DAMAGED, and as
            `seal`.

    """
    plan = plan_seal(desk, card_id)
    unlocked = unlock(desk, CredentialKind.INSPECTOR, passphrase)
    beside = None if second is None else open_brought(second.credential, second.passphrase)
    made = seal(plan, unlocked.identity, second=beside)
    sealed, changes = keep_sealed(desk, plan, made)
    return Finalized(sealed=sealed, unstamped=made.unstamped), changes


def plan_seal(desk: Desk, card_id: str) -> SealPlan:
    """Return what sealing a card needs; raises as `finalize` but for the key."""
    card, form = open_card(desk, card_id)
    refuse_unsealable(card, form)
    shots = plan_shots(desk, card, form)
    for file in files_of(card):  # what is sealed must also be able to leave
        desk.workspace.evidence.path(file.sha256)
    return SealPlan(
        card=card,
        form=form,
        guide=_guide(desk, card),
        fonts=desk.resources / "fonts",
        trust=anchors(desk),
        moment=desk.clock.now(),
        shots=shots,
        stamp_service=desk.workspace.stamp_service.get(),
    )


def seal(
    plan: SealPlan,
    identity: SigningIdentity,
    *,
    second: SigningIdentity | None = None,
    progress: Progress | None = None,
) -> Seal:
    """Sign the canonical card, then draw its PDF and seal that too, a second inspector as well.

    What was made is proven as the office will prove it: a seal that nobody would believe, of a
    certificate run out or revoked or on a computer whose clock is wrong, is never kept.

    Raises:
        AppError: SIGNER_OFFICE_WRONG, REHEARSAL_MIXED, GLYPH_MISSING, LAYOUT_OVERFLOW, and as
            `require_second`, `make_shots`, `prove_document` and `prove_pdf`.
        Cancelled: as `progress` says.

    """
    signer = describe(identity.certificate)
    require_office(signer, plan.card.office.code)
    if signer.rehearsal != plan.card.rehearsal:
        raise AppError(Code.REHEARSAL_MIXED)
    if second is not None:
        require_second(describe(second.certificate), signer, plan.card)
    stamping = _stamping(plan, seals=1 if second is None else 2)
    shots = make_shots(plan.shots, progress or Unheard())
    document = write_card(plan.card, plan.form)
    cms = sign_detached(document, identity)
    scorecard = scorecard_of(
        plan.card,
        plan.form,
        document=document,
        guide=plan.guide,
        seals=(SealedBy(sealer(signer), plan.moment),),
    )
    fonts = load_fonts(plan.fonts)
    pdf = sealed_scorecard(
        replace(
            scorecard,
            shots=shots,
            proof=proof_text(plan.card, plan.form, scorecard.hash, identity),
        ),
        fonts,
        record=Record(document=document, cms=cms),
        sealing=Sealing(identity=identity, moment=plan.moment, stamp=stamping),
    )
    if second is not None:
        sealing = Sealing(identity=second, moment=plan.moment, stamp=stamping)
        pdf = add_second_seal(pdf, fonts, sealing, card=plan.card)
    court = Court(
        trust=plan.trust,
        find_form=lambda _: plan.form,
        name_guide=lambda _: plan.guide,
        fonts=fonts,
        moment=plan.moment,
        now=plan.moment,
    )
    prove_pdf(pdf, prove_document(document, cms, court), court)
    return Seal(
        card=plan.card,
        document=document,
        cms=cms,
        pdf=pdf,
        signer=signer,
        moment=plan.moment,
        unstamped=None if stamping is None else stamping.missed,
    )


def keep_sealed(desk: Desk, plan: SealPlan, made: Seal) -> tuple[SealedCard, Changes]:
    """Store a seal; AppError CARD_SEALED or CARD_CONFLICT when the card is not as it was."""
    card, _ = open_card(desk, made.card.id)
    if card != made.card:
        raise AppError(Code.CARD_CONFLICT, card=card.id, hashes=card_hash(made.document))
    pdf = desk.workspace.evidence.put(
        made.pdf, name=f"{content_hash(made.document)[:12]}.pdf", media_type="application/pdf"
    )
    sealed = SealedCard(
        index=index_of(
            card,
            totals(card, plan.form),
            card_hash=card_hash(made.document),
            sealed_at=made.moment,
            signer=made.signer.serial,
        ),
        document=made.document,
        cms=made.cms,
        pdf=pdf,
    )
    with desk.workspace.change(
        AuditEntry(action=FINALIZED, subject=card.id, details={"hash": sealed.index.hash})
    ):
        desk.workspace.cards.seal(sealed)
    return sealed, changed(Noun.CARDS)


def revise_card(desk: Desk, card_id: str, *, reason: str) -> tuple[Card, Changes]:
    """Begin the next revision of a sealed card (文字更正 or 分值调整: its scores will tell).

    Who only received a card returns it instead: the correction is its inspector's.

    Raises:
        AppError: CARD_UNKNOWN, CARD_NOT_SEALED, REASON_MISSING, IDENTITY_MISSING.

    """
    card, form = find_card(desk, card_id)
    why = clean_text(reason)
    if not why:
        raise AppError(Code.REASON_MISSING, clause="")
    if not is_sealed(desk, card):
        raise AppError(Code.CARD_NOT_SEALED, card=card.id)
    held = sealed_of(desk, card.id)
    if held.index.received_in and holder_of(desk, CredentialKind.INSPECTOR) is None:
        raise AppError(Code.IDENTITY_MISSING)
    signed = read_card(held.document, form)
    draft = revise(
        _with_late_signatures(desk, signed, held.index.hash),
        previous=Previous(
            hash=held.index.hash, scores_hash=part_hashes(signed, form).scores, reason=why
        ),
    )
    unit = desk.workspace.units.get(draft.unit.key)
    if unit is not None:
        draft = replace(draft, unit=unit.on_card)
    with desk.workspace.change(
        AuditEntry(action="card.revise", subject=card.id, details={"reason": why})
    ):
        desk.workspace.cards.add(draft)
    return draft, changed(Noun.CARDS)


def _with_late_signatures(desk: Desk, card: Card, card_hash: CardHash) -> Card:
    """Return a card with what was signed after it was sealed (补签) in place of what was open."""
    additions = [held.supplement.addition for held in desk.workspace.supplements.of(card_hash)]
    late = {
        addition.signature.place: addition.signature
        for addition in additions
        if isinstance(addition, LateSignature)
    }
    signatures = tuple(late.get(held.place, held) for held in card.signatures)
    return replace(card, signatures=signatures)


def sealed_of(desk: Desk, card_id: str) -> SealedCard:
    """Return the newest sealed revision of a card; AppError CARD_UNKNOWN, CARD_NOT_SEALED."""
    find_card(desk, card_id)
    revisions = desk.workspace.cards.sealed_revisions(card_id)
    held = desk.workspace.cards.sealed(revisions[-1].hash) if revisions else None
    if held is None:
        raise AppError(Code.CARD_NOT_SEALED, card=card_id)
    return held


def write_pdf(desk: Desk, card_id: str, path: Path) -> Sha256:
    """Write the PDF of the newest sealed revision, the bytes as they were made.

    Raises:
        AppError: CARD_UNKNOWN, CARD_NOT_SEALED, EVIDENCE_DAMAGED, FILE_NOT_WRITABLE.

    """
    pdf: Evidence = sealed_of(desk, card_id).pdf
    content = read_whole(desk.workspace.evidence.path(pdf.sha256))
    if content_hash(content) != pdf.sha256:
        raise AppError(Code.EVIDENCE_DAMAGED, sha256=pdf.sha256)
    write_whole(path, content)
    return pdf.sha256


def _stamping(plan: SealPlan, *, seals: int) -> Stamping | None:
    service = plan.stamp_service
    return None if service is None else Stamping(service=service, now=plan.moment, seals=seals)


def _guide(desk: Desk, card: Card) -> str:
    return guide_name(guide_with_hash(desk, card.terms.guide, card.terms.form))


def signed_card(desk: Desk, sealed: SealedCard) -> Card:
    """Return the card a sealed document holds."""
    return read_card(sealed.document, form_with_hash(desk, sealed.index.terms.form))
