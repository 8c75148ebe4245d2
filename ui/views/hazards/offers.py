"""What the card offers a hazard raised from it: words of the guide, photos behind the clause."""

from collections.abc import Iterable

from app.domain.evidence import Evidence
from app.domain.hazard import Hazard
from app.services.units.hazards import CardHazards
from ui.labels import Labels
from ui.views.hazards.page import Offers

_MOST = 24  # small pictures at once: a card may hold hundreds


def offers_for(hazard: Hazard, view: CardHazards | None, labels: Labels) -> Offers:
    """Return the offers of the card in front; none for a hazard raised from another one."""
    if view is None or hazard.is_settled or hazard.card_id != view.card.id:
        return Offers()
    card = view.card
    if hazard.clause is None:
        behind = [photo for photos in card.evidence.values() for photo in photos]
        return Offers(photos=_pictures(behind))
    guide = view.guide.of(hazard.clause)
    return Offers(
        texts=tuple(rule.text for rule in guide.rules),
        measures=tuple(labels("hazards.measure_offer", paper=each) for each in guide.papers),
        photos=_pictures(card.evidence.get(hazard.clause, ())),
    )


def origin_of(hazard: Hazard, view: CardHazards | None, labels: Labels) -> str:
    """Return the official text of the clause a hazard was raised from, where it is at hand."""
    if view is None or hazard.clause is None or hazard.card_id != view.card.id:
        return ""
    return labels("hazards.origin", clause=view.form.clause(hazard.clause).text)


def _pictures(files: Iterable[Evidence]) -> tuple[Evidence, ...]:
    kept = {file.sha256: file for file in files if file.media_type.startswith("image/")}
    return tuple(kept.values())[-_MOST:]
