"""The prints drawn of a card alone: the scorecard and its copy, and the sheets around a visit."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.card import CardHash
from app.domain.feedback import feedback
from app.exchange.card_document import part_hashes, unsealed_hash
from app.files import read_whole
from app.ports.progress import Progress
from app.services.cards.view import CardView
from app.services.desk.desk import Desk
from app.services.desk.forms import guide_name
from app.services.photos.shots import ShotPlan, make_shots, plan_held_shots

if TYPE_CHECKING:  # ReportLab takes 0.2 s to import
    from app.reports.card.scorecard import Scorecard
    from app.reports.sheets.sheet import Stationery
    from app.reports.typeset.fonts import Fonts

_CODE_WIDTH = 1240  # pixels: A4 at 150 dpi


def print_hash(view: CardView) -> CardHash:
    """Return the hash whose check code a print of the card bears.

    Of a draft it is made of the hashes its signatures name: each of them leads back to the paper.
    """
    if view.sealed is not None:
        return view.sealed.hash
    return unsealed_hash(part_hashes(view.card, view.form))


def plan_draft(desk: Desk, view: CardView) -> "Callable[[Stationery], bytes]":
    """Return what draws a card that is not sealed: the paper people sign."""
    shots = plan_held_shots(desk, view.card, view.form)
    return partial(_marked, view, shots, "pdf.mark.draft")


def plan_unit_copy(desk: Desk, view: CardView) -> "Callable[[Stationery], bytes]":
    """Return what draws the unit's own copy (留存联), of a sealed card with seal and code."""
    shots = plan_held_shots(desk, view.card, view.form)
    sealed = desk.workspace.cards.sealed(view.sealed.hash) if view.sealed else None
    if sealed is None or not desk.workspace.evidence.holds(sealed.pdf.sha256):
        mark = "pdf.mark.unit_copy_draft" if sealed is None else "pdf.mark.unit_copy"
        return partial(_marked, view, shots, mark)
    return partial(_copied, view, shots, desk.workspace.evidence.path(sealed.pdf.sha256))


def draw_feedback_of(view: CardView, stationery: "Stationery") -> bytes:
    """Return the 现场反馈单."""
    from app.reports.sheets.feedback_sheet import draw_feedback

    told = feedback(view.card, view.form, view.guide)
    return draw_feedback(told, print_hash(view), stationery)


def draw_checklist_of(view: CardView, stationery: "Stationery") -> bytes:
    """Return the 准备资料清单."""
    from app.reports.sheets.checklist import draw_checklist

    return draw_checklist(view.card, view.form, view.guide, stationery)


def draw_walk_of(view: CardView, stationery: "Stationery") -> bytes:
    """Return the 现场记录表."""
    from app.reports.sheets.walk import draw_walk

    return draw_walk(view.card, view.form, view.guide, stationery)


def draw_blank_of(view: CardView, stationery: "Stationery") -> bytes:
    """Return the 空白评分表."""
    from app.reports.sheets.blank import draw_blank

    return draw_blank(view.card, view.form, stationery)


def _marked(view: CardView, shots: ShotPlan, mark: str, stationery: "Stationery") -> bytes:
    from app.reports.card.copies import draw_marked

    scorecard = _scorecard(view, shots, stationery.progress)
    return draw_marked(scorecard, stationery.words.text(mark), stationery.fonts)


def _copied(view: CardView, shots: ShotPlan, path: Path, stationery: "Stationery") -> bytes:
    """Return the unit's copy of a sealed card; its seal and code are those of the sealed file."""
    from app.reports.card.copies import draw_marked
    from app.reports.seal.seal_reading import sealers_of

    pdf = read_whole(path)
    mark, fonts = stationery.words.text("pdf.mark.unit_copy"), stationery.fonts
    sealed = replace(_scorecard(view, shots, stationery.progress), seals=sealers_of(pdf))
    return draw_marked(replace(sealed, proof=_code_on(pdf, sealed, fonts)), mark, fonts)


def _scorecard(view: CardView, shots: ShotPlan, progress: Progress) -> "Scorecard":
    from app.reports.card.scorecard import Scorecard

    return Scorecard(
        card=view.card,
        form=view.form,
        hash=print_hash(view),
        scores_hash=part_hashes(view.card, view.form).scores,
        guide=guide_name(view.guide),
        shots=make_shots(shots, progress),
    )


def _code_on(pdf: bytes, scorecard: "Scorecard", fonts: "Fonts") -> str:
    """Return the text of the code on a sealed file, '' where none was printed."""
    from app.exchange.paper_proof import PREFIX
    from app.pictures.codes import codes_in
    from app.reports.card.scorecard import lay_out
    from app.reports.file.raster import render_page

    number = next(each.page for each in lay_out(scorecard, fonts).fields if each.name == "proof")
    page = render_page(pdf, number, width=_CODE_WIDTH)
    found = codes_in(page.pixels, width=page.width, height=page.height, prefix=PREFIX)
    return next(iter(found), "")
