"""Attacks by an inspector who seals his own forgery: the key is good, the paper says otherwise."""

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from app.crypto.cms import sign_detached
from app.domain.card import Card
from app.exchange.card_document import card_hash
from app.reports.card.scorecard import Layout
from app.reports.seal.seal import Record, Sealing
from app.reports.seal.second_seal import add_second_seal
from app.reports.typeset.page import Rect
from app.services.seal.paper_proof import proof_text
from app.services.verify.verdict import CheckName, Outcome
from tests.app.attacks.bench import (
    SEALED_AT,
    bench,
    card_of,
    codes,
    judged,
    new_page_content,
    record_of,
    sealed,
    updated,
)
from tests.forms import national_form, synthetic_unit
from tests.pki import make_inspector
from tests.scorecards import fonts

FOREIGN = {"pdf_content_foreign"}
Change = Callable[[pikepdf.Pdf, Layout], None]


def total_place(layout: Layout) -> Rect:
    return next(field.rect for field in layout.fields if field.name == "total")


def total_page(layout: Layout) -> int:
    return next(field.page for field in layout.fields if field.name == "total")


def drawing(code: str, *, first: bool = False) -> Change:
    """Return what writes operators behind, or before, those of the page of the total.

    {x} {y} {w} {h} are the place of the total, {font} the name of a font of the page.
    """

    def change(pdf: pikepdf.Pdf, layout: Layout) -> None:
        place, page = total_place(layout), pdf.pages[total_page(layout)]
        font = next(iter(page.Resources.Font.keys()))
        added = code.format(
            x=place.left, y=place.bottom, w=place.width, h=place.height, font=font
        ).encode()
        old = page.Contents.read_bytes()
        page.Contents = pdf.make_stream(added + b"\n" + old if first else old + b"\n" + added)

    return change


def replacing(old: bytes, new: bytes) -> Change:
    """Return what replaces operators on the page of the total."""

    def change(pdf: pikepdf.Pdf, layout: Layout) -> None:
        page = pdf.pages[total_page(layout)]
        code = page.Contents.read_bytes()
        assert old in code
        page.Contents = pdf.make_stream(code.replace(old, new))

    return change


