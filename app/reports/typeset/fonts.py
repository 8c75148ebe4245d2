"""The faces a PDF is set in: Song and Hei, embedded, and wider ones for rare characters.

Loaded once per process, because ReportLab itself keeps fonts per process and parsing a face takes
some 60 ms. A character no face has is an error that names it, never a box.
"""

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, cast

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont, TTFontFace

from app.errors import AppError, Code
from app.reports.typeset.objects import deflated, refer

_SYSTEM_FONT = Path(
    "C:/Windows/Fonts/BabelStoneHan.ttf"
    if os.name == "nt"
    else "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"
)
_CODES_A_SUBSET = 256
_MAPPED_AT_ONCE = 100  # ISO 32000-1, 9.10.3: at most 100 entries in one bfchar block


class Style(StrEnum):
    """What a text is set in: 宋体 for the form, 黑体 for titles."""

    SONG = "NotoSerifSC-Regular"
    HEI = "NotoSansSC-Bold"


class _Packed(NamedTuple):
    """A subset as it goes into the file; streams compressed, widths written out."""

    font_file: bytes
    length: int
    to_unicode: bytes
    widths: str


class Embedded(NamedTuple):
    """A font as it stands in a file: `subset` has a code point for each code, 0 for none."""

    name: str
    subset: tuple[int, ...]
    program: bytes
    to_unicode: bytes
    widths: tuple[float, ...]
    flags: int


class _State(TTFont.State):
    """What ReportLab notes of a font in one document; its types ship without these."""

    assignments: dict[int, int]
    subsets: list[list[int]]


class Font(TTFont):
    """A TrueType face whose subsets of constant text are made once.

    ReportLab 5.1 writes a ToUnicode map that is wrong above U+FFFF and cuts the same subset again
    for every document; this class writes the font objects itself.
    """

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, BytesIO(path.read_bytes()), asciiReadable=False, shapable=False)

    def begin(self, document: pdfdoc.PDFDocument, constant: str) -> None:
        """Give the characters of a constant text their codes, the same in every document."""
        subsets, assignments = _assigned(self, constant)
        state = _State(asciiReadable=False)
        state.subsets = [list(subset) for subset in subsets]
        state.assignments = dict(assignments)
        state.nextCode = len(subsets) * _CODES_A_SUBSET
        self.state[document] = state
        self.getSubsetInternalName(0, document)

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:
        """Write the fonts of a document; ReportLab calls it on saving."""
        state = cast("_State", self.state.pop(document))
        basic_fonts = cast("pdfdoc.PDFDictionary", document.idToObject["BasicFonts"])
        for number, subset in enumerate(state.subsets):
            internal = f"{state.internalName}+{number}"
            name = f"{SUBSETN(number).decode()}+{self.face.name.decode()}"
            packed = _packed(self.face, tuple(subset))
            font = pdfdoc.PDFDictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/TrueType",
                    "Name": pdfdoc.PDFName(internal),
                    "BaseFont": pdfdoc.PDFName(name),
                    "FirstChar": 0,
                    "LastChar": len(subset) - 1,
                    "Widths": packed.widths,
                    "ToUnicode": refer(
                        document, deflated(packed.to_unicode, {}), f"toUnicode:{name}"
                    ),
                    "FontDescriptor": self._descriptor(document, name, packed),
                }
            )
            basic_fonts.dict[internal] = refer(document, font, internal)

    def _descriptor(
        self, document: pdfdoc.PDFDocument, name: str, packed: _Packed
    ) -> pdfdoc.PDFObjectReference:
        stream = deflated(packed.font_file, {"Length1": packed.length})
        face = self.face
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "Ascent": face.ascent,
                "CapHeight": face.capHeight,
                "Descent": face.descent,
                "Flags": face.flags,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "FontName": pdfdoc.PDFName(name),
                "ItalicAngle": face.italicAngle,
                "StemV": face.stemV,
                "FontFile2": refer(document, stream, f"fontFile:{name}"),
                "MissingWidth": face.defaultWidth,
            }
        )
        return refer(document, descriptor, f"fontDescriptor:{name}")


