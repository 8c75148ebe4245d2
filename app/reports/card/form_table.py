"""The official form: title, head and the table of sections, rows and 得分 cells.

Its text never changes, so it is laid out once for each form; a card only adds its figures. A row
is never cut; a section is, at a page's end, and its name then stands again with （续）.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from app.domain.form import Form, Row, Section
from app.errors import AppError, Code
from app.reports.card.wording import CONTINUED
from app.reports.typeset.flow import Flow
from app.reports.typeset.fonts import Fonts, Style
from app.reports.typeset.page import (
    LEFT,
    RIGHT,
    TOP,
    Align,
    Block,
    Page,
    Rect,
    Rule,
    Text,
    block,
    set_block,
    set_centred,
)

_SIZE = 10.5  # 五号
_HEAD_TOP = TOP - 36.0  # where the line of unit and date begins
_HEAD_LEADING = 15.0
_DATE_WIDTH = 158.0
_TITLE_SIZE = 18.0  # 小二
_LEADING = 14.6
_PAD = 3.6
_HEADER_HEIGHT = 22.0
_TOTAL_HEIGHT = 26.0
_FOOTNOTE_HEIGHT = 16.0
_MOST_STRETCH = 14.0
_EDGES = (LEFT, LEFT + 84.0, RIGHT - 46.0, RIGHT)
_SIDE = 4.0


@dataclass(frozen=True, slots=True)
class TablePage:
    """One page of the form without figures; `bottom` is where the next thing may stand."""

    texts: tuple[Text, ...]
    rules: tuple[Rule, ...]
    cells: dict[str, Rect]
    total: Rect | None
    bottom: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with its section and its text broken into lines."""

    section: Section
    row: Row
    text: Block

    @property
    def height(self) -> float:
        return self.text.height + 2 * _PAD


@lru_cache
def lay_out_form(form: Form, fonts: Fonts, head_lines: int) -> tuple[TablePage, ...]:
    """Return the pages of a form whose head (the unit's name) takes that many lines.

    Raises:
        AppError: LAYOUT_OVERFLOW when a row is taller than a page.

    """
    lines = _lines(form, fonts)
    pages: list[TablePage] = []
    started: set[str] = set()
    while lines:
        table = _Table(fonts, started)
        if not pages:
            table.set_title(form, head_lines)
        taken = table.set_rows(form, lines)
        lines = lines[taken:]
        pages.append(table.finished(form, is_last=not lines))
    return tuple(pages)


def unit_block(form: Form, fonts: Fonts, unit: str) -> Block:
    """Return the unit's name broken into the lines it takes in the head of a form."""
    width = RIGHT - LEFT - _DATE_WIDTH - fonts.width(form.unit_label, _SIZE) - 8.0
    return block(fonts, unit, width=width, size=_SIZE, leading=_HEAD_LEADING)


def set_form_head(page: Page, fonts: Fonts, form: Form, *, unit: Block, day: str) -> None:
    """Put the line of unit and date; the last day stands for a visit of several."""
    unit_label = block(fonts, form.unit_label, width=RIGHT, size=_SIZE, leading=_HEAD_LEADING)
    set_block(page, unit_label, left=LEFT, top=_HEAD_TOP)
    rect = set_block(page, unit, left=LEFT + unit_label.widths[0], top=_HEAD_TOP)
    page.name_field("unit", rect, unit.text)
    date_label = block(fonts, form.date_label, width=RIGHT, size=_SIZE, leading=_HEAD_LEADING)
    left = RIGHT - _DATE_WIDTH
    set_block(page, date_label, left=left, top=_HEAD_TOP)
    date = block(fonts, day, width=_DATE_WIDTH, size=_SIZE, leading=_HEAD_LEADING)
    rect = set_block(page, date, left=left + date_label.widths[0], top=_HEAD_TOP)
    page.name_field("date", rect, day)


def _lines(form: Form, fonts: Fonts) -> list[_Line]:
    width = _EDGES[2] - _EDGES[1] - 2 * _SIDE
    return [
        _Line(section, row, block(fonts, row.text, width=width, size=_SIZE, leading=_LEADING))
        for section in form.sections
        for row in section.rows
    ]


