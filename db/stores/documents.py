"""Forms and guides under their hash, for as long as a card needs them."""

from db.engine import Connection
from db.stores.columns import blob


class DocumentStore:
    """Fulfils `app.ports.DocumentStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, content_hash: str, document: bytes) -> None:
        """Keep a document; the same hash twice is one."""
        self._connection.execute(
            "INSERT INTO document (hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (content_hash, document),
        )

    def get(self, content_hash: str) -> bytes | None:
        """Return a document by its hash."""
        found = self._connection.scalar(
            "SELECT content FROM document WHERE hash = ?", (content_hash,)
        )
        return None if found is None else blob(found)
