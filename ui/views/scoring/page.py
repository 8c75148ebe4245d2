"""What 考核评分 shows of a card, as text; drawn by the view, asked for by the presenter."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.domain.card import Card, CardId, Policy, open_clauses
from app.domain.checks import Finding, Hint
from app.domain.delivery import State
from app.domain.form import ClauseId, Form, Section
from app.domain.points import points_text
from app.domain.scoring import Totals
from app.services.cards.view import CardView
from ui.labels import Labels
from ui.models.sections import SectionLine
from ui.views.scoring.lines import ClauseLine

_SAID_ELSEWHERE = frozenset({Hint.OPEN, Hint.SIGNATURE_PENDING})  # by progress and chip


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of what was saved; `converted` is '' unless the office's policy converts."""

    base: str
    bonus: str
    total: str
    converted: str
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HintLine:
    """One line of 提示核对; `clause` is where Enter goes, None where it is about the card."""

    text: str
    clause: ClauseId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What stands around the clauses and is not kept with the card.

    `shown` are the clauses inside the filter; `undo` and `redo` say what they would do, '' when
    nothing; `fillable` is the section whose open clauses may be given full points.
    """

    saving: str = ""
    shown: frozenset[ClauseId]
    undo: str = ""
    redo: str = ""
    fillable: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole screen. `cells` are the 得分 cells by row; `is_done`: no base clause is open."""

    card: CardId
    form: Form
    day: str
    state: State
    state_word: str
    is_read_only: bool
    is_done: bool
    notice: str
    saving: str
    sections: tuple[SectionLine, ...]
    clauses: Mapping[ClauseId, ClauseLine]
    shown: frozenset[ClauseId]
    cells: Mapping[str, str]
    figures: Figures
    undo: str
    redo: str
    fillable: str
    hints: tuple[HintLine, ...]


def page_of(
    view: CardView, labels: Labels, *, clauses: Mapping[ClauseId, ClauseLine], setting: Setting
) -> Page:
    """Return the page of a card around its clauses."""
    is_read_only = view.sealed is not None
    return Page(
        card=view.card.id,
        form=view.form,
        day=view.card.date_to.isoformat(),
        state=view.state,
        state_word=labels.state(view.state),
        is_read_only=is_read_only,
        is_done=not open_clauses(view.card, view.form),
        notice=_notice(view, labels),
        saving="" if is_read_only else setting.saving,
        sections=tuple(_section(section, view, labels) for section in view.form.sections),
        clauses=clauses,
        shown=setting.shown,
        cells={cell.row.id: cell.text for cell in view.totals.cells},
        figures=_figures(view.card, view.form, view.totals, labels),
        undo=setting.undo,
        redo=setting.redo,
        fillable="" if is_read_only else setting.fillable,
        hints=tuple(
            _hint(finding, view.form, labels)
            for finding in setting.findings
            if finding.hint not in _SAID_ELSEWHERE
        ),
    )


def _notice(view: CardView, labels: Labels) -> str:
    if view.sealed is None:
        return ""
    if view.state is State.RETURNED:
        return labels("scoring.returned", reason=view.reason)
    return labels("scoring.sealed")


def _hint(finding: Finding, form: Form, labels: Labels) -> HintLine:
    said = labels.hint(finding.hint)
    if finding.clause is None:
        return HintLine(text=said, clause=None)
    text = labels("scoring.hint", number=form.number(finding.clause), said=said)
    return HintLine(text=text, clause=finding.clause)


def _section(section: Section, view: CardView, labels: Labels) -> SectionLine:
    marked = sum(clause.id in view.card.marks for clause in section.clauses)
    clauses = len(section.clauses)
    rows = {row.id for row in section.rows}
    got = sum((c.points for c in view.totals.cells if c.row.id in rows), Decimal(0))
    return SectionLine(
        title=section.title,
        marked=marked,
        clauses=clauses,
        progress=labels("scoring.progress", done=marked, all=clauses),
        points=labels(
            "scoring.section_points", points=points_text(got), all=points_text(section.points)
        ),
    )


def _figures(card: Card, form: Form, totals: Totals, labels: Labels) -> Figures:
    clauses = len(form.base_clauses)
    converts = card.terms.policy is Policy.RESCALE
    return Figures(
        base=points_text(totals.base),
        bonus=points_text(totals.bonus),
        total=points_text(totals.total),
        converted=points_text(totals.converted) if converts else "",
        progress=labels("scoring.of", done=clauses - len(open_clauses(card, form)), all=clauses),
    )
