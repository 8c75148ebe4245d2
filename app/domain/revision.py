"""What a new revision of a card changed against the one before it, part by part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.card import Card, Mark
from app.domain.form import ClauseId, Form
from app.domain.unit import Fact
from app.domain.visit import Host, Visit


class HeaderPart(StrEnum):
    """A part of the header; the unit's facts are parts of their own (`Fact`)."""

    UNIT_NAME = "unit_name"
    DAYS = "days"
    ASSESSORS = "assessors"
    HOSTS = "hosts"
    VISIT = "visit"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderChange:
    """A changed part of the header, as plain text; '' is not known, of 高危行业 yes or no.

    Of the visit's formalities (`VISIT`) only that they changed is told.
    """

    what: HeaderPart | Fact
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkChange:
    """A clause with another mark; None is open."""

    clause: ClauseId
    before: Mark | None
    after: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceChange:
    """A clause with other files behind it: how many there were, and are."""

    clause: ClauseId
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionChange:
    """Another word of the unit on its scores; '' for none."""

    before: str
    after: str


ScoreChange = MarkChange | EvidenceChange | OpinionChange
Change = HeaderChange | ScoreChange


def changes(before: Card, after: Card, form: Form) -> tuple[Change, ...]:
    """Return what differs between two revisions: header first, then clauses as the form has them.

    A change of the header alone is a 文字更正, every other one makes a 分值调整.
    """
    return (*_header_changes(before, after), *_score_changes(before, after, form))


def _header_changes(before: Card, after: Card) -> Iterator[HeaderChange]:
    old, new = _header_texts(before), _header_texts(after)
    for what, text in old.items():
        if text != new[what]:
            yield HeaderChange(what=what, before=text, after=new[what])
    if _formalities(before.visit) != _formalities(after.visit):
        yield HeaderChange(what=HeaderPart.VISIT, before="", after="")


def _score_changes(before: Card, after: Card, form: Form) -> Iterator[ScoreChange]:
    for clause in form.clauses:
        old, new = before.marks.get(clause.id), after.marks.get(clause.id)
        if old != new:
            yield MarkChange(clause=clause.id, before=old, after=new)
        held, holds = before.evidence.get(clause.id, ()), after.evidence.get(clause.id, ())
        if held != holds:
            yield EvidenceChange(clause=clause.id, before=len(held), after=len(holds))
    if before.opinion != after.opinion:
        yield OpinionChange(
            before=before.opinion.text if before.opinion else "",
            after=after.opinion.text if after.opinion else "",
        )


def _header_texts(card: Card) -> Mapping[HeaderPart | Fact, str]:
    return {
        HeaderPart.UNIT_NAME: card.unit.name,
        HeaderPart.DAYS: " – ".join(
            dict.fromkeys((card.date_from.isoformat(), card.date_to.isoformat()))
        ),
        HeaderPart.ASSESSORS: "、".join(
            _named(person.name, person.post) for person in card.assessors
        ),
        HeaderPart.HOSTS: "、".join(
            _named(host.name, host.post) for host in _received_by(card.visit)
        ),
        HeaderPart.OFFICE: card.office.name,
        **{what: _said(getattr(card.unit.facts, what)) for what in Fact},
    }


def _named(name: str, post: str) -> str:
    return f"{name}（{post}）" if post else name


def _said(fact: object) -> str:
    match fact:
        case None:
            return ""
        case bool():
            return "yes" if fact else "no"
        case _:
            return str(fact)


def _received_by(visit: Visit | None) -> tuple[Host, ...]:
    return visit.received_by if visit else ()


def _formalities(visit: Visit | None) -> tuple[object, ...]:
    if visit is None:
        return ()
    return (
        visit.mode,
        visit.photos_allowed,
        visit.credentials_shown,
        visit.recusal,
        visit.transcript,
    )
