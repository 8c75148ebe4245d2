"""What is printed of a card: planned at the desk, drawn on the compute lane.

`plan_print` reads what a print needs; `Planned.draw` makes the PDF without the workspace. A sealed
card is never drawn again: its stored bytes are the print.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.card import CardHash
from app.domain.evidence import Evidence
from app.domain.feedback import feedback
from app.errors import AppError, Code
from app.exchange.canonical import canonical, content_hash
from app.exchange.card_document import part_hashes
from app.exchange.naming import word_of_a_name
from app.files import read_whole
from app.services.desk import Desk
from app.services.forms import guide_name
from app.services.view import CardView, view_card
from app.text.catalogue import Language, translator

if TYPE_CHECKING:  # ReportLab takes 0.2 s to import
    from app.reports.scorecard import Scorecard
    from app.reports.sheet import Stationery


class Print(StrEnum):
    """The prints of a card, in the order they are offered."""

    CARD = "card"
    UNIT_COPY = "unit_copy"
    FEEDBACK = "feedback"
    CHECKLIST = "checklist"
    WALK = "walk"
    BLANK = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A print that can be drawn without the workspace.

    `name` is the file's for people; `draw` raises AppError GLYPH_MISSING, LAYOUT_OVERFLOW,
    EVIDENCE_DAMAGED. A print that `is_sealed` loses its seal when pages are put together anew.
    """

    name: str
    is_sealed: bool
    draw: Callable[[], bytes]


def plan_print(desk: Desk, card_id: str, which: Print) -> Planned:
    """Return a print of the newest revision of a card.

    Raises:
        AppError: CARD_UNKNOWN, EVIDENCE_MISSING (the PDF of a sealed card is gone).

    """
    view = view_card(desk, card_id)
    sealed = desk.workspace.cards.sealed(view.sealed.hash) if view.sealed else None
    if which is Print.CARD and sealed is not None:
        path = desk.workspace.evidence.path(sealed.pdf.sha256)
        draw = partial(_stored, path, sealed.pdf)
        is_sealed = True
    else:
        draw = partial(_drawn, view, which, desk.resources)
        is_sealed = False
    return Planned(name=_name(view, which, desk.resources), is_sealed=is_sealed, draw=draw)


def print_hash(view: CardView) -> CardHash:
    """Return the hash whose check code a print of the card bears.

    Of a draft it is made of the hashes of its two parts, those a signature is given over: the
    paper keeps its code while people sign, and each of their signatures leads back to it.
    """
    if view.sealed is not None:
        return view.sealed.hash
    parts = part_hashes(view.card, view.form)
    return CardHash(content_hash(canonical({"header": parts.header, "scores": parts.scores})))


def merged(pdfs: Sequence[bytes]) -> bytes:
    """Return one PDF of several; seals and attachments are lost."""
    from app.reports.raster import merge

    return merge(pdfs)


def _stored(path: Path, pdf: Evidence) -> bytes:
    content = read_whole(path)
    if content_hash(content) != pdf.sha256:
        raise AppError(Code.EVIDENCE_DAMAGED, sha256=pdf.sha256)
    return content


def _drawn(view: CardView, which: Print, resources: Path) -> bytes:
    from app.reports.fonts import load_fonts
    from app.reports.sheet import Stationery

    words = translator(Language.CHINESE, resources)
    stationery = Stationery(fonts=load_fonts(resources / "fonts"), words=words)
    return _DRAWERS[which](view, stationery)


def _card(view: CardView, stationery: "Stationery") -> bytes:
    from app.reports.copies import draw_marked

    mark = stationery.words.text("pdf.mark.draft")
    return draw_marked(_scorecard(view), mark, stationery.fonts)


def _unit_copy(view: CardView, stationery: "Stationery") -> bytes:
    from app.reports.copies import draw_marked

    words = stationery.words
    mark = words.text("pdf.mark.unit_copy" if view.sealed else "pdf.mark.unit_copy_draft")
    return draw_marked(_scorecard(view), mark, stationery.fonts)


def _feedback(view: CardView, stationery: "Stationery") -> bytes:
    from app.reports.feedback_sheet import draw_feedback

    told = feedback(view.card, view.form, view.guide)
    return draw_feedback(told, print_hash(view), stationery)


def _checklist(view: CardView, stationery: "Stationery") -> bytes:
    from app.reports.checklist import draw_checklist

    return draw_checklist(view.card, view.form, view.guide, stationery)


def _walk(view: CardView, stationery: "Stationery") -> bytes:
    from app.reports.walk import draw_walk

    return draw_walk(view.card, view.form, view.guide, stationery)


def _blank(view: CardView, stationery: "Stationery") -> bytes:
    from app.reports.blank import draw_blank

    return draw_blank(view.card, view.form, stationery)


_DRAWERS: "Mapping[Print, Callable[[CardView, Stationery], bytes]]" = {
    Print.CARD: _card,
    Print.UNIT_COPY: _unit_copy,
    Print.FEEDBACK: _feedback,
    Print.CHECKLIST: _checklist,
    Print.WALK: _walk,
    Print.BLANK: _blank,
}


def _scorecard(view: CardView) -> "Scorecard":
    from app.reports.scorecard import Scorecard

    return Scorecard(
        card=view.card,
        form=view.form,
        hash=print_hash(view),
        scores_hash=part_hashes(view.card, view.form).scores,
        guide=guide_name(view.guide),
    )


def _name(view: CardView, which: Print, resources: Path) -> str:
    kind = translator(Language.CHINESE, resources).text(f"pdf.file.{which.value}")
    unit = view.card.unit
    parts = [kind, word_of_a_name(unit.name), word_of_a_name(unit.key.sub_unit)]
    parts.append(f"{view.card.date_to:%Y%m%d}")
    return "_".join(filter(None, parts)) + ".pdf"
