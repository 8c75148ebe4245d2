"""Checks a PDF against PDF/A-3b (ISO 19005-3:2012), as far as our files can go.

Each rule names its clause. Structure is read by pikepdf, font programs by fontTools: neither made
the file. `house` is what we ask beyond the standard.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String, parse_content_stream

from tests.xmp import metadata

_FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode"}
_OPERATORS = re.findall(  # ISO 32000-1, annex A
    r"\S+",
    """b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K
    k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W
    W* y ' \"""",
)
_CMYK = {"k", "K"}
_ACTIONS = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"}
_FORBIDDEN_NOTES = {"/3D", "/Sound", "/Screen", "/Movie"}
_SHOWN, _HIDDEN = 4, 1 | 2 | 32 | 256  # Print; Invisible, Hidden, NoView, ToggleNoView
_SYMBOLIC = 4
_LONGEST_STRING, _LONGEST_NAME = 32767, 127
_LARGEST = 2**31 - 1

Found = Iterator[tuple[str, str]]  # clause, and what is against it


@dataclass(frozen=True, slots=True)
class _File:
    raw: bytes
    pdf: Pdf

    def objects(self) -> Iterator[Object]:
        """Yield every object, and those that stand directly inside others."""
        waiting = [*self.pdf.objects, self.pdf.trailer]
        while waiting:
            each = waiting.pop()
            yield each
            if isinstance(each, Dictionary | Stream):
                waiting += [value for _, value in each.items() if _is_direct(value)]
            elif isinstance(each, Array):
                waiting += [value for value in each if _is_direct(value)]

    def dictionaries(self) -> Iterator[Object]:
        return (each for each in self.objects() if isinstance(each, Dictionary | Stream))

    def typed(self, kind: str) -> Iterator[Object]:
        return (each for each in self.dictionaries() if each.get("/Type") == kind)


def _is_direct(value: object) -> bool:
    return isinstance(value, Object) and not value.is_indirect


def violations(raw: bytes) -> list[str]:
    """Return what is against the standard, each with its clause; nothing for a good file."""
    with Pdf.open(BytesIO(raw)) as pdf:
        file = _File(raw, pdf)
        return [f"{clause}: {what}" for rule in RULES for clause, what in rule(file)]


def _header_and_end(file: _File) -> Found:
    if not re.match(rb"%PDF-1\.[0-7](\r\n|\r|\n)%[\x80-\xff]{4}", file.raw):
        yield "6.1.2", "no version, or no comment of four bytes above 127 after it"
    if not re.search(rb"%%EOF(\r\n|\r|\n)?\Z", file.raw):
        yield "6.1.3", "something follows the end-of-file marker"
    if "/ID" not in file.pdf.trailer:
        yield "6.1.3", "the trailer has no ID"
    if file.pdf.is_encrypted:
        yield "6.1.3", "encrypted"


def _streams(file: _File) -> Found:
    for stream in file.pdf.objects:
        if not isinstance(stream, Stream):
            continue
        content = stream.read_raw_bytes()
        if content + b"\nendstream" not in file.raw and content + b"\r\nendstream" not in file.raw:
            yield "6.1.7.1", "no end of line before endstream, or another length"
        if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
            yield "6.1.7.1", "content outside the file"
        filters = stream.get("/Filter", Array())
        for each in filters if isinstance(filters, Array) else [filters]:
            if str(each) not in _FILTERS:
                yield "6.1.7.2", f"filter {each}"


def _limits(file: _File) -> Found:
    for each in file.objects():
        values: list[object] = list(each) if isinstance(each, Array) else []
        if isinstance(each, Dictionary | Stream):
            values = [value for _, value in each.items()]
        for value in values:
            if isinstance(value, int) and abs(value) > _LARGEST:
                yield "6.1.13", f"integer {value}"
            if isinstance(value, Name) and len(str(value)) > _LONGEST_NAME:
                yield "6.1.13", "a name of more than 127 bytes"
            if isinstance(value, String) and len(bytes(value)) > _LONGEST_STRING:
                yield "6.1.13", "a string of more than 32,767 bytes"


def _output_intent(file: _File) -> Found:
    intents = [
        each
        for each in file.pdf.Root.get("/OutputIntents", [])
        if each.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in each
    ]
    if len(intents) != 1:
        yield "6.2.3", "no PDF/A output intent with a profile"
        return
    profile = intents[0].DestOutputProfile
    content = profile.read_bytes()
    version, kind, space = content[8], content[12:16], content[16:20]
    if version > 4 or kind not in {b"mntr", b"prtr"} or content[36:40] != b"acsp":
        yield "6.2.3", "not the profile of a monitor or printer"
    if int(profile.get("/N", 0)) != 3 or space != b"RGB ":
        yield "6.2.4.3", "the output intent is not RGB, as the colours are"


