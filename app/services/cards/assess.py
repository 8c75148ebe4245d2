"""Scoring a unit: a new card, points, 不涉及, evidence, what to look at again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.assignment import Assignment
from app.domain.card import (
    Card,
    CardId,
    NotApplicable,
    Person,
    Scored,
    Source,
    Terms,
    add_evidence,
    clear_mark,
    fill_open,
    lacks_reason,
    score,
    set_not_applicable,
)
from app.domain.form import Clause, Form
from app.domain.history import ClauseChange, apply
from app.domain.keyring import CredentialKind
from app.domain.moment import local_date
from app.domain.points import parse_points
from app.domain.trail import AuditEntry
from app.domain.unit import Unit
from app.errors import AppError, Code
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.forms import current_form, current_guide, form_with_hash, keep_current
from app.services.desk.intake import take_evidence
from app.services.desk.standing import holder_of, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points as typed for a clause. What is not given (None) stays as it was; '' is no reason.

    Points of a clause that had none come from the site, unless a source is given.
    """

    clause: str
    points: str | None = None
    reason: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inapplicable:
    """不涉及 as typed for a clause."""

    clause: str
    reason: str
    source: Source = Source.ON_SITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A clause to be open again."""

    clause: str


Entry = Points | Inapplicable | Cleared


def new_card(desk: Desk, unit: Unit, *, on: date | None = None) -> tuple[Card, Changes]:
    """Begin a card on the current form and guide, under the rules of the office known here.

    Of a unit the office assigned, the first card has the id the assignment gave it.
    """
    form = current_form(desk)
    here = standing(desk)
    day = on or local_date(desk.clock.now())
    task = _task(desk, unit, form)
    card = Card(
        id=_free_card(desk, task) or CardId(desk.ids.new()),
        revision=1,
        rehearsal=desk.workspace.rehearsal,
        office=here.name,
        season=form.edition,
        terms=Terms(
            form=form.hash,
            guide=current_guide(desk).hash,
            step=here.rules.step,
            policy=here.rules.policy,
        ),
        unit=unit.on_card,
        date_from=day,
        date_to=day,
        assessors=_assessors(desk, task),
    )
    with desk.workspace.change(AuditEntry(action="card.new", subject=card.id)):
        keep_current(desk)
        desk.workspace.cards.add(card)
    return card, changed(Noun.CARDS)


def record(
    desk: Desk, card_id: str, entries: Sequence[Entry], *, fill: bool = False
) -> tuple[Card, Changes]:
    """Score clauses in one unit of work: all entries or none. `fill` gives the rest full points.

    Unlike `jot`, nothing without a reason is taken: who writes a batch has the reason at hand.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, CLAUSE_UNKNOWN, REASON_MISSING, and all that
            `domain.card.score` and `set_not_applicable` raise.

    """
    before, form = open_card(desk, card_id)
    after = before
    for entry in entries:
        after = _entered(after, form, entry)
    for entry in entries:
        clause = form.clause(entry.clause)
        if clause in form.base_clauses and lacks_reason(clause, after.marks.get(clause.id)):
            raise AppError(Code.REASON_MISSING, clause=clause.id)
    if fill:
        after = fill_open(after, form)
    return save_card(desk, before, after, action="card.score")


def jot(desk: Desk, card_id: str, entry: Entry) -> tuple[Card, Changes]:
    """Keep one stroke of the desk at once, be its reason still to come; raises as `record`."""
    before, form = open_card(desk, card_id)
    return save_card(desk, before, _entered(before, form, entry), action="card.score")


def fill_section(desk: Desk, card_id: str, section_id: str) -> tuple[Card, Changes]:
    """Give every open clause of a section full points; the bonus is never assumed.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED.

    """
    before, form = open_card(desk, card_id)
    after = before
    for section in form.sections:
        if section.id != section_id or section.bonus:
            continue
        for clause in section.clauses:
            if clause.id not in before.marks:
                after = score(
                    after, clause, points=clause.points, reason="", source=Source.ON_SITE
                )
    return save_card(desk, before, after, action="card.score")


def restore(
    desk: Desk, card_id: str, clause_changes: Iterable[ClauseChange]
) -> tuple[Card, Changes]:
    """Take changes back or make them again, as a new change; raises as `open_card` and `apply`."""
    before, form = open_card(desk, card_id)
    return save_card(desk, before, apply(before, form, clause_changes), action="card.restore")


def attach(
    desk: Desk, card_id: str, clause_id: str, files: Sequence[Path]
) -> tuple[Card, Changes]:
    """Put files behind a clause. Files are kept before the card names them.

    Raises:
        AppError: CARD_UNKNOWN, CARD_SEALED, CLAUSE_UNKNOWN, FILE_MISSING, EVIDENCE_EMPTY.

    """
    before, form = open_card(desk, card_id)
    clause = form.clause(clause_id)
    kept = [take_evidence(desk, path) for path in files]
    after = before
    for evidence in kept:
        after = add_evidence(after, clause, evidence)
    return save_card(desk, before, after, action="card.evidence")


def find_card(desk: Desk, card_id: str) -> tuple[Card, Form]:
    """Return the newest revision of a card with its form; AppError CARD_UNKNOWN."""
    card = desk.workspace.cards.get(card_id)
    if card is None:
        raise AppError(Code.CARD_UNKNOWN, card=card_id)
    return card, form_with_hash(desk, card.terms.form)


def open_card(desk: Desk, card_id: str) -> tuple[Card, Form]:
    """Return a card that may still be changed; AppError CARD_UNKNOWN, CARD_SEALED."""
    card, form = find_card(desk, card_id)
    if is_sealed(desk, card):
        raise AppError(Code.CARD_SEALED, card=card.id, revision=card.revision)
    return card, form


def is_sealed(desk: Desk, card: Card) -> bool:
    """Tell whether this revision of a card is sealed."""
    revisions = desk.workspace.cards.sealed_revisions(card.id)
    return any(index.revision == card.revision for index in revisions)


def _entered(card: Card, form: Form, entry: Entry) -> Card:
    clause = form.clause(entry.clause)
    match entry:
        case Points():
            return _scored(card, clause, entry)
        case Inapplicable():
            return set_not_applicable(card, clause, reason=entry.reason, source=entry.source)
        case Cleared():
            return clear_mark(card, clause)


def _scored(card: Card, clause: Clause, entry: Points) -> Card:
    held = card.marks.get(clause.id)
    source = entry.source or (held.source if held else Source.ON_SITE)
    if entry.points is None:
        if isinstance(held, NotApplicable):
            reason = held.reason if entry.reason is None else entry.reason
            return set_not_applicable(card, clause, reason=reason, source=source)
        if held is None:
            raise AppError(Code.POINTS_NOT_A_NUMBER, value="")
        points = held.points
    else:
        points = parse_points(entry.points)
    before = held.reason if isinstance(held, Scored) else ""
    reason = before if entry.reason is None else entry.reason
    kept = reason if points < clause.points or entry.reason else ""
    return score(card, clause, points=points, reason=kept, source=source)


def save_card(desk: Desk, before: Card, after: Card, *, action: str) -> tuple[Card, Changes]:
    """Store what became of a card; does nothing when nothing did."""
    if before == after:
        return after, changed()
    with desk.workspace.change(AuditEntry(action=action, subject=before.id)):
        desk.workspace.cards.save(before, after)
    fell = len(after.signatures) < len(before.signatures)
    return after, changed(Noun.CARDS, unsigned=(before.id,) if fell else ())


def _task(desk: Desk, unit: Unit, form: Form) -> Assignment | None:
    """Return what the office asked for this unit, if it holds for the season of the form."""
    task = desk.workspace.assignments.of(unit.key)
    return None if task is None or task.withdrawn or task.season != form.edition else task


def _free_card(desk: Desk, task: Assignment | None) -> CardId | None:
    return task.card if task and desk.workspace.cards.get(task.card) is None else None


def _assessors(desk: Desk, task: Assignment | None) -> tuple[Person, ...]:
    """Return the team assigned, who works here among them."""
    team = task.team if task else ()
    holder = holder_of(desk, CredentialKind.INSPECTOR)
    if holder is None or any(person.name == holder.common_name for person in team):
        return team
    return (*team, Person(name=holder.common_name, post=holder.post))
