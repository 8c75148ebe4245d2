"""补充 to a sealed card, sealed for itself: a signature still to come, photos sent later.

For a window that never waits it is three steps: `plan_late_signature` reads, `seal_supplement`
computes without the workspace, `keep_supplement` stores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.crypto.cms import sign_detached
from app.crypto.facts import Role, describe, require_office, require_role
from app.crypto.identity import SigningIdentity
from app.domain.card import CardHash
from app.domain.names import clean_name
from app.domain.sealed import SealedCard
from app.domain.signature import Signature
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
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.forms import form_with_hash
from app.services.desk.intake import take_evidence
from app.services.keys.unlock import Unlocked
from app.services.seal.seal import sealed_of, signed_card
from app.services.seal.sign import Given


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementPlan:
    """An addition to a sealed card, and the office whose inspector may seal it."""

    supplement: Supplement
    office: str


def sign_late(
    desk: Desk, card_id: str, late: Given, unlocked: Unlocked
) -> tuple[SealedSupplement, Changes]:
    """Add a signature where the sealed card left one open; raises as its three steps."""
    plan = plan_late_signature(desk, card_id, late)
    return keep_supplement(desk, seal_supplement(plan, unlocked.identity))


def attach_late(
    desk: Desk, card_id: str, clause_id: str, files: Sequence[Path], unlocked: Unlocked
) -> tuple[SealedSupplement, Changes]:
    """Put files behind a clause of a sealed card.

    Raises:
        AppError: CARD_UNKNOWN, CARD_NOT_SEALED, CLAUSE_UNKNOWN, FILE_MISSING, EVIDENCE_EMPTY, and
            as `seal_supplement`.

    """
    sealed = sealed_of(desk, card_id)
    clause = form_with_hash(desk, sealed.index.terms.form).clause(clause_id)
    kept = tuple(take_evidence(desk, path) for path in files)
    plan = _plan(desk, sealed, LateEvidence(clause=clause.id, files=kept))
    return keep_supplement(desk, seal_supplement(plan, unlocked.identity))


def plan_late_signature(desk: Desk, card_id: str, late: Given) -> SupplementPlan:
    """Return the supplement that adds a signature.

    Raises:
        AppError: CARD_UNKNOWN, CARD_NOT_SEALED, CARD_SEALED (that place is taken), NAME_EMPTY.

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
    _refuse_twice(desk, sealed.index.hash, signature)
    return _plan(desk, sealed, LateSignature(signature=signature))


def seal_supplement(plan: SupplementPlan, identity: SigningIdentity) -> SealedSupplement:
    """Sign a supplement without the workspace; AppError SIGNER_ROLE_WRONG, SIGNER_OFFICE_WRONG."""
    signer = describe(identity.certificate)
    require_role(signer, Role.INSPECTOR)
    require_office(signer, plan.office)
    document = write_supplement(plan.supplement)
    return SealedSupplement(
        hash=supplement_hash(document),
        supplement=plan.supplement,
        document=document,
        cms=sign_detached(document, identity),
        signer=signer.serial,
    )


def keep_supplement(desk: Desk, made: SealedSupplement) -> tuple[SealedSupplement, Changes]:
    """Store a supplement; AppError CARD_SEALED when somebody else signed there meanwhile."""
    if isinstance(made.supplement.addition, LateSignature):
        _refuse_twice(desk, made.supplement.card_hash, made.supplement.addition.signature)
    with desk.workspace.change(
        AuditEntry(
            action="card.supplement", subject=made.supplement.card, details={"hash": made.hash}
        )
    ):
        desk.workspace.supplements.add(made)
    return made, changed(Noun.CARDS)


def _plan(desk: Desk, sealed: SealedCard, addition: Addition) -> SupplementPlan:
    supplement = Supplement(
        card=sealed.index.id,
        revision=sealed.index.revision,
        card_hash=sealed.index.hash,
        at=desk.clock.now(),
        addition=addition,
    )
    return SupplementPlan(supplement=supplement, office=signed_card(desk, sealed).office.code)


def _refuse_twice(desk: Desk, card_hash: CardHash, signature: Signature) -> None:
    for held in desk.workspace.supplements.of(card_hash):
        addition = held.supplement.addition
        if isinstance(addition, LateSignature) and addition.signature.place == signature.place:
            raise AppError(
                Code.CARD_SEALED, card=held.supplement.card, revision=held.supplement.revision
            )