def _contents(file: _File) -> Iterator[tuple[Object, Object]]:
    """Yield what is drawn, each with its resources: pages, forms, appearances."""
    for page in file.pdf.pages:
        yield page.obj, page.obj.get("/Resources", Dictionary())
    for each in file.dictionaries():
        if each.get("/Subtype") == "/Form" and isinstance(each, Stream):
            yield each, each.get("/Resources", Dictionary())


def _drawing(file: _File) -> Found:
    for content, resources in _contents(file):
        known = {
            kind: set(resources.get(kind, Dictionary()).keys()) for kind in ("/Font", "/XObject")
        }
        for instruction in parse_content_stream(content):
            operator, operands = str(instruction.operator), instruction.operands
            if operator not in _OPERATORS:
                yield "6.2.2", f"operator {operator}"
            if operator in _CMYK:
                yield "6.2.4.3", f"CMYK ({operator}) under an RGB output intent"
            kind = {"Tf": "/Font", "Do": "/XObject"}.get(operator)
            if kind and str(operands[0]) not in known[kind]:
                yield "6.2.2", f"{operands[0]} is not in the resources of what draws it"


def _graphics(file: _File) -> Found:
    for state in file.dictionaries():
        if state.get("/Type") != "/ExtGState":
            continue
        if "/TR" in state or "/HTP" in state or state.get("/TR2", "/Default") != "/Default":
            yield "6.2.5", "transfer function or halftone phase"
    for each in file.dictionaries():
        kind = each.get("/Subtype")
        if kind == "/Image":
            if {"/Alternates", "/OPI"} & set(each.keys()) or each.get("/Interpolate"):
                yield "6.2.8", "Alternates, OPI or Interpolate"
            if each.get("/ColorSpace") == "/DeviceCMYK":
                yield "6.2.4.3", "a CMYK picture under an RGB output intent"
        if kind == "/PS" or (kind == "/Form" and {"/Ref", "/OPI", "/PS"} & set(each.keys())):
            yield "6.2.9", "PostScript, OPI or reference XObject"


def _fonts(file: _File) -> Found:
    programs: dict[tuple[int, int], _Program] = {}
    for font in file.typed("/Font"):
        name = str(font.get("/BaseFont", "without a name"))
        if font.get("/Subtype") != "/TrueType":
            yield "6.2.11.2", f"{name}: {font.get('/Subtype')}, but we write TrueType only"
            continue
        descriptor = font.get("/FontDescriptor", Dictionary())
        if "/FontFile2" not in descriptor:
            yield "6.2.11.4.1", f"{name} is not embedded"
            continue
        program = _Program(font)
        programs[font.objgen] = program
        if len(font.Widths) != font.LastChar - font.FirstChar + 1:
            yield "6.2.11.2", f"{name}: Widths are not those from FirstChar to LastChar"
        elif any(abs(ours - its) > 1 for ours, its in program.widths()):
            yield "6.2.11.5", f"{name}: widths are not the font program's"
        if not int(descriptor.Flags) & _SYMBOLIC:
            yield "6.2.11.6", f"{name}: not symbolic, but has no encoding of the standard"
        elif "/Encoding" in font:
            yield "6.2.11.6", f"{name}: symbolic with an Encoding"
        if not program.is_symbolic():
            yield "6.2.11.6", f"{name}: neither one cmap subtable nor (3, 0)"
        if "/ToUnicode" not in font:
            yield "6.2.11.7", f"{name}: no Unicode map"
    yield from _missing_glyphs(file, programs)


class _Program:
    """The font program of a font."""

    def __init__(self, font: Object) -> None:
        self._first = int(font.FirstChar)
        self._widths = [float(width) for width in font.Widths]
        self._font = TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()), lazy=True)
        self._tables = self._font["cmap"].tables
        self._glyphs: dict[int, str] = self._tables[0].cmap

    def is_symbolic(self) -> bool:
        kinds = [(table.platformID, table.platEncID) for table in self._tables]
        return len(kinds) == 1 or (3, 0) in kinds

    def widths(self) -> Iterator[tuple[float, float]]:
        """Yield for each code the width the PDF gives and the program's, in thousandths."""
        metrics, units = self._font["hmtx"], self._font["head"].unitsPerEm
        for code, width in enumerate(self._widths, self._first):
            if code in self._glyphs:
                yield width, metrics[self._glyphs[code]][0] * 1000 / units

    def has(self, code: int) -> bool:
        inside = 0 <= code - self._first < len(self._widths)
        return inside and self._glyphs.get(code, ".notdef") != ".notdef"


