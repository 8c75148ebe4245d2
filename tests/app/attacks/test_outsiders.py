"""Attacks on a sealed card by somebody without a key: changed, wrapped, updated, stripped."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    PdfObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.services.verify.verdict import CheckName, Outcome
from tests.app.attacks.bench import (
    card_of,
    codes,
    first_page,
    honest,
    judged,
    new_page_content,
    overwrite,
    sealed,
    updated,
)

CHANGED = {"pdf_changed_after_seal"}
_RANGE = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+) *\]")


def dictionary(entries: Mapping[str, PdfObject]) -> DictionaryObject:
    named = {pdf_name(name): value for name, value in entries.items()}
    return DictionaryObject(named)  # type: ignore[no-untyped-call]


def new_catalog(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/PageLayout")] = pdf_name("/SinglePage")
    writer.update_root()  # type: ignore[no-untyped-call]


def new_attachment(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    file = names[1]["/EF"].raw_get("/F")
    overwrite(writer, file, b'{"type":"ankang.card/1"}')


def new_font(writer: IncrementalPdfFileWriter) -> None:
    fonts = first_page(writer)["/Resources"]["/Font"]
    name = next(iter(fonts))
    other = {"/Type": pdf_name("/Font"), "/Subtype": pdf_name("/Type1")}
    writer.objects[(0, fonts.raw_get(name).idnum)] = dictionary(other)


def overlay(subtype: str) -> Callable[[IncrementalPdfFileWriter], None]:
    def annotate(writer: IncrementalPdfFileWriter) -> None:
        page = first_page(writer)
        note = dictionary(
            {
                "/Type": pdf_name("/Annot"),
                "/Subtype": pdf_name(f"/{subtype}"),
                "/Rect": ArrayObject(map(FloatObject, (400, 300, 500, 330))),
                "/Contents": pdf_string("100"),
            }
        )
        page[pdf_name("/Annots")] = ArrayObject([writer.add_object(note)])
        writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0).reference)

    return annotate


UPDATES = {
    "page content": new_page_content,
    "catalog": new_catalog,
    "attachment": new_attachment,
    "font": new_font,
    "FreeText": overlay("FreeText"),
    "Stamp": overlay("Stamp"),
    "Widget": overlay("Widget"),
}


def test_an_honest_card_passes_every_check() -> None:
    report = judged(honest())
    assert report.faults == ()
    assert report.outcome is Outcome.PASSED
    assert report.check(CheckName.QR).outcome is Outcome.PASSED


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_behind_the_seal_is_found(name: str) -> None:
    assert codes(judged(updated(honest(), UPDATES[name]))) == CHANGED


@pytest.mark.parametrize(
    "tail",
    [
        b"\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
        b"\ntrailer\n<</Root 1 0 R>>\n%%EOF\n",
        b"\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1>>\nstartxref\n1\n%%EOF\n",
        b"%%EOF\n",
    ],
    ids=["no trailer", "partial trailer", "whole trailer", "second end"],
)
def test_an_update_without_a_whole_trailer_is_found(tail: bytes) -> None:
    found = codes(judged(honest() + tail))
    assert found
    assert found <= {*CHANGED, "pdf_damaged", "pdf_not_a_scorecard", "pdf_not_sealed"}


def test_a_second_header_before_the_file_is_found() -> None:
    found = codes(judged(b"%PDF-1.7\n" + honest()))
    assert found & {"pdf_changed_after_seal", "pdf_damaged", "signature_invalid"}


def test_a_rewritten_file_is_found() -> None:
    """As a PDF editor saves it: every object is there, the signature covers other bytes."""
    output = BytesIO()
    with pikepdf.open(BytesIO(honest())) as opened:
        opened.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert codes(judged(output.getvalue()))


def test_a_removed_signature_is_found() -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(honest())) as opened:
        del opened.Root.AcroForm
        for page in opened.pages:
            if "/Annots" in page:
                del page.Annots
        opened.save(output)
    assert codes(judged(output.getvalue())) == {"pdf_not_sealed"}


def test_an_emptied_signature_is_found() -> None:
    pdf = honest()
    found = _RANGE.search(pdf)
    assert found
    start, end = int(found[1]), int(found[2])
    emptied = pdf[: start + 1] + b"0" * (end - start - 2) + pdf[end - 1 :]
    assert codes(judged(emptied)) == {"signature_invalid"}
    blank = pdf.replace(found[0], b"/ByteRange null".ljust(len(found[0])))
    assert codes(judged(blank))


def test_a_signature_of_another_card_is_found() -> None:
    """Its place is as large, its bytes hold for another file."""
    other = sealed(card_of(S1_R1_C1="1"))
    pdf = honest()
    mine, theirs = (_RANGE.search(each) for each in (pdf, other))
    assert mine
    assert theirs
    hole = other[int(theirs[1]) : int(theirs[2])]
    swapped = pdf[: int(mine[1])] + hole + pdf[int(mine[2]) :]
    assert codes(judged(swapped)) == {"signature_invalid"}


def test_a_wrapped_signature_is_found() -> None:
    """Something is put between the two covered parts, and the ranges are told anew."""
    pdf = honest()
    found = _RANGE.search(pdf)
    assert found
    before, after, length = (int(number) for number in found.groups())
    more = b"\n900 0 obj\n<</Type/Catalog>>\nendobj\n"
    told = b"/ByteRange [0 %d %d %d]" % (before, after + len(more), length)
    wrapped = pdf[:after] + more + pdf[after:]
    wrapped = wrapped.replace(found[0], told.ljust(len(found[0])))
    assert codes(judged(wrapped)) & {"signature_invalid", "pdf_changed_after_seal"}
    short = b"/ByteRange [0 %d %d %d]" % (before, after, length - 40)
    shorter = pdf.replace(found[0], short.ljust(len(found[0])))
    assert codes(judged(shorter)) == CHANGED


def test_a_figure_changed_in_page_or_record_is_found() -> None:
    """Streams are compressed: a byte of either breaks the signature over all of them."""
    pdf = honest()
    for name in (b"/Contents", b"/EmbeddedFile"):
        start = pdf.index(b"stream", pdf.index(name)) + 20
        changed = pdf[:start] + bytes([pdf[start] ^ 1]) + pdf[start + 1 :]
        assert codes(judged(changed)) & {"signature_invalid", "pdf_damaged"}
