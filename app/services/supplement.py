"""补充 to a sealed card, sealed for itself: a signature still to come, photos sent later."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.crypto.cms import sign_detached
from app.crypto.facts import Role, describe, require_office, require_role
from app.domain.names import clean_name
from app.domain.sealed import SealedCard
from app.domain.signature import Manner, Signatory, Signature
from app.domain.supplement import (
    Addition,
    LateEvidence,
    LateSignature,
    SealedSupplement,
    Supplement,
    refuse_settled,
)
from app.domain.trail import AuditEntry
from app.errors import AppError, Code
from app.exchange.card_document import part_hashes
from app.exchange.supplement_document import supplement_hash, write_supplement
from app.services.desk import Changes, Desk, Noun, changed
from app.services.forms import form_with_hash
from app.services.intake import take_evidence
from app.services.seal import sealed_of, signed_card
from app.services.unlock import Unlocked


@dataclass(frozen=True, slots=True, kw_only=True)
class LateName:
    """Who signs late, for whom, and in which manner."""

    signatory: Signatory
    name: str
    manner: Manner


def sign_late(
    desk: Desk, card_id: str, late: LateName, unlocked: Unlocked
) -> tuple[SealedSupplement, Changes]:
    """Add a signature where the sealed card left one open.

    Raises:
        AppError: CARD_UNKNOWN, CARD_NOT_SEALED, CARD_SEALED (that place is taken), NAME_EMPTY,
            SIGNER_OFFICE_WRONG.

    """
    sealed = sealed_of(desk, card_id)
    card = signed_card(desk, sealed)
    hashes = part_hashes(card, form_with_hash(desk, card.terms.form))
    signature = Signature(
        signatory=late.signatory,
        name=clean_name(late.name),
        at=desk.clock.now(),
        manner=late.manner,
        header_hash=hashes.header,
        scores_hash=hashes.scores,
    )
    refuse_settled(card, signature)
    for held in desk.workspace.supplements.of(sealed.index.hash):
        addition = held.supplement.addition
        if isinstance(addition, LateSignature) and addition.signature.place == signature.place:
            raise AppError(Code.CARD_SEALED, card=card.id, revision=card.revision)
    return _add(desk, sealed, LateSignature(signature=signature), unlocked)


def attach_late(
    desk: Desk, card_id: str, clause_id: str, files: Sequence[Path], unlocked: Unlocked
) -> tuple[SealedSupplement, Changes]:
    """Put files behind a clause of a sealed card.

    Raises:
        AppError: CARD_UNKNOWN, CARD_NOT_SEALED, CLAUSE_UNKNOWN, FILE_MISSING, EVIDENCE_EMPTY,
            SIGNER_OFFICE_WRONG.

    """
    sealed = sealed_of(desk, card_id)
    clause = form_with_hash(desk, sealed.index.terms.form).clause(clause_id)
    kept = tuple(take_evidence(desk, path) for path in files)
    return _add(desk, sealed, LateEvidence(clause=clause.id, files=kept), unlocked)


def _add(
    desk: Desk, sealed: SealedCard, addition: Addition, unlocked: Unlocked
) -> tuple[SealedSupplement, Changes]:
    signer = describe(unlocked.identity.certificate)
    require_role(signer, Role.INSPECTOR)
    require_office(signer, signed_card(desk, sealed).office.code)
    supplement = Supplement(
        card=sealed.index.id,
        revision=sealed.index.revision,
        card_hash=sealed.index.hash,
        at=desk.clock.now(),
        addition=addition,
    )
    document = write_supplement(supplement)
    made = SealedSupplement(
        hash=supplement_hash(document),
        supplement=supplement,
        document=document,
        cms=sign_detached(document, unlocked.identity),
        signer=signer.serial,
    )
    with desk.workspace.change(
        AuditEntry(action="card.supplement", subject=sealed.index.id, details={"hash": made.hash})
    ):
        desk.workspace.supplements.add(made)
    return made, changed(Noun.CARDS)
