"""Whether a file's structure has no entry that our writers do not make.

A page is not all there is to a PDF: a catalogue may run scripts, switch layers off, or bring a
second form beside the one that is signed. So what may stand in each dictionary is listed here.
"""

import re
from collections.abc import Iterator
from io import BytesIO

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from app.crypto.facts import PARSER_ERRORS
from app.errors import AppError, Code
from app.reports.typeset.fonts import Fonts

_CATALOG = frozenset(
    {
        *("/Type", "/Pages", "/Lang", "/Metadata", "/Names", "/AF", "/OutputIntents"),
        *("/PageMode", "/ViewerPreferences", "/AcroForm", "/Perms", "/Extensions", "/Version"),
    }
)
_NAMES = frozenset({"/EmbeddedFiles"})
_TREE = frozenset({"/Type", "/Kids", "/Count"})
_PAGE = frozenset({"/Type", "/Parent", "/MediaBox", "/Contents", "/Resources", "/Annots"})
_RESOURCES = frozenset({"/Font", "/XObject"})
_FORM = frozenset({"/Fields", "/SigFlags"})
_BOX = frozenset({"/Type", "/Subtype", "/FT", "/T", "/F", "/Rect", "/P", "/AP", "/V", "/Lock"})
_FONT = frozenset(
    {
        *("/Type", "/Subtype", "/Name", "/BaseFont", "/FirstChar", "/LastChar", "/Widths"),
        *("/ToUnicode", "/FontDescriptor"),
    }
)
_MAPPED = re.compile(rb"<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>")
_FIRST_BOX = "Seal"
_DRAWS_NOTHING = re.compile(rb"(q|Q|gs|cm|/BackgroundGS|[-.0-9]+|\s)*")


def foreign_entries(pdf: bytes, fonts: Fonts) -> tuple[str, ...]:
    """Return the entries of a file that are not ours, each once; AppError PDF_DAMAGED.

    A font must be the very subset of our face that its name and character map say: else its
    glyphs may look like others than the characters that are extracted.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        return tuple(dict.fromkeys(_foreign(reader, fonts)))
    except (PdfError, RecursionError, *PARSER_ERRORS) as cause:
        raise AppError(Code.PDF_DAMAGED) from cause


def _foreign(reader: PdfFileReader, fonts: Fonts) -> Iterator[str]:
    root = reader.root
    yield from _beside(root, _CATALOG)
    yield from _beside(root["/Names"], _NAMES)
    tree = root["/Pages"]
    yield from _beside(tree, _TREE)
    for page in tree["/Kids"]:
        yield from _foreign_on(page.get_object())
    first = tree["/Kids"][0].get_object()["/Resources"]["/Font"]
    for page in tree["/Kids"]:
        used = page.get_object()["/Resources"]["/Font"]
        if used is not first and dict(used) != dict(first):
            yield "/Font"
    for font in first.values():
        if _is_other_font(font.get_object(), fonts):
            yield "/Font"
    form = root["/AcroForm"]
    yield from _beside(form, _FORM)
    for field in form["/Fields"]:
        yield from _foreign_in_box(field.get_object())


def _foreign_on(page: DictionaryObject) -> Iterator[str]:
    yield from _beside(page, _PAGE)
    if page["/Type"] != "/Page" or isinstance(page["/Contents"], ArrayObject):
        yield "/Contents"
    resources = page["/Resources"]
    yield from _beside(resources, _RESOURCES)
    for drawn in resources.get("/XObject", {}).values():
        if drawn.get_object()["/Subtype"] != "/Image":
            yield "/XObject"
    for box in page.get("/Annots", ()):
        yield from _foreign_in_box(box.get_object())


def _is_other_font(font: DictionaryObject, fonts: Fonts) -> bool:
    if any(_beside(font, _FONT)) or font["/Subtype"] != "/TrueType" or font["/FirstChar"] != 0:
        return True
    mapped = {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _MAPPED.findall(font["/ToUnicode"].data)
    }
    codes = range(int(font["/LastChar"]) + 1)
    subset = tuple(ord(mapped[code]) if code in mapped else 0 for code in codes)
    name = str(font["/BaseFont"]).partition("+")[2]
    return fonts.is_other(name, subset, font["/FontDescriptor"]["/FontFile2"].data)


def _foreign_in_box(box: DictionaryObject) -> Iterator[str]:
    """Yield what is not ours in the box of a seal; that of the first one shows nothing."""
    yield from _beside(box, _BOX)
    shown = box.get("/AP")
    if box.get("/FT") != "/Sig" or not isinstance(shown, DictionaryObject):
        yield "/Annots"
        return
    yield from _beside(shown, frozenset({"/N"}))
    drawing = shown["/N"]
    is_blank = isinstance(drawing, StreamObject) and _DRAWS_NOTHING.fullmatch(drawing.data)
    if box["/T"] == _FIRST_BOX and not is_blank:
        yield "/AP"


def _beside(found: DictionaryObject, ours: frozenset[str]) -> Iterator[str]:
    return (str(entry) for entry in found if entry not in ours)
