"""Setting things one below the other, over as many pages as they take; ruled rows among them."""

from collections.abc import Sequence
from itertools import pairwise

from app.errors import AppError, Code
from app.reports.typeset.fonts import Fonts, Style
from app.reports.typeset.page import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Align,
    Block,
    Page,
    Rect,
    Rule,
    block,
    set_block,
    set_centred,
)


class Flow:
    """The place where the next thing goes: the last page and how far down it is filled."""

    def __init__(self, pages: list[Page], fonts: Fonts, y: float) -> None:
        self.pages = pages
        self.fonts = fonts
        self.y = y

    @property
    def page(self) -> Page:
        """Return the page being filled."""
        return self.pages[-1]

    def room(self) -> float:
        """Return the height left on the page."""
        return self.y - BOTTOM

    def new_page(self) -> None:
        """Go on to the top of a new page."""
        self.pages.append(Page(len(self.pages)))
        self.y = TOP

    def need(self, height: float) -> bool:
        """Go on to a new page when the height does not fit; tell whether it did.

        Raises:
            AppError: LAYOUT_OVERFLOW when no page is tall enough.

        """
        if height <= self.room():
            return False
        if height > TOP - BOTTOM:
            raise AppError(Code.LAYOUT_OVERFLOW, where=f"page {len(self.pages)}")
        self.new_page()
        return True

    def block(self, text: str, width: float, size: float, style: Style = Style.SONG) -> Block:
        """Return a text broken into lines for a column."""
        return block(self.fonts, text, width=width, size=size, style=style)

    def set_line(self, content: Block, *, left: float = LEFT, align: Align = Align.LEFT) -> Rect:
        """Put a block, on a new page where it does not fit; return the rectangle of its glyphs."""
        self.need(content.height)
        rect = set_block(self.page, content, left=left, top=self.y, align=align)
        self.y -= content.height
        return rect

    def cells(self, edges: Sequence[float], height: float) -> list[Rect]:
        """Return the cells of the next row."""
        return [Rect(left, self.y - height, right, self.y) for left, right in pairwise(edges)]

    def close_row(self, edges: Sequence[float], height: float) -> None:
        """Rule a row off: its lower side and the upright lines at the edges."""
        bottom = self.y - height
        self.page.rules.append(Rule(edges[0], bottom, edges[-1], bottom))
        self.page.rules += [Rule(x, self.y, x, bottom) for x in edges]
        self.y = bottom

    def set_header(
        self, edges: Sequence[float], names: Sequence[str], *, height: float, size: float
    ) -> None:
        """Put the row with the names of the columns, and the line above it."""
        self.page.rules.append(Rule(LEFT, self.y, RIGHT, self.y))
        for name, cell in zip(names, self.cells(edges, height), strict=True):
            set_centred(self.page, self.block(name, cell.width, size, Style.HEI), cell)
        self.close_row(edges, height)
