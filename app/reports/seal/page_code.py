"""Whether the operators of a page are those our painter writes, and its words those laid out.

What PDFium makes of a page is looked at in `page_objects`; other readers may make another thing of
operators our painter never writes, and PDFium itself does not tell how far apart it puts the
characters of a word: shifted, they are read in one order and seen in another.
"""

import re
from collections.abc import Iterator, Mapping

from app.reports.card.annex import GUIDE_FIELD
from app.reports.typeset.fonts import Embedded
from app.reports.typeset.page import Page, Rect, Text

_N = r"-?[0-9]+(?:\.[0-9]+)?+"
_RUN = rf"(/F[0-9]+\+[0-9]+) ({_N}) Tf <([0-9a-f]+)> Tj\n"
_PLACED = rf"1 0 0 1 ({_N}) ({_N}) Tm ({_N}) Tc\n((?:{_RUN})*+)"
_PAGE = re.compile(
    rf"(?:q (?:{_N} ){{6}}cm /[^ ]+ Do Q\n)*+"
    rf"(?:1 g (?:{_N} ){{4}}re f 0 g (?:(?:{_N} ){{4}}re )*+f\n)*+"
    rf"(?:0\.5 w\n(?:{_N} {_N} m {_N} {_N} l\n)++S\n)?+"
    rf"(?:BT\n(?P<words>(?:{_PLACED})*+)ET\n)?+"
    rf"(?:q 1 J 1 j(?: {_N} w {_N} {_N} m (?:{_N} {_N} l )*+ ?S)*+ Q\n)*+"
)
_TEXT = re.compile(_PLACED)
_PIECE = re.compile(_RUN)
_NEAR, _NEAR_SPACING = 0.011, 0.0011  # written with two decimals and three
_WIDEST_SPACING = 1.0  # points


def is_foreign_code(code: bytes, page: Page, fonts: Mapping[str, Embedded]) -> bool:
    """Tell whether the content of a page is not what our painter writes for it.

    Words only the print knows may say what they like; where the name of the guide is not known,
    so may the page.
    """
    written = _PAGE.fullmatch(code.decode("ascii") + "\n")
    if written is None:
        return True
    texts = list(_texts(written["words"] or "", fonts))
    if not all(-_NEAR <= each.spacing < _WIDEST_SPACING for each in texts):
        return True
    if any(field.name == GUIDE_FIELD and not field.text for field in page.fields):
        return False
    unknown = [field.rect for field in page.fields if field.pattern]
    shown, meant = (
        [each for each in some if not any(_holds(rect, each) for rect in unknown)]
        for some in (texts, page.texts)
    )
    return len(shown) != len(meant) or not all(map(_is_same, shown, meant))


def _texts(words: str, fonts: Mapping[str, Embedded]) -> Iterator[Text]:
    for x, baseline, spacing, runs, *_ in _TEXT.findall(words):
        pieces = _PIECE.findall(runs)
        text = "".join(
            chr(fonts[font].subset[number])
            for font, _, codes in pieces
            for number in bytes.fromhex(codes)
        )
        sizes = {float(size) for _, size, _ in pieces}
        yield Text(
            x=float(x),
            baseline=float(baseline),
            text=text,
            size=sizes.pop() if len(sizes) == 1 else 0.0,
            spacing=float(spacing),
        )


def _is_same(shown: Text, meant: Text) -> bool:
    return (
        shown.text == meant.text.replace("\xa0", " ")  # as ReportLab writes it
        and abs(shown.x - meant.x) <= _NEAR
        and abs(shown.baseline - meant.baseline) <= _NEAR
        and abs(shown.size - meant.size) <= _NEAR_SPACING
        and abs(shown.spacing - meant.spacing) <= _NEAR_SPACING
    )


def _holds(rect: Rect, text: Text) -> bool:
    across = rect.left - _NEAR <= text.x <= rect.right
    return across and rect.bottom - _NEAR <= text.baseline <= rect.top
