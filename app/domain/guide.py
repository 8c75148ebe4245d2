"""评分细则: a local, versioned overlay on a form; it explains how to score and changes nothing."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.domain.form import ClauseId, FormHash, GuideHash


class Method(StrEnum):
    """How a clause is looked into: 查资料, 看现场, 问职工."""

    PAPERS = "papers"
    SITE = "site"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One deduction rule: what was found and how many points it takes off (None: as seen fit)."""

    text: str
    points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseGuide:
    """What the guide says of one clause: methods, papers the unit should show, deduction rules."""

    clause: ClauseId
    methods: tuple[Method, ...]
    papers: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A guide for one form. `hash` is its identity; `version` is for people."""

    id: str
    hash: GuideHash
    version: str
    form: FormHash
    title: str
    clauses: tuple[ClauseGuide, ...]

    def of(self, clause_id: ClauseId) -> ClauseGuide:
        """Return what the guide says of a clause; an empty entry where it says nothing."""
        for entry in self.clauses:
            if entry.clause == clause_id:
                return entry
        return ClauseGuide(clause=clause_id, methods=(), papers=(), rules=())
