"""Attacks by an inspector that PDFium does not see: lying fonts, and what other readers show."""

import re
from collections.abc import Callable
from io import BytesIO
from zlib import compress

import pikepdf
import pytest
from pikepdf import Array, Name, Object
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, pdf_name
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata

from app.reports.card.scorecard import Layout, draw, lay_out
from app.reports.seal.seal import FIELD, SECOND_FIELD, Sealing, Update, fill_field
from app.reports.seal.structure import foreign_entries
from app.services.verify.verdict import CheckName, Outcome
from tests.app.attacks.bench import (
    SEALED_AT,
    bench,
    card_of,
    codes,
    drawn_as,
    judged,
    record_of,
    sealed,
)
from tests.app.attacks.test_outsiders import dictionary
from tests.scorecards import fonts, rehearsal

FOREIGN = {"pdf_content_foreign"}
Change = Callable[[pikepdf.Pdf, Layout], None]
_SYSTEM_FACE = "BabelStoneHan"


def fonts_of(pdf: pikepdf.Pdf) -> list[Object]:
    named = pdf.pages[0].Resources.Font
    return [named[name] for name in named.keys()]  # noqa: SIM118 - pikepdf's objects


def two_faces(pdf: pikepdf.Pdf) -> tuple[Object, Object]:
    first, *others = fonts_of(pdf)
    return first, next(each for each in others if each.BaseFont != first.BaseFont)


def second_program(pdf: pikepdf.Pdf, _: Layout) -> None:
    """PDFium takes FontFile before FontFile2."""
    first, other = two_faces(pdf)
    first.FontDescriptor.FontFile = other.FontDescriptor.FontFile2


def name_of_the_system_face(pdf: pikepdf.Pdf, _: Layout) -> None:
    first, other = two_faces(pdf)
    first.BaseFont = Name(f"/AAAAAA+{_SYSTEM_FACE}")
    first.FontDescriptor.FontFile2 = other.FontDescriptor.FontFile2


def other_encoding(pdf: pikepdf.Pdf, _: Layout) -> None:
    for font in fonts_of(pdf):
        font.FontDescriptor.Flags = 32


def other_widths(pdf: pikepdf.Pdf, _: Layout) -> None:
    for font in fonts_of(pdf):
        font.Widths = Array([0, *[*font.Widths][1:]])


def second_map(pdf: pikepdf.Pdf, _: Layout) -> None:
    """Say 1 and 0 are each other, behind the lines that say what they are, and draw them so."""
    swapped = {}
    for name, font in pdf.pages[0].Resources.Font.items():
        mapped = font.ToUnicode.read_bytes()
        one, nought = (re.search(rb"<(..)> <%s>" % text, mapped) for text in (b"0031", b"0030"))
        if one and nought:
            swapped[name] = {one[1].lower(): nought[1].lower(), nought[1].lower(): one[1].lower()}
            more = b"1 beginbfchar\n<%s><0030>\nendbfchar\n1 beginbfchar\n<%s><0031>\nendbfchar\n"
            told = mapped.replace(b"endcmap", more % (one[1], nought[1]) + b"endcmap")
            font.ToUnicode = pdf.make_stream(told)
    assert swapped

    def drawn(match: re.Match[bytes]) -> bytes:
        codes_of = swapped.get(match[1].decode(), {})
        pairs = [match[3][at : at + 2] for at in range(0, len(match[3]), 2)]
        return match[1] + match[2] + b"<" + b"".join(codes_of.get(e, e) for e in pairs) + b">"

    for page in pdf.pages:
        code = re.sub(rb"(/F\S+)( \S+ Tf )<([0-9a-f]+)>", drawn, page.Contents.read_bytes())
        page.Contents = pdf.make_stream(code)


LYING_FONTS: dict[str, Change] = {
    "second program": second_program,
    "name of the system's face": name_of_the_system_face,
    "other encoding": other_encoding,
    "other widths": other_widths,
    "second map": second_map,
}


@pytest.mark.parametrize("name", LYING_FONTS)
def test_a_font_that_is_seen_otherwise_than_read_is_found(name: str) -> None:
    report = judged(sealed(card_of(), before=LYING_FONTS[name]))
    assert codes(report) >= FOREIGN
    assert "/Font" in [each.facts["what"] for each in report.check(CheckName.CONTENT).refusals]


def rewriting(old: bytes, new: bytes) -> Change:
    """Return what replaces operators on every page, by a regular expression."""

    def change(pdf: pikepdf.Pdf, _: Layout) -> None:
        before = [page.Contents.read_bytes() for page in pdf.pages]
        after = [re.sub(old, new, code) for code in before]
        assert before != after
        for page, code in zip(pdf.pages, after, strict=True):
            page.Contents = pdf.make_stream(code)

    return change


OPERATORS: dict[str, Change] = {
    # the last two of three characters change their places: 250 is read, 205 is seen
    "characters in another order": rewriting(
        rb"<([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})> Tj", rb"[<\1> -300 <\2> 600 <\3>] TJ"
    ),
    "spread characters": rewriting(rb"0\.000 Tc", b"0.200 Tc"),
    "dashed lines": rewriting(rb"^", b"[0 900] 0 d\n"),
    "words for the ear": rewriting(rb"^BT|\nBT", b"\n/Span <</ActualText (100)>> BDC\nBT"),
    "what only some readers know": rewriting(rb"\Z", b"\nBX /P0 sh EX"),
    "words in another order": rewriting(
        rb"BT\n(1 0(?:.+\n/.+)+\n)(1 0(?:.+\n/.+)+\n)", rb"BT\n\2\1"
    ),
}


