"""Cards as a person sees them: with form, guide, figures, and how far they have come."""

from dataclasses import dataclass

from app.domain.card import Card, CardHash
from app.domain.checks import Finding, check
from app.domain.delivery import Delivery, State, Verdict, state_of
from app.domain.form import Form
from app.domain.guide import Guide
from app.domain.scoring import Totals, totals
from app.domain.sealed import CardLine, SealedIndex
from app.services.assess import find_card
from app.services.desk import Desk
from app.services.forms import form_with_hash, guide_with_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A card and what is around it. `sealed` is None for a draft; `reason` the office's word."""

    card: Card
    form: Form
    guide: Guide
    totals: Totals
    state: State
    sealed: SealedIndex | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCard:
    """A card in a list, with its state."""

    line: CardLine
    state: State


def view_card(desk: Desk, card_id: str) -> CardView:
    """Return the newest revision of a card with everything around it; AppError CARD_UNKNOWN."""
    card, form = find_card(desk, card_id)
    line_hash = _sealed_hash(desk, card)
    sealed = None if line_hash is None else desk.workspace.cards.sealed(line_hash)
    decision = None if line_hash is None else desk.workspace.decisions.get(line_hash)
    is_open = not _base_ids(form) <= card.marks.keys()
    return CardView(
        card=card,
        form=form,
        guide=guide_with_hash(desk, card.terms.guide, card.terms.form),
        totals=totals(card, form),
        state=_state(desk, is_open=is_open, sealed=sealed.index if sealed else None),
        sealed=sealed.index if sealed else None,
        reason=decision.reason if decision else "",
    )


def list_cards(desk: Desk) -> tuple[ListedCard, ...]:
    """Return every card's newest revision with its state, oldest card first."""
    listed = []
    for line in desk.workspace.cards.lines():
        sealed = None if line.sealed is None else desk.workspace.cards.sealed(line.sealed)
        form = form_with_hash(desk, line.form)
        is_open = not _base_ids(form) <= line.marked
        state = _state(desk, is_open=is_open, sealed=sealed.index if sealed else None)
        listed.append(ListedCard(line=line, state=state))
    return tuple(listed)


def check_card(desk: Desk, card_id: str) -> tuple[Finding, ...]:
    """Return what to look at again on a card; AppError CARD_UNKNOWN."""
    return check(*find_card(desk, card_id))


def _state(desk: Desk, *, is_open: bool, sealed: SealedIndex | None) -> State:
    return state_of(
        is_open=is_open,
        is_sealed=sealed is not None,
        delivery=Delivery() if sealed is None else _delivery(desk, sealed),
    )


def _delivery(desk: Desk, sealed: SealedIndex) -> Delivery:
    decision = desk.workspace.decisions.get(sealed.hash)
    verdict = decision.verdict if decision else None
    if verdict is None and sealed.received_in:
        verdict = Verdict.RECEIVED
    return Delivery(exported=desk.workspace.packages.is_exported(sealed.hash), verdict=verdict)


def _sealed_hash(desk: Desk, card: Card) -> CardHash | None:
    """Return the hash of the document whose rows these are."""
    for line in desk.workspace.cards.sealed_revisions(card.id):
        if line.revision == card.revision:
            return line.hash
    return None


def _base_ids(form: Form) -> frozenset[str]:
    return frozenset(clause.id for clause in form.base_clauses)
