"""报送: sealed cards with their evidence into one package for the inspector's office."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.crypto.age import AgeRecipient
from app.domain.card import Card, CardHash, CardId, files_of
from app.domain.delivery import Outcome, PackageItem, PackageRecord
from app.domain.evidence import Evidence
from app.domain.keyring import CredentialKind
from app.domain.points import points_text
from app.domain.sealed import SealedCard
from app.domain.supplement import SealedSupplement, SupplementHash, added_files
from app.domain.trail import AuditEntry
from app.errors import AppError, Code
from app.exchange.card_document import read_card
from app.exchange.head import NO_PREVIOUS, Head, Kind
from app.exchange.naming import SUBMISSION, card_names, evidence_name, supplement_names
from app.exchange.submission import (
    CardRecord,
    SubmissionIndex,
    SupplementRecord,
    submission_bytes,
)
from app.exchange.wire import evidence_to_wire
from app.exchange.writer import Entry, FileEntry, write_package
from app.ports.progress import Progress
from app.services.cards.assess import find_card
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.forms import form_with_hash
from app.services.desk.standing import inspectors_office
from app.services.keys.trust import refuse_unbelievable
from app.services.keys.unlock import Unlocked


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """What is about to be packed: the head, the entries, and to whom it is sealed."""

    head: Head
    entries: tuple[Entry | FileEntry, ...]
    recipients: tuple[AgeRecipient, ...]
    items: tuple[PackageItem, ...]


def choose_cards(desk: Desk, card_ids: Sequence[str]) -> tuple[SealedCard, ...]:
    """Return the sealed revisions to send: those named, else all that were never exported.

    A card whose supplement was never exported goes again with it: alone it would say nothing.

    What was sealed for an office served earlier would be set aside by the present one: it is not
    chosen, and refused when named.

    Raises:
        AppError: CARD_UNKNOWN, CARD_NOT_SEALED, CARD_FOR_OTHER_OFFICE, NOTHING_TO_SUBMIT,
            IDENTITY_MISSING.

    """
    workspace, office = desk.workspace, inspectors_office(desk).office.name.code
    if card_ids:
        hashes = [_newest_sealed(desk, card_id) for card_id in dict.fromkeys(card_ids)]
    else:
        hashes = [
            line.sealed
            for line in workspace.cards.lines()
            if line.sealed is not None and _has_unsent(desk, line.sealed)
        ]
    chosen = [sealed for each in hashes if (sealed := workspace.cards.sealed(each)) is not None]
    chosen = [sealed for sealed in chosen if not sealed.index.received_in]
    strange = [sealed for sealed in chosen if _card_of(desk, sealed).office.code != office]
    if card_ids and strange:
        code = _card_of(desk, strange[0]).office.code
        raise AppError(Code.CARD_FOR_OTHER_OFFICE, office=code)
    chosen = [sealed for sealed in chosen if sealed not in strange]
    if not chosen:
        raise AppError(Code.NOTHING_TO_SUBMIT)
    return tuple(chosen)


def plan_submission(
    desk: Desk, chosen: Sequence[SealedCard], unlocked: Unlocked, *, photos: bool
) -> Consignment:
    """Lay out a submission to the inspector's office; nothing is written yet.

    Raises:
        AppError: CERTIFICATE_EXPIRED and what else `refuse_unbelievable` raises;
            EVIDENCE_MISSING.

    """
    refuse_unbelievable(desk, unlocked.identity)
    workspace, office = desk.workspace, inspectors_office(desk)
    cards = [_card_of(desk, sealed) for sealed in chosen]
    supplements = [
        held for sealed in chosen for held in workspace.supplements.of(sealed.index.hash)
    ]
    index = SubmissionIndex(
        photos=photos,
        supplements=tuple(
            SupplementRecord(
                hash=held.hash,
                card=held.supplement.card_hash,
                files=tuple(map(evidence_to_wire, added_files(held.supplement.addition))),
            )
            for held in supplements
        ),
        cards=tuple(
            CardRecord(
                id=sealed.index.id,
                revision=sealed.index.revision,
                hash=sealed.index.hash,
                base=points_text(sealed.index.base),
                bonus=points_text(sealed.index.bonus),
                pdf=evidence_to_wire(sealed.pdf),
                evidence=tuple(evidence_to_wire(each) for each in files_of(card)),
            )
            for sealed, card in zip(chosen, cards, strict=True)
        ),
    )
    head = next_head(desk, Kind.SUBMISSION, recipient=office.office.name.code)
    return Consignment(
        head=replace(head, counts=index.counts, totals=index.totals),
        entries=(
            Entry(name=SUBMISSION, content=submission_bytes(index)),
            *(entry for sealed in chosen for entry in _sealed_entries(desk, sealed)),
            *(entry for held in supplements for entry in _supplement_entries(held)),
            *(_photo_entries(desk, cards, supplements) if photos else ()),
        ),
        recipients=(AgeRecipient(office.recipient), unlocked.age.recipient),
        items=(
            *(
                _sent(sealed.index.id, sealed.index.revision, sealed.index.hash)
                for sealed in chosen
            ),
            *(
                _sent(held.supplement.card, held.supplement.revision, held.hash)
                for held in supplements
            ),
        ),
    )


def next_head(desk: Desk, kind: Kind, *, recipient: str) -> Head:
    """Return the head of the next package to a recipient, its counts and totals still to come."""
    workspace = desk.workspace
    last = workspace.packages.last(stream=workspace.id, peer=recipient, outgoing=True)
    return Head(
        package_id=desk.ids.new(),
        kind=kind,
        rehearsal=workspace.rehearsal,
        stream=workspace.id,
        sequence=1 if last is None else last.sequence + 1,
        previous=NO_PREVIOUS if last is None else last.digest,
        recipient=recipient,
        created=desk.clock.now(),
        audit_head=workspace.audit.head(),
    )


def pack(
    consignment: Consignment,
    path: Path,
    unlocked: Unlocked,
    *,
    progress: Progress | None = None,
) -> str:
    """Write the package and read it back; return its digest. Raises as `write_package`."""
    return write_package(
        path,
        head=consignment.head,
        entries=consignment.entries,
        identity=unlocked.identity,
        recipients=consignment.recipients,
        progress=progress,
    )


def note_sent(desk: Desk, consignment: Consignment, digest: str) -> Changes:
    """Remember a package that stands on its medium: from now on its cards are exported."""
    head = consignment.head
    with desk.workspace.change(AuditEntry(action=f"package.{head.kind}", subject=head.package_id)):
        desk.workspace.packages.add(sent_record(desk, consignment, digest))
    return changed(Noun.PACKAGES, Noun.CARDS)


def sent_record(desk: Desk, consignment: Consignment, digest: str) -> PackageRecord:
    """Return what is kept of a package that was written."""
    head = consignment.head
    return PackageRecord(
        digest=digest,
        package_id=head.package_id,
        kind=head.kind,
        outgoing=True,
        stream=head.stream,
        sequence=head.sequence,
        previous=head.previous,
        peer=head.recipient,
        created_at=head.created,
        handled_at=desk.clock.now(),
        audit_head=head.audit_head,
        items=consignment.items,
    )


def submit(
    desk: Desk, path: Path, unlocked: Unlocked, *, card_ids: Sequence[str], photos: bool
) -> tuple[PackageRecord, Changes]:
    """Choose, pack and remember in one go: what the command line does."""
    if unlocked.kind is not CredentialKind.INSPECTOR:
        raise AppError(Code.IDENTITY_MISSING)
    consignment = plan_submission(desk, choose_cards(desk, card_ids), unlocked, photos=photos)
    digest = pack(consignment, path, unlocked)
    changes = note_sent(desk, consignment, digest)
    record = desk.workspace.packages.get(digest)
    if record is None:
        raise AppError(Code.DATABASE_DAMAGED, path=str(desk.workspace.home))
    return record, changes


def _newest_sealed(desk: Desk, card_id: str) -> CardHash:
    card, _ = find_card(desk, card_id)
    revisions = desk.workspace.cards.sealed_revisions(card.id)
    if not revisions or revisions[-1].revision != card.revision:
        raise AppError(Code.CARD_NOT_SEALED, card=card.id)
    return revisions[-1].hash


def _card_of(desk: Desk, sealed: SealedCard) -> Card:
    return read_card(sealed.document, form_with_hash(desk, sealed.index.terms.form))


def _sealed_entries(desk: Desk, sealed: SealedCard) -> tuple[Entry | FileEntry, ...]:
    names = card_names(sealed.index.id, sealed.index.revision)
    return (
        Entry(name=names.document, content=sealed.document),
        Entry(name=names.cms, content=sealed.cms),
        _file_entry(desk, names.pdf, sealed.pdf),
    )


def _supplement_entries(held: SealedSupplement) -> tuple[Entry, Entry]:
    document, cms = supplement_names(held.hash)
    return (
        Entry(name=document, content=held.document),
        Entry(name=cms, content=held.cms),
    )


def _photo_entries(
    desk: Desk, cards: Sequence[Card], supplements: Sequence[SealedSupplement]
) -> tuple[FileEntry, ...]:
    named = [each for card in cards for each in files_of(card)]
    named += [each for held in supplements for each in added_files(held.supplement.addition)]
    files = {each.sha256: each for each in named}
    return tuple(_file_entry(desk, evidence_name(each.sha256), each) for each in files.values())


def _has_unsent(desk: Desk, card_hash: CardHash) -> bool:
    workspace = desk.workspace
    supplements = workspace.supplements.of(card_hash)
    return not workspace.packages.is_exported(card_hash) or not all(
        workspace.packages.is_exported(held.hash) for held in supplements
    )


def _sent(card: CardId, revision: int, record: CardHash | SupplementHash) -> PackageItem:
    return PackageItem(card=card, revision=revision, hash=record, outcome=Outcome.SENT)


def _file_entry(desk: Desk, name: str, kept: Evidence) -> FileEntry:
    return FileEntry(
        name=name,
        path=desk.workspace.evidence.path(kept.sha256),
        size=kept.size,
        sha256=kept.sha256,
    )
