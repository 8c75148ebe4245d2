"""Phrases that learn: what was written as a reason is offered for the same clause again."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from app.domain.form import ClauseId
from app.domain.names import clean_text
from app.domain.phrase import MOST_KEPT, suggest
from app.domain.trail import AuditEntry
from app.services.desk.desk import Changes, Desk, changed

Suggestions = Mapping[ClauseId, tuple[str, ...]]


def suggestions(desk: Desk, clauses: Iterable[ClauseId]) -> Suggestions:
    """Return the reasons to offer for each clause, the likeliest first."""
    return suggest(desk.workspace.phrases.all(), clauses, general=_shipped(desk.resources))


def learn_phrase(desk: Desk, clause: ClauseId, text: str) -> tuple[None, Changes]:
    """Remember a reason for a clause, counting how often it was used; raises as `clean_text`."""
    kept = clean_text(text)
    if not kept:
        return None, changed()
    with desk.workspace.change(AuditEntry(action="phrase.learn", subject=clause)):
        desk.workspace.phrases.keep(clause, kept, at=desk.clock.now(), most=MOST_KEPT)
    return None, changed()


def forget_phrase(desk: Desk, clause: ClauseId, text: str) -> tuple[None, Changes]:
    """Offer a reason for a clause no more. What the program brings along stays."""
    with desk.workspace.change(AuditEntry(action="phrase.forget", subject=clause)):
        desk.workspace.phrases.remove(clause, text)
    return None, changed()


@lru_cache(maxsize=8)
def _shipped(resources: Path) -> tuple[str, ...]:
    lines = (resources / "phrases" / "zh_CN.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line.strip())
