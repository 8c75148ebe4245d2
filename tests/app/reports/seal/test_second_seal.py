"""Two seals on one file, as others see them, and a second one that should not be there."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.content import ImportedPdfPage, PdfContent, RawContent
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from app.crypto.cms import sign_detached
from app.crypto.facts import describe
from app.crypto.identity import SigningIdentity, pyhanko_signer
from app.crypto.run import run
from app.domain.card import Card
from app.domain.signature import Signatory
from app.errors import Code
from app.reports.card.scorecard import draw, lay_out
from app.reports.card.wording import local_time
from app.reports.file.imprint import Imprint
from app.reports.file.painter import paint
from app.reports.file.raster import merge
from app.reports.seal.seal import (
    SECOND_FIELD,
    Record,
    Sealing,
    Update,
    fill_field,
    sealed_scorecard,
)
from app.reports.seal.seal_reading import SealSeen, read_seals
from app.reports.seal.second_seal import add_second_seal, require_second
from app.reports.typeset.fonts import Style
from app.reports.typeset.page import Page, Text
from tests.forms import complete_card
from tests.pages import texts_of
from tests.pdfa import violations
from tests.pki import Office, make_inspector, make_office, revoking, trusting
from tests.refusals import refused
from tests.scorecards import fonts, printed, signed, signed_by_both, synthetic_ink, with_assessors

# poppler and OpenSSL judge by the clock of the machine
NOW = datetime.now(UTC).replace(microsecond=0)
ISSUED = NOW - timedelta(hours=1)
FIRST, SECOND = "测试甲", "测试乙"
_PRINT = 4  # of a widget's flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """An office, its two inspectors, and a file the first of them sealed."""

    office: Office
    first: SigningIdentity
    second: SigningIdentity
    once: bytes

    def read(self, pdf: bytes) -> tuple[SealSeen, ...]:
        return read_seals(pdf, trust=trusting(self.office), moment=NOW, now=NOW)

    def twice(self, identity: SigningIdentity | None = None) -> bytes:
        sealing = Sealing(identity=identity or self.second, moment=NOW)
        return add_second_seal(self.once, fonts(), sealing, card=team_card())


def team_card() -> Card:
    return signed(signed_by_both(complete_card()), Signatory.MEMBER, SECOND, synthetic_ink(4))


@pytest.fixture(scope="module")
def team() -> Team:
    office = make_office(moment=ISSUED)
    first, second = (make_inspector(office, name, moment=ISSUED) for name in (FIRST, SECOND))
    record = Record(document=b"{}", cms=sign_detached(b"{}", first))
    once = sealed_scorecard(
        printed(team_card()), fonts(), record=record, sealing=Sealing(identity=first, moment=NOW)
    )
    return Team(office=office, first=first, second=second, once=once)


@pytest.fixture(scope="module")
def twice(team: Team) -> bytes:
    return team.twice()


@pytest.fixture(scope="module")
def folder(team: Team, twice: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("twice")
    (folder / "card.pdf").write_bytes(twice)
    (folder / "ca.der").write_bytes(team.office.authority.certificate)
    _ask("openssl", "x509", "-in", folder / "ca.der", "-out", folder / "ca.pem")
    (folder / "nss").mkdir()
    store = ("-d", folder / "nss")
    _ask("certutil", "-N", *store, "--empty-password")
    _ask("certutil", "-A", *store, "-n", "ca", "-t", "C,C,C", "-i", folder / "ca.pem")
    return folder


def _ask(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout.decode() + done.stderr.decode()


def test_the_first_seal_stays_as_it_was_and_the_second_covers_all(
    team: Team, twice: bytes
) -> None:
    assert twice.startswith(team.once)
    (alone,) = team.read(team.once)
    first, second = team.read(twice)
    assert first == alone
    assert (first.signer.common_name, first.covers) == (FIRST, len(team.once))
    assert (second.signer.common_name, second.covers) == (SECOND, len(twice))
    assert second.claimed_at == NOW
    assert second.stamped is None


def test_pdfsig_finds_both_valid_and_trusted(folder: Path) -> None:
    said = _ask("pdfsig", "-nssdir", folder / "nss", folder / "card.pdf")
    assert said.count("Signature #") == 2
    assert said.count("Signature Type: ETSI.CAdES.detached") == 2
    assert said.count("Signature Validation: Signature is Valid.") == 2
    assert said.count("Certificate Validation: Certificate is Trusted.") == 2
    assert said.count("  - Total document signed") == 1


def test_pdfsig_finds_one_changed_byte(folder: Path, twice: bytes) -> None:
    damaged = bytearray(twice)
    damaged[2000] ^= 1
    (folder / "damaged.pdf").write_bytes(damaged)
    said = _ask("pdfsig", "-nssdir", folder / "nss", folder / "damaged.pdf")
    assert said.count("Digest Mismatch") == 2


@pytest.mark.parametrize("number", [0, 1])
def test_openssl_verifies_each_over_the_bytes_it_covers(
    folder: Path, twice: bytes, number: int
) -> None:
    signature = PdfFileReader(BytesIO(twice)).embedded_signatures[number]
    _, before, after, length = (int(each) for each in signature.byte_range)
    (folder / "covered").write_bytes(twice[:before] + twice[after : after + length])
    cms = bytes.fromhex(twice[before + 1 : after - 1].decode())
    (folder / "seal.p7s").write_bytes(cms[: 4 + int.from_bytes(cms[2:4])])
    said = _ask(
        *("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER"),
        *("-in", folder / "seal.p7s", "-content", folder / "covered"),
        *("-CAfile", folder / "ca.pem", "-purpose", "any", "-out", folder / "out"),
    )
    assert "successful" in said.lower()


def test_a_file_with_two_seals_is_still_one_for_the_archive(twice: bytes) -> None:
    assert violations(twice) == []
    for signature in PdfFileReader(BytesIO(twice)).embedded_signatures:
        assert int(signature.sig_field["/F"]) & _PRINT


def test_the_second_box_shows_who_and_when_in_its_place(team: Team, folder: Path) -> None:
    widget = PdfFileReader(BytesIO(team.once)).root["/AcroForm"]["/Fields"][1]
    assert widget["/T"] == SECOND_FIELD
    left, bottom, right, top = (int(side) for side in widget["/Rect"])
    box = {"-f": 2, "-l": 2, "-x": left, "-y": 842 - top, "-W": right - left, "-H": top - bottom}
    options = [str(each) for pair in box.items() for each in pair]
    said = _ask("pdftotext", *options, folder / "card.pdf", "-")
    assert f"{SECOND}（劳动保护检查员）" in said
    assert local_time(NOW) in said


def test_pages_put_into_another_file_still_show_the_second_seal(twice: bytes) -> None:
    name = f"{SECOND}（劳动保护检查员）"
    assert name not in "".join(texts_of(twice))  # it stands in the field's appearance
    assert name in "".join(texts_of(merge([twice])))


def test_a_card_of_one_assessor_has_no_second_place(team: Team) -> None:
    card = with_assessors(complete_card(), 1)
    record = Record(document=b"{}", cms=sign_detached(b"{}", team.first))
    once = sealed_scorecard(
        printed(card), fonts(), record=record, sealing=Sealing(identity=team.first, moment=NOW)
    )
    with refused(Code.SECOND_SEALER_NOT_IN_TEAM):
        sealing = Sealing(identity=team.second, moment=NOW)
        add_second_seal(once, fonts(), sealing, card=card)


def test_who_may_not_seal_beside_is_told_why(team: Team) -> None:
    first, card = describe(team.first.certificate), team_card()
    card = replace(card, office=replace(card.office, code="440304"))
    require_second(describe(team.second.certificate), first, card)
    elsewhere = make_office(code="440305", moment=ISSUED)
    practice = make_office(rehearsal=True, moment=ISSUED)
    for identity, code in (
        (team.first, Code.SECOND_SEALER_SAME),
        (make_inspector(team.office, FIRST, moment=ISSUED), Code.SECOND_SEALER_SAME),
        (make_inspector(team.office, "测试己", moment=ISSUED), Code.SECOND_SEALER_NOT_IN_TEAM),
        (make_inspector(elsewhere, SECOND, moment=ISSUED), Code.SIGNER_OFFICE_WRONG),
        (make_inspector(practice, SECOND, moment=ISSUED), Code.REHEARSAL_MIXED),
        (team.office.identity, Code.SIGNER_ROLE_WRONG),
    ):
        with refused(code):
            require_second(describe(identity.certificate), first, card)


def test_a_second_seal_of_a_stranger_an_office_or_the_first_is_refused(team: Team) -> None:
    elsewhere = make_office(code="440305", moment=ISSUED)
    stranger = make_inspector(elsewhere, SECOND, moment=ISSUED)
    with refused(Code.SIGNER_UNKNOWN):
        team.read(team.twice(stranger))
    with refused(Code.SIGNER_OFFICE_WRONG):
        both = trusting(team.office, elsewhere)
        read_seals(team.twice(stranger), trust=both, moment=NOW, now=NOW)
    with refused(Code.SIGNER_ROLE_WRONG):
        team.read(team.twice(team.office.identity))
    with refused(Code.SECOND_SEALER_SAME):
        team.read(team.twice(team.first))


def test_a_second_seal_of_a_revoked_inspector_is_refused(team: Team, twice: bytes) -> None:
    trust = revoking(team.office, team.second, at=NOW - timedelta(minutes=5))
    assert read_seals(team.once, trust=trust, moment=NOW, now=NOW)
    with refused(Code.CERTIFICATE_REVOKED):
        read_seals(twice, trust=trust, moment=NOW, now=NOW)


def test_a_third_signature_is_refused(team: Team, twice: bytes) -> None:
    third = make_inspector(team.office, "测试己", moment=ISSUED)
    writer = IncrementalPdfFileWriter(BytesIO(twice))
    metadata = PdfSignatureMetadata(
        field_name="Third", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    with refused(Code.PDF_CHANGED_AFTER_SEAL):
        team.read(_signed(writer, metadata, third))


def _signed(
    writer: IncrementalPdfFileWriter, metadata: PdfSignatureMetadata, identity: SigningIdentity
) -> bytes:
    signer = pyhanko_signer(identity)
    signer.embed_roots = False
    return bytes(run(PdfSigner(metadata, signer).async_sign_pdf(writer)).getvalue())


def _title(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info["/Title"] = pdf_string("另一份文件")
    writer.update_container(info)


def _turned(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = pdf_name("/90")
    writer.update_container(page)


def _catalogue(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/PageLayout"] = pdf_name("/OneColumn")
    writer.update_root()  # type: ignore[no-untyped-call]


def _orphan(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(pdf_string("of no use to anybody"))


def _other_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Other", box=(10, 10, 100, 40)))


def _moved(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][1]
    field["/F"] = pdf_name("/2")
    writer.update_container(field)


@pytest.mark.parametrize("change", [_title, _turned, _catalogue, _orphan, _other_field, _moved])
def test_whatever_comes_with_a_second_seal_is_refused(
    team: Team, change: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    writer = Update(BytesIO(team.once))
    change(writer)
    metadata = PdfSignatureMetadata(
        field_name=SECOND_FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    with refused(Code.PDF_CHANGED_AFTER_SEAL):
        team.read(_signed(writer, metadata, team.second))


def _nothing(_: Path) -> PdfContent:
    return RawContent(b"")


def _another_name(folder: Path) -> PdfContent:
    page = Page(0, texts=[Text(x=20, baseline=800, text="测试丁　考核人员", size=9)])
    imprint = Imprint(title="", author="", layout="", made=NOW, watermark="")
    drawn = folder / "drawn.pdf"
    drawn.write_bytes(paint([page], fonts(), imprint, dict.fromkeys(Style, "")))
    return ImportedPdfPage(str(drawn))  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("shown", [_nothing, _another_name])
def test_a_second_box_that_does_not_name_its_sealer_is_refused(
    team: Team, tmp_path: Path, shown: Callable[[Path], PdfContent]
) -> None:
    metadata = PdfSignatureMetadata(
        field_name=SECOND_FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    sealing = Sealing(identity=team.second, moment=NOW)
    pdf = fill_field(Update(BytesIO(team.once)), metadata, sealing, shown(tmp_path))
    with refused(Code.PDF_TEXT_DIFFERS, where=SECOND_FIELD):
        team.read(pdf)


def test_a_first_box_that_says_something_is_refused(team: Team, tmp_path: Path) -> None:
    scorecard = printed(team_card())
    layout = lay_out(scorecard, fonts())
    record = Record(document=b"{}", cms=sign_detached(b"{}", team.first))
    writer = Update(BytesIO(draw(layout, scorecard, fonts(), attachments=record.attachments)))
    append_signature_field(writer, SigFieldSpec("Seal", on_page=1, box=(60, 60, 500, 110)))
    metadata = PdfSignatureMetadata(
        field_name="Seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True
    )
    sealing = Sealing(identity=team.first, moment=NOW)
    with refused(Code.PDF_TEXT_DIFFERS, where="Seal"):
        team.read(fill_field(writer, metadata, sealing, _another_name(tmp_path)))
