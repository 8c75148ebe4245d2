"""What attacks begin with: an office, its inspectors, an honest sealed card, and whom to ask.

No database: a PDF is judged from its bytes and whom one trusts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pikepdf
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.crypto.cms import sign_detached
from app.crypto.facts import describe
from app.crypto.identity import SigningIdentity
from app.crypto.trust import TrustAnchors
from app.domain.card import Card, OfficeName
from app.domain.signature import Pending, Signatory
from app.domain.unit import Unit
from app.exchange.card_document import card_hash, part_hashes, write_card
from app.reports.card.scorecard import Layout, Scorecard, draw, lay_out
from app.reports.card.sealers import SealedBy, sealer
from app.reports.seal.seal import Record, Sealing, Stamp, seal_print
from app.services.desk.forms import guide_name
from app.services.seal.paper_proof import proof_text
from app.services.seal.proof import Court, scorecard_of
from app.services.verify.judge_pdf import judge_pdf
from app.services.verify.telling import told
from app.services.verify.verdict import Report
from app.text.catalogue import Language, translator
from tests.forms import RESOURCES, complete_card, national_form, national_guide, open_card
from tests.pki import Office, make_inspector, make_office, trusting
from tests.scorecards import fonts, signed

SEALED_AT = datetime(2021, 6, 1, 1, 30, tzinfo=UTC)
NAME, SECOND_NAME = "测试甲", "测试乙"
_OFFICE = OfficeName(code="440304", name="练习区总工会竞赛办")
_WORDS = tuple(translator(language, RESOURCES) for language in Language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """An office with two inspectors of one team."""

    office: Office
    inspector: SigningIdentity
    second: SigningIdentity

    @property
    def trust(self) -> TrustAnchors:
        return trusting(self.office)


@cache
def bench() -> Bench:
    """Return the office and its inspectors of this run."""
    office = make_office(_OFFICE.code, _OFFICE.name)
    return Bench(
        office=office,
        inspector=make_inspector(office, NAME),
        second=make_inspector(office, SECOND_NAME),
    )


def card_of(unit: Unit | None = None, **points: str) -> Card:
    """Return a complete card that both sides will sign later; these points, the rest full."""
    named = {clause.replace("_", "-"): given for clause, given in points.items()}
    card = complete_card(open_card(office=_OFFICE, unit=unit), points=named)
    card = signed(card, Signatory.LEAD, NAME, Pending())
    card = signed(card, Signatory.UNIT, "测试丙", Pending())
    hashes = part_hashes(card, national_form())
    signatures = tuple(
        replace(each, header_hash=hashes.header, scores_hash=hashes.scores)
        for each in card.signatures
    )
    return replace(card, signatures=signatures)


def record_of(card: Card, identity: SigningIdentity | None = None) -> Record:
    """Return the record of a card, signed."""
    document = write_card(card, national_form())
    return Record(document=document, cms=sign_detached(document, identity or bench().inspector))


@cache
def honest() -> bytes:
    """Return a sealed card as the program makes it."""
    return sealed(card_of())


def sealed(
    card: Card,
    *,
    identity: SigningIdentity | None = None,
    record: Record | None = None,
    proof: str | None = None,
    before: Callable[[pikepdf.Pdf, Layout], None] | None = None,
    moment: datetime = SEALED_AT,
    stamp: Stamp | None = None,
) -> bytes:
    """Return a card drawn and sealed by somebody with a key, who may change it in between."""
    signer = identity or bench().inspector
    kept = record or record_of(card, signer)
    scorecard = drawn_as(card, signer, proof=proof, moment=moment)
    layout = lay_out(scorecard, fonts())
    pdf = draw(layout, scorecard, fonts(), attachments=kept.attachments)
    if before is not None:
        with pikepdf.open(BytesIO(pdf)) as opened:
            before(opened, layout)
            changed = BytesIO()
            opened.save(changed)
            pdf = changed.getvalue()
    return seal_print(pdf, layout.seals, Sealing(identity=signer, moment=moment, stamp=stamp))


def drawn_as(
    card: Card, signer: SigningIdentity, *, proof: str | None, moment: datetime
) -> Scorecard:
    """Return what the print of a card says."""
    form = national_form()
    document = write_card(card, form)
    shown = scorecard_of(
        card,
        form,
        document=document,
        guide=guide_name(national_guide()),
        seals=(SealedBy(sealer(describe(signer.certificate)), moment),),
    )
    code = proof_text(card, form, card_hash(document), signer) if proof is None else proof
    return replace(shown, proof=code)


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Return a sealed file with an incremental update behind it, as any editor saves one."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()


def first_page(writer: IncrementalPdfFileWriter) -> DictionaryObject:
    page = writer.root["/Pages"]["/Kids"][0]
    assert isinstance(page, DictionaryObject)
    return page


def overwrite(writer: IncrementalPdfFileWriter, reference: IndirectObject, data: bytes) -> None:
    stream = StreamObject(stream_data=data)
    writer.objects[(reference.generation, reference.idnum)] = stream


def new_page_content(writer: IncrementalPdfFileWriter) -> None:
    overwrite(writer, first_page(writer).raw_get("/Contents"), b"BT ET")


def judged(pdf: bytes, *, trust: TrustAnchors | None = None, days: float = 1) -> Report:
    """Judge a file so many days after it was sealed, and put the verdict into words."""
    moment = SEALED_AT + timedelta(days=days)
    report = judge_pdf(pdf, court(trust or bench().trust, moment))
    for words in _WORDS:
        assert told(report, words).headline
    return report


def court(trust: TrustAnchors, moment: datetime) -> Court:
    """Return before what files are judged."""
    return Court(
        trust=trust,
        find_form=lambda _: national_form(),
        name_guide=lambda _: guide_name(national_guide()),
        fonts=fonts(),
        moment=moment,
        now=moment,
    )


def codes(report: Report) -> set[str]:
    """Return the codes of all that is wrong."""
    return {fault.code.value for fault in report.faults}
