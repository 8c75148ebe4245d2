"""A sealed card is believed only whole, from its inspector, and where page and data agree."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

import pytest
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from reportlab.pdfgen.canvas import Canvas

from app.crypto.identity import SigningIdentity, pyhanko_signer
from app.crypto.run import run
from app.crypto.trust import TrustAnchors
from app.domain.card import Card, CardHash, Source, score
from app.domain.signature import Pending, Signatory
from app.errors import AppError, Code
from app.reports.card.scorecard import Scorecard, draw_scorecard, lay_out
from app.reports.card.sealers import SealedBy
from app.reports.card.wording import LAYOUT
from app.reports.file.imprint import Imprint
from app.reports.file.painter import paint
from app.reports.seal.seal import RECORD_NAME, RECORD_SEAL_NAME, Sealing, sealed_scorecard
from app.reports.seal.verification import OpenedScorecard, compare_scorecard, open_scorecard
from app.reports.typeset.fonts import Style
from app.reports.typeset.page import Text
from tests.forms import national_form
from tests.pki import make_inspector, make_office, revoking, trusting
from tests.scorecards import (
    CARDS,
    SEALED_AT,
    fonts,
    printed,
    sealing,
    signed,
    typical,
    with_assessors,
)

IMPRINT = Imprint(title="", author="", layout=LAYOUT, made=SEALED_AT, watermark="")


def opened(pdf: bytes, trust: TrustAnchors | None = None) -> OpenedScorecard:
    return open_scorecard(pdf, trust=trust or sealing().trust, moment=SEALED_AT, now=SEALED_AT)


def refused(pdf: bytes, trust: TrustAnchors | None = None) -> Code:
    with pytest.raises(AppError) as refusal:
        opened(pdf, trust)
    return refusal.value.code


def sealed_print(scorecard: Scorecard) -> Scorecard:
    """Return the card as its seal prints it."""
    return replace(scorecard, seals=opened(sealing().sealed(typical())).sealed_by)


def differences(pdf: bytes, scorecard: Scorecard) -> list[str]:
    return [problem.where for problem in compare_scorecard(pdf, scorecard, fonts())]


def otherwise_sealed(
    pdf: bytes,
    identity: SigningIdentity,
    attachments: dict[str, bytes],
    *,
    field: str = "Seal",
    certify: bool = True,
    subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES,
) -> bytes:
    """Return a PDF sealed as our program would not: with other attachments or in another way."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    for name, content in attachments.items():
        embedded = EmbeddedFileObject.from_file_data(writer, content)
        embed_file(writer, FileSpec(name, file_name=name, embedded_data=embedded))
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=subfilter,
        certify=certify,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = pyhanko_signer(identity)
    signer.embed_roots = False
    return bytes(run(PdfSigner(metadata, signer).async_sign_pdf(writer)).getvalue())


def record_attachments() -> dict[str, bytes]:
    record = sealing().record()
    return {RECORD_NAME: record.document, RECORD_SEAL_NAME: record.cms}


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return sealing().sealed(typical())


@pytest.mark.parametrize("name", CARDS)
def test_a_sealed_card_is_opened_and_its_page_says_what_its_data_say(name: str) -> None:
    record = sealing().record()
    sealed = sealing().sealed(CARDS[name](), record)
    found = opened(sealed)
    assert found.record == record
    assert found.signer.common_name == "练习员甲"
    assert differences(sealed, sealed_print(printed(CARDS[name]()))) == []


def test_changed_bytes_anywhere_are_refused(pdf: bytes) -> None:
    random = Random(20201106)  # noqa: S311 - which bytes, not a secret
    place = range(pdf.index(b"/Contents <3082"), pdf.index(b"00000000>"))
    spots = [random.randrange(len(pdf)) for _ in range(25)]
    spots += [random.choice(place) for _ in range(25)]
    spots += [0, pdf.rindex(b"startxref"), pdf.index(b"/ByteRange"), len(pdf) - 3]
    for spot in spots:
        damaged = bytearray(pdf)
        damaged[spot] ^= 1 << random.randrange(8)
        assert refused(bytes(damaged)), spot


def test_a_byte_in_the_room_behind_the_signature_is_refused(pdf: bytes) -> None:
    spot = pdf.index(b"00000000>")
    damaged = pdf[:spot] + b"1" + pdf[spot + 1 :]
    assert refused(damaged) is Code.SIGNATURE_INVALID


