"""What stands on a page: texts, rules, ink, pictures, codes and the places of the fields.

Points, A4 portrait. A page is laid out without drawing anything, so that verification can lay it
out again and compare.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from app.domain.signature import Ink
from app.reports.typeset.fonts import Fonts, Style
from app.reports.typeset.linebreak import break_lines

WIDTH, HEIGHT = 595.2756, 841.8898  # 210 x 297 mm
LEFT, RIGHT = 56.7, WIDTH - 56.7  # 20 mm
TOP, BOTTOM = HEIGHT - 48.0, 54.0
LEADING = 1.4  # of the size
_MOST_SPREAD = 0.06  # of the size, between two characters of a justified line
_SLACK = 0.01  # so that a line as wide as its column is not broken
_ABOVE, _BELOW = 0.88, 0.12  # what a Han glyph takes of its em, from the base line


class Align(Enum):
    """Where a line stands in its column. JUSTIFY leaves the last line and short ones alone."""

    LEFT = 0
    CENTRE = 1
    JUSTIFY = 2


class Rect(NamedTuple):
    """A rectangle in points, from the lower left corner of the page.

    A named tuple, as Text and Rule are: a card has thousands of them, and a frozen dataclass takes
    four times as long to make.
    """

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return the width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height."""
        return self.top - self.bottom


class Text(NamedTuple):
    """A piece of text in one line; `spacing` is added after each character."""

    x: float
    baseline: float
    text: str
    size: float
    style: Style = Style.SONG
    spacing: float = 0.0


class Rule(NamedTuple):
    """A straight line of 0.5 points."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ink and where it stands."""

    ink: Ink
    rect: Rect


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG (grey or RGB, no CMYK) and the rectangle it fills."""

    jpeg: bytes
    rect: Rect


@dataclass(frozen=True, slots=True)
class Matrix:
    """A square code: its rows from the top, True for a dark module; no quiet zone around it."""

    rows: tuple[tuple[bool, ...], ...]
    rect: Rect


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value of the card and where it is printed. `page` counts from 0.

    `pattern` is '' where the text is known from the record; else what stands there is only known
    to the print, and a regular expression says what it may be.
    """

    name: str
    page: int
    rect: Rect
    text: str
    pattern: str = ""


@dataclass(slots=True)
class Page:
    """A page while it is laid out."""

    number: int
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    ink: list[Drawn] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    matrices: list[Matrix] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)

    def box(self, rect: Rect) -> None:
        """Draw the four sides of a rectangle."""
        self.rules += [
            Rule(rect.left, rect.top, rect.right, rect.top),
            Rule(rect.left, rect.bottom, rect.right, rect.bottom),
            Rule(rect.left, rect.bottom, rect.left, rect.top),
            Rule(rect.right, rect.bottom, rect.right, rect.top),
        ]

    def name_field(self, name: str, rect: Rect, text: str) -> None:
        """Note that a field stands in a rectangle."""
        self.fields.append(Field(name=name, page=self.number, rect=rect, text=text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A text broken into lines for a column."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    width: float
    size: float
    style: Style
    leading: float

    @property
    def height(self) -> float:
        """Return the height of all lines."""
        return len(self.lines) * self.leading

    @property
    def text(self) -> str:
        """Return what the lines say."""
        return "".join(self.lines)


@lru_cache(maxsize=4096)
def block(
    fonts: Fonts,
    text: str,
    *,
    width: float,
    size: float,
    style: Style = Style.SONG,
    leading: float | None = None,
) -> Block:
    """Return a text broken into lines no wider than `width`; most texts come again and again."""
    lines = break_lines(text, width, lambda character: fonts.advance(character, style) * size)
    return Block(
        lines=lines,
        widths=tuple(fonts.width(line, size, style) for line in lines),
        width=width,
        size=size,
        style=style,
        leading=size * LEADING if leading is None else leading,
    )


def shortened(
    fonts: Fonts, text: str, *, width: float, size: float, style: Style = Style.SONG
) -> str:
    """Return a text that fits in one line; … stands for what was cut off its end."""

    def fits(shown: str) -> bool:
        return fonts.width(shown, size, style) <= width - _SLACK

    if fits(text):
        return text
    while not fits(f"{text}…"):
        text = text[:-1]
    return f"{text}…"


def set_block(
    page: Page, content: Block, *, left: float, top: float, align: Align = Align.LEFT
) -> Rect:
    """Put a block on a page and return the rectangle that holds its glyphs and no others."""
    texts = _placed(content, left=left, top=top, align=align)
    page.texts += texts
    return _glyph_rect(texts, left, left + content.width)


def set_centred(page: Page, content: Block, cell: Rect) -> Rect:
    """Put a block into the middle of a cell; return the cell, a little smaller."""
    top = (cell.top + cell.bottom + content.height) / 2
    left = (cell.left + cell.right - content.width) / 2
    set_block(page, content, left=left, top=top, align=Align.CENTRE)
    return Rect(cell.left + 1, cell.bottom + 1, cell.right - 1, cell.top - 1)


def _placed(content: Block, *, left: float, top: float, align: Align = Align.LEFT) -> list[Text]:
    """Return the lines of a block at their places."""
    size, style, leading = content.size, content.style, content.leading
    baseline = top - (leading - size) / 2 - _ABOVE * size
    last = len(content.lines) - 1
    texts = []
    for number, (line, width) in enumerate(zip(content.lines, content.widths, strict=True)):
        spacing = 0.0
        if align is Align.JUSTIFY and number < last:
            spread = (content.width - width) / max(len(line) - 1, 1)
            spacing = spread if spread <= _MOST_SPREAD * size else 0.0
        x = left + (content.width - width) / 2 if align is Align.CENTRE else left
        if line:
            texts.append(
                Text(x=x, baseline=baseline, text=line, size=size, style=style, spacing=spacing)
            )
        baseline -= leading
    return texts


def _glyph_rect(texts: Sequence[Text], left: float, right: float) -> Rect:
    """Return the rectangle around the glyphs of lines set in one column."""
    if not texts:
        return Rect(left, 0, left, 0)
    first, last = texts[0], texts[-1]
    return Rect(
        left + 0.2,
        last.baseline - _BELOW * last.size,
        right - 0.2,
        first.baseline + _ABOVE * first.size,
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A piece of a sentence that is a field."""

    name: str
    text: str


def set_sentence(
    page: Page,
    fonts: Fonts,
    pieces: Iterable[str | Named],
    *,
    left: float,
    top: float,
    size: float,
) -> None:
    """Put one line of fixed words and fields on a page."""
    for piece in pieces:
        words = piece.text if isinstance(piece, Named) else piece
        width = fonts.width(words, size)
        content = block(fonts, words, width=width + _SLACK, size=size)
        rect = set_block(page, content, left=left, top=top)
        if isinstance(piece, Named):
            page.name_field(piece.name, rect, words)
        left += width
