"""Ruled tables over several pages: columns, rows, bands across, the header again on each page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.reports.typeset.flow import Flow
from app.reports.typeset.fonts import Style
from app.reports.typeset.page import LEFT, RIGHT, Align, Block, Rect, set_block, set_centred

_SIZE = 8.5
_PAD = 3.0
_HEADER_HEIGHT = 18.0
_TALLEST = 300.0  # of a row that may go on in another
_INSET = 8.0  # of what goes across a table under a row


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, its width in points, where its lines stand."""

    name: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Piece:
    """A text in a cell; `field` names it when it comes from the card, '' for fixed words."""

    block: Block
    field: str = ""


class Grid:
    """A ruled table; its header stands again on every page it goes on to."""

    def __init__(
        self, flow: Flow, columns: Sequence[Column], *, size: float = _SIZE, pad: float = _PAD
    ) -> None:
        self._flow = flow
        self._columns = columns
        self._size = size
        self._pad = pad
        self._band: Piece | None = None
        self._has_header = False
        self._edges = tuple(accumulate((column.width for column in columns), initial=LEFT))

    def piece(self, place: int, text: str, *, field: str = "", size: float = 0.0) -> Piece:
        """Return a text broken for a column (from 0); `size` 0 is that of the table."""
        width = self._columns[place].width - 2 * self._pad
        return Piece(self._flow.block(text, width, size or self._size), field)

    def across(self, text: str, *, field: str = "") -> Piece:
        """Return a text broken for the whole width, to go under a row."""
        return Piece(self._flow.block(text, RIGHT - LEFT - 2 * _INSET, self._size), field)

    def add(
        self,
        cells: Sequence[Sequence[Piece]],
        *,
        least: float = 0.0,
        below: Piece | None = None,
    ) -> None:
        """Put a row, at least so tall, and what goes under it, all on one page.

        Raises:
            AppError: LAYOUT_OVERFLOW when they are taller than a page.

        """
        tallest = max(sum(piece.block.height for piece in pieces) for pieces in cells)
        height = max(least, tallest + 2 * self._pad)
        self._need(height + self._height(self._band) + self._height(below))
        self._set_across(self._band, self._pad)
        self._band = None
        places = self._flow.cells(self._edges, height)
        for column, pieces, place in zip(self._columns, cells, places, strict=True):
            self._set_cell(pieces, place, column.align)
        self._flow.close_row(self._edges, height)
        self._set_across(below, _INSET)

    def add_long(self, cells: Sequence[Sequence[Piece]]) -> None:
        """Put a row that may be of any length: what is too tall goes on in rows below it."""
        left = [list(pieces) for pieces in cells]
        while any(left):
            self.add([_taken(pieces) for pieces in left])

    def band(self, text: str) -> None:
        """Say across the table what follows; it is put with the next row, on the same page."""
        width = RIGHT - LEFT - 2 * self._pad
        self._band = Piece(self._flow.block(text, width, self._size + 0.5, Style.HEI))

    def _need(self, height: float) -> None:
        """Put the header where none stands over a row so tall, on the page that has room."""
        flow = self._flow
        if self._has_header and height <= flow.room():
            return
        flow.need(_HEADER_HEIGHT + height)
        names = [column.name for column in self._columns]
        flow.set_header(self._edges, names, height=_HEADER_HEIGHT, size=self._size)
        self._has_header = True

    def _height(self, across: Piece | None) -> float:
        return 0.0 if across is None else across.block.height + 2 * self._pad

    def _set_across(self, piece: Piece | None, inset: float) -> None:
        if piece is not None:
            flow = self._flow
            rect = set_block(flow.page, piece.block, left=LEFT + inset, top=flow.y - self._pad)
            self._name(piece, rect)
            flow.close_row((LEFT, RIGHT), self._height(piece))

    def _set_cell(self, pieces: Sequence[Piece], cell: Rect, align: Align) -> None:
        page, top = self._flow.page, cell.top - self._pad
        if align is Align.CENTRE and len(pieces) == 1:
            self._name(pieces[0], set_centred(page, pieces[0].block, cell))
            return
        if align is Align.CENTRE:
            top = (cell.top + cell.bottom + sum(piece.block.height for piece in pieces)) / 2
        for piece in pieces:
            left = cell.left + self._pad
            rect = set_block(page, piece.block, left=left, top=top, align=align)
            top -= piece.block.height
            self._name(piece, rect)

    def _name(self, piece: Piece, rect: Rect) -> None:
        if piece.field:
            self._flow.page.name_field(piece.field, rect, piece.block.text)


def _taken(pieces: list[Piece]) -> list[Piece]:
    """Take as many pieces from the beginning as a row may hold, the first in any case."""
    taken: list[Piece] = []
    height = 0.0
    while pieces and (not taken or height + pieces[0].block.height <= _TALLEST):
        height += pieces[0].block.height
        taken.append(pieces.pop(0))
    return taken