def test_another_spelling_of_the_same_signature_is_refused(pdf: bytes) -> None:
    start = pdf.index(b"/Contents <3082") + len(b"/Contents <")
    end = pdf.index(b">", start)
    assert refused(pdf[:start] + pdf[start:end].lower() + pdf[end:]) is Code.SIGNATURE_INVALID


@pytest.mark.parametrize("kept", [0, 1, 100, 5000, 100_000, -1])
def test_a_truncated_file_is_refused(pdf: bytes, kept: int) -> None:
    assert refused(pdf[:kept]) in {Code.PDF_DAMAGED, Code.PDF_CHANGED_AFTER_SEAL}


def test_what_is_appended_is_refused(pdf: bytes) -> None:
    assert refused(pdf + b"\n") is Code.PDF_CHANGED_AFTER_SEAL
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()  # type: ignore[no-untyped-call]
    output = BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    assert refused(output.getvalue()) is Code.PDF_CHANGED_AFTER_SEAL


def test_noise_and_other_pdfs_are_told_from_scorecards() -> None:
    assert refused(b"") is Code.PDF_DAMAGED
    assert refused(b"PK\x03\x04 not a PDF") is Code.PDF_DAMAGED
    stranger = BytesIO()
    canvas = Canvas(stranger)
    canvas.drawString(72, 720, "minutes of a meeting")
    canvas.setKeywords("ABCDEFGH")
    canvas.save()
    assert refused(stranger.getvalue()) is Code.PDF_NOT_A_SCORECARD
    not_utf_16 = stranger.getvalue().replace(b"(ABCDEFGH)", b"(\xfe\xff\xd8\x00\x00A\x00B)")
    assert refused(not_utf_16) is Code.PDF_DAMAGED


def test_a_later_layout_is_named() -> None:
    scorecard = printed(typical())
    imprint = replace(IMPRINT, layout="ankang-layout/3")
    pages = lay_out(scorecard, fonts()).pages
    later = paint(pages, fonts(), imprint, dict.fromkeys(Style, ""))
    with pytest.raises(AppError) as refusal:
        opened(later)
    assert refusal.value.code is Code.PDF_LAYOUT_UNKNOWN
    assert refusal.value.facts == {"layout": "ankang-layout/3", "known": LAYOUT}


def test_a_card_without_a_seal_is_refused() -> None:
    assert refused(draw_scorecard(printed(typical()), fonts())) is Code.PDF_NOT_SEALED


def test_a_stranger_a_revoked_inspector_and_an_office_are_refused(pdf: bytes) -> None:
    other = make_office(code="440305")
    assert refused(pdf, trusting(other)) is Code.SIGNER_UNKNOWN
    gone = make_inspector(other)
    theirs = sealed_scorecard(
        printed(typical()),
        fonts(),
        record=sealing().record(),
        sealing=Sealing(identity=gone, moment=SEALED_AT),
    )
    earlier = SEALED_AT - timedelta(minutes=5)
    assert refused(theirs, revoking(other, gone, at=earlier)) is Code.CERTIFICATE_REVOKED
    by_office = sealed_scorecard(
        printed(typical()),
        fonts(),
        record=sealing().record(),
        sealing=Sealing(identity=other.identity, moment=SEALED_AT),
    )
    assert refused(by_office, trusting(other)) is Code.SIGNER_ROLE_WRONG


def test_a_record_that_was_exchanged_before_sealing_is_refused() -> None:
    record = sealing().record()
    exchanged = replace(record, document=record.document.replace(b"card/1", b"card/2"))
    assert refused(sealing().sealed(typical(), exchanged)) is Code.PDF_RECORD_ALTERED
    garbled = replace(record, cms=record.cms[:-1])
    assert refused(sealing().sealed(typical(), garbled)) is Code.PDF_RECORD_ALTERED


def test_a_record_another_inspector_signed_is_refused() -> None:
    office = make_office()
    first, second = make_inspector(office), make_inspector(office, "练习员乙")
    sealed = sealed_scorecard(
        printed(typical()),
        fonts(),
        record=replace(sealing(), inspector=second).record(),
        sealing=Sealing(identity=first, moment=SEALED_AT),
    )
    with pytest.raises(AppError) as refusal:
        opened(sealed, trusting(office))
    assert refusal.value.code is Code.PDF_SIGNERS_DIFFER
    assert refusal.value.facts == {"name": "练习员乙", "sealer": "练习员甲"}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {RECORD_NAME: b"{}"},
        {**record_attachments(), "note.txt": b"1"},
        {"other.json": b"{}", RECORD_SEAL_NAME: b""},
    ],
    ids=["none", "no signature", "one more", "another name"],
)
def test_a_file_without_exactly_the_record_is_refused(changed: dict[str, bytes]) -> None:
    unsealed = draw_scorecard(printed(typical()), fonts())
    sealed = otherwise_sealed(unsealed, sealing().inspector, changed)
    assert refused(sealed) is Code.PDF_RECORD_MISSING


