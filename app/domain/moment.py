"""Local dates of a moment: China has one time, UTC+8, and no summer time."""

from datetime import date, datetime, timedelta, timezone

from app.errors import AppError, Code

CHINA = timezone(timedelta(hours=8))


def local_date(moment: datetime) -> date:
    """Return the date in China of an aware moment."""
    return moment.astimezone(CHINA).date()


def parse_date(typed: str) -> date:
    """Return a date typed as YYYY-MM-DD; AppError DATE_MALFORMED."""
    try:
        return date.fromisoformat(typed.strip())
    except ValueError as cause:
        raise AppError(Code.DATE_MALFORMED, value=typed) from cause
