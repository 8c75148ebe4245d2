"""What must hold before a card is sealed, and again when a sealed one comes in."""

from app.domain.card import (
    Card,
    NotApplicable,
    Scored,
    open_clauses,
    refuse_not_applicable,
    refuse_points,
    unreasoned_clauses,
)
from app.domain.form import Clause, Form
from app.domain.signature import Signatory
from app.errors import AppError, Code

_ASSESSORS = frozenset({Signatory.LEAD, Signatory.MEMBER})


def refuse_unsealable(card: Card, form: Form) -> None:
    """Raise unless the card is finished and both sides have had their say.

    A signature may be refused, absent or pending, but each side must stand there in one manner.

    Raises:
        AppError: CARD_UNSIGNED, and as `refuse_unfinished`.

    """
    refuse_unfinished(card, form)
    signatories = {signature.signatory for signature in card.signatures}
    if not signatories & _ASSESSORS:
        raise AppError(Code.CARD_UNSIGNED, signatory=Signatory.LEAD)
    if Signatory.UNIT not in signatories:
        raise AppError(Code.CARD_UNSIGNED, signatory=Signatory.UNIT)


def refuse_unfinished(card: Card, form: Form) -> None:
    """Raise unless every clause is settled by the rules.

    Raises:
        AppError: CARD_UNFINISHED, REASON_MISSING, CLAUSE_UNKNOWN, and all that scoring a clause or
            marking it 不涉及 raises.

    """
    missing = open_clauses(card, form)
    if missing:
        raise AppError(
            Code.CARD_UNFINISHED, count=len(missing), clauses=" ".join(c.id for c in missing)
        )
    for clause in form.clauses:
        _refuse_mark(card, clause)
    unreasoned = unreasoned_clauses(card, form)
    if unreasoned:
        raise AppError(Code.REASON_MISSING, clause=" ".join(c.id for c in unreasoned))
    unknown = {*card.marks, *card.evidence} - {clause.id for clause in form.clauses}
    if unknown:
        raise AppError(Code.CLAUSE_UNKNOWN, clause=min(unknown))


def _refuse_mark(card: Card, clause: Clause) -> None:
    mark = card.marks.get(clause.id)
    match mark:
        case None:
            return
        case Scored():
            refuse_points(clause, mark.points, card.terms.step)
        case NotApplicable():
            refuse_not_applicable(clause, card.unit)
            if not mark.reason:
                raise AppError(Code.NA_REASON_MISSING, clause=clause.id)
