"""Storing a proven package in one transaction; the same package twice changes nothing."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.card import CardHash, CardId
from app.domain.delivery import Decision, Outcome, PackageItem, PackageRecord, Verdict
from app.domain.supplement import SealedSupplement
from app.domain.trail import AuditEntry
from app.domain.unit import Unit, UnitKey
from app.errors import Code
from app.exchange.head import Head, Kind
from app.exchange.receipt import CardAnswer, CardOutcome
from app.ports.progress import Progress
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.forms import keep_current
from app.services.keys.unlock import Unlocked
from app.services.packages.assigned import (
    ProvenAssignment,
    TaskCounts,
    is_unheard,
    keep_assignment,
)
from app.services.packages.gate import open_gate
from app.services.packages.receive import (
    ProvenReceipt,
    ProvenRecord,
    ProvenSubmission,
    SetAside,
    prepare,
)
from app.services.seal.seal import signed_card

_VERDICTS = {
    CardOutcome.RECEIVED: Verdict.RECEIVED,
    CardOutcome.DUPLICATE: Verdict.RECEIVED,
    CardOutcome.ADOPTED: Verdict.ADOPTED,
    CardOutcome.RETURNED: Verdict.RETURNED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a package, record by record; `set_aside` says why of those not taken in.

    `twice` are cards taken in of units that have another card here already; a person judges.
    `missing` are the numbers this sender's packages skip so far, `tasks` what an assignment did.
    """

    package_id: str
    kind: Kind
    sender: str
    items: tuple[PackageItem, ...]
    set_aside: tuple[SetAside, ...] = ()
    twice: tuple[CardId, ...] = ()
    missing: tuple[int, ...] = ()
    tasks: TaskCounts | None = None

    def with_outcome(self, outcome: Outcome) -> tuple[PackageItem, ...]:
        """Return the records of one outcome."""
        return tuple(item for item in self.items if item.outcome is outcome)


def take_in(
    desk: Desk, path: Path, unlocked: Unlocked, *, progress: Progress | None = None
) -> tuple[Imported, Changes]:
    """Prove a package and store it; raises as `prepare`."""
    gate = open_gate(desk)
    with desk.workspace.staging() as staging:
        proven = prepare(
            path,
            gate,
            unlocked,
            evidence=desk.workspace.evidence,
            staging=staging,
            progress=progress,
        )
    return commit(desk, proven)


def commit(
    desk: Desk, proven: ProvenSubmission | ProvenReceipt | ProvenAssignment
) -> tuple[Imported, Changes]:
    """Store what was proven: all of it or nothing."""
    match proven:
        case ProvenSubmission():
            return _commit_submission(desk, proven)
        case ProvenReceipt():
            return _commit_receipt(desk, proven)
        case ProvenAssignment():
            return _commit_assignment(desk, proven)


def _commit_submission(desk: Desk, proven: ProvenSubmission) -> tuple[Imported, Changes]:
    workspace = desk.workspace
    fresh: list[ProvenRecord] = []
    reported: list[PackageItem] = []
    kept: list[PackageItem] = []
    seen: set[CardHash] = set()
    for record in proven.records:
        outcome = _outcome(desk, record, seen)
        seen.add(record.sealed.index.hash)
        reported.append(_item(record, outcome))
        kept.append(_item(record, _lasting(desk, record, outcome, proven.digest)))
        if outcome is not Outcome.DUPLICATE:
            fresh.append(record)
    added = [held for held in proven.supplements if not _holds(desk, held)]
    for held in proven.supplements:
        outcome = Outcome.ACCEPTED if held in added else Outcome.DUPLICATE
        reported.append(_supplement_item(held, outcome))
        kept.append(_supplement_item(held, Outcome.ACCEPTED))
    aside = tuple(
        PackageItem(
            card=each.id,
            revision=each.revision,
            hash=each.hash,
            outcome=Outcome.SET_ASIDE,
            reason=each.code.value,
        )
        for each in proven.set_aside
    )
    known = workspace.packages.get(proven.digest)
    items = (*kept, *aside)
    # One that this very workspace sent (inspector and office in one) keeps the record of sending.
    is_news = known is None or (known.items != items and not known.outgoing)
    if is_news:
        with workspace.change(AuditEntry(action="package.import", subject=proven.head.package_id)):
            keep_current(desk)
            for record in fresh:
                _add(desk, record)
            for held in added:
                workspace.supplements.add(held)
            workspace.packages.add(
                _record(desk, proven.head, proven.digest, proven.signer.serial, items)
            )
    imported = Imported(
        package_id=proven.head.package_id,
        kind=proven.head.kind,
        sender=proven.signer.common_name,
        items=(*reported, *aside),
        set_aside=proven.set_aside,
        twice=tuple(each.card.id for each in fresh if _has_other_card(desk, each)),
        missing=missing_numbers(desk, proven.head.stream),
    )
    return imported, changed(Noun.CARDS, Noun.UNITS, Noun.PACKAGES) if is_news else changed()


