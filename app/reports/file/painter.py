"""Pages to PDF bytes. The same pages and attachments always give the same bytes.

ReportLab writes the document and cuts the fonts; the operators of the pages are written here,
because ReportLab's canvas takes four times as long and names a Helvetica it does not embed.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from itertools import chain, groupby
from math import cos, radians, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.reports.file.archive import Archive, Attachment
from app.reports.file.imprint import Imprint
from app.reports.typeset.fonts import Fonts, Style
from app.reports.typeset.ink import polylines
from app.reports.typeset.objects import Stream, deflated
from app.reports.typeset.page import HEIGHT, WIDTH, Drawn, Matrix, Page, Picture, Rule, Text

_RULE_WIDTH = 0.5
_WATERMARK_LENGTH = 600.0  # points, along the diagonal
_WATERMARK_ANGLE = radians(52)
_WATERMARK_PIXELS = 200  # of one character
_WATERMARK_GREY = 236
_QUIET_MODULES = 4

Constants = Mapping[Style, str]


def paint(
    pages: Sequence[Page],
    fonts: Fonts,
    imprint: Imprint,
    constants: Constants,
    *,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return the PDF of pages; `constants` are the characters that every card of a form has.

    It keeps to the standard of its imprint (docs/pdf-format.md).

    Raises:
        AppError: GLYPH_MISSING.

    """
    document = Archive(imprint, fonts.folder.parent / "icc" / "sRGB.icc")
    for style, font in fonts.faces.items():
        font.begin(document, constants[style])
    if attachments:
        document.attach(attachments)
    for page in pages:
        _draw(document, fonts, page, imprint.watermark)
    return document.GetPDFData(None)  # a canvas is only asked for outlines


def _draw(document: Archive, fonts: Fonts, page: Page, watermark: str) -> None:
    placed = [_placed_watermark(document, fonts, watermark)] if watermark else []
    placed += [_placed_picture(document, picture) for picture in page.pictures]
    code = (
        (f"q {matrix} cm /{name} Do Q" for name, matrix in placed),
        (_matrix_code(matrix) for matrix in page.matrices),
        _rules_code(page.rules),
        _texts_code(document, fonts, page.texts),
        (_ink_code(drawn) for drawn in page.ink),
    )
    names = (name for name, _ in placed)
    document.draw_page("\n".join(chain(*code)), names, (WIDTH, HEIGHT))


def _rules_code(rules: Sequence[Rule]) -> Iterator[str]:
    if rules:
        yield f"{_RULE_WIDTH} w"
        for rule in rules:
            yield f"{rule.x1:.2f} {rule.y1:.2f} m {rule.x2:.2f} {rule.y2:.2f} l"
        yield "S"


def _texts_code(document: Archive, fonts: Fonts, texts: Sequence[Text]) -> Iterator[str]:
    if texts:
        yield "BT"
        for text in texts:
            yield f"1 0 0 1 {text.x:.2f} {text.baseline:.2f} Tm {text.spacing:.3f} Tc"
            for font, run in fonts.runs(text.text, text.style):
                for subset, characters in font.splitString(run, document):
                    name = font.getSubsetInternalName(subset, document)
                    yield f"{name} {text.size:g} Tf <{characters.hex()}> Tj"
        yield "ET"


def _matrix_code(matrix: Matrix) -> str:
    """Return white ground with the quiet zone of ISO/IEC 18004, and the dark modules.

    They are one path, so that no gap shows where two rectangles meet.
    """
    rect = matrix.rect
    across = rect.width / len(matrix.rows[0])
    down = rect.height / len(matrix.rows)
    zone, quiet = _QUIET_MODULES * across, _QUIET_MODULES * down
    ground = (rect.left - zone, rect.bottom - quiet)
    size = (rect.width + 2 * zone, rect.height + 2 * quiet)
    code = ["1 g", *(f"{side:.3f}" for side in (*ground, *size)), "re f 0 g"]
    for number, row in enumerate(matrix.rows, start=1):
        bottom = rect.top - number * down
        for is_dark, run in groupby(range(len(row)), row.__getitem__):
            if is_dark:
                first, *others = run
                left, width = rect.left + first * across, (1 + len(others)) * across
                code.append(f"{left:.3f} {bottom:.3f} {width:.3f} {down:.3f} re")
    return " ".join((*code, "f"))


def _ink_code(drawn: Drawn) -> str:
    code = ["q 1 J 1 j"]  # round caps and joins
    for width, points in polylines(drawn.ink, drawn.rect):
        first, *others = (f"{x:.2f} {y:.2f}" for x, y in points)
        code.append(f"{width:.2f} w {first} m {' '.join(f'{at} l' for at in others)} S")
    return " ".join((*code, "Q"))


def _placed_picture(document: Archive, picture: Picture) -> tuple[str, str]:
    """Embed a JPEG as it is, once however often it is drawn; return its name and its matrix."""
    rect = picture.rect
    with Image.open(BytesIO(picture.jpeg), formats=("JPEG",)) as opened:
        entries = _image_entries(opened) | {"Filter": "/DCTDecode"}
    name = document.picture(sha256(picture.jpeg).hexdigest(), Stream(picture.jpeg, entries))
    matrix = f"{rect.width:.2f} 0 0 {rect.height:.2f} {rect.left:.2f} {rect.bottom:.2f}"
    return name, matrix


def _placed_watermark(document: Archive, fonts: Fonts, words: str) -> tuple[str, str]:
    """Embed words as a picture, so that text extraction does not meet them."""
    picture, compressed = _watermark(fonts.folder / f"{Style.HEI}.ttf", words)
    entries = _image_entries(picture)
    name = document.picture("watermark", deflated(compressed, entries))
    along, up = cos(_WATERMARK_ANGLE), sin(_WATERMARK_ANGLE)
    length, height = _WATERMARK_LENGTH, _WATERMARK_LENGTH * picture.height / picture.width
    left = WIDTH / 2 - (length * along - height * up) / 2
    bottom = HEIGHT / 2 - (length * up + height * along) / 2
    sides = (length * along, length * up, -height * up, height * along, left, bottom)
    return name, " ".join(f"{side:.3f}" for side in sides)


@lru_cache(maxsize=2)
def _watermark(face: Path, words: str) -> tuple[Image.Image, bytes]:
    font = ImageFont.truetype(face, _WATERMARK_PIXELS)
    left, top, right, bottom = font.getbbox(words)
    picture = Image.new("L", (int(right - left), int(bottom - top)), color=255)
    ImageDraw.Draw(picture).text((-left, -top), words, fill=_WATERMARK_GREY, font=font)
    return picture, zlib.compress(picture.tobytes())


def _image_entries(picture: Image.Image) -> dict[str, object]:
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": picture.width,
        "Height": picture.height,
        "BitsPerComponent": 8,
        "ColorSpace": {"L": "/DeviceGray", "RGB": "/DeviceRGB"}[picture.mode],
    }
