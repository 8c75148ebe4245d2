"""Which clauses are shown: all, those looked into in one way, or those still open."""

from enum import StrEnum

from app.domain.card import open_clauses
from app.domain.form import ClauseId
from app.domain.guide import Method
from app.services.cards.view import CardView


class Filter(StrEnum):
    """全部, 查资料, 看现场, 问职工, 未评; in the order of their keys."""

    ALL = "all"
    PAPERS = "papers"
    SITE = "site"
    PEOPLE = "people"
    OPEN = "open"


_METHODS = {
    Filter.PAPERS: Method.PAPERS,
    Filter.SITE: Method.SITE,
    Filter.PEOPLE: Method.PEOPLE,
}


def clauses_in(chosen: Filter, view: CardView) -> frozenset[ClauseId]:
    """Return the clauses of a card inside a filter."""
    if chosen is Filter.OPEN:
        return frozenset(clause.id for clause in open_clauses(view.card, view.form))
    method = _METHODS.get(chosen)
    if method is None:
        return frozenset(clause.id for clause in view.form.clauses)
    return frozenset(entry.clause for entry in view.guide.clauses if method in entry.methods)