@dataclass(frozen=True, slots=True, eq=False)
class Fonts:
    """The faces of one folder. Build it with `load_fonts`; each folder has one for ever."""

    folder: Path
    faces: dict[Style, Font]

    def width(self, text: str, size: float, style: Style = Style.SONG) -> float:
        """Return the width of a text, in points."""
        return sum(self.advance(character, style) for character in text) * size

    def advance(self, character: str, style: Style = Style.SONG) -> float:
        """Return the width of a character at size 1; one em where the face lacks it."""
        widths = self.faces[style].face.charWidths
        return float(widths.get(ord(character), 1000)) / 1000

    def runs(self, text: str, style: Style) -> Iterator[tuple[Font, str]]:
        """Yield a text cut into pieces of one font each; raises as `require_glyphs`."""
        if covers(self.faces[style], text):
            yield self.faces[style], text
            return
        self.require_glyphs(text, text)
        for font, run in groupby(text, lambda character: self._find(character, style)):
            if font is not None:
                yield font, "".join(run)

    def require_glyphs(self, text: str, where: str) -> None:
        """Raise unless every character can be printed.

        Raises:
            AppError: GLYPH_MISSING; `character` and `codepoint` name the first one that no face
                has, `where` the field, `font` where a face that has more is looked for.

        """
        for character in text:
            if self._find(character, Style.SONG) is None:
                raise AppError(
                    Code.GLYPH_MISSING,
                    character=character,
                    codepoint=f"U+{ord(character):04X}",
                    where=where,
                    font=str(_SYSTEM_FONT),
                )

    def spelled(self, text: str) -> str:
        """Return a file's name with [U+1F600] for a character that no face of the folder has.

        Wider faces of this computer do not count, so that the same is printed everywhere. Names of
        people and units are never spelled so: see `require_glyphs`.
        """
        return "".join(
            character if self._has(character) else f"[U+{ord(character):04X}]"
            for character in text
        )

    def is_other(self, font: Embedded) -> bool:
        """Tell whether an embedded font is not the subset of a face of ours that its name says.

        Of the glyphs of the system's wider face nothing is told: its versions differ from computer
        to computer. It may lend no character that all faces have.
        """
        points = [point for point in font.subset if point]
        if font.to_unicode != _to_unicode(font.subset).encode("ascii"):
            return True
        if font.name == _SYSTEM_FONT.stem:
            return any(chr(point) != " " and self._is_common(chr(point)) for point in points)
        ours = (*self.faces.values(), self._widest())
        face = next((each.face for each in ours if each.face.name.decode() == font.name), None)
        if face is None or not all(face.charToGlyph.get(point) for point in points):
            return True
        packed = _packed(face, font.subset)
        return (zlib.decompress(packed.font_file), packed.widths, face.flags) != (
            font.program,
            _widths(font.widths),
            font.flags,
        )

    def _is_common(self, character: str) -> bool:
        return all(covers(face, character) for face in self.faces.values())

    def _has(self, character: str) -> bool:
        return covers(self.faces[Style.SONG], character) or covers(self._widest(), character)

    def _widest(self) -> Font:
        return _font(self.folder / "NotoSansSC-Regular.ttf")

    def _find(self, character: str, style: Style) -> Font | None:
        return next((font for font in self._candidates(style) if covers(font, character)), None)

    def _candidates(self, style: Style) -> Iterator[Font]:
        yield self.faces[style]
        if _SYSTEM_FONT.is_file():
            yield _font(_SYSTEM_FONT)
        yield self._widest()


@lru_cache
def load_fonts(folder: Path) -> Fonts:
    """Return the faces of a folder, registered with ReportLab."""
    return Fonts(folder, {style: _font(folder / f"{style}.ttf") for style in Style})


def covers(font: Font, text: Iterable[str]) -> bool:
    """Tell whether a font has a glyph for every character."""
    known = font.face.charToGlyph
    return all(known.get(ord(character)) for character in text)


@lru_cache
def _font(path: Path) -> Font:
    font = Font(path.stem, path)
    pdfmetrics.registerFont(font)
    return font


@lru_cache
def _assigned(font: Font, constant: str) -> tuple[tuple[tuple[int, ...], ...], dict[int, int]]:
    """Let ReportLab hand out the codes once, in a document that is thrown away."""
    scrap = pdfdoc.PDFDocument()
    state = _State(asciiReadable=False)
    font.state[scrap] = state
    font.splitString("".join(sorted(set(constant))), scrap)
    return tuple(map(tuple, state.subsets)), dict(state.assignments)


@lru_cache(maxsize=64)
def _packed(face: TTFontFace, subset: tuple[int, ...]) -> _Packed:
    content = face.makeSubset(subset)
    widths = face.charWidths
    return _Packed(
        font_file=zlib.compress(content),
        length=len(content),
        to_unicode=zlib.compress(_to_unicode(subset).encode("ascii")),
        widths=_widths(widths.get(point, face.defaultWidth) for point in subset),
    )


def _widths(widths: Iterable[float]) -> str:
    return f"[{' '.join(f'{width:g}' for width in widths)}]"


def _to_unicode(subset: tuple[int, ...]) -> str:
    """Return the map from codes to UTF-16 that text extraction reads (ISO 32000-1, 9.10.3)."""
    entries = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
    ]
    for start in range(0, len(entries), _MAPPED_AT_ONCE):
        block = entries[start : start + _MAPPED_AT_ONCE]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
