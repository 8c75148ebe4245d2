"""提示核对: what an inspector should look at again before sealing. Hints, never refusals."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.card import Card, Scored, lacks_reason, open_clauses, team
from app.domain.form import ClauseId, Form
from app.domain.points import ZERO
from app.domain.season import season_covers
from app.domain.signature import Pending, Signatory

_FEWEST_ASSESSORS = 2


class Hint(StrEnum):
    """What may be wrong. The first two also hold the card up."""

    OPEN = "open"
    NO_REASON = "no_reason"
    FULL_WITHOUT_EVIDENCE = "full_without_evidence"
    BONUS_WITHOUT_EVIDENCE = "bonus_without_evidence"
    ONE_ASSESSOR = "one_assessor"
    SIGNATURE_PENDING = "signature_pending"
    SAME_PERSON_SIGNS = "same_person_signs"
    DATE_OUTSIDE_SEASON = "date_outside_season"
    MAJOR_HAZARD_OPEN = "major_hazard_open"
    TRANSCRIPT_UNCHECKED = "transcript_unchecked"


BLOCKING = frozenset({Hint.OPEN, Hint.NO_REASON})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One hint; `clause` is None where it concerns the whole card."""

    hint: Hint
    clause: ClauseId | None = None

    @property
    def blocks(self) -> bool:
        """Tell whether the card cannot be sealed like this."""
        return self.hint in BLOCKING


def check(card: Card, form: Form) -> tuple[Finding, ...]:
    """Return what to look at again, blocking findings first."""
    return (
        *(Finding(hint=Hint.OPEN, clause=clause.id) for clause in open_clauses(card, form)),
        *_clause_findings(card, form),
        *_card_findings(card, form),
    )


def _clause_findings(card: Card, form: Form) -> tuple[Finding, ...]:
    base = {clause.id for clause in form.base_clauses}
    photos_allowed = card.visit is None or card.visit.photos_allowed
    reasons, evidence = [], []
    for clause in form.clauses:
        mark = card.marks.get(clause.id)
        has_evidence = bool(card.evidence.get(clause.id))
        if clause.id in base and lacks_reason(clause, mark):
            reasons.append(Finding(hint=Hint.NO_REASON, clause=clause.id))
        if not isinstance(mark, Scored) or has_evidence:
            continue
        if clause.id in base and mark.points == clause.points and photos_allowed:
            evidence.append(Finding(hint=Hint.FULL_WITHOUT_EVIDENCE, clause=clause.id))
        elif clause.id not in base and mark.points > ZERO:
            evidence.append(Finding(hint=Hint.BONUS_WITHOUT_EVIDENCE, clause=clause.id))
    return (*reasons, *evidence)


def _card_findings(card: Card, form: Form) -> tuple[Finding, ...]:
    found = []
    assessors = {person.name for person in team(card)}
    if len(assessors) < _FEWEST_ASSESSORS:
        found.append(Finding(hint=Hint.ONE_ASSESSOR))
    if any(isinstance(signature.manner, Pending) for signature in card.signatures):
        found.append(Finding(hint=Hint.SIGNATURE_PENDING))
    unit_names = {s.name for s in card.signatures if s.signatory is Signatory.UNIT}
    if unit_names & assessors:
        found.append(Finding(hint=Hint.SAME_PERSON_SIGNS))
    transcript = card.visit and card.visit.transcript
    if transcript and not (transcript.checked_by and transcript.scan):
        found.append(Finding(hint=Hint.TRANSCRIPT_UNCHECKED))
    if not season_covers(form.edition, card.date_to.year):
        found.append(Finding(hint=Hint.DATE_OUTSIDE_SEASON))
    return tuple(found)
