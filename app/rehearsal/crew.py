"""An inspector of the demo, workspace and opened key: a round of visits, posts, a correction."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.card import CardId, Scored
from app.domain.form import ClauseId
from app.domain.points import points_text
from app.domain.sealed import SealedCard
from app.exchange.naming import suggested_name
from app.rehearsal.inspection import ask_opinion, begin, close, photograph, score, sign
from app.rehearsal.visits import Visit, Way
from app.services.cards.assess import Points, record
from app.services.desk.desk import Desk
from app.services.desk.forms import current_form
from app.services.keys.unlock import Unlocked
from app.services.packages.submit import choose_cards, note_sent, pack, plan_submission
from app.services.seal.seal import revise_card


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspector:
    """Who goes round: the key is opened once, because each opening costs 0.2 s."""

    name: str
    desk: Desk
    unlocked: Unlocked
    visits: tuple[Visit, ...]
    seed: int


def seal_round(inspector: Inspector) -> Iterator[tuple[Visit, SealedCard]]:
    """Score, have signed and seal all visits but the last; yield each as it is done."""
    desk, seed = inspector.desk, inspector.seed
    for visit in inspector.visits[:-1]:
        card_id = score_visit(inspector, visit)
        ask_opinion(desk, card_id, visit)
        sign(desk, card_id, visit, seed=seed)
        yield visit, close(desk, card_id, inspector.unlocked.identity)


def score_visit(inspector: Inspector, visit: Visit) -> CardId:
    """Leave a card complete and without signatures."""
    card_id = begin(inspector.desk, visit)
    score(inspector.desk, card_id, visit.marks)
    photograph(inspector.desk, card_id, visit, seed=inspector.seed)
    return card_id


def begin_visit(inspector: Inspector, visit: Visit) -> CardId:
    """Leave a card half scored."""
    card_id = begin(inspector.desk, visit)
    half = tuple(visit.marks.items())[: len(visit.marks) // 2]
    score(inspector.desk, card_id, dict(half))
    return card_id


def post(inspector: Inspector, folder: Path) -> Path:
    """Write a package of all that was never sent, under a name for people."""
    desk, unlocked = inspector.desk, inspector.unlocked
    consignment = plan_submission(desk, choose_cards(desk, ()), unlocked, photos=True)
    path = folder / suggested_name(consignment.head, person=inspector.name)
    note_sent(desk, consignment, pack(consignment, path, unlocked))
    return path


def disputable(visit: Visit) -> ClauseId | None:
    """Return the first clause of a visit that lost points."""
    lost = (id_ for id_, mark in visit.marks.items() if isinstance(mark, Scored) and mark.reason)
    return next(lost, None)


def correct(
    inspector: Inspector, visit: Visit, card_id: CardId, *, clause: ClauseId, reason: str
) -> SealedCard:
    """Answer a returned card with a new revision: a clause gets its points, all sign again."""
    desk = inspector.desk
    revise_card(desk, card_id, reason=reason)
    full = points_text(current_form(desk).clause(clause).points)
    record(desk, card_id, [Points(clause=clause, points=full)])
    sign(desk, card_id, replace(visit, way=Way.INK), seed=inspector.seed)
    return close(desk, card_id, inspector.unlocked.identity)
