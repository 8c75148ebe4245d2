"""Hold that a PDF's signature is judged as CMS is, through the same door."""

import io
from datetime import timedelta

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from reportlab.pdfgen.canvas import Canvas

from app.crypto.facts import CertificateFacts
from app.crypto.identity import SigningIdentity, pyhanko_signer
from app.crypto.run import run
from app.crypto.trust import TrustAnchors
from app.crypto.verdict import judge, refusing_malformed
from app.errors import AppError, Code
from tests.pki import MOMENT, Office, make_inspector, make_office, revoking, trusting


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office()


@pytest.fixture(scope="module")
def inspector(office: Office) -> SigningIdentity:
    return make_inspector(office, "练习员")


@pytest.fixture(scope="module")
def sealed(inspector: SigningIdentity) -> bytes:
    page = io.BytesIO()
    canvas = Canvas(page)
    canvas.drawString(72, 72, "Synthetic page")
    canvas.save()
    signer = PdfSigner(
        PdfSignatureMetadata(field_name="Seal", subfilter=SigSeedSubFilter.PADES),
        pyhanko_signer(inspector),
    )
    signed = run(signer.async_sign_pdf(IncrementalPdfFileWriter(page)))
    content: bytes = signed.getvalue()
    return content


def judged(pdf: bytes, trust: TrustAnchors) -> tuple[CertificateFacts, PdfSignatureStatus]:
    embedded = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    with refusing_malformed():
        signer = embedded.signer_cert.dump()
    return judge(
        signer,
        lambda context: async_validate_pdf_signature(embedded, context),
        trust=trust,
        moment=MOMENT,
        now=MOMENT,
    )


def test_a_sealed_pdf_names_its_signer(office: Office, sealed: bytes) -> None:
    facts, status = judged(sealed, trusting(office))
    assert facts.common_name == "练习员"
    assert status.bottom_line


def test_a_changed_pdf_is_refused(office: Office, sealed: bytes) -> None:
    changed = sealed.replace(b"/Count 1", b"/Count 2", 1)
    assert changed != sealed
    with pytest.raises(AppError) as refusal:
        judged(changed, trusting(office))
    assert refusal.value.code is Code.SIGNATURE_INVALID


def test_a_revoked_signer_of_a_pdf_is_refused(
    office: Office, inspector: SigningIdentity, sealed: bytes
) -> None:
    with pytest.raises(AppError) as refusal:
        judged(sealed, revoking(office, inspector, at=MOMENT - timedelta(hours=1)))
    assert refusal.value.code is Code.CERTIFICATE_REVOKED


def test_an_unknown_signer_of_a_pdf_is_refused(sealed: bytes) -> None:
    with pytest.raises(AppError) as refusal:
        judged(sealed, trusting(make_office()))
    assert refusal.value.code is Code.SIGNER_UNKNOWN
