"""Phrases: reasons written before, offered again. Which ones, and in what order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.form import ClauseId

MOST_KEPT = 20  # for each clause
MOST_OFFERED = 5
_FEWEST_CLAUSES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A reason as written for one clause, how often, and when last."""

    clause: ClauseId
    text: str
    used: int
    last_used: datetime


def suggest(
    phrases: Iterable[Phrase], clauses: Iterable[ClauseId], *, general: Sequence[str]
) -> Mapping[ClauseId, tuple[str, ...]]:
    """Return what to offer for each clause: at most five, the likeliest first.

    Its own reasons come first (the most used, of those the latest), then reasons that were
    written for two clauses and more, then what the program brings along.
    """
    ranked = sorted(phrases, key=lambda phrase: (-phrase.used, -phrase.last_used.timestamp()))
    written = [phrase.text for phrase in ranked]
    shared = [text for text in written if written.count(text) >= _FEWEST_CLAUSES]
    return {
        clause: _offered(
            (phrase.text for phrase in ranked if phrase.clause == clause), shared, general
        )
        for clause in clauses
    }


def _offered(*sources: Iterable[str]) -> tuple[str, ...]:
    texts = dict.fromkeys(text for source in sources for text in source)
    return tuple(texts)[:MOST_OFFERED]