def _missing_glyphs(file: _File, programs: dict[tuple[int, int], _Program]) -> Found:
    for content, resources in _contents(file):
        program = None
        for instruction in parse_content_stream(content, "Tf Tj TJ"):
            operand = instruction.operands[0]
            if str(instruction.operator) == "Tf":
                font = resources.get("/Font", Dictionary()).get(str(operand), Dictionary())
                program = programs.get(font.objgen)
                continue
            for shown in operand if isinstance(operand, Array) else [operand]:
                codes = bytes(shown) if isinstance(shown, String) else b""
                if program and not all(program.has(code) for code in codes):
                    yield "6.2.11.8", "a character without a glyph is shown"


def _notes(file: _File) -> Found:
    for page in file.pdf.pages:
        for note in page.obj.get("/Annots", []):
            flags = int(note.get("/F", 0))
            if str(note.Subtype) in _FORBIDDEN_NOTES:
                yield "6.3.1", f"annotation {note.Subtype}"
            if not flags & _SHOWN or flags & _HIDDEN:
                yield "6.3.2", f"annotation with flags {flags}: not printed, or hidden"
            appearance = note.get("/AP")
            left, bottom, right, top = (float(side) for side in note.Rect)
            if appearance is None:
                if left != right or bottom != top:
                    yield "6.3.3", "annotation without an appearance"
            elif list(appearance.keys()) != ["/N"] or not isinstance(appearance.N, Stream):
                yield "6.3.3", "an appearance is one stream, N"


def _form(file: _File) -> Found:
    form = file.pdf.Root.get("/AcroForm", Dictionary())
    if form.get("/NeedAppearances"):
        yield "6.4.1", "NeedAppearances"
    if "/XFA" in form or "/NeedsRendering" in file.pdf.Root:
        yield "6.4.2", "XFA"
    if set(file.pdf.Root.get("/Perms", Dictionary()).keys()) - {"/DocMDP", "/UR3"}:
        yield "6.1.12", "permissions other than DocMDP and UR3"
    ends = []
    for signature in file.dictionaries():
        if "/ByteRange" not in signature or "/Contents" not in signature:
            continue
        before, start, rest, length = (int(number) for number in signature.ByteRange)
        ends.append(rest + length)
        gap = file.raw[before + start : rest]
        if before or gap[:1] != b"<" or gap[-1:] != b">":
            yield "6.4.3", "a signature leaves out more than itself"
        for reference in signature.get("/Reference", []):
            if {"/DigestLocation", "/DigestMethod", "/DigestValue"} & set(reference.keys()):
                yield "6.1.12", "digest in a signature reference"
    if ends and max(ends) != len(file.raw):
        yield "6.4.3", "the last signature does not reach the end of the file"


def _actions(file: _File) -> Found:
    for each in file.dictionaries():
        if "/AA" in each:
            yield "6.5.2", "additional actions"
        action = each.get("/A") if each.get("/Subtype") != "/TrueType" else None
        for one in (action, each.get("/OpenAction")):
            if isinstance(one, Dictionary) and str(one.get("/S")) not in _ACTIONS:
                yield "6.5.1", f"action {one.get('/S')}"


def _attachments(file: _File) -> Found:
    associated = {each.objgen for each in file.pdf.Root.get("/AF", [])}
    for each in file.dictionaries():
        if "/EF" not in each:
            continue
        name = str(each.get("/UF", each.get("/F", "?")))
        if "/F" not in each or "/UF" not in each:
            yield "6.8", f"{name}: F and UF are both asked for"
        if str(each.get("/AFRelationship")) not in {"/Source", "/Data", "/Supplement"}:
            yield "6.8", f"{name}: no relationship to the pages"
        if each.objgen not in associated:
            yield "6.8", f"{name}: tied to nothing (AF)"
        embedded = each.EF.F
        if not re.fullmatch(r"/[\w.+-]+/[\w.+-]+", str(embedded.get("/Subtype"))):
            yield "6.8", f"{name}: no media type"
        if {"/ModDate", "/Size"} - set(embedded.get("/Params", Dictionary()).keys()):
            yield "6.8", f"{name}: no date or size"


def _catalogue(file: _File) -> Found:
    root = file.pdf.Root
    if "/AlternatePresentations" in root.get("/Names", Dictionary()):
        yield "6.10", "alternate presentations"
    if "/Requirements" in root:
        yield "6.11", "requirements"
    if str(root.get("/Lang")) != "zh-CN":
        yield "house", f"language {root.get('/Lang')}"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle"):
        yield "house", "the window shows the file's name and not its title"
    if b"Helvetica" in file.raw or any("/Helvetica" in str(each) for each in _names(file)):
        yield "house", "Helvetica is named"


def _names(file: _File) -> Iterator[Object]:
    for each in file.dictionaries():
        yield from (value for _, value in each.items() if isinstance(value, Name))


RULES: tuple[Callable[[_File], Found], ...] = (
    _header_and_end,
    _streams,
    _limits,
    _output_intent,
    _drawing,
    _graphics,
    _fonts,
    _notes,
    _form,
    _actions,
    lambda file: metadata(file.pdf),
    _attachments,
    _catalogue,
)
