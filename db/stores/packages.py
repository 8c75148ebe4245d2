"""Packages written and taken in, what became of their records, and the decisions on cards."""

from collections.abc import Mapping

from app.domain.card import CardHash, CardId
from app.domain.delivery import Decision, Outcome, PackageItem, PackageRecord, Verdict
from app.domain.supplement import SupplementHash
from db.engine import Connection, Row
from db.stores.columns import time_of, time_text, whole

_COLUMNS = """
    digest, package_id, kind, outgoing, stream, sequence, previous, peer, created_at, handled_at,
    audit_head
"""
_ADD = f"""
    INSERT INTO package ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
"""
_CLEAR_ITEMS = """
    DELETE FROM package_item WHERE package = (SELECT handled FROM package WHERE digest = ?)
"""
_GET = f"SELECT handled, {_COLUMNS} FROM package WHERE digest = ?"
_LAST = f"""
    SELECT handled, {_COLUMNS} FROM package WHERE stream = ? AND peer = ? AND outgoing = ?
    ORDER BY sequence DESC, handled DESC LIMIT 1
"""
_ALL = f"SELECT handled, {_COLUMNS} FROM package WHERE outgoing = ? ORDER BY handled"
_ADD_ITEM = """
    INSERT INTO package_item (package, position, card_id, revision, hash, outcome, reason, verdict)
    SELECT handled, ?, ?, ?, ?, ?, ?, ? FROM package WHERE digest = ?
"""
_ITEMS = """
    SELECT card_id, revision, hash, outcome, reason, verdict FROM package_item
    WHERE package = ? ORDER BY position
"""
_IS_EXPORTED = "SELECT 1 FROM package_item WHERE hash = ? AND outcome = 'sent' LIMIT 1"
_SET_DECISION = """
    INSERT INTO decision (hash, verdict, reason, at) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET verdict = excluded.verdict, reason = excluded.reason,
        at = excluded.at
"""
_DECISIONS = "SELECT hash, verdict, reason, at FROM decision"


class PackageStore:
    """Fulfils `app.ports.PackageStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, record: PackageRecord) -> None:
        """Keep a package with its items; of a package known already, renew the items."""
        self._connection.execute(
            _ADD,
            (
                record.digest,
                record.package_id,
                record.kind,
                int(record.outgoing),
                record.stream,
                record.sequence,
                record.previous,
                record.peer,
                time_text(record.created_at),
                time_text(record.handled_at),
                record.audit_head,
            ),
        )
        self._connection.execute(_CLEAR_ITEMS, (record.digest,))
        for position, item in enumerate(record.items):
            self._connection.execute(
                _ADD_ITEM,
                (
                    position,
                    item.card,
                    item.revision,
                    item.hash,
                    item.outcome,
                    item.reason,
                    item.verdict,
                    record.digest,
                ),
            )

    def get(self, digest: str) -> PackageRecord | None:
        """Return a package by its digest."""
        return self._connection.one(self._record, _GET, (digest,))

    def last(self, *, stream: str, peer: str, outgoing: bool) -> PackageRecord | None:
        """Return the package with the highest sequence of a stream to a peer."""
        return self._connection.one(self._record, _LAST, (stream, peer, int(outgoing)))

    def all(self, *, outgoing: bool) -> tuple[PackageRecord, ...]:
        """Return packages in the order they were handled."""
        return self._connection.each(self._record, _ALL, (int(outgoing),))

    def is_exported(self, record: CardHash | SupplementHash) -> bool:
        """Tell whether a package holding the card or supplement was written and read back."""
        return self._connection.scalar(_IS_EXPORTED, (record,)) is not None

    def _record(self, row: Row) -> PackageRecord:
        return PackageRecord(
            digest=str(row["digest"]),
            package_id=str(row["package_id"]),
            kind=str(row["kind"]),
            outgoing=bool(row["outgoing"]),
            stream=str(row["stream"]),
            sequence=whole(row["sequence"]),
            previous=str(row["previous"]),
            peer=str(row["peer"]),
            created_at=time_of(row["created_at"]),
            handled_at=time_of(row["handled_at"]),
            audit_head=str(row["audit_head"]),
            items=self._connection.each(_item, _ITEMS, (row["handled"],)),
        )


class DecisionStore:
    """Fulfils `app.ports.DecisionStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, decision: Decision) -> None:
        """Keep a decision in place of an earlier one."""
        self._connection.execute(
            _SET_DECISION,
            (decision.hash, decision.verdict, decision.reason, time_text(decision.at)),
        )

    def get(self, record: CardHash | SupplementHash) -> Decision | None:
        """Return the decision on a card."""
        return self._connection.one(_decision, f"{_DECISIONS} WHERE hash = ?", (record,))

    def all(self) -> Mapping[str, Decision]:
        """Return all decisions."""
        decisions = self._connection.each(_decision, _DECISIONS)
        return {decision.hash: decision for decision in decisions}


def _item(row: Row) -> PackageItem:
    return PackageItem(
        card=CardId(str(row["card_id"])),
        revision=whole(row["revision"]),
        hash=CardHash(str(row["hash"])),
        outcome=Outcome(str(row["outcome"])),
        reason=str(row["reason"]),
        verdict=None if row["verdict"] is None else Verdict(str(row["verdict"])),
    )


def _decision(row: Row) -> Decision:
    return Decision(
        hash=CardHash(str(row["hash"])),
        verdict=Verdict(str(row["verdict"])),
        reason=str(row["reason"]),
        at=time_of(row["at"]),
    )