def with_picture(pdf: pikepdf.Pdf, layout: Layout) -> None:
    """Put a white picture over the total."""
    place, page = total_place(layout), pdf.pages[total_page(layout)]
    white = Stream(
        pdf,
        b"\xff",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    page.Resources.XObject = Dictionary(White=pdf.make_indirect(white))
    code = f"q {place.width} 0 0 {place.height} {place.left} {place.bottom} cm /White Do Q"
    page.contents_add(code.encode())
    page.contents_coalesce()


def with_form(pdf: pikepdf.Pdf, layout: Layout) -> None:
    """Nest a drawing that says 100."""
    page = pdf.pages[total_page(layout)]
    form = Stream(pdf, b"0 g 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 9, 9])
    page.Resources.XObject = Dictionary(Nested=pdf.make_indirect(form))
    page.contents_add(b"/Nested Do")
    page.contents_coalesce()


def with_note(subtype: str) -> Change:
    def change(pdf: pikepdf.Pdf, layout: Layout) -> None:
        place, page = total_place(layout), pdf.pages[total_page(layout)]
        sides = Array([place.left, place.bottom, place.right, place.top])
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=sides, Contents="100")
        page.Annots = Array([pdf.make_indirect(note)])

    return change


def with_layers(pdf: pikepdf.Pdf, _: Layout) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="hidden"))
    order = Dictionary(Order=Array([group]), OFF=Array([group]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=order)


def with_action(pdf: pikepdf.Pdf, _: Layout) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('100')")


def with_script(pdf: pikepdf.Pdf, _: Layout) -> None:
    script = Dictionary(S=Name.JavaScript, JS="this.print()")
    pdf.Root.Names.JavaScript = Dictionary(Names=Array(["x", script]))


def with_other_glyphs(pdf: pikepdf.Pdf, layout: Layout) -> None:
    """Let the characters of one face look like those of another: what is read is not seen."""
    fonts = pdf.pages[total_page(layout)].Resources.Font
    first, *others = (fonts[name] for name in fonts.keys())  # noqa: SIM118 - pikepdf's objects
    other = next(each for each in others if each.BaseFont != first.BaseFont)
    first.FontDescriptor.FontFile2 = other.FontDescriptor.FontFile2


def with_other_codes(pdf: pikepdf.Pdf, layout: Layout) -> None:
    """Let a code be read as another character than its glyph shows."""
    fonts = pdf.pages[total_page(layout)].Resources.Font
    named = [fonts[name] for name in fonts.keys()]  # noqa: SIM118 - pikepdf's objects
    font = next(each for each in named if b"<0031>" in each.ToUnicode.read_bytes())
    mapped = font.ToUnicode.read_bytes().replace(b"<0031>", b"<0039>")
    font.ToUnicode = pdf.make_stream(mapped)


def with_turn(pdf: pikepdf.Pdf, layout: Layout) -> None:
    pdf.pages[total_page(layout)].Rotate = 180


def with_large_page(pdf: pikepdf.Pdf, layout: Layout) -> None:
    pdf.pages[total_page(layout)].MediaBox = Array([0, 0, 900, 900])


OVERLAYS: dict[str, Change] = {
    "white shape": drawing("q 1 g {x} {y} {w} {h} re f Q"),
    "figure as shape": drawing("q 0 g {x} {y} 2 9 re f Q"),
    "figure as line": drawing("q 2 w {x} {y} m {x} {h} l S Q"),
    "white line": drawing("q 1 G 30 w {x} {y} m {x} {h} l S Q"),
    "white picture": with_picture,
    "nested drawing": with_form,
    "clipped text": drawing("0 0 1 1 re W n", first=True),
    "invisible text": replacing(b"BT", b"BT 3 Tr"),
    "white text": replacing(b"BT", b"BT 1 g"),
    "outlined text": replacing(b"BT", b"BT 1 Tr"),
    "tiny text": replacing(b" 12 Tf", b" 0.1 Tf"),
    "moved text": replacing(b"BT", b"BT 1 0 0 1 0 900 cm"),
    "FreeText": with_note("FreeText"),
    "Stamp": with_note("Stamp"),
    "Square": with_note("Square"),
    "layers": with_layers,
    "action": with_action,
    "script": with_script,
    "other glyphs": with_other_glyphs,
    "other codes": with_other_codes,
    "turned page": with_turn,
    "large page": with_large_page,
}


@pytest.mark.parametrize("name", OVERLAYS)
def test_something_prepared_before_the_seal_is_found(name: str) -> None:
    """Shadow attacks: hidden or shown by what lies over it, before or after an update."""
    report = judged(sealed(card_of(), before=OVERLAYS[name]))
    assert codes(report) & {*FOREIGN, "pdf_text_differs"}, report.checks
    assert report.check(CheckName.CONTENT).outcome is Outcome.FAILED


def test_a_shadow_prepared_before_and_revealed_after_the_seal_is_found_twice() -> None:
    prepared = sealed(card_of(), before=OVERLAYS["white shape"])
    assert codes(judged(prepared)) == FOREIGN
    revealed = updated(prepared, lambda writer: writer.update_root())  # type: ignore[no-untyped-call]
    assert codes(judged(revealed)) == {"pdf_changed_after_seal"}


def test_text_that_differs_from_the_record_names_both() -> None:
    """The page says 100, the record 99."""
    report = judged(sealed(card_of(), record=record_of(card_of(S1_R1_C1="1"))))
    assert codes(report) >= {"pdf_text_differs"}
    facts = [refusal.facts for refusal in report.check(CheckName.TEXT).refusals]
    total = next(each for each in facts if each["where"] == "total")
    assert (total["printed"], total["signed"]) == ("100", "98")


def test_a_record_changed_without_its_signature_is_found() -> None:
    record = record_of(card_of())
    changed = record.document.replace("测试甲".encode(), "测试己".encode())
    forged = Record(document=changed, cms=record.cms)
    assert codes(judged(sealed(card_of(), record=forged))) == {"pdf_record_altered"}


def test_a_record_that_breaks_the_rules_of_the_form_is_found() -> None:
    record = record_of(card_of())
    changed = record.document.replace(b'"total":"100"', b'"total":"120"')
    assert changed != record.document
    forged = Record(document=changed, cms=sign_detached(changed, bench().inspector))
    report = judged(sealed(card_of(), record=forged))
    assert codes(report) == {"card_document_damaged"}
    assert report.check(CheckName.TEXT).outcome is Outcome.NOT_CHECKED


def test_the_record_of_another_card_is_found() -> None:
    """Sealed by the same inspector, for another unit's card."""
    other = card_of(unit=synthetic_unit(1))
    report = judged(sealed(card_of(), record=record_of(other)))
    assert codes(report) >= {"pdf_text_differs"}


def test_another_attachment_beside_the_record_is_found() -> None:
    def attach(pdf: pikepdf.Pdf, _: Layout) -> None:
        pdf.attachments["more.txt"] = b"100"

    assert codes(judged(sealed(card_of(), before=attach))) == {"pdf_record_missing"}


def test_the_code_of_another_card_on_the_page_is_found() -> None:
    other = card_of(S1_R1_C1="0")
    document = record_of(other).document
    proof = proof_text(other, national_form(), card_hash(document), bench().inspector)
    report = judged(sealed(card_of(), proof=proof))
    assert codes(report) == FOREIGN
    assert report.check(CheckName.QR).refusals[0].facts["what"] == "code"


def test_a_code_that_was_taken_away_is_found() -> None:
    report = judged(sealed(card_of(), before=replacing(b" re f", b" re n")))
    assert report.check(CheckName.QR).outcome is Outcome.FAILED


def twice_sealed(card: Card) -> bytes:
    second = Sealing(identity=bench().second, moment=SEALED_AT)
    return add_second_seal(sealed(card), fonts(), second, card=card)


def test_a_second_seal_of_the_team_is_good() -> None:
    report = judged(twice_sealed(card_of()))
    assert report.faults == ()
    assert report.check(CheckName.SECOND_SEAL).facts["name"] == "测试乙"


def test_a_second_seal_over_a_changed_page_is_found() -> None:
    second = Sealing(identity=bench().second, moment=SEALED_AT)
    changed = updated(sealed(card_of()), new_page_content)
    forged = add_second_seal(changed, fonts(), second, card=card_of())
    assert codes(judged(forged)) == {"pdf_changed_after_seal"}


def test_a_second_seal_by_somebody_outside_the_team_is_found() -> None:
    stranger = make_inspector(bench().office, "测试辛")
    sealing = Sealing(identity=stranger, moment=SEALED_AT)
    forged = add_second_seal(sealed(card_of()), fonts(), sealing, card=card_of())
    report = judged(forged)
    assert codes(report) == {"second_sealer_not_in_team"}
    assert report.check(CheckName.SECOND_SEAL).outcome is Outcome.FAILED