def test_a_seal_of_another_kind_is_refused() -> None:
    unsealed = draw_scorecard(printed(typical()), fonts())
    inspector, attachments = sealing().inspector, record_attachments()
    open_to_changes = otherwise_sealed(unsealed, inspector, attachments, certify=False)
    assert refused(open_to_changes) is Code.PDF_CHANGED_AFTER_SEAL
    not_pades = otherwise_sealed(
        unsealed, inspector, attachments, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    )
    assert refused(not_pades) is Code.PDF_CHANGED_AFTER_SEAL


def test_a_second_signature_is_refused() -> None:
    unsealed = draw_scorecard(printed(typical()), fonts())
    once = otherwise_sealed(unsealed, sealing().inspector, record_attachments(), certify=False)
    twice = otherwise_sealed(once, sealing().inspector, {}, field="Second", certify=False)
    assert refused(twice) is Code.PDF_CHANGED_AFTER_SEAL


def test_other_points_than_those_of_the_data_are_found_cell_by_cell(pdf: bytes) -> None:
    clause = national_form().clause("S2-R1-C1")
    other = score(typical(), clause, points=Decimal(4), reason="复核", source=Source.ON_SITE)
    found = differences(
        pdf, sealed_print(printed(replace(other, signatures=typical().signatures)))
    )
    assert {"cell.S2-R1", "total", "base", "S2-R1-C1.points"} <= set(found)
    assert "cell.S2-R2" not in found


@pytest.mark.parametrize(
    ("field", "change"),
    [
        (
            "unit",
            lambda card: replace(card, unit=replace(card.unit, name="深圳市测试2号机械有限公司")),
        ),
        ("date", lambda card: replace(card, date_to=date(2020, 11, 7))),
        ("signature.unit.name", lambda card: signed(card, Signatory.UNIT, "测试丁", Pending())),
        ("assessors", lambda card: with_assessors(card, 1)),
        ("office", lambda card: replace(card, office=replace(card.office, name="测试市竞赛办"))),
    ],
)
def test_a_field_that_differs_is_named(
    pdf: bytes, field: str, change: Callable[[Card], Card]
) -> None:
    assert field in differences(pdf, sealed_print(printed(change(typical()))))


def test_another_check_code_and_another_sealer_are_named(pdf: bytes) -> None:
    shown = sealed_print(printed(typical()))
    other = replace(shown, hash=CardHash("0" * 64), seals=(SealedBy("练习员乙", SEALED_AT),))
    assert {"check_code", "annex.record", "sealed_by"} <= set(differences(pdf, other))


def test_what_is_printed_beside_the_fields_is_found() -> None:
    scorecard = printed(typical())
    pages = lay_out(scorecard, fonts()).pages
    pages[0].texts.append(Text(x=300, baseline=20, text="特等奖", size=9))
    official = pages[1].texts[3]
    pages[1].texts[3] = official._replace(text=official.text[:-1] + "改")
    forged = paint(pages, fonts(), IMPRINT, dict.fromkeys(Style, ""))
    assert differences(forged, scorecard) == ["page 1", "page 2"]


def test_a_missing_page_is_found() -> None:
    scorecard = printed(typical())
    pages = lay_out(scorecard, fonts()).pages[:-1]
    shorter = paint(pages, fonts(), IMPRINT, dict.fromkeys(Style, ""))
    assert differences(shorter, scorecard) == ["pages"]


def test_a_reader_who_does_not_know_the_guide_still_compares_the_fields(pdf: bytes) -> None:
    shown = replace(sealed_print(printed(typical())), guide="")
    assert differences(pdf, shown) == []
    assert differences(pdf, replace(shown, guide="district 2")) == ["guide"]
    assert "annex.record" in differences(pdf, replace(shown, hash=CardHash("0" * 64)))


def test_comparing_noise_is_refused() -> None:
    with pytest.raises(AppError) as refusal:
        differences(b"noise", printed(typical()))
    assert refusal.value.code is Code.PDF_DAMAGED
