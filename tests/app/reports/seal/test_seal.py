"""The seal as others see it: poppler, OpenSSL and pyHanko's own validator."""

import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.crypto.cms import sign_detached
from app.crypto.facts import describe
from app.crypto.run import run
from app.reports.card.sealers import sealer
from app.reports.seal.seal import Record, Sealing, sealed_scorecard
from tests.forms import complete_card
from tests.pdfa import violations
from tests.pki import make_inspector, make_office
from tests.scorecards import SEALED_AT, fonts, printed, sealing, typical, with_assessors

# poppler and OpenSSL judge by the clock of the machine; no verdict of ours hangs on it
NOW = datetime.now(UTC)
DOCUMENT = '{"type":"ankang.card/1","unit":"测试"}'.encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a PDF sealed today, its record, and the CA that stands behind it."""
    folder = tmp_path_factory.mktemp("sealed")
    moment = NOW - timedelta(hours=1)
    office = make_office(moment=moment)
    inspector = make_inspector(office, moment=moment)
    record = Record(document=DOCUMENT, cms=sign_detached(DOCUMENT, inspector))
    pdf = sealed_scorecard(
        printed(typical()), fonts(), record=record, sealing=Sealing(identity=inspector, moment=NOW)
    )
    (folder / "card.pdf").write_bytes(pdf)
    (folder / "as-signed.p7s").write_bytes(record.cms)
    (folder / "ca.der").write_bytes(office.authority.certificate)
    _ask("openssl", "x509", "-in", folder / "ca.der", "-out", folder / "ca.pem")
    return folder


def _ask(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode() + done.stderr.decode()


def _verify_by_openssl(folder: Path, cms: Path, content: Path, *options: str) -> None:
    said = _ask(
        *("openssl", "cms", "-verify", *options, "-binary", "-inform", "DER"),
        *("-in", cms, "-content", content),
        *("-CAfile", folder / "ca.pem", "-purpose", "any", "-out", folder / "out"),
    )
    assert "successful" in said.lower()


def test_pdfsig_finds_one_valid_and_trusted_signature_over_the_whole_file(folder: Path) -> None:
    store = folder / "nss"
    store.mkdir()
    _ask("certutil", "-N", "-d", store, "--empty-password")
    _ask("certutil", "-A", "-d", store, "-n", "ca", "-t", "C,C,C", "-i", folder / "ca.pem")
    said = _ask("pdfsig", "-nssdir", store, folder / "card.pdf")
    assert said.count("Signature Validation:") == 1  # the second place is empty
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Signing Hash Algorithm: SHA-256" in said
    assert "Total document signed" in said
    assert "Signature Validation: Signature is Valid." in said
    assert "Certificate Validation: Certificate is Trusted." in said


def test_openssl_verifies_the_signature_over_the_bytes_it_covers(folder: Path) -> None:
    pdf = (folder / "card.pdf").read_bytes()
    reader = PdfFileReader(BytesIO(pdf))
    before, after = (
        int(reader.embedded_signatures[0].sig_object["/ByteRange"][n]) for n in (1, 2)
    )
    (folder / "covered").write_bytes(pdf[:before] + pdf[after:])
    cms = bytes.fromhex(pdf[before + 1 : after - 1].decode())
    (folder / "seal.p7s").write_bytes(cms[: 4 + int.from_bytes(cms[2:4])])
    _verify_by_openssl(folder, folder / "seal.p7s", folder / "covered", "-cades")


def test_the_record_and_its_signature_come_out_as_they_were_put_in(folder: Path) -> None:
    _ask("pdfdetach", "-saveall", "-o", folder, folder / "card.pdf")
    assert (folder / "card.json").read_bytes() == DOCUMENT
    assert (folder / "card.json.p7s").read_bytes() == (folder / "as-signed.p7s").read_bytes()
    _verify_by_openssl(folder, folder / "card.json.p7s", folder / "card.json")


def test_pyhanko_finds_a_certified_file_that_allows_no_change_where_one_person_assessed() -> None:
    pdf = sealing().sealed(with_assessors(complete_card(), 1))
    context = ValidationContext(
        trust_roots=[Certificate.load(sealing().ca)], allow_fetching=False, moment=SEALED_AT
    )
    reader = PdfFileReader(BytesIO(pdf))
    (signature,) = reader.embedded_signatures
    assert [name for name, _, _ in enumerate_sig_fields(reader)] == ["Seal"]
    status = run(async_validate_pdf_signature(signature, context))
    assert status.bottom_line
    assert status.docmdp_ok
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.NONE
    assert signature.docmdp_level is not None
    assert signature.docmdp_level.value == 1
    assert signature.self_reported_timestamp == SEALED_AT


def test_the_seal_names_the_inspector_with_the_post() -> None:
    facts = describe(sealing().inspector.certificate)
    assert sealer(facts) == "练习员甲（劳动保护检查员）"


def test_the_widget_of_the_seal_stands_on_the_page_of_the_signatures() -> None:
    reader = PdfFileReader(BytesIO(sealing().sealed(typical())))
    (signature,) = reader.embedded_signatures
    left, bottom, right, top = (float(side) for side in signature.sig_field["/Rect"])
    assert right - left > 100
    assert top - bottom > 40
    assert signature.sig_field.raw_get("/P") == reader.root["/Pages"]["/Kids"].raw_get(1)


def test_a_sealed_file_is_still_one_for_the_archive() -> None:
    for card in (typical(), with_assessors(complete_card(), 1)):
        assert violations(sealing().sealed(card)) == []


def test_a_record_is_kept_byte_for_byte_whatever_it_holds() -> None:
    odd = Record(document="/ByteRange [0 1 2 3]\r\n\0𬭎".encode(), cms=b"\x30\x00")
    pdf = sealing().sealed(typical(), odd)
    reader = PdfFileReader(BytesIO(pdf))
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert names[1]["/EF"]["/F"].data == odd.document
    assert names[3]["/EF"]["/F"].data == odd.cms
