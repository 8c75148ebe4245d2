"""Supplements to sealed cards: the signed bytes as made or received."""

from app.domain.card import CardHash
from app.domain.supplement import SealedSupplement, SupplementHash
from app.exchange.supplement_document import read_supplement
from db.engine import Connection, Row
from db.stores.columns import blob

_COLUMNS = "hash, card_hash, document, cms, signer, received_in"
_ADD = f"INSERT INTO supplement ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_OF_CARD = f"SELECT {_COLUMNS} FROM supplement WHERE card_hash = ? ORDER BY number"
_GET = f"SELECT {_COLUMNS} FROM supplement WHERE hash = ?"


class SupplementStore:
    """Fulfils `app.ports.SupplementStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, sealed: SealedSupplement) -> None:
        """Keep a supplement; the same one twice is one."""
        self._connection.execute(
            _ADD,
            (
                sealed.hash,
                sealed.supplement.card_hash,
                sealed.document,
                sealed.cms,
                sealed.signer,
                sealed.received_in,
            ),
        )

    def get(self, supplement_hash: str) -> SealedSupplement | None:
        """Return a supplement by its hash."""
        return self._connection.one(_sealed, _GET, (supplement_hash,))

    def of(self, card_hash: CardHash) -> tuple[SealedSupplement, ...]:
        """Return the supplements of a sealed revision, in the order they were kept."""
        return self._connection.each(_sealed, _OF_CARD, (card_hash,))


def _sealed(row: Row) -> SealedSupplement:
    document = blob(row["document"])
    return SealedSupplement(
        hash=SupplementHash(str(row["hash"])),
        supplement=read_supplement(document),
        document=document,
        cms=blob(row["cms"]),
        signer=str(row["signer"]),
        received_in=str(row["received_in"]),
    )
