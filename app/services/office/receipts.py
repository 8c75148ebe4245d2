"""签收: telling each inspector what became of the cards he sent, one package for each of them."""

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from app.crypto.age import AgeRecipient
from app.domain.delivery import Outcome, PackageItem, Verdict
from app.domain.keyring import CredentialKind, IssuedCertificate
from app.errors import AppError, Code
from app.exchange.head import Kind
from app.exchange.moments import moment_text
from app.exchange.naming import RECEIPT, suggested_name
from app.exchange.receipt import (
    CardAnswer,
    CardOutcome,
    ReceiptDocument,
    ReceivedPackage,
    receipt_bytes,
)
from app.exchange.writer import Entry
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.desk.standing import own_office
from app.services.keys.trust import refuse_unbelievable
from app.services.keys.unlock import Unlocked
from app.services.packages.submit import Consignment, next_head, note_sent, pack


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReceipt:
    """A receipt written: its file, whom it is for, and how many cards it tells of."""

    path: Path
    person: str
    cards: int


def write_receipts(
    desk: Desk, folder: Path, unlocked: Unlocked
) -> tuple[tuple[WrittenReceipt, ...], Changes]:
    """Write a receipt for every inspector of whom something is known that no receipt has told.

    Raises:
        AppError: OFFICE_MISSING, FILE_NOT_WRITABLE, DISK_FULL, and what `refuse_unbelievable`
            raises.

    """
    own_office(desk)
    refuse_unbelievable(desk, unlocked.identity)
    if unlocked.kind is not CredentialKind.OFFICE:
        raise AppError(Code.OFFICE_MISSING)
    written = []
    for issued in desk.workspace.office.issued():
        items = _untold(desk, issued)
        if not items:
            continue
        consignment = _plan(desk, issued, items, unlocked)
        path = _free(folder / suggested_name(consignment.head, person=issued.name))
        note_sent(desk, consignment, pack(consignment, path, unlocked))
        written.append(WrittenReceipt(path=path, person=issued.name, cards=len(items)))
    return tuple(written), changed(Noun.PACKAGES) if written else changed()


def _free(path: Path) -> Path:
    """Return a name that is not taken: two inspectors may share theirs, number and day."""
    names = (path.with_stem(f"{path.stem}({number})") for number in count(2))
    return path if not path.exists() else next(name for name in names if not name.exists())


def _untold(desk: Desk, issued: IssuedCertificate) -> tuple[PackageItem, ...]:
    """Return the outcome of each card of the inspector that no receipt has told him yet."""
    told = {
        item.hash: item
        for record in desk.workspace.packages.all(outgoing=True)
        if record.peer == issued.serial
        for item in record.items
    }
    present = _present(desk, issued.serial)
    return tuple(item for item in present.values() if told.get(item.hash) != item)


def _present(desk: Desk, serial: str) -> dict[str, PackageItem]:
    decisions = desk.workspace.decisions.all()
    present: dict[str, PackageItem] = {}
    for record in desk.workspace.packages.all(outgoing=False):
        if record.peer != serial:
            continue
        for item in record.items:
            decision = decisions.get(item.hash)
            known = present.get(item.hash)
            if item.outcome is Outcome.SET_ASIDE:
                if known is None:
                    present[item.hash] = item
                continue
            present[item.hash] = PackageItem(
                card=item.card,
                revision=item.revision,
                hash=item.hash,
                outcome=Outcome.ACCEPTED,
                reason=decision.reason if decision else "",
                verdict=decision.verdict if decision else Verdict.RECEIVED,
            )
    return present


def _plan(
    desk: Desk, issued: IssuedCertificate, items: tuple[PackageItem, ...], unlocked: Unlocked
) -> Consignment:
    document = ReceiptDocument(
        packages=tuple(
            ReceivedPackage(
                package_id=record.package_id,
                digest=record.digest,
                stream=record.stream,
                sequence=record.sequence,
                received_at=moment_text(record.handled_at),
            )
            for record in desk.workspace.packages.all(outgoing=False)
            if record.peer == issued.serial
        ),
        cards=tuple(map(_answer, items)),
    )
    head = next_head(desk, Kind.RECEIPT, recipient=issued.serial)
    return Consignment(
        head=replace(head, counts=document.counts),
        entries=(Entry(name=RECEIPT, content=receipt_bytes(document)),),
        recipients=(AgeRecipient(issued.age_recipient), unlocked.age.recipient),
        items=items,
    )


def _answer(item: PackageItem) -> CardAnswer:
    if item.verdict is None:
        return CardAnswer(
            id=item.card,
            revision=item.revision,
            hash=item.hash,
            outcome=CardOutcome.SET_ASIDE,
            code=item.reason,
        )
    return CardAnswer(
        id=item.card,
        revision=item.revision,
        hash=item.hash,
        outcome=CardOutcome(item.verdict.value),
        reason=item.reason,
    )
