"""Pages to PDF bytes through ReportLab's canvas. The same pages always give the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfgen.canvas import Canvas

from app.reports.fonts import Fonts, Style
from app.reports.ink import polylines
from app.reports.page import HEIGHT, WIDTH, Drawn, Page, Rule, Text

rl_config.useA85 = 0  # pages as they are: base 85 costs time and a quarter of the size

_RULE_WIDTH = 0.5
_WATERMARK_LENGTH = 600.0  # points, along the diagonal
_WATERMARK_PIXELS = 200  # of one character
_WATERMARK_GREY = 236


Constants = Mapping[Style, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the file says of itself. `watermark` is '' for a real card."""

    title: str
    author: str
    layout: str
    made: datetime
    watermark: str


def paint(pages: Sequence[Page], fonts: Fonts, imprint: Imprint, constants: Constants) -> bytes:
    """Return the PDF of pages; `constants` are the characters that every card of a form has.

    Raises:
        AppError: GLYPH_MISSING.

    """
    content = BytesIO()
    canvas = _Sheet(content, fonts)
    canvas.begin(fonts, constants)
    _describe(canvas, imprint)
    for page in pages:
        if imprint.watermark:
            _draw_watermark(canvas, fonts, imprint.watermark)
        canvas.addLiteral(_rules_code(page.rules))
        canvas.addLiteral(canvas.text_code(fonts, page.texts))
        for drawn in page.ink:
            canvas.addLiteral(_ink_code(drawn))
        canvas.showPage()
    canvas.save()
    return content.getvalue()


class _Sheet(Canvas):
    """A canvas whose first font is ours; ReportLab would name an unembedded Helvetica."""

    _doc: PDFDocument

    def __init__(self, content: BytesIO, fonts: Fonts) -> None:
        super().__init__(
            content,
            pagesize=(WIDTH, HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=fonts.faces[Style.SONG].fontName,  # type: ignore[arg-type] # a str
            lang="zh-CN",
        )

    def begin(self, fonts: Fonts, constants: Constants) -> None:
        for style, font in fonts.faces.items():
            font.begin(self._doc, constants[style])

    def text_code(self, fonts: Fonts, texts: Sequence[Text]) -> str:
        code = (_text_code(fonts, self._doc, text) for text in texts)
        return f"BT {' '.join(code)} ET"


def _describe(canvas: Canvas, imprint: Imprint) -> None:
    stamp = imprint.made.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    canvas.setTitle(imprint.title)
    canvas.setAuthor(imprint.author)
    canvas.setSubject(imprint.layout)
    canvas.setKeywords(imprint.layout)
    canvas.setCreator("ankang-scorecard")
    canvas.setDateFormatter(lambda *_: stamp)


def _rules_code(rules: Sequence[Rule]) -> str:
    lines = (f"{rule.x1:.2f} {rule.y1:.2f} m {rule.x2:.2f} {rule.y2:.2f} l" for rule in rules)
    return f"{_RULE_WIDTH} w {' '.join(lines)} S"


def _text_code(fonts: Fonts, document: PDFDocument, text: Text) -> str:
    """Return the operators of a text; written here because ReportLab's take four times as long."""
    code = [f"1 0 0 1 {text.x:.2f} {text.baseline:.2f} Tm {text.spacing:.3f} Tc"]
    for font, run in fonts.runs(text.text, text.style):
        for subset, characters in font.splitString(run, document):
            name = font.getSubsetInternalName(subset, document)
            code.append(f"{name} {text.size:g} Tf <{characters.hex()}> Tj")
    return " ".join(code)


def _ink_code(drawn: Drawn) -> str:
    code = ["q 1 J 1 j"]  # round caps and joins
    for width, points in polylines(drawn.ink, drawn.rect):
        first, *others = (f"{x:.2f} {y:.2f}" for x, y in points)
        code.append(f"{width:.2f} w {first} m {' '.join(f'{at} l' for at in others)} S")
    return " ".join((*code, "Q"))


def _draw_watermark(canvas: Canvas, fonts: Fonts, words: str) -> None:
    """Draw words across the page as a picture, so that text extraction does not meet them."""
    picture = _watermark(fonts.folder / f"{Style.HEI}.ttf", words)
    height = _WATERMARK_LENGTH * picture.height / picture.width
    canvas.saveState()
    canvas.translate(WIDTH / 2, HEIGHT / 2)
    canvas.rotate(52)
    canvas.drawImage(
        ImageReader(picture), -_WATERMARK_LENGTH / 2, -height / 2, _WATERMARK_LENGTH, height
    )
    canvas.restoreState()


@lru_cache
def _watermark(face: Path, words: str) -> Image.Image:
    font = ImageFont.truetype(face, _WATERMARK_PIXELS)
    left, top, right, bottom = font.getbbox(words)
    picture = Image.new("L", (int(right - left), int(bottom - top)), color=255)
    ImageDraw.Draw(picture).text((-left, -top), words, fill=_WATERMARK_GREY, font=font)
    return picture
