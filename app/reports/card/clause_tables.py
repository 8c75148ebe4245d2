"""The tables of the annex: what was 不涉及 and why, and what every clause got."""

from collections.abc import Mapping, Sequence

from app.domain.card import Card, NotApplicable, open_clauses
from app.domain.form import Clause, Form
from app.domain.points import points_text
from app.domain.scoring import assessed, totals
from app.reports.card import annex_words as words
from app.reports.card import wording
from app.reports.typeset.flow import Flow
from app.reports.typeset.fonts import Style
from app.reports.typeset.grid import Column, Grid
from app.reports.typeset.page import LEFT, RIGHT, Align

_SIZE = 8.5
_TITLE_SIZE = 9.5
_PAD = 2.2
_NUMBER = 30.0
_WIDTHS = (27.0, 28.0, 56.0, 56.0, 28.0)  # of the columns that follow the text of a clause
_ABSENT_WIDTHS = (27.0, 28.0, 112.0, 56.0)
_FIRST_ROW = 70.0  # with the header: what must follow the title on its page
_GAP = 5.0


def set_absences(flow: Flow, card: Card, form: Form) -> None:
    """Put what was 不涉及: reason, the unit's fact it rests on, the raw figure; or nothing."""
    marks = {clause: card.marks.get(clause.id) for clause in form.clauses}
    absent = {clause: mark for clause, mark in marks.items() if isinstance(mark, NotApplicable)}
    if not absent:
        return
    title = flow.block(words.ABSENT_TITLE, RIGHT - LEFT, _TITLE_SIZE, Style.HEI)
    flow.need(title.height + _FIRST_ROW)
    flow.set_line(title)
    flow.y -= _PAD
    grid = _grid(flow, words.ABSENT_COLUMNS, _ABSENT_WIDTHS)
    for clause, mark in absent.items():
        shown = {
            "absent.maximum": points_text(clause.points),
            "absent.points": words.clause_points(card, clause),
            "absent.fact": words.absent_fact(card.unit, clause),
            "absent.source": words.source(card, clause),
            "absent.reason": words.absent_reason(mark.reason),
        }
        _add(grid, form, clause, shown)
    flow.y -= _PAD
    if not open_clauses(card, form):
        raw = words.raw(card, assessed(card, form), totals(card, form))
        rect = flow.set_line(flow.block(raw, RIGHT - LEFT, _SIZE))
        flow.page.name_field("annex.raw", rect, raw)
    flow.y -= _GAP


def set_clauses(flow: Flow, card: Card, form: Form) -> None:
    """Put every clause with what it got, section by section."""
    grid = _grid(flow, words.COLUMNS, _WIDTHS)
    for section in form.sections:
        grid.band(section.title)
        for clause in section.clauses:
            shown = {
                "maximum": points_text(clause.points),
                "points": words.clause_points(card, clause),
                "status": words.status(card, clause, bonus=section.bonus),
                "source": words.source(card, clause),
                "evidence": wording.pieces(card.evidence.get(clause.id, ())),
                "reason": words.reason(card, clause),
            }
            _add(grid, form, clause, shown)


def _grid(flow: Flow, names: Sequence[str], widths: Sequence[float]) -> Grid:
    """Return a table whose second column, the text of a clause, takes what the others leave."""
    number, clause, *others = names
    columns = (
        Column(number, _NUMBER, Align.CENTRE),
        Column(clause, RIGHT - LEFT - _NUMBER - sum(widths)),
        *(Column(name, width, Align.CENTRE) for name, width in zip(others, widths, strict=True)),
    )
    return Grid(flow, columns, size=_SIZE, pad=_PAD)


def _add(grid: Grid, form: Form, clause: Clause, shown: Mapping[str, str]) -> None:
    """Put a clause with what is shown of it by field, the last (a reason) across under its row."""
    *cells, below = ((f"{clause.id}.{name}", text) for name, text in shown.items())
    first = ((grid.piece(0, form.number(clause.id)),), (grid.piece(1, clause.title),))
    others = (
        (grid.piece(place, text, field=field),)
        for place, (field, text) in enumerate(cells, start=len(first))
    )
    field, why = below
    grid.add((*first, *others), below=grid.across(why, field=field) if why else None)
