"""What stands below the form: totals, signatures, seals and what signing means.

Nothing of it is inside the official table. It fills what the table left of the last page; what
does not fit goes on to the next one, and no row of it is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.card import Card, Correction, Policy, team
from app.domain.points import points_text
from app.domain.scoring import Totals
from app.reports.card import wording
from app.reports.card.seal_places import PLACES_HEIGHT, Sealed, SealPlace, set_seal_places
from app.reports.card.signature_rows import set_signatures
from app.reports.typeset.flow import Flow
from app.reports.typeset.page import LEADING, LEFT, RIGHT, Align, Named, set_sentence

_SIZE = 9.5
_SMALL = 8.5
_GAP = 5.0
_BY_HAND = "　　　"


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums as printed: nothing while a base clause is open, because blank is never 0."""

    totals: Totals
    is_open: bool

    @property
    def total(self) -> str:
        """Return 总得分."""
        return self._text(self.totals.total)

    @property
    def base(self) -> str:
        """Return 得分（百分制）."""
        return self._text(self.totals.base)

    @property
    def bonus(self) -> str:
        """Return 额外加分."""
        return self._text(self.totals.bonus)

    @property
    def converted(self) -> str:
        """Return 折算得分."""
        return self._text(self.totals.converted)

    def _text(self, points: Decimal) -> str:
        return "" if self.is_open else points_text(points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Below:
    """What the block says."""

    card: Card
    sums: Sums
    check_code: str
    correction: Correction | None
    sealed: Sealed


def set_signature_block(flow: Flow, below: Below) -> tuple[SealPlace, ...]:
    """Put the block below the table; return the places of the electronic seals."""
    flow.y -= _GAP
    _set_totals(flow, below)
    _set_lines(flow, below)
    meanings = (wording.statement(below.card.office.name), wording.SEAL_MEANING)
    statements = [flow.block(text, RIGHT - LEFT, _SMALL) for text in meanings]
    tail = PLACES_HEIGHT + sum(each.height for each in statements) + 2 * _GAP
    flow.y -= _GAP
    is_sealed = below.sealed.by is not None
    set_signatures(flow, below.card, is_sealed=is_sealed, tail=tail)
    flow.y -= _GAP
    flow.need(tail - _GAP)
    count = 2 if len(team(below.card)) > 1 else 1
    seals = set_seal_places(flow, below.sealed, check_code=below.check_code, count=count)
    flow.y -= _GAP
    for statement in statements:
        flow.set_line(statement, align=Align.JUSTIFY)
    return seals


def _set_totals(flow: Flow, below: Below) -> None:
    sums = below.sums
    parts: list[str | Named] = [
        "其中 得分（百分制）",
        Named("base", sums.base or _BY_HAND),
        "，额外加分 ",
        Named("bonus", sums.bonus or _BY_HAND),
    ]
    if below.card.terms.policy is Policy.RESCALE:
        parts += ["；折算得分 ", Named("converted", sums.converted or _BY_HAND)]
    _set_sentence(flow, parts)
    revision = Named("revision", wording.revision(below.card, below.correction))
    code = Named("check_code", below.check_code)
    _set_sentence(flow, [f"总得分 {sums.total or _BY_HAND}　校验码 ", code, "　", revision])


def _set_sentence(flow: Flow, pieces: Sequence[str | Named]) -> None:
    height = _SIZE * LEADING
    flow.need(height)
    set_sentence(flow.page, flow.fonts, pieces, left=LEFT, top=flow.y, size=_SIZE)
    flow.y -= height


def _set_lines(flow: Flow, below: Below) -> None:
    lines = {
        "replaces": wording.replaces(below.card),
        "office": f"竞赛办：{below.card.office.name}",
        "assessors": f"考核组：{wording.assessors(below.card)}",
    }
    for name, text in lines.items():
        if text:
            content = flow.block(text, RIGHT - LEFT, _SIZE)
            rect = flow.set_line(content)
            flow.page.name_field(name, rect, content.text)
