"""The second inspector's seal: into the field the first one left empty, and nothing else.

Written as an incremental update, so that the first seal's bytes stay as they are. What its box
shows is drawn as that of the first one and brought along as the field's appearance.
"""

from io import BytesIO

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, FloatObject, pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata

from app.crypto.facts import CertificateFacts, Role, describe, require_office, require_role
from app.domain.card import Card, team
from app.domain.signature import Ink
from app.errors import AppError, Code
from app.reports.card.sealers import SealedBy, ink_of, sealer, set_seal
from app.reports.file.imprint import Imprint
from app.reports.file.painter import paint
from app.reports.seal.seal import SECOND_FIELD, Sealing, Update, fill_field
from app.reports.typeset.fonts import Fonts, Style
from app.reports.typeset.page import Page, Rect

_NO_CONSTANTS = dict.fromkeys(Style, "")


def require_second(second: CertificateFacts, first: CertificateFacts, card: Card) -> None:
    """Refuse who may not seal a card beside its first sealer.

    Raises:
        AppError: SIGNER_ROLE_WRONG (no inspector), SIGNER_OFFICE_WRONG (of another office),
            REHEARSAL_MIXED, SECOND_SEALER_SAME (the same person), SECOND_SEALER_NOT_IN_TEAM.

    """
    require_role(second, Role.INSPECTOR)
    require_office(second, card.office.code)
    if second.rehearsal != card.rehearsal:
        raise AppError(Code.REHEARSAL_MIXED)
    if second.sha256 == first.sha256 or second.common_name == first.common_name:
        raise AppError(Code.SECOND_SEALER_SAME, name=second.common_name)
    if second.common_name not in {person.name for person in team(card)}:
        raise AppError(Code.SECOND_SEALER_NOT_IN_TEAM, name=second.common_name)


def add_second_seal(pdf: bytes, fonts: Fonts, sealing: Sealing, *, card: Card) -> bytes:
    """Fill the second place of a file that was sealed once; its bytes stay a prefix.

    Raises:
        AppError: GLYPH_MISSING, LAYOUT_OVERFLOW; SECOND_SEALER_NOT_IN_TEAM when the file has no
            second place: its team is one person.

    """
    by = SealedBy(sealer(describe(sealing.identity.certificate)), sealing.moment)
    fonts.require_glyphs(by.name, "sealed_by")
    writer = Update(BytesIO(pdf))
    place = next(
        (
            _rect(field.get_object())
            for name, value, field in enumerate_sig_fields(writer.prev)
            if name == SECOND_FIELD and value is None
        ),
        None,
    )
    if place is None:
        raise AppError(Code.SECOND_SEALER_NOT_IN_TEAM, name=by.name)
    metadata = PdfSignatureMetadata(
        field_name=SECOND_FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    shown = _Drawn(_drawing(fonts, by, ink=ink_of(card, by), place=place), place)
    return fill_field(writer, metadata, sealing, shown)


class _Drawn(PdfContent):
    """A rectangle of a page of ours, as the content of a box as large."""

    def __init__(self, drawing: bytes, rect: Rect) -> None:
        super().__init__()
        self._drawing = drawing
        self._rect = rect

    def render(self) -> bytes:
        rect = self._rect
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._drawing)))
        sides = (rect.left, rect.bottom, rect.right, rect.top)
        page.get_object()["/BBox"] = ArrayObject(map(FloatObject, sides))
        self.resources.xobject[pdf_name("/Drawn")] = page
        return b"1 0 0 1 %g %g cm /Drawn Do" % (-rect.left, -rect.bottom)


def _drawing(fonts: Fonts, by: SealedBy, *, ink: Ink | None, place: Rect) -> bytes:
    """Return a file of one page with what the seal shows where it shows it."""
    page = Page(0)
    set_seal(page, fonts, by, ink=ink, place=place)
    imprint = Imprint(title="", author="", layout="", made=by.at, watermark="")
    return paint([page], fonts, imprint, _NO_CONSTANTS)


def _rect(field: DictionaryObject) -> Rect:
    left, bottom, right, top = (float(side) for side in field["/Rect"])
    return Rect(left, bottom, right, top)
