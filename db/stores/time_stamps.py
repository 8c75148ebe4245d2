"""The time stamp service: one row <-> `StampService`."""

from app.domain.time_stamp import StampService
from db.engine import Connection, Row
from db.stores.columns import blob

_GET = "SELECT url, ca FROM time_stamp_service"
_SET = """
    INSERT INTO time_stamp_service (only_one, url, ca) VALUES (1, ?, ?)
    ON CONFLICT (only_one) DO UPDATE SET url = excluded.url, ca = excluded.ca
"""
_CLEAR = "DELETE FROM time_stamp_service"


class StampServiceStore:
    """Fulfils `app.ports.time_stamps.StampServiceStore`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self) -> StampService | None:
        """Return the service."""
        return self._connection.one(_service, _GET)

    def set(self, service: StampService) -> None:
        """Keep the service in place of the one before."""
        self._connection.execute(_SET, (service.url, service.ca))

    def clear(self) -> None:
        """Forget the service."""
        self._connection.execute(_CLEAR)


def _service(row: Row) -> StampService:
    return StampService(url=str(row["url"]), ca=blob(row["ca"]))