class _Table(Flow):
    """The table of one page while it grows downwards; `started` are the sections already named."""

    def __init__(self, fonts: Fonts, started: set[str]) -> None:
        super().__init__([Page(0)], fonts, TOP)
        self._started = started
        self._cells: dict[str, Rect] = {}

    def set_title(self, form: Form, head_lines: int) -> None:
        title = self.block(form.title, RIGHT - LEFT, _TITLE_SIZE, Style.HEI)
        set_block(self.page, title, left=LEFT, top=TOP, align=Align.CENTRE)
        self.y = _HEAD_TOP - head_lines * _HEAD_LEADING - 4.0

    def set_rows(self, form: Form, lines: Sequence[_Line]) -> int:
        """Put the header and as many rows as fit, a page that goes on filled; return how many."""
        self.set_header(_EDGES, form.columns, height=_HEADER_HEIGHT, size=_SIZE)
        heights = self._fitting(lines)
        if len(heights) < len(lines):
            spare = min((self.room() - sum(heights)) / len(heights), _MOST_STRETCH)
            heights = [height + spare for height in heights]
        tall = zip(lines, heights, strict=False)
        for section, group in groupby(tall, key=lambda pair: pair[0].section):
            top = self.y
            for line, height in group:
                self._set_row(line, height)
            self.page.rules.append(Rule(LEFT, self.y, _EDGES[1], self.y))
            set_centred(self.page, self._name(section), Rect(LEFT, self.y, _EDGES[1], top))
            self._started.add(section.id)
        return len(heights)

    def finished(self, form: Form, *, is_last: bool) -> TablePage:
        """Return the page, with the total and the footnote when it is the last."""
        return TablePage(
            total=self._set_total(form) if is_last else None,
            texts=tuple(self.page.texts),
            rules=tuple(self.page.rules),
            cells=self._cells,
            bottom=self.y,
        )

    def _fitting(self, lines: Sequence[_Line]) -> list[float]:
        """Return the heights of as many rows as fit; the last page keeps room for the total."""
        for count in range(len(lines), 0, -1):
            tail = 0.0 if count < len(lines) else _TOTAL_HEIGHT + _FOOTNOTE_HEIGHT
            heights = self._heights(lines[:count])
            if sum(heights) + tail <= self.room():
                return heights
        raise AppError(Code.LAYOUT_OVERFLOW, where=lines[0].row.id)

    def _heights(self, lines: Sequence[_Line]) -> list[float]:
        """Return the heights of rows; those of a section are at least as tall as its name."""
        heights: list[float] = []
        for section, group in groupby(lines, key=lambda line: line.section):
            own = [line.height for line in group]
            lack = max(0.0, self._name(section).height + 2 * _PAD - sum(own)) / len(own)
            heights += [height + lack for height in own]
        return heights

    def _name(self, section: Section) -> Block:
        title = section.title + (CONTINUED if section.id in self._started else "")
        width = _EDGES[1] - _EDGES[0] - 2 * _SIDE
        return block(self.fonts, title, width=width, size=_SIZE, leading=_LEADING)

    def _set_row(self, line: _Line, height: float) -> None:
        name, content, cell = self.cells(_EDGES, height)
        top = (content.top + content.bottom + line.text.height) / 2
        set_block(self.page, line.text, left=content.left + _SIDE, top=top, align=Align.JUSTIFY)
        self._cells[line.row.id] = cell
        self.page.rules.append(Rule(name.left, name.bottom, name.left, name.top))
        self.close_row(_EDGES[1:], height)

    def _set_total(self, form: Form) -> Rect:
        edges = (LEFT, _EDGES[2], RIGHT)
        label, total = self.cells(edges, _TOTAL_HEIGHT)
        name = self.block(form.total_label, label.width, _SIZE + 1.5, Style.HEI)
        set_centred(self.page, name, label)
        self.close_row(edges, _TOTAL_HEIGHT)
        note = self.block(form.footnote, RIGHT - LEFT, 9.0)
        set_block(self.page, note, left=LEFT, top=self.y - 2.0)
        self.y -= _FOOTNOTE_HEIGHT
        return total
