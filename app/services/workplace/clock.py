"""Whether the computer's clock can be right: it must not be behind what was done here last."""

from datetime import datetime, timedelta

from app.services.desk.desk import Desk

# Clocks are set back by a few seconds whenever a network corrects them.
_TOLERATED = timedelta(minutes=2)


def clock_behind(desk: Desk) -> tuple[datetime, datetime] | None:
    """Return the present moment and that of the last change, when the clock is behind it."""
    now, last = desk.clock.now(), desk.workspace.audit.last_at()
    return (now, last) if last is not None and now + _TOLERATED < last else None
