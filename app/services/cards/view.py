"""Cards as a person sees them: with form, guide, figures, and how far they have come."""

from dataclasses import dataclass
from decimal import Decimal

from app.domain.card import Card, open_clauses
from app.domain.checks import Finding, check
from app.domain.delivery import Decision, Delivery, State, Verdict, state_of
from app.domain.form import Form
from app.domain.guide import Guide
from app.domain.hazard import hazard_findings
from app.domain.scoring import Totals, totals
from app.domain.sealed import CardLine, SealedIndex, printed_total
from app.domain.signature import Pending, Signature
from app.domain.supplement import LateSignature, SealedSupplement
from app.exchange.card_document import read_card
from app.services.cards.assess import find_card
from app.services.desk.desk import Desk
from app.services.desk.forms import form_with_hash, guide_with_hash


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
    supplements: tuple[SealedSupplement, ...]

    @property
    def pending(self) -> tuple[Signature, ...]:
        """Return the signatures still to come (待补签)."""
        late = {
            held.supplement.addition.signature.place
            for held in self.supplements
            if isinstance(held.supplement.addition, LateSignature)
        }
        return tuple(
            signature
            for signature in self.card.signatures
            if isinstance(signature.manner, Pending) and signature.place not in late
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCard:
    """A card in a list, with its state and 总得分."""

    line: CardLine
    state: State
    total: Decimal


def view_card(desk: Desk, card_id: str) -> CardView:
    """Return the newest revision of a card with everything around it; AppError CARD_UNKNOWN."""
    workspace = desk.workspace
    rows, form = find_card(desk, card_id)
    card, sealed = _counting(desk, rows, form)
    decision = workspace.decisions.get(sealed.hash) if sealed else None
    return CardView(
        card=card,
        form=form,
        guide=guide_with_hash(desk, card.terms.guide, card.terms.form),
        totals=totals(card, form),
        state=_state(
            desk, is_open=bool(open_clauses(card, form)), sealed=sealed, decision=decision
        ),
        sealed=sealed,
        reason=decision.reason if decision else "",
        supplements=workspace.supplements.of(sealed.hash) if sealed else (),
    )


def list_cards(desk: Desk) -> tuple[ListedCard, ...]:
    """Return every card's newest revision with its state, oldest card first."""
    return tuple(listed_card(desk, line) for line in desk.workspace.cards.lines())


def listed_card(desk: Desk, line: CardLine) -> ListedCard:
    """Return a line of a list with its state; AppError FORM_UNKNOWN, FORM_DAMAGED."""
    form = form_with_hash(desk, line.form)
    is_open = any(clause.id not in line.marked for clause in form.base_clauses)
    delivery = line.delivery or Delivery()
    state = state_of(is_open=is_open, is_sealed=line.delivery is not None, delivery=delivery)
    return ListedCard(line=line, state=state, total=printed_total(line, form))


def check_card(desk: Desk, card_id: str) -> tuple[Finding, ...]:
    """Return what to look at again on a card; AppError CARD_UNKNOWN."""
    card, form = find_card(desk, card_id)
    hazards = desk.workspace.hazards.of_unit(card.unit.key)
    return (*check(card, form), *hazard_findings(card, form, hazards))


def _state(
    desk: Desk, *, is_open: bool, sealed: SealedIndex | None, decision: Decision | None
) -> State:
    if sealed is None:
        return state_of(is_open=is_open, is_sealed=False, delivery=Delivery())
    verdict = decision.verdict if decision else None
    if verdict is None and sealed.received_in:
        verdict = Verdict.RECEIVED
    exported = desk.workspace.packages.is_exported(sealed.hash)
    delivery = Delivery(exported=exported, verdict=verdict)
    return state_of(is_open=is_open, is_sealed=True, delivery=delivery)


def _counting(desk: Desk, rows: Card, form: Form) -> tuple[Card, SealedIndex | None]:
    """Return the card as its sealed document says it, and that document's index.

    Of two documents of one revision the accepted one counts, else the one that came first and has
    the rows.
    """
    workspace = desk.workspace
    revisions = workspace.cards.sealed_revisions(rows.id)
    rivals = [index for index in revisions if index.revision == rows.revision]
    if len(rivals) <= 1:
        return rows, rivals[0] if rivals else None
    adopted = (index for index in rivals if _is_adopted(workspace.decisions.get(index.hash)))
    index = next(adopted, rivals[0])
    sealed = workspace.cards.sealed(index.hash)
    return rows if sealed is None else read_card(sealed.document, form), index


def _is_adopted(decision: Decision | None) -> bool:
    return decision is not None and decision.verdict is Verdict.ADOPTED
