"""交付: noting how the unit's copy of a card was handed over.

What is typed is kept as it is typed; once recorded it stays as it is, and another follows it.
"""

from dataclasses import dataclass, replace

from app.domain.handover import Handover, HandoverId, HandoverNote, complete_note
from app.domain.moment import local_date
from app.domain.trail import AuditEntry
from app.services.cards.assess import find_card
from app.services.cards.view import view_card
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.prints.card_prints import print_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Handovers:
    """The handovers of a card: recorded ones, oldest first, and what is being written."""

    recorded: tuple[Handover, ...]
    written: HandoverNote


def view_handovers(desk: Desk, card_id: str) -> Handovers:
    """Return the handovers of a card; AppError CARD_UNKNOWN."""
    card, _ = find_card(desk, card_id)
    written = desk.workspace.handovers.written(card.id)
    return Handovers(
        recorded=desk.workspace.handovers.recorded(card.id),
        written=written.note if written else HandoverNote(day=local_date(desk.clock.now())),
    )


def jot_handover(desk: Desk, card_id: str, note: HandoverNote) -> tuple[HandoverNote, Changes]:
    """Keep what is typed of a handover, complete or not; AppError CARD_UNKNOWN."""
    handover = _being_written(desk, card_id, note)
    with desk.workspace.change(AuditEntry(action="card.handover.write", subject=handover.card)):
        desk.workspace.handovers.write(handover)
    return note, changed()


def record_handover(desk: Desk, card_id: str, note: HandoverNote) -> tuple[Handover, Changes]:
    """Record for good how the copy of the present revision was handed over.

    Raises:
        AppError: CARD_UNKNOWN, and as `complete_note`.

    """
    now = desk.clock.now()
    complete = complete_note(note, today=local_date(now))
    handover = replace(_being_written(desk, card_id, complete), recorded_at=now)
    entry = AuditEntry(
        action="card.handover", subject=handover.card, details={"copy": handover.copy}
    )
    with desk.workspace.change(entry):
        desk.workspace.handovers.write(handover)
    return handover, changed(Noun.HANDOVERS)


def _being_written(desk: Desk, card_id: str, note: HandoverNote) -> Handover:
    """Return the handover a note belongs to, over the card as it is now."""
    view = view_card(desk, card_id)
    before = desk.workspace.handovers.written(view.card.id)
    return Handover(
        id=before.id if before else HandoverId(desk.ids.new()),
        card=view.card.id,
        revision=view.card.revision,
        copy=print_hash(view),
        note=note,
    )