def more_than_one_stream(pdf: pikepdf.Pdf, _: Layout) -> None:
    code = pdf.pages[0].Contents
    packed = code.read_raw_bytes() + compress(b"0 g 0 0 500 500 re f")
    code.write(packed, filter=Name.FlateDecode)


OPERATORS["two packed into one"] = more_than_one_stream


@pytest.mark.parametrize("name", OPERATORS)
def test_operators_that_our_painter_does_not_write_are_found(name: str) -> None:
    report = judged(sealed(card_of(), before=OPERATORS[name]))
    found = [each.facts["what"] for each in report.check(CheckName.CONTENT).refusals]
    assert "/Contents" in found


PICTURE_ENTRIES: dict[str, Callable[[pikepdf.Pdf], Object]] = {
    "/SMask": lambda pdf: pdf.make_stream(b"\0", Subtype=Name.Image, Width=1, Height=1),
    "/Decode": lambda _: Array([1, 0]),
    "/OC": lambda _: pikepdf.Dictionary(Type=Name.OCG, Name="layer"),
    "/Alternates": lambda _: Array([]),
}


@pytest.mark.parametrize("entry", PICTURE_ENTRIES)
def test_a_picture_that_readers_may_show_otherwise_is_found(entry: str) -> None:
    """Its own entries say what is seen; the 练习 mark stands for photos here."""
    layouts: list[Layout] = []

    def change(pdf: pikepdf.Pdf, layout: Layout) -> None:
        layouts.append(layout)
        for picture in pdf.pages[0].Resources.XObject.as_dict().values():
            picture[entry] = PICTURE_ENTRIES[entry](pdf)

    forged = sealed(rehearsal(), before=change)
    honest = sealed(rehearsal(), before=lambda *_: None)
    assert foreign_entries(honest, layouts[0], fonts()) == ()
    assert foreign_entries(forged, layouts[0], fonts()) == (entry,)


def test_a_record_that_only_other_readers_find_is_found() -> None:
    """Readers differ in which of the two they take."""

    def attach(pdf: pikepdf.Pdf, _: Layout) -> None:
        record = pdf.Root.Names.EmbeddedFiles.Names[1]
        record.EF.F = pdf.make_stream(b'{"type":"ankang.card/1"}', Type=Name.EmbeddedFile)

    report = judged(sealed(card_of(), before=attach))
    assert report.outcome is Outcome.FAILED


SHAPE = b"0 g 5 5 90 20 re f"


def no_claim(_: Update, __: DictionaryObject) -> None:
    """Leave the second field empty."""


def sealed_by_hand(
    name: str,
    shown: bytes,
    claim: Callable[[Update, DictionaryObject], None] = no_claim,
    prepare: Callable[[bytes], bytes] = bytes,
) -> bytes:
    """Return a card sealed into a field of this name that shows something, the other claimed."""
    signer, card = bench().inspector, card_of()
    scorecard = drawn_as(card, signer, proof=None, moment=SEALED_AT)
    layout = lay_out(scorecard, fonts())
    pdf = draw(layout, scorecard, fonts(), attachments=record_of(card).attachments)
    writer = Update(BytesIO(prepare(pdf)), strict=False)
    for each, place in zip((name, SECOND_FIELD), layout.seals, strict=True):
        left, bottom, right, top = map(round, place.rect)
        box = (left, bottom, right, top)
        append_signature_field(writer, SigFieldSpec(each, on_page=place.page, box=box))
    claim(writer, writer.root["/AcroForm"]["/Fields"][1])
    metadata = PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    sealing = Sealing(identity=signer, moment=SEALED_AT)
    return fill_field(writer, metadata, sealing, RawContent(shown))


def test_a_second_seal_that_is_only_drawn_is_found() -> None:
    """Its field holds something that is no signature, its box looks as if it were one."""

    def claim(writer: Update, field: DictionaryObject) -> None:
        drawing = StreamObject(stream_data=SHAPE)
        drawing[pdf_name("/Subtype")] = pdf_name("/Form")
        drawing[pdf_name("/BBox")] = field["/AP"]["/N"]["/BBox"]
        field["/AP"][pdf_name("/N")] = writer.add_object(drawing)
        field[pdf_name("/V")] = dictionary({})

    assert codes(judged(sealed_by_hand(FIELD, b"", claim))) == FOREIGN


def test_another_name_drawn_over_that_of_the_seal_is_found() -> None:
    """As the appearance of a field that is not called as ours is."""
    forged = sealed_by_hand("Name", SHAPE)
    assert codes(judged(forged)) == FOREIGN


def with_two_tables(pdf: bytes) -> bytes:
    """Return a file that names objects in a table and in a stream beside it (7.5.8.4)."""
    before, size = (
        int(re.findall(rb"%s (\d+)" % name, pdf.replace(b"startxref\n", b"startxref "))[-1])
        for name in (b"startxref", b"/Size")
    )
    kept = b" ".join(re.findall(rb"/(?:Root|Info) \d+ 0 R", pdf))
    entry = b"\0" * 3
    stream = len(pdf)
    pdf += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 1 1]/Index[0 1]/Length 3>>\nstream\n" % (
        size,
        size,
    )
    pdf += entry + b"\nendstream\nendobj\n"
    table = len(pdf)
    pdf += b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d " % (size, stream, size + 1)
    tail = b"/ID[<00><00>]/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        before,
        stream,
        table,
    )
    return pdf + kept + tail


def test_a_file_with_two_tables_of_objects_is_found() -> None:
    forged = sealed_by_hand(FIELD, b"", prepare=with_two_tables)
    assert codes(judged(forged)) == FOREIGN
