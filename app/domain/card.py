"""The filled form (考核评分表): its marks, evidence and signatures, and the ways it may change.

Every change returns a new card. A change of content drops the signatures that no longer stand over
what they were given for. A sealed card is not changed: a new revision is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from app.domain.evidence import Evidence, Sha256
from app.domain.form import Clause, ClauseId, Form, FormHash, GuideHash, Mode
from app.domain.names import clean_text
from app.domain.points import ZERO, is_on_step, points_text
from app.domain.signature import Paper, Signatory, Signature
from app.domain.unit import Unit
from app.domain.visit import Opinion, Visit
from app.errors import AppError, Code

CardId = NewType("CardId", str)
CardHash = NewType("CardHash", str)


class Policy(StrEnum):
    """What 不涉及 counts: full points, left out and the rest scaled to 100, or nothing.

    The office's choice, never the inspector's.
    """

    FULL = "full"
    RESCALE = "rescale"
    ZERO = "zero"


class Source(StrEnum):
    """Where the points come from: 现场核实, 单位承诺, 部门核实待核."""

    ON_SITE = "on_site"
    PLEDGED = "pledged"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Points given. A deduction needs a reason before the card is sealed."""

    points: Decimal
    reason: str = ""
    source: Source = Source.ON_SITE


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """不涉及, with its reason."""

    reason: str
    source: Source = Source.ON_SITE


Mark = Scored | NotApplicable


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a card is bound to for ever: form, guide, step and the office's policy."""

    form: FormHash
    guide: GuideHash
    step: Decimal
    policy: Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An assessor (考核组成员): name and post, nothing more."""

    name: str
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeName:
    """The assessing office (竞赛办): its code and name."""

    code: str
    name: str


class Correction(StrEnum):
    """What a revision changed: 文字更正 (no score, no reason) or 分值调整."""

    TEXT = "text"
    SCORES = "scores"


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The sealed revision a card replaces, why, and the hash of its score part."""

    hash: CardHash
    scores_hash: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One revision of one unit's card. A clause without a mark is open: blank is never 0."""

    id: CardId
    revision: int
    rehearsal: bool
    office: OfficeName
    season: str
    terms: Terms
    unit: Unit
    date_from: date
    date_to: date
    assessors: tuple[Person, ...] = ()
    marks: Mapping[ClauseId, Mark] = field(default_factory=dict)
    evidence: Mapping[ClauseId, tuple[Evidence, ...]] = field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    previous: Previous | None = None
    visit: Visit | None = None
    opinion: Opinion | None = None


def score(card: Card, clause: Clause, *, points: Decimal, reason: str, source: Source) -> Card:
    """Return the card with points given to a clause.

    Raises:
        AppError: POINTS_BELOW_ZERO, POINTS_ABOVE_MAXIMUM, POINTS_OFF_STEP, POINTS_ALL_OR_NOTHING,
            TEXT_NOT_PRINTABLE.

    """
    refuse_points(clause, points, card.terms.step)
    return _marked(card, clause, Scored(points=points, reason=clean_text(reason), source=source))


def set_not_applicable(card: Card, clause: Clause, *, reason: str, source: Source) -> Card:
    """Return the card with a clause marked 不涉及.

    Raises:
        AppError: NA_NOT_ALLOWED, NA_REASON_MISSING, NA_FACT_UNKNOWN, NA_FACT_CONTRADICTS.

    """
    refuse_not_applicable(clause, card.unit)
    text = clean_text(reason)
    if not text:
        raise AppError(Code.NA_REASON_MISSING, clause=clause.id)
    return _marked(card, clause, NotApplicable(reason=text, source=source))


def refuse_not_applicable(clause: Clause, unit: Unit) -> None:
    """Raise unless the form allows 不涉及 for the clause and the unit's fact is 0.

    Raises:
        AppError: NA_NOT_ALLOWED, NA_FACT_UNKNOWN, NA_FACT_CONTRADICTS.

    """
    if clause.absent_fact is None:
        raise AppError(Code.NA_NOT_ALLOWED, clause=clause.id)
    known = getattr(unit.facts, clause.absent_fact)
    if known is None:
        raise AppError(Code.NA_FACT_UNKNOWN, clause=clause.id, fact=clause.absent_fact)
    if known != 0:
        raise AppError(
            Code.NA_FACT_CONTRADICTS, clause=clause.id, fact=clause.absent_fact, value=known
        )


def clear_mark(card: Card, clause: Clause) -> Card:
    """Return the card with a clause open again."""
    return _with_scores(
        card, marks={id_: mark for id_, mark in card.marks.items() if id_ != clause.id}
    )


def fill_open(card: Card, form: Form) -> Card:
    """Return the card with full points for every open base clause; the bonus is never assumed."""
    full = {
        clause.id: Scored(points=clause.points)
        for clause in form.base_clauses
        if clause.id not in card.marks
    }
    return _with_scores(card, marks={**card.marks, **full})


def add_evidence(card: Card, clause: Clause, evidence: Evidence) -> Card:
    """Return the card with a file behind a clause; the same file twice is kept once."""
    held = card.evidence.get(clause.id, ())
    if any(other.sha256 == evidence.sha256 for other in held):
        return card
    return _with_scores(card, evidence={**card.evidence, clause.id: (*held, evidence)})


def remove_evidence(card: Card, clause: Clause, sha256: Sha256) -> Card:
    """Return the card with a file no longer behind a clause; the file itself stays kept."""
    left = tuple(each for each in card.evidence.get(clause.id, ()) if each.sha256 != sha256)
    others = {id_: kept for id_, kept in card.evidence.items() if id_ != clause.id}
    return _with_scores(card, evidence={**others, clause.id: left} if left else others)


