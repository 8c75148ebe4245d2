"""接收报送: a package from outside, proven record by record before anything of it is stored.

`gate.open_gate` reads what is needed of the workspace, `prepare` proves everything without it;
`take_in` stores. A refused package leaves nothing but files no row names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.crypto.facts import CertificateFacts, require_office
from app.domain.card import Card, CardHash, CardId, files_of
from app.domain.evidence import Sha256
from app.domain.points import points_text
from app.domain.scoring import Totals, totals
from app.domain.sealed import SealedCard, index_of
from app.domain.supplement import SealedSupplement, SupplementHash, added_files
from app.domain.unit import Unit, new_unit
from app.errors import AppError, Code
from app.exchange.head import Head, Kind
from app.exchange.naming import card_names, evidence_name, supplement_names
from app.exchange.opened import OpenPackage
from app.exchange.receipt import ReceiptDocument, read_receipt
from app.exchange.submission import (
    CardRecord,
    SubmissionIndex,
    SupplementRecord,
    read_submission,
)
from app.exchange.wire import EvidenceWire, evidence_from_wire
from app.ports import EvidenceStore
from app.ports.progress import Progress
from app.services.keys.unlock import Unlocked
from app.services.packages.assigned import ProvenAssignment, judge_assignment
from app.services.packages.gate import Gate, open_at_gate
from app.services.seal.proof import (
    prove_document,
    prove_pdf,
    prove_supplement,
    same_document,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenRecord:
    """A card of a submission, proven and ready to be stored."""

    card: Card
    sealed: SealedCard


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A record that was not taken in (暂存待处理), and why."""

    id: CardId
    revision: int
    hash: CardHash | SupplementHash
    refusal: AppError

    @property
    def code(self) -> Code:
        """Return the code that says why."""
        return self.refusal.code


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenSubmission:
    """A submission that may be committed."""

    head: Head
    digest: str
    signer: CertificateFacts
    records: tuple[ProvenRecord, ...]
    supplements: tuple[SealedSupplement, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenReceipt:
    """A receipt that may be committed."""

    head: Head
    digest: str
    signer: CertificateFacts
    document: ReceiptDocument


def prepare(
    path: Path,
    gate: Gate,
    unlocked: Unlocked,
    *,
    evidence: EvidenceStore,
    staging: Path,
    progress: Progress | None = None,
) -> ProvenSubmission | ProvenReceipt | ProvenAssignment:
    """Prove a package and keep the files of its proven cards, which no row names yet.

    Raises:
        AppError: all that `open_at_gate` raises; PACKAGE_FOR_OTHER_OFFICE for one of our own,
            which we may open and verify but never take in.

    """
    package = open_at_gate(path, gate, unlocked, staging=staging, progress=progress)
    recipient = package.head.recipient
    if recipient not in {gate.reader.office, *gate.reader.serials}:
        raise AppError(Code.PACKAGE_FOR_OTHER_OFFICE, recipient=recipient)
    if not package.head.kind.goes_up and gate.sender is not None:
        require_office(package.signer, gate.sender)
    if package.head.kind is Kind.ASSIGNMENT:
        return judge_assignment(package, gate)
    if package.head.kind is Kind.RECEIPT:
        return ProvenReceipt(
            head=package.head,
            digest=package.digest,
            signer=package.signer,
            document=read_receipt(package),
        )
    submission, index = judge_submission(package, gate)
    proven = {record.sealed.index.hash for record in submission.records}
    for record in index.cards:
        if record.hash in proven:
            _keep_files(package, index, record, evidence)
    accepted = {supplement.hash for supplement in submission.supplements}
    for added in index.supplements if index.photos else ():
        if added.hash in accepted:
            for file in added.files:
                _keep(package, evidence_name(Sha256(file.sha256)), file, evidence)
    return submission


def judge_submission(package: OpenPackage, gate: Gate) -> tuple[ProvenSubmission, SubmissionIndex]:
    """Prove each card of a submission for itself: one that fails is set aside with its code.

    Raises:
        AppError: what `read_submission` raises of the index as a whole.

    """
    index = read_submission(package)
    records: list[ProvenRecord] = []
    set_aside: list[SetAside] = []
    for record in index.cards:
        try:
            records.append(_proven(package, record, gate))
        except AppError as refusal:
            set_aside.append(_aside(record, refusal))
    cards = {record.sealed.index.hash: record.card for record in records}
    supplements: list[SealedSupplement] = []
    for added in index.supplements:
        try:
            supplements.append(_proven_supplement(package, added, cards, gate))
        except AppError as refusal:
            set_aside.append(_aside_supplement(added, index, refusal))
    submission = ProvenSubmission(
        head=package.head,
        digest=package.digest,
        signer=package.signer,
        records=tuple(records),
        supplements=tuple(supplements),
        set_aside=tuple(set_aside),
    )
    return submission, index


def _proven(package: OpenPackage, record: CardRecord, gate: Gate) -> ProvenRecord:
    names = card_names(record.id, record.revision)
    document, cms = package.read(names.document), package.read(names.cms)
    pdf = package.read(names.pdf)
    same_document(document, record.hash)
    court = gate.court(package.digest)
    proven = prove_document(document, cms, court)
    card, sums = proven.card, totals(proven.card, proven.form)
    _refuse_listed_otherwise(card, sums, record)
    _refuse_made_up(card.unit)
    if card.rehearsal != gate.rehearsal:
        raise AppError(Code.CARD_DOCUMENT_DAMAGED, where="rehearsal")
    if card.office.code != package.head.recipient:
        raise AppError(Code.CARD_FOR_OTHER_OFFICE, office=card.office.code)
    if card.terms.guide not in gate.guides:
        raise AppError(Code.GUIDE_UNKNOWN, guide=card.terms.guide)
    if gate.rules and (card.terms.step, card.terms.policy) not in gate.rules:
        raise AppError(
            Code.CARD_RULES_WRONG, step=points_text(card.terms.step), policy=card.terms.policy
        )
    prove_pdf(pdf, proven, court)
    return ProvenRecord(
        card=card,
        sealed=SealedCard(
            index=index_of(
                card,
                sums,
                card_hash=record.hash,
                sealed_at=court.moment,
                signer=proven.signer.serial,
                received_in=package.digest,
            ),
            document=document,
            cms=cms,
            pdf=evidence_from_wire(record.pdf),
        ),
    )


def _refuse_listed_otherwise(card: Card, sums: Totals, record: CardRecord) -> None:
    """Raise unless the index, whose sums the head signs, says of a card what it says itself."""
    points = (points_text(sums.converted), points_text(sums.bonus))
    listed_files = tuple(map(evidence_from_wire, record.evidence))
    agreement = {
        "id": (card.id, card.revision) == (record.id, record.revision),
        "totals": points == (record.base, record.bonus),
        "evidence": listed_files == files_of(card),
    }
    for where, agrees in agreement.items():
        if not agrees:
            raise AppError(Code.CARD_DOCUMENT_DAMAGED, where=where)


def _refuse_made_up(unit: Unit) -> None:
    """Raise unless the unit could have been registered as it stands; raises as `new_unit`."""
    named = new_unit(code=unit.key.code, sub_unit=unit.key.sub_unit, name=unit.name)
    if replace(named, facts=unit.facts) != unit:
        raise AppError(Code.CARD_DOCUMENT_DAMAGED, where="unit")


def _keep_files(
    package: OpenPackage, index: SubmissionIndex, record: CardRecord, evidence: EvidenceStore
) -> None:
    names = card_names(record.id, record.revision)
    _keep(package, names.pdf, record.pdf, evidence)
    if index.photos:
        for file in record.evidence:
            _keep(package, evidence_name(Sha256(file.sha256)), file, evidence)


def _keep(package: OpenPackage, name: str, file: EvidenceWire, evidence: EvidenceStore) -> None:
    if not evidence.is_intact(Sha256(file.sha256)):
        with package.file(name) as path:
            evidence.take(path, name=file.name, media_type=file.media_type)


def _aside(record: CardRecord, refusal: AppError) -> SetAside:
    return SetAside(id=record.id, revision=record.revision, hash=record.hash, refusal=refusal)


def _proven_supplement(
    package: OpenPackage, record: SupplementRecord, cards: Mapping[CardHash, Card], gate: Gate
) -> SealedSupplement:
    if record.card not in cards:
        raise AppError(Code.CARD_UNKNOWN, card=record.card)
    document, cms = map(package.read, supplement_names(record.hash))
    supplement, signer = prove_supplement(
        document,
        cms,
        cards[record.card],
        card_hash=record.card,
        court=gate.court(package.digest),
    )
    if tuple(map(evidence_from_wire, record.files)) != added_files(supplement.addition):
        raise AppError(Code.SUPPLEMENT_DAMAGED, where="files")
    return SealedSupplement(
        hash=record.hash,
        supplement=supplement,
        document=document,
        cms=cms,
        signer=signer,
        received_in=package.digest,
    )


def _aside_supplement(
    record: SupplementRecord, index: SubmissionIndex, refusal: AppError
) -> SetAside:
    """Name the card a supplement says it belongs to; one of the package's own in any case."""
    card = next((card for card in index.cards if card.hash == record.card), index.cards[0])
    return SetAside(id=card.id, revision=card.revision, hash=record.hash, refusal=refusal)
