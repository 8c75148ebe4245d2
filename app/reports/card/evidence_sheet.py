"""照片与材料页: the evidence of a card, clause by clause: photos in a grid, papers as lines.

The layout is the same with and without the pictures, so that verification, which has none, finds
every word in its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.card import Card
from app.domain.evidence import Sha256
from app.domain.evidence_list import ClauseEvidence, EvidenceItem, listed_evidence
from app.domain.form import Form
from app.reports.card import evidence_words as words
from app.reports.typeset.flow import Flow
from app.reports.typeset.fonts import Style
from app.reports.typeset.page import (
    LEADING,
    LEFT,
    RIGHT,
    Align,
    Block,
    Field,
    Named,
    Picture,
    Rect,
    Rule,
    set_block,
    set_sentence,
    shortened,
)

FEW = 30  # photos shown two beside each other; beyond them three
_DPI, _INCH = 200, 72
_SIZE = 8.5
_HEADING_SIZE = 9.0
_HEADING_HEIGHT = 20.0
_GUTTER = 10.0
_GAP = 5.0
_PAD = 2.2
_BETWEEN = 8.0  # columns
_INSET = 1.5  # of a picture in its frame
_EDGES = (LEFT, LEFT + 44.0, RIGHT - 182.0, RIGHT - 126.0, RIGHT - 76.0, RIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A small picture of a piece of evidence, and when it was taken ('' where nobody knows).

    Width and height are those of the JPEG, in pixels.
    """

    jpeg: bytes
    width: int
    height: int
    taken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoGrid:
    """How photos stand on a page.

    `height` is that of a picture's frame, `size` that of the words, both in points; `most_bytes`
    what a picture may take of the file.
    """

    columns: int
    height: float
    size: float
    most_bytes: int

    @property
    def width(self) -> float:
        """Return the width of a frame."""
        return (RIGHT - LEFT - (self.columns - 1) * _GUTTER) / self.columns

    @property
    def pixels(self) -> tuple[int, int]:
        """Return the width and height of the largest picture a frame prints sharply."""
        return round(self.width * _DPI / _INCH), round(self.height * _DPI / _INCH)

    @property
    def line(self) -> float:
        """Return the height of a line of words."""
        return self.size * LEADING


_WIDE = PhotoGrid(columns=2, height=162.0, size=7.5, most_bytes=140_000)  # three rows a page
_NARROW = PhotoGrid(columns=3, height=124.0, size=7.0, most_bytes=75_000)  # four rows a page


def grid_for(photos: int) -> PhotoGrid:
    """Return the grid for a card with so many photos."""
    return _WIDE if photos <= FEW else _NARROW


def set_evidence_sheet(flow: Flow, card: Card, form: Form, shots: Mapping[Sha256, Shot]) -> None:
    """Put the evidence on pages of its own; nothing where the card names none."""
    groups = listed_evidence(card, form)
    if not groups:
        return
    photos = sum(each.is_photo for group in groups for each in group.shown)
    flow.new_page()
    title = flow.block(words.TITLE, RIGHT - LEFT, 13.0, Style.HEI)
    flow.set_line(title, align=Align.CENTRE)
    flow.y -= 2.0
    flow.set_line(flow.block(words.NOTE, RIGHT - LEFT, _SIZE), align=Align.JUSTIFY)
    pages = _EvidencePages(flow=flow, form=form, grid=grid_for(photos), shots=shots)
    for group in groups:
        pages.set_group(group)


