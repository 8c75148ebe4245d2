"""How single values stand in a column: times, points, counts and bytes."""

from datetime import UTC, datetime
from decimal import Decimal

from db.engine import Value

_HUNDREDTHS = 100


def time_text(moment: datetime) -> str:
    """Return an aware moment as ISO 8601 UTC."""
    return moment.astimezone(UTC).isoformat()


def time_of(value: Value) -> datetime:
    """Return the moment of a column; ValueError tells damage."""
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


def hundredths(points: Decimal) -> int:
    """Return points as a whole number of hundredths."""
    scaled = points * _HUNDREDTHS
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(points)
    return whole


def points_of(value: Value) -> Decimal:
    """Return the points of a column of hundredths."""
    return Decimal(whole(value)) / _HUNDREDTHS


def whole(value: Value) -> int:
    """Return the integer of a column that is never NULL; ValueError tells damage."""
    if not isinstance(value, int):
        raise ValueError(value)  # noqa: TRY004 - not the caller's mistake
    return value


def blob(value: Value) -> bytes:
    """Return the bytes of a column that is never NULL; ValueError tells damage."""
    if not isinstance(value, bytes):
        raise ValueError(value)  # noqa: TRY004 - likewise
    return value
