"""What 单位情况 has done on the database lane, each piece one durable change."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.card import CardId
from app.domain.unit import UnitKey
from app.domain.visit import Transcript, Visit
from app.errors import AppError, Code
from app.services.cards.assess import find_card
from app.services.cards.visit import set_visit
from app.services.desk.desk import Desk
from app.services.desk.intake import Scan, keep_scan
from app.services.units.register import set_facts
from ui.views.visit.statements import Kept


def set_fact(desk: Desk, card_id: CardId, key: UnitKey, typed: Mapping[str, str]) -> Kept:
    """Keep facts of the unit, and so of its unsealed cards; raises as `set_facts`."""
    _, changes = set_facts(desk, code=key.code, sub_unit=key.sub_unit, typed=typed)
    return find_card(desk, card_id)[0], changes


def amend(desk: Desk, card_id: CardId, amend: Callable[[Visit], Visit]) -> Kept:
    """Change one thing of the visit as it is kept now: a transcript comes from elsewhere."""
    card, _ = find_card(desk, card_id)
    return set_visit(desk, card_id, amend(card.visit or Visit()))


def transcribed(visit: Visit, typed_by: str, checked_by: str) -> Visit:
    """Return a visit with who typed and who compared; until somebody typed there is nothing."""
    held = visit.transcript
    if not typed_by.strip():
        if held is None:
            return visit
        raise AppError(Code.NAME_EMPTY)
    scan = held.scan if held else None
    transcript = Transcript(typed_by=typed_by, checked_by=checked_by, scan=scan)
    return replace(visit, transcript=transcript)


def attach(desk: Desk, card_id: CardId, scan: Scan) -> Kept:
    """Keep the scan of the paper; AppError NAME_EMPTY while nobody is named who typed it."""
    card, _ = find_card(desk, card_id)
    if card.visit is None or card.visit.transcript is None:
        raise AppError(Code.NAME_EMPTY)
    transcript = replace(card.visit.transcript, scan=keep_scan(desk, scan))
    return set_visit(desk, card_id, replace(card.visit, transcript=transcript))