def with_unit(card: Card, unit: Unit) -> Card:
    """Return the card with the unit's name and facts as they are now."""
    return _with_header(card, replace(card, unit=unit.on_card))


def with_visit(card: Card, visit: Visit) -> Card:
    """Return the card with what is known of the visit."""
    return _with_header(card, replace(card, visit=visit))


def with_assessors(card: Card, assessors: tuple[Person, ...]) -> Card:
    """Return the card with its 考核组, the lead first."""
    return _with_header(card, replace(card, assessors=assessors))


def with_dates(card: Card, *, first: date, last: date) -> Card:
    """Return the card with the days of the assessment; AppError DATES_REVERSED."""
    if last < first:
        raise AppError(Code.DATES_REVERSED, first=first.isoformat(), last=last.isoformat())
    return _with_header(card, replace(card, date_from=first, date_to=last))


def with_opinion(card: Card, opinion: Opinion | None) -> Card:
    """Return the card with the unit's word on its scores, which belongs to the score part."""
    if card.opinion == opinion:
        return card
    return replace(card, opinion=opinion, signatures=())


def sign(card: Card, signature: Signature) -> Card:
    """Return the card with a signature, in place of an earlier one of the same signatory."""
    others = tuple(held for held in card.signatures if held.place != signature.place)
    return replace(card, signatures=(*others, signature))


def with_office(card: Card, *, office: OfficeName, rehearsal: bool, terms: Terms) -> Card:
    """Return a card begun before the office was known, now bound to it; its signatures fall."""
    return replace(card, office=office, rehearsal=rehearsal, terms=terms, signatures=())


def revise(card: Card, *, previous: Previous) -> Card:
    """Return the next revision as a draft.

    The unit's signature over the scores stays as long as no score or reason changes (文字更正);
    everybody else signs again.
    """
    carried = tuple(held for held in card.signatures if held.signatory is Signatory.UNIT)
    return replace(card, revision=card.revision + 1, previous=previous, signatures=carried)


def correction(card: Card, scores_hash: str) -> Correction | None:
    """Tell what a revision changed, by the hash of its score part; None for a first revision."""
    if card.previous is None:
        return None
    return Correction.TEXT if card.previous.scores_hash == scores_hash else Correction.SCORES


def open_clauses(card: Card, form: Form) -> tuple[Clause, ...]:
    """Return the base clauses without a mark. An unclaimed bonus does not hold a card up."""
    return tuple(clause for clause in form.base_clauses if clause.id not in card.marks)


def unreasoned_clauses(card: Card, form: Form) -> tuple[Clause, ...]:
    """Return the base clauses that lost points without a reason."""
    return tuple(
        clause for clause in form.base_clauses if lacks_reason(clause, card.marks.get(clause.id))
    )


def lacks_reason(clause: Clause, mark: Mark | None) -> bool:
    """Tell whether a mark takes points off and does not say why."""
    return isinstance(mark, Scored) and mark.points < clause.points and not mark.reason


def team(card: Card) -> tuple[Person, ...]:
    """Return 考核组: the assessors of the header, then others who signed as lead or member."""
    known = {person.name: person for person in card.assessors}
    for signature in card.signatures:
        if signature.signatory is not Signatory.UNIT:
            known.setdefault(signature.name, Person(name=signature.name))
    return tuple(known.values())


def files_of(card: Card) -> tuple[Evidence, ...]:
    """Return every file a card names, each once: evidence, scans of signatures and of paper."""
    scans = [
        signature.manner.scan
        for signature in card.signatures
        if isinstance(signature.manner, Paper)
    ]
    transcript = card.visit and card.visit.transcript
    if transcript and transcript.scan:
        scans.append(transcript.scan)
    named = [*(each for kept in card.evidence.values() for each in kept), *scans]
    return tuple({each.sha256: each for each in named}.values())


def refuse_points(clause: Clause, points: Decimal, step: Decimal) -> None:
    """Raise unless a clause may be given these points; raises as `score`."""
    shown = {"clause": clause.id, "points": points_text(points)}
    if points < ZERO:
        raise AppError(Code.POINTS_BELOW_ZERO, **shown)
    if points > clause.points:
        raise AppError(Code.POINTS_ABOVE_MAXIMUM, maximum=points_text(clause.points), **shown)
    if clause.mode is Mode.ALL_OR_NOTHING and points not in (ZERO, clause.points):
        raise AppError(Code.POINTS_ALL_OR_NOTHING, maximum=points_text(clause.points), **shown)
    if not is_on_step(points, step):
        raise AppError(Code.POINTS_OFF_STEP, step=points_text(step), **shown)


def _marked(card: Card, clause: Clause, mark: Mark) -> Card:
    return _with_scores(card, marks={**card.marks, clause.id: mark})


def _with_scores(
    card: Card,
    *,
    marks: Mapping[ClauseId, Mark] | None = None,
    evidence: Mapping[ClauseId, tuple[Evidence, ...]] | None = None,
) -> Card:
    marks = card.marks if marks is None else marks
    evidence = card.evidence if evidence is None else evidence
    if marks == card.marks and evidence == card.evidence:
        return card
    return replace(card, marks=marks, evidence=evidence, signatures=())


def _with_header(before: Card, after: Card) -> Card:
    """Return a card after a change of its header.

    Signatures given over the whole card fall; one carried through a 文字更正 stands, because its
    scores are the same.
    """
    if before == after:
        return before
    standing = tuple(held for held in before.signatures if _is_carried(before, held))
    return replace(after, signatures=standing)


def _is_carried(card: Card, signature: Signature) -> bool:
    return card.previous is not None and signature.scores_hash == card.previous.scores_hash