def missing_numbers(desk: Desk, stream: str) -> tuple[int, ...]:
    """Return the numbers below the highest that a sender's packages skip so far."""
    held = {
        record.sequence
        for record in desk.workspace.packages.all(outgoing=False)
        if record.stream == stream
    }
    return tuple(number for number in range(1, max(held, default=0)) if number not in held)


def _outcome(desk: Desk, record: ProvenRecord, seen: set[CardHash]) -> Outcome:
    index = record.sealed.index
    if index.hash in seen or desk.workspace.cards.sealed(index.hash) is not None:
        return Outcome.DUPLICATE
    revisions = desk.workspace.cards.sealed_revisions(index.id)
    is_forked = any(other.revision == index.revision for other in revisions)
    return Outcome.CONFLICT if is_forked else Outcome.ACCEPTED


def _lasting(desk: Desk, record: ProvenRecord, outcome: Outcome, digest: str) -> Outcome:
    """Return what the record of this package says for ever: a card it brought stays accepted."""
    if outcome is not Outcome.DUPLICATE:
        return outcome
    held = desk.workspace.cards.sealed(record.sealed.index.hash)
    if held is None or held.index.received_in != digest:
        return outcome
    known = desk.workspace.packages.get(digest)
    earlier = (
        [item.outcome for item in known.items if item.hash == held.index.hash] if known else []
    )
    return earlier[0] if earlier else Outcome.ACCEPTED


def _item(record: ProvenRecord, outcome: Outcome) -> PackageItem:
    index = record.sealed.index
    return PackageItem(card=index.id, revision=index.revision, hash=index.hash, outcome=outcome)


def _holds(desk: Desk, held: SealedSupplement) -> bool:
    return desk.workspace.supplements.get(held.hash) is not None


def _supplement_item(held: SealedSupplement, outcome: Outcome) -> PackageItem:
    supplement = held.supplement
    return PackageItem(
        card=supplement.card, revision=supplement.revision, hash=held.hash, outcome=outcome
    )


def _add(desk: Desk, record: ProvenRecord) -> None:
    workspace, key = desk.workspace, record.card.unit.key
    workspace.cards.add_received(record.sealed, record.card)
    held = workspace.units.get(key)
    if held is None:
        workspace.units.add(record.card.unit)
        return
    stated = _stated_units(desk, key)
    if held in stated and held != stated[-1]:
        workspace.units.save(stated[-1])


def _stated_units(desk: Desk, key: UnitKey) -> list[Unit]:
    """Return a unit as its received cards state it, the newest card last.

    A unit that stands here as one of them says follows the newest, so that packages give the same
    units in whatever order they come; one that was entered otherwise here is left alone.
    """
    workspace = desk.workspace
    indexes = sorted(
        (index for index in workspace.cards.sealed_of_unit(key) if index.received_in),
        key=lambda index: (index.id, index.revision, index.hash),
    )
    found = (workspace.cards.sealed(index.hash) for index in indexes)
    return [signed_card(desk, sealed).unit for sealed in found if sealed is not None]


def _has_other_card(desk: Desk, record: ProvenRecord) -> bool:
    key: UnitKey = record.card.unit.key
    return any(
        other.id != record.card.id and other.received_in
        for other in desk.workspace.cards.sealed_of_unit(key)
    )