@dataclass(frozen=True, slots=True, kw_only=True)
class _EvidencePages:
    """The pages while they are filled."""

    flow: Flow
    form: Form
    grid: PhotoGrid
    shots: Mapping[Sha256, Shot]

    def set_group(self, group: ClauseEvidence) -> None:
        flow = self.flow
        photos = [each for each in group.shown if each.is_photo]
        columns = self.grid.columns
        rows = [photos[first : first + columns] for first in range(0, len(photos), columns)]
        papers = [each for each in group.shown if not each.is_photo]
        earlier = flow.block(words.elsewhere(group.earlier), RIGHT - LEFT, _SIZE)
        before = earlier.height + _PAD if group.earlier else 0.0
        first = [*map(self._row_height, rows[:1]), *map(self._paper_height, papers[:1]), 0.0][0]
        flow.y -= _GAP
        flow.need(_HEADING_HEIGHT + before + first)
        self._set_heading(group, continued=False)
        if group.earlier:
            flow.set_line(earlier)
            flow.y -= _PAD
        for row in rows:
            self._need(self._row_height(row), group)
            self._set_row(row)
        for paper in papers:
            self._need(self._paper_height(paper), group)
            self._set_paper(paper)

    def _need(self, height: float, group: ClauseEvidence) -> None:
        if self.flow.need(height):
            self._set_heading(group, continued=True)

    def _set_heading(self, group: ClauseEvidence, *, continued: bool) -> None:
        """Put number and text of a clause in one line, cut where it is too long."""
        flow = self.flow
        number = self.form.number(group.clause.id)
        text = words.heading(number, group.clause.title, continued=continued)
        width = RIGHT - LEFT
        line = shortened(flow.fonts, text, width=width, size=_HEADING_SIZE, style=Style.HEI)
        content = flow.block(line, width, _HEADING_SIZE, Style.HEI)
        set_block(flow.page, content, left=LEFT, top=flow.y - _PAD)
        bottom = flow.y - _PAD - content.height
        flow.page.rules.append(Rule(LEFT, bottom, RIGHT, bottom))
        flow.y -= _HEADING_HEIGHT

    def _row_height(self, row: Sequence[EvidenceItem]) -> float:
        return self.grid.height + _PAD + max(map(self._words_height, row)) + _GAP

    def _words_height(self, photo: EvidenceItem) -> float:
        behind = self._clauses(photo, self.grid.width)
        return 2 * self.grid.line + (behind.height if behind.text else 0.0)

    def _clauses(self, item: EvidenceItem, width: float) -> Block:
        return self.flow.block(words.clauses(item, self.form), width, self.grid.size)

    def _set_row(self, row: Sequence[EvidenceItem]) -> None:
        flow, grid = self.flow, self.grid
        for column, photo in enumerate(row):
            left = LEFT + column * (grid.width + _GUTTER)
            frame = Rect(left, flow.y - grid.height, left + grid.width, flow.y)
            flow.page.box(frame)
            shot = self.shots.get(photo.file.sha256)
            if shot is not None:
                flow.page.pictures.append(Picture(shot.jpeg, fitted(shot, frame)))
            self._set_words(photo, frame, shot.taken if shot is not None else "")
        flow.y -= self._row_height(row)

    def _set_words(self, photo: EvidenceItem, frame: Rect, taken: str) -> None:
        """Put number and time, hash, and the clauses where there are several, under a frame."""
        flow, grid, page = self.flow, self.grid, self.flow.page
        name, top = f"photo.{photo.number}", frame.bottom - _PAD
        number = f"{words.number(photo)}　"
        set_sentence(page, flow.fonts, [number], left=frame.left, top=top, size=grid.size)
        place = Rect(
            frame.left + flow.fonts.width(number, grid.size),
            top - grid.line,
            frame.right,
            top,
        )
        set_block(page, flow.block(taken, place.width, grid.size), left=place.left, top=place.top)
        page.fields.append(
            Field(
                name=f"{name}.taken",
                page=page.number,
                rect=place,
                text=taken,
                pattern=words.TAKEN,
            )
        )
        code: list[str | Named] = [words.CODE, Named(f"{name}.hash", words.code(photo.file))]
        top -= grid.line
        set_sentence(page, flow.fonts, code, left=frame.left, top=top, size=grid.size)
        behind = self._clauses(photo, grid.width)
        if behind.text:
            rect = set_block(page, behind, left=frame.left, top=top - grid.line)
            page.name_field(f"{name}.clauses", rect, behind.text)

    def _paper_cells(self, paper: EvidenceItem) -> dict[str, Block]:
        behind = words.clauses(paper, self.form)
        name = self.flow.fonts.spelled(paper.file.name)
        texts = {
            "number": words.number(paper),
            "name": f"{name}　{behind}" if behind else name,
            "kind": words.kind(paper.file),
            "size": words.size(paper.file),
            "hash": words.code(paper.file),
        }
        return {
            name: self.flow.block(text, right - left - _BETWEEN, _SIZE)
            for (name, text), left, right in zip(
                texts.items(), _EDGES[:-1], _EDGES[1:], strict=True
            )
        }

    def _paper_height(self, paper: EvidenceItem) -> float:
        return max(cell.height for cell in self._paper_cells(paper).values()) + 2 * _PAD

    def _set_paper(self, paper: EvidenceItem) -> None:
        flow = self.flow
        for (name, cell), left in zip(self._paper_cells(paper).items(), _EDGES[:-1], strict=True):
            rect = set_block(flow.page, cell, left=left, top=flow.y - _PAD)
            if name != "number":
                flow.page.name_field(f"paper.{paper.number}.{name}", rect, cell.text)
        flow.y -= self._paper_height(paper)
        flow.page.rules.append(Rule(LEFT, flow.y, RIGHT, flow.y))


def fitted(shot: Shot, frame: Rect) -> Rect:
    """Return where a picture stands: as large as its frame allows, in the middle of it."""
    room = Rect(
        frame.left + _INSET, frame.bottom + _INSET, frame.right - _INSET, frame.top - _INSET
    )
    scale = min(room.width / shot.width, room.height / shot.height)
    wide, high = shot.width * scale, shot.height * scale
    left = (room.left + room.right - wide) / 2
    bottom = (room.bottom + room.top - high) / 2
    return Rect(left, bottom, left + wide, bottom + high)
