"""Whether a file's structure has no entry that our writers do not make.

A page is not all there is to a PDF: a catalogue may run scripts, switch layers off, or bring a
second form beside the one that is signed. So what may stand in each dictionary is listed here.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from pyhanko.pdf_utils.generic import (
    DictionaryObject,
    IndirectObject,
    StreamObject,
)
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from app.crypto.facts import PARSER_ERRORS
from app.errors import AppError, Code
from app.reports.card.scorecard import Layout
from app.reports.seal.page_code import is_foreign_code
from app.reports.seal.seal import FIELD, SECOND_FIELD
from app.reports.typeset.fonts import Embedded, Fonts

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
_DESCRIPTOR = frozenset(
    {
        *("/Type", "/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent"),
        *("/CapHeight", "/StemV", "/MissingWidth", "/FontFile2"),
    }
)
_STREAM = frozenset({"/Length", "/Filter"})
_PROGRAM = _STREAM | {"/Length1"}
_PICTURE = _STREAM | {
    *("/Type", "/Subtype", "/Width", "/Height", "/BitsPerComponent", "/ColorSpace"),
}
_FILE = frozenset({"/Type", "/F", "/UF", "/Desc", "/AFRelationship", "/EF"})
_MAPPED = re.compile(rb"<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>")
_BOXES = ([FIELD], [FIELD, SECOND_FIELD])
_RANGE_NUMBERS = 4
_DRAWS_NOTHING = re.compile(rb"(q|Q|gs|cm|/BackgroundGS|[-.0-9]+|\s)*")


def foreign_entries(pdf: bytes, layout: Layout, fonts: Fonts) -> tuple[str, ...]:
    """Return the entries of a file that are not ours, each once; AppError PDF_DAMAGED.

    A font must be the very subset of our face that its name and character map say: else its
    glyphs may look like others than the characters that are extracted.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        return tuple(dict.fromkeys(_foreign(reader, layout, fonts)))
    except (PdfError, RecursionError, zlib.error, *PARSER_ERRORS) as cause:
        raise AppError(Code.PDF_DAMAGED) from cause


def _foreign(reader: PdfFileReader, layout: Layout, fonts: Fonts) -> Iterator[str]:
    root = reader.root
    if reader.xrefs.hybrid_xrefs_present:  # two tables of objects: readers differ in which counts
        yield "/XRefStm"
    yield from _beside(root, _CATALOG)
    yield from _foreign_files(root)
    tree = root["/Pages"]
    yield from _beside(tree, _TREE)
    pages = [page.get_object() for page in tree["/Kids"]]
    if len(pages) != len(layout.pages):
        yield "/Pages"
        return
    yield from _foreign_pages(pages, layout, fonts)
    yield from _foreign_form(root["/AcroForm"], pages)


def _foreign_pages(
    pages: Sequence[DictionaryObject], layout: Layout, fonts: Fonts
) -> Iterator[str]:
    first = pages[0]["/Resources"]["/Font"]
    embedded = {str(name): _embedded(font.get_object()) for name, font in first.items()}
    for name, font in first.items():
        if _is_other_font(font.get_object()) or fonts.is_other(embedded[name]):
            yield "/Font"
    for page, laid in zip(pages, layout.pages, strict=True):
        yield from _foreign_on(page)
        used = page["/Resources"]["/Font"]
        if used is not first and dict(used) != dict(first):
            yield "/Font"
        if is_foreign_code(page["/Contents"].data, laid, embedded):
            yield "/Contents"


def _foreign_form(form: DictionaryObject, pages: Sequence[DictionaryObject]) -> Iterator[str]:
    yield from _beside(form, _FORM)
    boxes = [box for page in pages for box in page.get("/Annots", ())]
    if sorted(map(_number, boxes)) != sorted(map(_number, form["/Fields"])):
        yield "/Annots"
    fields = [field.get_object() for field in form["/Fields"]]
    if [field["/T"] for field in fields] not in _BOXES or not _is_signed(fields[0]):
        yield "/Fields"
    for field in fields:
        yield from _foreign_in_box(field)


