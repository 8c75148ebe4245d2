"""The printed card: the official form, the signature block below it, the annex.

Drawn once, at finalize; afterwards only the stored bytes are shown and printed. `lay_out` does the
same work without drawing, for verification.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import lru_cache

from app.domain.card import Card, CardHash, correction, open_clauses
from app.domain.evidence import Sha256
from app.domain.form import Form
from app.domain.scoring import totals
from app.reports.card import annex_words, wording
from app.reports.card.annex import set_annex
from app.reports.card.evidence_sheet import Shot, set_evidence_sheet
from app.reports.card.form_table import TablePage, lay_out_form, set_form_head, unit_block
from app.reports.card.margins import set_foot, set_rehearsal
from app.reports.card.seal_places import Sealed, SealPlace
from app.reports.card.sealers import SealedBy, ink_of
from app.reports.card.signature_block import Below, Sums, set_signature_block
from app.reports.file.archive import Attachment
from app.reports.file.imprint import Imprint
from app.reports.file.painter import Constants, paint
from app.reports.typeset.flow import Flow
from app.reports.typeset.fonts import Fonts, Style
from app.reports.typeset.page import Field, Page, Rect, block, set_centred


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """A card with all that its print says.

    `hash` and `scores_hash` are those of the canonical card and of its score part; `guide` names
    the 评分细则 for people. `seals` are the inspectors whose keys seal it; the first one is drawn
    with the page. `proof` is the text of the QR code, '' where it is not made yet; `shots` are the
    pictures of the evidence, which change no text.
    """

    card: Card
    form: Form
    hash: CardHash
    scores_hash: str
    guide: str
    seals: tuple[SealedBy, ...] = ()
    proof: str = ""
    shots: Mapping[Sha256, Shot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The pages of a card, and where its electronic seals stand: one place, or two for a team."""

    pages: tuple[Page, ...]
    seals: tuple[SealPlace, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return every value of the card with its place."""
        return tuple(named for page in self.pages for named in page.fields)


def draw_scorecard(scorecard: Scorecard, fonts: Fonts) -> bytes:
    """Return the PDF of a card, not sealed; the same card always gives the same bytes.

    Raises:
        AppError: GLYPH_MISSING (names the character and the field), LAYOUT_OVERFLOW.

    """
    return draw(lay_out(scorecard, fonts), scorecard, fonts)


def draw(
    layout: Layout,
    scorecard: Scorecard,
    fonts: Fonts,
    *,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return the PDF of a card that is laid out; raises as `draw_scorecard`."""
    for named in layout.fields:
        fonts.require_glyphs(named.text, named.name)
    imprint = Imprint(
        title=f"{scorecard.form.title}　{wording.unit_title(scorecard.card.unit)}",
        author=scorecard.card.office.name,
        layout=wording.LAYOUT,
        made=_made(scorecard.card),
        watermark=wording.REHEARSAL if scorecard.card.rehearsal else "",
    )
    constants = _constants(scorecard.form)
    return paint(layout.pages, fonts, imprint, constants, attachments=attachments)


def lay_out(scorecard: Scorecard, fonts: Fonts) -> Layout:
    """Return the pages of a card; raises LAYOUT_OVERFLOW."""
    card, form = scorecard.card, scorecard.form
    sums = Sums(totals(card, form), is_open=bool(open_clauses(card, form)))
    code = wording.check_code(scorecard.hash)
    name = unit_block(form, fonts, wording.unit_title(card.unit))
    table = lay_out_form(form, fonts, len(name.lines))
    pages = [_filled(number, page, sums, fonts) for number, page in enumerate(table)]
    set_form_head(pages[0], fonts, form, unit=name, day=wording.full_date(card.date_to))
    flow = Flow(pages, fonts, table[-1].bottom)
    kind = correction(card, scorecard.scores_hash)
    seals = set_signature_block(
        flow,
        Below(
            card=card,
            sums=sums,
            check_code=code,
            correction=kind,
            sealed=_sealed(scorecard),
        ),
    )
    set_annex(flow, card, form, card_hash=scorecard.hash, guide=scorecard.guide, kind=kind)
    set_evidence_sheet(flow, card, form, scorecard.shots)
    for page in pages:
        set_foot(page, fonts, f"总得分 {sums.total}　校验码 {code}", len(pages))
        if card.rehearsal:
            set_rehearsal(page, fonts)
    return Layout(pages=tuple(pages), seals=seals)


def _sealed(scorecard: Scorecard) -> Sealed:
    by = scorecard.seals[0] if scorecard.seals else None
    ink = ink_of(scorecard.card, by) if by is not None else None
    return Sealed(by=by, ink=ink, proof=scorecard.proof)


def _filled(number: int, table: TablePage, sums: Sums, fonts: Fonts) -> Page:
    """Return a page of the form with its figures."""
    page = Page(number, texts=list(table.texts), rules=list(table.rules))
    for cell in sums.totals.cells:
        if cell.row.id in table.cells:
            _set_figure(page, fonts, f"cell.{cell.row.id}", cell.text, table.cells[cell.row.id])
    if table.total is not None:
        _set_figure(page, fonts, "total", sums.total, table.total)
    return page


def _set_figure(page: Page, fonts: Fonts, name: str, text: str, cell: Rect) -> None:
    figure = block(fonts, text, width=cell.width, size=12.0)
    page.name_field(name, set_centred(page, figure, cell), text)


def _made(card: Card) -> datetime:
    """Return the time the file bears: that of the last signature, else the day's beginning."""
    times = [signature.at for signature in card.signatures]
    return max(times, default=datetime.combine(card.date_to, time(), tzinfo=UTC))


@lru_cache
def _constants(form: Form) -> Constants:
    """Return the characters of the form and of the fixed words, whose fonts are made once."""
    titles = "".join(
        (form.title, *form.columns, form.total_label, *(each.title for each in form.sections))
    )
    labels = f"{form.unit_label}{form.date_label}{form.footnote}"
    rows = "".join(row.text for row in form.rows)
    return {
        Style.HEI: titles + wording.TITLES + annex_words.TITLES,
        Style.SONG: wording.CHARACTERS + annex_words.CHARACTERS + titles + labels + rows,
    }
