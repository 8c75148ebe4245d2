"""审核: the office accepts or returns each card it received; accepting is never a default."""

from collections.abc import Sequence

from app.domain.card import CardHash
from app.domain.delivery import Decision, Verdict
from app.domain.names import clean_text
from app.domain.sealed import SealedIndex
from app.domain.trail import AuditEntry
from app.errors import AppError, Code
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.standing import own_office


def accept_cards(desk: Desk, card_ids: Sequence[str]) -> Changes:
    """Accept cards in one unit of work: all or none.

    A card is named by its id, or, where two documents claim to be the same revision, by the hash
    of the one that counts.

    Raises:
        AppError: OFFICE_MISSING, CARD_UNKNOWN, CARD_NOT_RECEIVED, CARD_CONFLICT,
            UNIT_ALREADY_ACCEPTED.

    """
    own_office(desk)
    chosen = [received(desk, card_id) for card_id in dict.fromkeys(card_ids)]
    with desk.workspace.change(
        AuditEntry(action="card.accept", details={"cards": " ".join(each.hash for each in chosen)})
    ):
        for index in chosen:
            _refuse_second(desk, index)
            _decide(desk, index.hash, Verdict.ADOPTED, "")
    return changed(Noun.DECISIONS, Noun.CARDS)


def return_card(desk: Desk, card_id: str, *, reason: str) -> Changes:
    """Return a card for correction with a reason (退回补正).

    Raises:
        AppError: REASON_MISSING, and as `accept_cards` but for UNIT_ALREADY_ACCEPTED.

    """
    own_office(desk)
    why = clean_text(reason)
    if not why:
        raise AppError(Code.REASON_MISSING, clause="")
    index = received(desk, card_id)
    entry = AuditEntry(action="card.return", subject=index.id, details={"reason": why})
    with desk.workspace.change(entry):
        _decide(desk, index.hash, Verdict.RETURNED, why)
    return changed(Noun.DECISIONS, Noun.CARDS)


def received(desk: Desk, card_id: str) -> SealedIndex:
    """Return the received revision a person means; raises as `accept_cards`."""
    by_hash = desk.workspace.cards.sealed(CardHash(card_id))
    if by_hash is not None:
        return _refuse_own(by_hash.index)
    revisions = desk.workspace.cards.sealed_revisions(card_id)
    if not revisions:
        known = desk.workspace.cards.get(card_id)
        raise AppError(
            Code.CARD_UNKNOWN if known is None else Code.CARD_NOT_RECEIVED, card=card_id
        )
    newest = [index for index in revisions if index.revision == revisions[-1].revision]
    if len(newest) > 1:
        hashes = " ".join(index.hash for index in newest)
        raise AppError(Code.CARD_CONFLICT, card=card_id, hashes=hashes)
    return _refuse_own(newest[0])


def _refuse_own(index: SealedIndex) -> SealedIndex:
    if not index.received_in:
        raise AppError(Code.CARD_NOT_RECEIVED, card=index.id)
    return index


def _refuse_second(desk: Desk, index: SealedIndex) -> None:
    decisions = desk.workspace.decisions.all()
    for other in desk.workspace.cards.sealed_of_unit(index.unit):
        decision = decisions.get(other.hash)
        if decision is None or decision.verdict is not Verdict.ADOPTED:
            continue
        is_rival = other.revision == index.revision and other.hash != index.hash
        if other.id != index.id or is_rival:
            raise AppError(
                Code.UNIT_ALREADY_ACCEPTED, unit=other.unit_name, card=other.id, other=index.id
            )


def _decide(desk: Desk, card_hash: CardHash, verdict: Verdict, reason: str) -> None:
    desk.workspace.decisions.set(
        Decision(hash=card_hash, verdict=verdict, reason=reason, at=desk.clock.now())
    )
