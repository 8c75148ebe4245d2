"""Each rule of the checker bites: a good file with one thing wrong is refused for that alone."""

from collections.abc import Callable, Mapping
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from pikepdf import (
    Array,
    Dictionary,
    Encryption,
    Name,
    Object,
    ObjectStreamMode,
    Pdf,
    Stream,
    StreamDecodeLevel,
    String,
)

from tests.app.reports.file.test_archive import sealed, whole
from tests.pdfa import violations

Change = Callable[[Pdf], None]


def saved(change: Change) -> bytes:
    with Pdf.open(BytesIO(whole())) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(
            out,
            compress_streams=False,
            fix_metadata_version=False,
            object_stream_mode=ObjectStreamMode.disable,
            stream_decode_level=StreamDecodeLevel.none,
        )
        return out.getvalue()


def font(pdf: Pdf) -> Object:
    """Return the font the texts are set in."""
    return pdf.pages[0].obj.Resources.Font["/F1+0"]


def picture(pdf: Pdf) -> Object:
    drawn = pdf.pages[0].obj.Resources.XObject
    return drawn[min(drawn.keys())]


def attachment(pdf: Pdf) -> Object:
    return pdf.attachments["card.json"].obj


def catalogue(key: str, value: Object | int) -> Change:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def draw(code: bytes) -> Change:
    return lambda pdf: pdf.pages[0].contents_add(code)


def extend(place: Callable[[Pdf], Object], key: str, value: Object | int) -> Change:
    return lambda pdf: place(pdf).__setitem__(key, value)


def cut(place: Callable[[Pdf], Object], key: str) -> Change:
    return lambda pdf: place(pdf).__delitem__(key)


def note(**entries: Object | int) -> Change:
    def change(pdf: Pdf) -> None:
        form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        good = Dictionary(Subtype=Name.Stamp, F=4, Rect=[0, 0, 9, 9], AP=Dictionary(N=form))
        for key, value in entries.items():
            good[f"/{key}"] = value
        pdf.pages[0].obj.Annots = Array([good])

    return change


def stream(**entries: Object) -> Change:
    return lambda pdf: pdf.Root.__setitem__("/Test", Stream(pdf, b"test", **entries))


def metadata(before: bytes, after: bytes) -> Change:
    def change(pdf: Pdf) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert before in content
        pdf.Root.Metadata.write(content.replace(before, after))

    return change


def profile(before: bytes, after: bytes) -> Change:
    def change(pdf: Pdf) -> None:
        stream = pdf.Root.OutputIntents[0].DestOutputProfile
        stream.write(stream.read_bytes().replace(before, after, 1))

    return change


def second_subtable(pdf: Pdf) -> None:
    file = font(pdf).FontDescriptor.FontFile2
    program = TTFont(BytesIO(file.read_bytes()))
    table = CmapSubtable.newSubtable(4)
    table.platformID, table.platEncID, table.language, table.cmap = 3, 1, 0, {65: "glyph00001"}
    program["cmap"].tables.append(table)
    out = BytesIO()
    program.save(out)
    file.write(out.getvalue())


def other_width(pdf: Pdf) -> None:
    font(pdf).Widths[40 if len(font(pdf).Widths) > 40 else 3] = 123


def type_1(pdf: Pdf) -> None:
    font(pdf).Subtype = Name.Type1