def _foreign_files(root: DictionaryObject) -> Iterator[str]:
    """Yield what would let readers find another file under the name of the record."""
    yield from _beside(root["/Names"], _NAMES)
    files = root["/Names"]["/EmbeddedFiles"]
    yield from _beside(files, frozenset({"/Names"}))
    named = list(files["/Names"])[1::2]
    if list(map(_number, root["/AF"])) != list(map(_number, named)):
        yield "/AF"
    for file in named:
        yield from _beside(file.get_object(), _FILE)
        inside = file.get_object()["/EF"]
        if inside.raw_get("/F") != inside.raw_get("/UF") or len(inside) > len(("/F", "/UF")):
            yield "/EF"


def _foreign_on(page: DictionaryObject) -> Iterator[str]:
    yield from _beside(page, _PAGE)
    code = page["/Contents"]
    if page["/Type"] != "/Page" or not _is_deflated(code, _STREAM):
        yield "/Contents"
    resources = page["/Resources"]
    yield from _beside(resources, _RESOURCES)
    for drawn in resources.get("/XObject", {}).values():
        picture = drawn.get_object()
        yield from _beside(picture, _PICTURE)
        if picture["/Subtype"] != "/Image":
            yield "/XObject"


def _is_other_font(font: DictionaryObject) -> bool:
    """Tell whether a reader might take something else for the font than is compared."""
    descriptor = font["/FontDescriptor"]
    return (
        any((*_beside(font, _FONT), *_beside(descriptor, _DESCRIPTOR)))
        or not _is_deflated(descriptor["/FontFile2"], _PROGRAM)
        or not _is_deflated(font["/ToUnicode"], _STREAM)
        or (font["/Subtype"], font["/FirstChar"]) != ("/TrueType", 0)
    )


def _is_deflated(stream: StreamObject, entries: frozenset[str]) -> bool:
    """Tell whether a stream is packed as ours are: other filters are read in more than one way."""
    if stream["/Filter"] != "/FlateDecode" or any(_beside(stream, entries)):
        return False
    inflating = zlib.decompressobj()
    inflating.decompress(stream.encoded_data)
    return inflating.eof and not inflating.unused_data


def _embedded(font: DictionaryObject) -> Embedded:
    to_unicode = font["/ToUnicode"].data
    mapped = {
        int(code, 16): ord(bytes.fromhex(text.decode()).decode("utf-16-be"))
        for code, text in _MAPPED.findall(to_unicode)
    }
    descriptor = font["/FontDescriptor"]
    return Embedded(
        name=str(font["/BaseFont"]).partition("+")[2],
        subset=tuple(mapped.get(code, 0) for code in range(int(font["/LastChar"]) + 1)),
        program=descriptor["/FontFile2"].data,
        to_unicode=to_unicode,
        widths=tuple(map(float, font["/Widths"])),
        flags=int(descriptor["/Flags"]),
    )


def _foreign_in_box(box: DictionaryObject) -> Iterator[str]:
    """Yield what is not ours in the box of a seal; only a second one that is filled shows more."""
    yield from _beside(box, _BOX)
    shown = box.get("/AP")
    if box.get("/FT") != "/Sig" or not isinstance(shown, DictionaryObject):
        yield "/Annots"
        return
    yield from _beside(shown, frozenset({"/N"}))
    drawing = shown["/N"]
    is_blank = isinstance(drawing, StreamObject) and _DRAWS_NOTHING.fullmatch(drawing.data)
    is_second = box["/T"] == SECOND_FIELD and _is_signed(box)
    if not is_blank and not is_second:
        yield "/AP"


def _is_signed(box: DictionaryObject) -> bool:
    """Tell whether a field holds a seal; whose it is, `seal_reading` tells."""
    return "/V" in box and len(box["/V"].get("/ByteRange", ())) == _RANGE_NUMBERS


def _number(reference: IndirectObject) -> int:
    return reference.idnum


def _beside(found: DictionaryObject, ours: frozenset[str]) -> Iterator[str]:
    return (str(entry) for entry in found if entry not in ours)
