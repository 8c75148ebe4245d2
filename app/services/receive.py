"""接收报送: a package from outside, proven first and then taken in by one transaction.

`open_gate` reads what is needed of the workspace, `prepare` proves everything without it;
`app.services.take_in` stores. A refused package leaves nothing but files no row names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from app.crypto.facts import CertificateFacts, require_office
from app.crypto.trust import TrustAnchors
from app.domain.card import Card, CardHash, CardId, Policy, files_of
from app.domain.evidence import Sha256
from app.domain.form import Form, FormHash, GuideHash
from app.domain.keyring import CredentialKind
from app.domain.points import points_text
from app.domain.scoring import Totals, totals
from app.domain.sealed import SealedCard, index_of
from app.domain.supplement import SealedSupplement, SupplementHash, added_files
from app.domain.unit import Unit, new_unit
from app.errors import AppError, Code
from app.exchange.head import Head, Kind, require_same_world
from app.exchange.naming import card_names, evidence_name, supplement_names
from app.exchange.opened import OpenPackage
from app.exchange.reader import Reader, open_package
from app.exchange.receipt import ReceiptDocument, read_receipt
from app.exchange.submission import (
    CardRecord,
    SubmissionIndex,
    SupplementRecord,
    read_submission,
)
from app.exchange.wire import EvidenceWire, evidence_from_wire
from app.ports import EvidenceStore, Progress
from app.reports.fonts import Fonts, load_fonts
from app.services.desk import Desk
from app.services.forms import current_form, current_guide_names
from app.services.proof import (
    Court,
    prove_document,
    prove_pdf,
    prove_supplement,
    same_document,
)
from app.services.standing import holder_of, inspectors_office
from app.services.trust import anchors
from app.services.unlock import Unlocked


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What proving a package needs to know of this workspace, read once.

    `rules` are the pairs of step and policy the office ever set; empty on an inspector's laptop,
    which cannot know them. `receipts` are our own times of receipt by package digest, `sender` the
    office an inspector's receipts must come from.
    """

    reader: Reader
    trust: TrustAnchors
    rehearsal: bool
    forms: Mapping[FormHash, Form]
    guides: Mapping[GuideHash, str]
    rules: frozenset[tuple[Decimal, Policy]]
    receipts: Mapping[str, datetime]
    sender: str | None
    fonts: Fonts
    now: datetime

    def moment_of(self, digest: str) -> datetime:
        """Return when a package is known to have existed: our own receipt of it, else now."""
        return self.receipts.get(digest, self.now)

    def court(self, digest: str) -> Court:
        """Return before what the cards of a package are proven."""
        return Court(
            trust=self.trust,
            find_form=self.find_form,
            name_guide=lambda guide: self.guides.get(guide, ""),
            fonts=self.fonts,
            moment=self.moment_of(digest),
            now=self.now,
        )

    def find_form(self, form: FormHash) -> Form:
        """Return a form by its hash; AppError FORM_UNKNOWN."""
        if form not in self.forms:
            raise AppError(Code.FORM_UNKNOWN, form=form)
        return self.forms[form]


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


def open_gate(desk: Desk) -> Gate:
    """Read what proving a package needs."""
    workspace = desk.workspace
    office = workspace.office.get()
    inspector = holder_of(desk, CredentialKind.INSPECTOR)
    ours = (inspector, holder_of(desk, CredentialKind.OFFICE))
    form = current_form(desk)
    return Gate(
        reader=Reader(
            office=office.name.code if office else None,
            serials=frozenset(holder.serial for holder in ours if holder),
        ),
        trust=anchors(desk),
        rehearsal=workspace.rehearsal,
        forms={form.hash: form},
        guides=current_guide_names(desk),
        rules=frozenset((rules.step, rules.policy) for rules in workspace.office.past_rules()),
        receipts={
            record.digest: record.handled_at for record in workspace.packages.all(outgoing=False)
        },
        sender=inspectors_office(desk).office.name.code if inspector else None,
        fonts=load_fonts(desk.resources / "fonts"),
        now=desk.clock.now(),
    )


def prepare(
    path: Path,
    gate: Gate,
    unlocked: Unlocked,
    *,
    evidence: EvidenceStore,
    staging: Path,
    progress: Progress | None = None,
) -> ProvenSubmission | ProvenReceipt:
    """Prove a package and keep the files of its proven cards, which no row names yet.

    Raises:
        AppError: all that `open_at_gate` raises; PACKAGE_FOR_OTHER_OFFICE for one of our own,
            which we may open and verify but never take in.

    """
    package = open_at_gate(path, gate, unlocked, staging=staging, progress=progress)
    recipient = package.head.recipient
    if recipient not in {gate.reader.office, *gate.reader.serials}:
        raise AppError(Code.PACKAGE_FOR_OTHER_OFFICE, recipient=recipient)
    if package.head.kind is Kind.RECEIPT:
        if gate.sender is not None:
            require_office(package.signer, gate.sender)
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


def open_at_gate(
    path: Path,
    gate: Gate,
    unlocked: Unlocked,
    *,
    staging: Path,
    progress: Progress | None = None,
) -> OpenPackage:
    """Return a verified package that belongs to this workspace's world.

    Raises:
        AppError: all that `open_package` raises; PACKAGE_IS_REHEARSAL, PACKAGE_IS_NOT_REHEARSAL.

    """
    package = open_package(
        path,
        reader=gate.reader,
        secrets=(unlocked.age,),
        trust=gate.trust,
        now=gate.now,
        moment_of=gate.moment_of,
        staging=staging,
        progress=progress,
    )
    require_same_world(package.head, rehearsal=gate.rehearsal)
    return package


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
