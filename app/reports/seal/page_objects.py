"""Whether the pages hold nothing but what our painter draws, where the layout has it.

Text that is extracted and text that is seen are two things: words may be white, tiny, clipped or
covered, and figures may be drawn as shapes over them. So every object of every page is looked at.
PDFium is not thread-safe: call this from one lane only.
"""

from collections.abc import Iterator
from contextlib import closing
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass
from math import hypot, isclose

from pypdfium2 import PdfPage
from pypdfium2 import raw as pdfium

from app.reports.card.scorecard import Layout
from app.reports.seal.seal_reading import opened
from app.reports.typeset.ink import Polyline, polylines
from app.reports.typeset.page import HEIGHT, WIDTH, Field, Page, Rect

# What is transparent, nested or switched off takes an entry that `structure` refuses.
_Thing = object  # a handle of PDFium

PROOF_FIELD = "proof"
_PHOTO_FIELDS = "photo."
_QUIET = 9.0  # points around a code that its white ground may take
_NEAR = 0.03  # places are written with two decimals
_RULE_WIDTH = 0.5
_WATERMARK_LENGTH = 600.0  # of the mark of 练习, along the diagonal
_BLACK, _WHITE = (0, 0, 0, 255), (255, 255, 255, 255)


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something that our painter does not draw, and the page it is on (from 1)."""

    page: int
    what: str


def foreign_objects(pdf: bytes, layout: Layout, *, rehearsal: bool) -> tuple[Foreign, ...]:
    """Return what stands on the pages beside the layout, each kind once a page.

    Raises:
        AppError: PDF_DAMAGED.

    """
    with opened(pdf) as document:
        if len(document) != len(layout.pages):
            return (Foreign(0, "pages"),)
        found: list[Foreign] = []
        for page in layout.pages:
            with closing(document[page.number]) as drawn:
                kinds = dict.fromkeys(_foreign(drawn, page, layout, rehearsal=rehearsal))
            found += [Foreign(page.number + 1, what) for what in kinds]
        return tuple(found)


def _foreign(drawn: PdfPage, page: Page, layout: Layout, *, rehearsal: bool) -> Iterator[str]:
    sides = zip(drawn.get_mediabox(), (0, 0, WIDTH, HEIGHT), strict=True)
    if drawn.get_rotation() or any(abs(side - ours) > _NEAR for side, ours in sides):
        yield "page"
    yield from _annotations(drawn, page.number, layout)
    places = _Places(page, rehearsal=rehearsal)
    for number in range(pdfium.FPDFPage_CountObjects(drawn.raw)):
        thing = pdfium.FPDFPage_GetObject(drawn.raw, number)
        if _is_clipped(thing):
            yield "veil"
        what = places.refusal(thing)
        if what:
            yield what


class _Places:
    """Where things may stand on one page; pictures and the watermark are counted."""

    def __init__(self, page: Page, *, rehearsal: bool) -> None:
        self._page = page
        self._lefts: dict[tuple[int, float], float] = {}
        for each in page.texts:
            key = (_hundredths(each.baseline), each.size)
            self._lefts[key] = min(each.x, self._lefts.get(key, WIDTH))
        self._sizes = {each.size for each in page.texts}
        self._open = [field.rect for field in page.fields if field.pattern]
        self._codes = [_wider(f.rect, _QUIET) for f in page.fields if f.name == PROOF_FIELD]
        self._strokes = _strokes(page)
        self._watermarks = int(rehearsal)
        self._photos = sum(_is_photo(field) for field in page.fields)

    def refusal(self, thing: _Thing) -> str:
        """Return why a thing does not belong on the page, '' when it does."""
        match pdfium.FPDFPageObj_GetType(thing):
            case pdfium.FPDF_PAGEOBJ_TEXT:
                return self._refused_text(thing)
            case pdfium.FPDF_PAGEOBJ_PATH:
                return self._refused_path(thing)
            case pdfium.FPDF_PAGEOBJ_IMAGE:
                return self._refused_picture(thing)
            case _:
                return "form"

    def _refused_text(self, thing: _Thing) -> str:
        size = c_float()
        pdfium.FPDFTextObj_GetFontSize(thing, size)
        matrix = _matrix(thing)
        if pdfium.FPDFTextObj_GetTextRenderMode(thing) != pdfium.FPDF_TEXTRENDERMODE_FILL:
            return "hidden_text"
        if _fill(thing) != _BLACK or (matrix.a, matrix.b, matrix.c, matrix.d) != (1, 0, 0, 1):
            return "hidden_text"
        points = round(size.value, 2)
        base = _hundredths(matrix.f)
        for near in (base, base - 1, base + 1):
            left = self._lefts.get((near, points))
            if left is not None and matrix.e >= left - _NEAR:
                return ""
        inside = any(_holds(rect, matrix.e, matrix.f) for rect in self._open)
        return "" if inside and points in self._sizes else "text"

    def _refused_path(self, thing: _Thing) -> str:
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
        if fill.value:
            bounds = _bounds(thing)
            in_code = any(_within(bounds, rect) for rect in self._codes)
            return "" if in_code and _fill(thing) in {_BLACK, _WHITE} else "shape"
        line = next(self._strokes, None)
        return "" if line is not None and _is_line(thing, *line) else "line"

    def _refused_picture(self, thing: _Thing) -> str:
        matrix, bounds = _matrix(thing), _bounds(thing)
        if self._watermarks and isclose(hypot(matrix.a, matrix.b), _WATERMARK_LENGTH, abs_tol=1):
            self._watermarks -= 1
            return "" if matrix.b else "picture"
        if not self._photos or matrix.b or matrix.c:
            return "picture"
        self._photos -= 1
        covers = any(_holds(bounds, each.x, each.baseline) for each in self._page.texts)
        return "picture" if covers or not _within(bounds, Rect(0, 0, WIDTH, HEIGHT)) else ""


def _strokes(page: Page) -> Iterator[tuple[float, Polyline]]:
    """Yield the lines of a page as they are drawn: all rules at once, then the ink."""
    ends = tuple(end for rule in page.rules for end in ((rule.x1, rule.y1), (rule.x2, rule.y2)))
    if ends:
        yield _RULE_WIDTH, ends
    for drawn in page.ink:
        yield from polylines(drawn.ink, drawn.rect)


def _is_line(thing: _Thing, width: float, points: Polyline) -> bool:
    drawn = c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(thing, drawn)
    if _stroke(thing) != _BLACK or abs(drawn.value - width) > _NEAR:
        return False
    return pdfium.FPDFPath_CountSegments(thing) == len(points) and all(
        abs(one - other) <= _NEAR
        for number, point in enumerate(points)
        for one, other in zip(point, _point(thing, number), strict=True)
    )


def _annotations(drawn: PdfPage, number: int, layout: Layout) -> Iterator[str]:
    """Yield for each annotation that is no box of a seal in its place."""
    places = [place.rect for place in layout.seals if place.page == number]
    for index in range(pdfium.FPDFPage_GetAnnotCount(drawn.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(drawn.raw, index)
        rect = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(annotation, rect)
        box = Rect(rect.left, rect.bottom, rect.right, rect.top)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        match = next((place for place in places if _within(box, _wider(place, 1.0))), None)
        if kind != pdfium.FPDF_ANNOT_WIDGET or match is None:
            yield "annotation"
        else:
            places.remove(match)
    if places:
        yield "seal_place"


def _is_clipped(thing: _Thing) -> bool:
    clip = pdfium.FPDFPageObj_GetClipPath(thing)
    return bool(clip) and pdfium.FPDFClipPath_CountPaths(clip) > 0


def _matrix(thing: _Thing) -> pdfium.FS_MATRIX:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, matrix)
    return matrix


def _bounds(thing: _Thing) -> Rect:
    sides = [c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *sides)
    return Rect(*(side.value for side in sides))


def _fill(thing: _Thing) -> tuple[int, ...]:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()  # every character asks
    pdfium.FPDFPageObj_GetFillColor(thing, red, green, blue, alpha)
    return red.value, green.value, blue.value, alpha.value


def _stroke(thing: _Thing) -> tuple[int, ...]:
    channels = [c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetStrokeColor(thing, *channels)
    return tuple(channel.value for channel in channels)


def _point(thing: _Thing, number: int) -> tuple[float, float]:
    x, y = c_float(), c_float()
    pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(thing, number), x, y)
    return x.value, y.value


def _is_photo(field: Field) -> bool:
    return field.name.startswith(_PHOTO_FIELDS) and bool(field.pattern)


def _hundredths(length: float) -> int:
    return round(length * 100)


def _wider(rect: Rect, by: float) -> Rect:
    return Rect(rect.left - by, rect.bottom - by, rect.right + by, rect.top + by)


def _within(inner: Rect, outer: Rect) -> bool:
    across = outer.left <= inner.left and inner.right <= outer.right
    return across and outer.bottom <= inner.bottom and inner.top <= outer.top


def _holds(rect: Rect, x: float, y: float) -> bool:
    return rect.left - _NEAR <= x <= rect.right and rect.bottom - _NEAR <= y <= rect.top
