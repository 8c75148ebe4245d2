"""How a moment is written in documents that are signed: one spelling, in UTC."""

from datetime import UTC, datetime


def moment_text(moment: datetime) -> str:
    """Return the moment in UTC as 2020-11-06T08:30:00Z (ISO 8601), with a fraction if it has one.

    Raises:
        ValueError: The moment names no time zone.

    """
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone")
    return moment.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def read_moment(text: str) -> datetime:
    """Return the moment of its text; ValueError for any other spelling of it."""
    moment = datetime.fromisoformat(text)
    if moment_text(moment) != text:
        raise ValueError("not the one spelling of a moment")
    return moment
