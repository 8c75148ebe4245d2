"""The inspector's seal on a PDF: the card's signed record inside it, and PAdES B-B around it all.

The seal certifies the document (DocMDP 1): nothing may be added afterwards. What its box shows is
drawn with the page; the signature itself brings no appearance, because one made by pyHanko costs
a second.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import StaticStampStyle

from app.crypto.facts import CertificateFacts, describe
from app.crypto.identity import SigningIdentity, pyhanko_signer
from app.crypto.run import run
from app.reports.fonts import Fonts
from app.reports.scorecard import Layout, Scorecard, draw, lay_out

RECORD_NAME = "card.json"
RECORD_SEAL_NAME = "card.json.p7s"
FIELD_NAME = "Seal"
_RESERVED = 8192  # hex digits for the CMS, some 2,400 of them used


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The canonical card document and the detached CMS over its bytes."""

    document: bytes
    cms: bytes


def sealer(signer: CertificateFacts) -> str:
    """Return how the seal names the inspector."""
    return f"{signer.common_name}（{signer.post}）" if signer.post else signer.common_name


def sealed_scorecard(
    scorecard: Scorecard,
    fonts: Fonts,
    *,
    record: Record,
    identity: SigningIdentity,
    moment: datetime,
) -> bytes:
    """Draw a card and seal it: the file that is stored, printed and handed in.

    Raises:
        AppError: GLYPH_MISSING, LAYOUT_OVERFLOW.

    """
    named = replace(scorecard, sealed_by=sealer(describe(identity.certificate)))
    layout = lay_out(named, fonts)
    writer = IncrementalPdfFileWriter(BytesIO(draw(layout, named, fonts)))
    _attach(writer, RECORD_NAME, record.document, "application/json")
    _attach(writer, RECORD_SEAL_NAME, record.cms, "application/pkcs7-signature")
    return _signed(writer, layout, identity, moment)


def _attach(writer: IncrementalPdfFileWriter, name: str, content: bytes, media_type: str) -> None:
    embedded = EmbeddedFileObject.from_file_data(writer, content, mime_type=media_type)
    relationship = pdf_name("/Data")
    embed_file(
        writer,
        FileSpec(name, file_name=name, embedded_data=embedded, af_relationship=relationship),
    )


def _signed(
    writer: IncrementalPdfFileWriter, layout: Layout, identity: SigningIdentity, moment: datetime
) -> bytes:
    seal = layout.seal
    signer = pyhanko_signer(identity)
    signer.embed_roots = False  # whoever trusts the office has its CA; strangers gain nothing
    session = PdfSigner(
        PdfSignatureMetadata(
            field_name=FIELD_NAME,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        ),
        signer,
        stamp_style=StaticStampStyle(border_width=0, background=RawContent(b"")),
        new_field_spec=SigFieldSpec(
            FIELD_NAME,
            on_page=layout.seal_page,
            box=(round(seal.left), round(seal.bottom), round(seal.right), round(seal.top)),
        ),
    ).init_signing_session(writer)
    session.system_time = moment
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=_RESERVED)
    prepared, output = document.digest_tbs_document(output=BytesIO())
    run(document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes()))
    output.seek(0)
    return bytes(output.read())