def _record(
    desk: Desk, head: Head, digest: str, peer: str, items: tuple[PackageItem, ...]
) -> PackageRecord:
    return PackageRecord(
        digest=digest,
        package_id=head.package_id,
        kind=head.kind,
        outgoing=False,
        stream=head.stream,
        sequence=head.sequence,
        previous=head.previous,
        peer=peer,
        created_at=head.created,
        handled_at=desk.clock.now(),
        audit_head=head.audit_head,
        items=items,
    )


def _commit_receipt(desk: Desk, proven: ProvenReceipt) -> tuple[Imported, Changes]:
    workspace = desk.workspace
    known = workspace.packages.get(proven.digest)
    items = tuple(_answered(desk, answer) for answer in proven.document.cards)
    imported = Imported(
        package_id=proven.head.package_id,
        kind=proven.head.kind,
        sender=proven.signer.common_name,
        items=items,
    )
    if known is not None:
        told = {item.hash for item in known.items if item.outcome is Outcome.ACCEPTED}
        if all(item.hash in told or item.outcome is not Outcome.ACCEPTED for item in items):
            return _as_duplicates(imported), changed()
    with workspace.change(AuditEntry(action="package.import", subject=proven.head.package_id)):
        superseded = _told_later(desk, proven.head)
        for item in items:
            if item.outcome is Outcome.ACCEPTED and item.hash not in superseded:
                _tell(desk, item, proven.head)
        workspace.packages.add(
            _record(desk, proven.head, proven.digest, proven.signer.serial, items)
        )
    return imported, changed(Noun.DECISIONS, Noun.CARDS, Noun.PACKAGES)


def _commit_assignment(desk: Desk, proven: ProvenAssignment) -> tuple[Imported, Changes]:
    workspace, head = desk.workspace, proven.head
    known = workspace.packages.get(proven.digest)
    counts = TaskCounts(unchanged=len(proven.tasks))
    # One that this very workspace sent (inspector and office in one) is known without being heard.
    is_news = known is None or (known.outgoing and is_unheard(desk, proven))
    if is_news:
        details = {"units": str(len(proven.tasks))}
        entry = AuditEntry(action="package.import", subject=head.package_id, details=details)
        with workspace.change(entry):
            counts = keep_assignment(desk, proven)
            workspace.packages.add(_record(desk, head, proven.digest, proven.signer.serial, ()))
    imported = Imported(
        package_id=head.package_id,
        kind=head.kind,
        sender=proven.signer.common_name,
        items=(),
        missing=missing_numbers(desk, head.stream),
        tasks=counts,
    )
    nouns = (Noun.ASSIGNMENTS, Noun.UNITS, Noun.TRUST, Noun.PACKAGES)
    return imported, changed(*nouns) if is_news else changed()


def _answered(desk: Desk, answer: CardAnswer) -> PackageItem:
    workspace = desk.workspace
    held = workspace.cards.sealed(CardHash(answer.hash)) or workspace.supplements.get(answer.hash)
    verdict = _VERDICTS.get(answer.outcome)
    outcome = Outcome.SET_ASIDE if held is None or verdict is None else Outcome.ACCEPTED
    reason = Code.CARD_UNKNOWN.value if held is None else answer.reason or answer.code
    return PackageItem(
        card=answer.id,
        revision=answer.revision,
        hash=CardHash(answer.hash),
        outcome=outcome,
        reason=reason,
        verdict=verdict,
    )


def _told_later(desk: Desk, head: Head) -> set[str]:
    """Return the records on which a later receipt was heard already."""
    return {
        item.hash
        for record in desk.workspace.packages.all(outgoing=False)
        if (record.created_at, record.sequence) > (head.created, head.sequence)
        for item in record.items
        if item.verdict is not None
    }


def _tell(desk: Desk, item: PackageItem, head: Head) -> None:
    """Keep the office's word."""
    if item.verdict is not None:
        desk.workspace.decisions.set(
            Decision(hash=item.hash, verdict=item.verdict, reason=item.reason, at=head.created)
        )


def _as_duplicates(imported: Imported) -> Imported:
    return replace(
        imported,
        items=tuple(
            replace(item, outcome=Outcome.DUPLICATE) if item.outcome is Outcome.ACCEPTED else item
            for item in imported.items
        ),
    )
