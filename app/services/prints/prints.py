"""What is printed of a card: planned at the desk, drawn on the compute lane.

`plan_print` reads what a print needs; `Planned.draw` makes the PDF without the workspace. A sealed
card is never drawn again: its stored bytes are the print.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.domain.evidence import Evidence
from app.domain.hazard import to_advise
from app.errors import AppError, Code
from app.exchange.canonical import content_hash
from app.exchange.naming import word_of_a_name
from app.files import read_whole
from app.ports.progress import Progress, Unheard
from app.services.cards.view import CardView, view_card
from app.services.desk.desk import Desk
from app.services.prints.archive_prints import plan_archive
from app.services.prints.card_prints import (
    draw_blank_of,
    draw_checklist_of,
    draw_feedback_of,
    draw_walk_of,
    plan_draft,
    plan_unit_copy,
)
from app.services.prints.hazard_prints import plan_hazard_list, plan_rectification
from app.services.prints.history_prints import has_history, plan_history
from app.text.catalogue import Language, translator

if TYPE_CHECKING:  # ReportLab takes 0.2 s to import
    from app.domain.sealed import SealedCard
    from app.reports.sheets.sheet import Stationery


class Print(StrEnum):
    """The prints of a card, in the order they are offered."""

    CARD = "card"
    UNIT_COPY = "unit_copy"
    FEEDBACK = "feedback"
    RECTIFICATION = "rectification"
    CHECKLIST = "checklist"
    WALK = "walk"
    BLANK = "blank"
    HAZARDS = "hazards"
    HISTORY = "history"
    ARCHIVE = "archive"


class Draw(Protocol):
    """Makes a PDF; `progress` hears how far its photos are."""

    def __call__(self, progress: Progress = ...) -> bytes:
        """Return the PDF; raises as `Planned` says, and Cancelled as `progress` does."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A print that can be drawn without the workspace.

    `name` is the file's for people; `draw` raises AppError GLYPH_MISSING, LAYOUT_OVERFLOW,
    EVIDENCE_MISSING, EVIDENCE_DAMAGED, EVIDENCE_UNREADABLE. A print that `is_sealed` loses its
    seal when pages are put together anew.
    """

    name: str
    is_sealed: bool
    draw: Draw


def offered(desk: Desk, card_id: str) -> tuple[Print, ...]:
    """Return the prints of a card that have something to say; AppError CARD_UNKNOWN."""
    return tuple(_offered(desk, view_card(desk, card_id)))


def plan_print(desk: Desk, card_id: str, which: Print, *, hazards: Sequence[str] = ()) -> Planned:
    """Return a print of the newest revision of a card; `hazards` are those of a 整改建议书.

    Raises:
        AppError: CARD_UNKNOWN, PRINT_EMPTY (it has nothing to say), HAZARD_UNKNOWN,
            EVIDENCE_MISSING (the PDF of a sealed card is gone).

    """
    view = view_card(desk, card_id)
    is_chosen = which is Print.RECTIFICATION and bool(hazards)
    if not is_chosen and which not in _offered(desk, view):
        raise AppError(Code.PRINT_EMPTY, print=which.value, unit=view.card.unit.name)
    name = _name(view, which, desk.resources)
    sealed = desk.workspace.cards.sealed(view.sealed.hash) if view.sealed else None
    if which is Print.CARD and sealed is not None:
        return Planned(name=name, is_sealed=True, draw=_plan_stored(desk, sealed))
    drawing = _drawing(desk, view, which, hazards)
    return Planned(name=name, is_sealed=False, draw=partial(_drawn, drawing, desk.resources))


_OF_A_VIEW: "Mapping[Print, Callable[[CardView, Stationery], bytes]]" = {
    Print.FEEDBACK: draw_feedback_of,
    Print.CHECKLIST: draw_checklist_of,
    Print.WALK: draw_walk_of,
    Print.BLANK: draw_blank_of,
}
_PLANS: "Mapping[Print, Callable[[Desk, CardView], Callable[[Stationery], bytes]]]" = {
    Print.CARD: plan_draft,
    Print.UNIT_COPY: plan_unit_copy,
    Print.HAZARDS: plan_hazard_list,
    Print.HISTORY: plan_history,
}
_UNHEARD = Unheard()
_NOT_FILED = frozenset({Print.CARD, Print.UNIT_COPY, Print.ARCHIVE})


def _offered(desk: Desk, view: CardView) -> Iterator[Print]:
    hazards = desk.workspace.hazards.of_unit(view.card.unit.key)
    conditions = {
        Print.RECTIFICATION: bool(to_advise(hazards, view.card.id)),
        Print.HAZARDS: bool(hazards),
        Print.HISTORY: has_history(view),
        Print.ARCHIVE: view.sealed is not None or view.card.revision > 1,
    }
    return (which for which in Print if conditions.get(which, True))


def _drawing(
    desk: Desk, view: CardView, which: Print, hazards: Sequence[str]
) -> "Callable[[Stationery], bytes]":
    if which in _OF_A_VIEW:
        return partial(_OF_A_VIEW[which], view)
    if which is Print.RECTIFICATION:
        return plan_rectification(desk, view, hazards)
    if which is Print.ARCHIVE:
        filed = (other for other in _offered(desk, view) if other not in _NOT_FILED)
        return plan_archive(
            desk, view, {other.value: _drawing(desk, view, other, ()) for other in filed}
        )
    return _PLANS[which](desk, view)


def _drawn(
    drawing: "Callable[[Stationery], bytes]", resources: Path, progress: Progress = _UNHEARD
) -> bytes:
    from app.reports.sheets.sheet import Stationery
    from app.reports.typeset.fonts import load_fonts

    words = translator(Language.CHINESE, resources)
    fonts = load_fonts(resources / "fonts")
    return drawing(Stationery(fonts=fonts, words=words, progress=progress))


def _plan_stored(desk: Desk, sealed: "SealedCard") -> Draw:
    return partial(_stored, desk.workspace.evidence.path(sealed.pdf.sha256), sealed.pdf)


def _stored(path: Path, pdf: Evidence, progress: Progress = _UNHEARD) -> bytes:
    del progress  # nothing of it is drawn
    content = read_whole(path)
    if content_hash(content) != pdf.sha256:
        raise AppError(Code.EVIDENCE_DAMAGED, sha256=pdf.sha256)
    return content


def _name(view: CardView, which: Print, resources: Path) -> str:
    kind = translator(Language.CHINESE, resources).text(f"print.{which.value}")
    unit = view.card.unit
    parts = [kind, word_of_a_name(unit.name), word_of_a_name(unit.key.sub_unit)]
    parts.append(f"{view.card.date_to:%Y%m%d}")
    return "_".join(filter(None, parts)) + ".pdf"
