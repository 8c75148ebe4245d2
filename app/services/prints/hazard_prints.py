"""The prints about a unit's hazards: 整改建议书 for the unit, 隐患清单 for the office's file."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.domain.evidence import Evidence
from app.domain.evidence_list import is_photo
from app.domain.hazard import Hazard, in_order, to_advise
from app.domain.moment import local_date
from app.errors import AppError, Code
from app.ports.progress import Progress
from app.reports.card.evidence_words import taken
from app.services.cards.view import CardView
from app.services.desk.desk import Desk
from app.services.photos.shots import Original, ShotPlan, make_shots

if TYPE_CHECKING:  # ReportLab takes 0.2 s to import
    from collections.abc import Mapping

    from app.domain.evidence import Sha256
    from app.reports.card.evidence_sheet import Shot
    from app.reports.sheets.sheet import Stationery


def plan_rectification(
    desk: Desk, view: CardView, chosen: Sequence[str]
) -> "Callable[[Stationery], bytes]":
    """Return what draws a 整改建议书 about chosen hazards of the unit, else about all due.

    Raises:
        AppError: HAZARD_UNKNOWN (also another unit's).

    """
    known = desk.workspace.hazards.of_unit(view.card.unit.key)
    hazards = _chosen(known, chosen) if chosen else to_advise(known, view.card.id)
    photos = {photo.sha256: (hazard, photo) for hazard in hazards for photo in hazard.before}
    originals = tuple(
        _original(desk, photo)
        for _, photo in photos.values()
        if is_photo(photo) and desk.workspace.evidence.holds(photo.sha256)
    )
    shots = ShotPlan(count=len(originals), originals=originals)
    return partial(_rectification, view, hazards, shots)


def plan_hazard_list(desk: Desk, view: CardView) -> "Callable[[Stationery], bytes]":
    """Return what draws the list of all the unit's hazards, as they stand today."""
    today = local_date(desk.clock.now())
    hazards = in_order(desk.workspace.hazards.of_unit(view.card.unit.key), today)

    def draw(stationery: "Stationery") -> bytes:
        from app.reports.sheets.hazard_sheet import draw_hazard_list

        return draw_hazard_list(view.card, hazards, today, stationery)

    return draw


def _chosen(known: Sequence[Hazard], chosen: Sequence[str]) -> tuple[Hazard, ...]:
    by_id = {hazard.id: hazard for hazard in known}
    unknown = next((one for one in chosen if one not in by_id), None)
    if unknown is not None:
        raise AppError(Code.HAZARD_UNKNOWN, hazard=unknown)
    return tuple(hazard for hazard in known if hazard.id in chosen)


def _original(desk: Desk, photo: Evidence) -> Original:
    known = desk.workspace.photos.get(photo.sha256)
    return Original(
        file=photo,
        path=desk.workspace.evidence.path(photo.sha256),
        clause="",
        taken=taken(known) if known else "",
    )


def _rectification(
    view: CardView, hazards: tuple[Hazard, ...], shots: ShotPlan, stationery: "Stationery"
) -> bytes:
    from app.reports.sheets.rectification_sheet import Advice, draw_rectification

    made = _made(shots, hazards, stationery.progress)
    advice = Advice(card=view.card, form=view.form, hazards=hazards, shots=made)
    return draw_rectification(advice, stationery)


def _made(
    shots: ShotPlan, hazards: tuple[Hazard, ...], progress: Progress
) -> "Mapping[Sha256, Shot]":
    """Make the pictures; one that cannot be made is refused by the name of its hazard."""
    try:
        return make_shots(shots, progress)
    except AppError as refusal:
        sha256 = refusal.facts["sha256"]
        for hazard in hazards:
            for photo in hazard.before:
                if photo.sha256 == sha256:
                    raise AppError(
                        refusal.code, sha256=sha256, name=photo.name, hazard=hazard.text
                    ) from refusal
        raise
