"""The inspector's seal on a PDF: PAdES B-B around the pages and the card's signed record, or B-T.

The seal certifies the document. With one place for a seal nothing may be added afterwards
(DocMDP 1); with two the second place is an empty signature field from the beginning, and filling
it is all that is allowed (DocMDP 2). What the first box shows is drawn with the page; the
signature itself brings no appearance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.content import PdfContent, RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import StaticStampStyle

from app.crypto.facts import describe
from app.crypto.identity import SigningIdentity, pyhanko_signer
from app.crypto.run import run
from app.crypto.timestamp import MOST_BYTES
from app.reports.card.scorecard import Scorecard, draw, lay_out
from app.reports.card.seal_places import SealPlace
from app.reports.card.sealers import SealedBy, sealer
from app.reports.file.archive import Attachment, Relationship
from app.reports.seal.tight_cms import cms_in, hole_of, with_stamp
from app.reports.typeset.fonts import Fonts

RECORD_NAME = "card.json"
RECORD_SEAL_NAME = "card.json.p7s"
FIELD, SECOND_FIELD = "Seal", "Seal2"
_ROOM = 8192  # hex digits for the CMS, some 2,400 of them used
_STAMPED_ROOM = 2 * MOST_BYTES + _ROOM

_WHOLE_BOX = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0)
)

# Returns the token of a time stamp over a signature, b'' where none could be had.
Stamp = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The canonical card document and the detached CMS over its bytes."""

    document: bytes
    cms: bytes

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Return both as they stand in the file."""
        return (
            Attachment(
                name=RECORD_NAME,
                content=self.document,
                media_type="application/json",
                relationship=Relationship.SOURCE,
                description="评分表数据（签名原文）",
            ),
            Attachment(
                name=RECORD_SEAL_NAME,
                content=self.cms,
                media_type="application/pkcs7-signature",
                relationship=Relationship.SUPPLEMENT,
                description="评分表数据的电子签名（CMS）",
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """By whom and when a file is sealed, and where a time stamp over it comes from, if at all."""

    identity: SigningIdentity
    moment: datetime
    stamp: Stamp | None = None


def sealed_scorecard(
    scorecard: Scorecard,
    fonts: Fonts,
    *,
    record: Record,
    sealing: Sealing,
) -> bytes:
    """Draw a card and seal it: the file that is stored, printed and handed in.

    Raises:
        AppError: GLYPH_MISSING, LAYOUT_OVERFLOW.

    """
    by = SealedBy(sealer(describe(sealing.identity.certificate)), sealing.moment)
    named = replace(scorecard, seals=(by,))
    layout = lay_out(named, fonts)
    pdf = draw(layout, named, fonts, attachments=record.attachments)
    return seal_print(pdf, layout.seals, sealing)


class Update(IncrementalPdfFileWriter):
    """An incremental update that leaves alone what the file says of itself.

    pyHanko 0.38 would write its own name and the machine's time into document information and XMP.
    """

    def _update_meta(self) -> None:
        pass


def seal_print(pdf: bytes, places: Sequence[SealPlace], sealing: Sealing) -> bytes:
    """Certify a drawn file in the first of its places and leave the second, if any, empty."""
    writer = Update(BytesIO(pdf))
    for name, place in zip((FIELD, SECOND_FIELD), places, strict=False):
        append_signature_field(writer, _field(name, place))
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES if len(places) == 1 else MDPPerm.FILL_FORMS,
    )
    return fill_field(writer, metadata, sealing, RawContent(b""))


def fill_field(
    writer: Update,
    metadata: PdfSignatureMetadata,
    sealing: Sealing,
    shown: PdfContent,
) -> bytes:
    """Sign what the writer holds into a field that shows this; return the whole file."""
    signer = pyhanko_signer(sealing.identity)
    signer.embed_roots = False  # whoever trusts the office has its CA; strangers gain nothing
    style = StaticStampStyle(
        border_width=0,
        background=shown,
        background_layout=_WHOLE_BOX,
    )
    session = PdfSigner(metadata, signer, stamp_style=style).init_signing_session(
        writer, existing_fields_only=True
    )
    session.system_time = sealing.moment
    room = _ROOM if sealing.stamp is None else _STAMPED_ROOM
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=room)
    prepared, output = document.digest_tbs_document(output=BytesIO())
    run(document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes()))
    output.seek(0)
    pdf = bytes(output.read())
    if sealing.stamp is None:
        return pdf
    start, end = prepared.reserved_region_start, prepared.reserved_region_end
    return pdf[:start] + _stamped(pdf[start:end], sealing.stamp) + pdf[end:]


def _field(name: str, place: SealPlace) -> SigFieldSpec:
    rect = place.rect
    return SigFieldSpec(
        name,
        on_page=place.page,
        box=(round(rect.left), round(rect.bottom), round(rect.right), round(rect.top)),
        empty_field_appearance=False,
    )


def _stamped(hole: bytes, stamp: Stamp) -> bytes:
    """Return a signature's place with a time stamp over the signature in it, if one is had."""
    cms = cms_in(hole)
    token = stamp(cms.signature)
    return hole_of(with_stamp(cms.bare, token), len(hole)) if token else hole