CHANGES: Mapping[str, tuple[str, Change]] = {
    "file outside": ("6.1.7.1", extend(picture, "/FFilter", Name.FlateDecode)),
    "lzw": ("6.1.7.2", stream(Filter=Name.LZWDecode)),
    "permissions": ("6.1.12", catalogue("/Perms", Dictionary(Other=Dictionary()))),
    "large integer": ("6.1.13", catalogue("/Test", 2**31)),
    "long name": ("6.1.13", catalogue("/Test", Name(f"/{'n' * 128}"))),
    "long string": ("6.1.13", catalogue("/Test", String("s" * 32768))),
    "operator": ("6.2.2", draw(b"nothing")),
    "resource": ("6.2.2", draw(b"/None Do")),
    "no intent": ("6.2.3", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "profile of a scanner": ("6.2.3", profile(b"mntr", b"scnr")),
    "grey profile": ("6.2.4.3", profile(b"RGB ", b"GRAY")),
    "cmyk": ("6.2.4.3", draw(b"0 0 0 1 k")),
    "cmyk picture": ("6.2.4.3", extend(picture, "/ColorSpace", Name.DeviceCMYK)),
    "transfer": ("6.2.5", catalogue("/Test", Dictionary(Type=Name.ExtGState, TR=Name.Identity))),
    "interpolated": ("6.2.8", extend(picture, "/Interpolate", value=True)),
    "postscript": ("6.2.9", stream(Subtype=Name.PS)),
    "type 1": ("6.2.11.2", type_1),
    "widths short": ("6.2.11.2", extend(font, "/LastChar", 200)),
    "not embedded": ("6.2.11.4.1", cut(lambda pdf: font(pdf).FontDescriptor, "/FontFile2")),
    "another width": ("6.2.11.5", other_width),
    "encoding": ("6.2.11.6", extend(font, "/Encoding", Name.WinAnsiEncoding)),
    "not symbolic": ("6.2.11.6", extend(lambda pdf: font(pdf).FontDescriptor, "/Flags", 32)),
    "two tables": ("6.2.11.6", second_subtable),
    "no unicode": ("6.2.11.7", cut(font, "/ToUnicode")),
    "no glyph": ("6.2.11.8", draw(b"BT /F1+0 9 Tf <00> Tj ET")),
    "beyond the font": ("6.2.11.8", draw(b"BT /F1+0 9 Tf [<FF>] TJ ET")),
    "sound": ("6.3.1", note(Subtype=Name.Sound)),
    "not printed": ("6.3.2", note(F=0)),
    "hidden": ("6.3.2", note(F=6)),
    "no appearance": ("6.3.3", note(AP=Dictionary())),
    "needs appearances": ("6.4.1", catalogue("/AcroForm", Dictionary(NeedAppearances=True))),
    "xfa": ("6.4.2", catalogue("/AcroForm", Dictionary(XFA=String("x")))),
    "javascript": ("6.5.1", catalogue("/OpenAction", Dictionary(S=Name.JavaScript))),
    "triggered": ("6.5.2", catalogue("/AA", Dictionary())),
    "no metadata": ("6.6.2.1", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    "packet": ("6.6.2.1", metadata(b' id="W5M0', b' bytes="1" id="W5M0')),
    "broken packet": ("6.6.2.1", metadata(b"</dc:title>", b"")),
    "schema": ("6.6.2.3.1", metadata(b"<xmp:Cr", b"<t:t xmlns:t='t'/><xmp:Cr")),
    "level": ("6.6.4", metadata(b"conformance>B<", b"conformance>X<")),
    "title": ("ISO 19005-1, 6.7.3", metadata(b"&lt;", b"")),
    "date": ("ISO 19005-1, 6.7.3", metadata(b"ModifyDate>2020", b"ModifyDate>2021")),
    "no UF": ("6.8", cut(attachment, "/UF")),
    "relationship": ("6.8", extend(attachment, "/AFRelationship", Name.Unspecified)),
    "associated": ("6.8", lambda pdf: pdf.Root.__delitem__("/AF")),
    "media type": ("6.8", cut(lambda pdf: attachment(pdf).EF.F, "/Subtype")),
    "size": ("6.8", cut(lambda pdf: attachment(pdf).EF.F.Params, "/Size")),
    "presentations": (
        "6.10",
        extend(lambda pdf: pdf.Root.Names, "/AlternatePresentations", Dictionary()),
    ),
    "requirements": ("6.11", catalogue("/Requirements", Array())),
    "language": ("house", catalogue("/Lang", String("en"))),
    "window title": ("house", lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
    "helvetica": ("house", catalogue("/Test", Dictionary(BaseFont=Name.Helvetica))),
}


def clauses(pdf: bytes) -> set[str]:
    return {violation.split(": ")[0] for violation in violations(pdf)}


def test_a_file_saved_by_another_program_is_still_good() -> None:
    assert violations(saved(lambda _: None)) == []


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found(name: str) -> None:
    clause, change = CHANGES[name]
    assert clauses(saved(change)) == {clause}


def test_an_encrypted_file_is_found() -> None:
    with Pdf.open(BytesIO(whole())) as pdf:
        out = BytesIO()
        pdf.save(out, encryption=Encryption(owner="x", user=""))
    assert "6.1.3" in clauses(out.getvalue())


BYTES: Mapping[str, tuple[str, bytes, bytes]] = {
    "version": ("6.1.2", b"%PDF-1.7", b"%PDF-2.0"),
    "no binary comment": ("6.1.2", b"1.7\n%\x93", b"1.7\n%A"),
    "after the end": ("6.1.3", b"%%EOF\n", b"%%EOF\n\n%"),
    "no identifier": ("6.1.3", b"\n/ID \n", b"\n/IX \n"),
    "end of a stream": ("6.1.7.1", b"\nendstream", b" endstream"),
}


@pytest.mark.parametrize("name", BYTES)
def test_a_change_of_the_bytes_is_found(name: str) -> None:
    clause, before, after = BYTES[name]
    assert whole().count(before) > 0
    assert clauses(whole().replace(before, after)) == {clause}


def test_a_signature_that_covers_less_than_the_file_is_found() -> None:
    pdf = sealed()
    assert clauses(pdf + b"\n%%EOF\n") == {"6.4.3"}
    assert "6.4.3" in clauses(pdf.replace(b"/ByteRange [0 ", b"/ByteRange [1 "))
