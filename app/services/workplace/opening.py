"""What the window asks when it opens a workspace: is it new, for practice, what was left open."""

from dataclasses import dataclass

from app.domain.moment import CHINA
from app.domain.trail import AuditEntry
from app.errors import AppError, Code
from app.services.desk.desk import Changes, Desk, Noun, changed
from app.services.workplace.clock import clock_behind
from app.services.workplace.whereabouts import OpenCard, open_cards


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A workspace at the moment it is opened.

    `is_new` when nobody has done anything in it; `clock` holds the present and the last known
    time, as local text, where the clock stands behind its last use.
    """

    rehearsal: bool
    is_new: bool
    left_open: tuple[OpenCard, ...]
    clock: tuple[str, str] | None


def look_around(desk: Desk) -> Opening:
    """Return how things stand."""
    return Opening(
        rehearsal=desk.workspace.rehearsal,
        is_new=_is_new(desk),
        left_open=open_cards(desk),
        clock=_clock(desk),
    )


def choose_rehearsal(desk: Desk, *, rehearsal: bool) -> tuple[bool, Changes]:
    """Fix for what a new workspace is; AppError REHEARSAL_MIXED once something is in it."""
    if not _is_new(desk):
        raise AppError(Code.REHEARSAL_MIXED)
    details = {"rehearsal": str(rehearsal).lower()}
    with desk.workspace.change(AuditEntry(action="workspace.begin", details=details)):
        desk.workspace.set_rehearsal(rehearsal=rehearsal)
    return rehearsal, changed(Noun.OFFICE)


def _clock(desk: Desk) -> tuple[str, str] | None:
    behind = clock_behind(desk)
    if behind is None:
        return None
    now, last = (moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") for moment in behind)
    return now, last


def _is_new(desk: Desk) -> bool:
    return set(desk.workspace.audit.head()) == {"0"}
