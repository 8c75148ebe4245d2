"""考核任务: a card, or a unit whose card of this season is not begun, as it stands in the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.card import CardId
from app.domain.delivery import State
from app.domain.unit import UnitKey

_SOON = 3  # days
_OPEN = (None, State.RETURNED, State.DRAFT, State.COMPLETE)


class Pile(StrEnum):
    """A part of the list: all, 待办, 已签字, 逾期."""

    ALL = "all"
    OPEN = "open"
    SIGNED = "signed"
    OVERDUE = "overdue"


class Urgency(StrEnum):
    """How near the day is when a task is due."""

    NONE = "none"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The unit's card before this one."""

    day: date
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the list; without a card there is no season, state, day or total.

    `is_blank` tells that no clause is marked yet, `text` is what a search looks in. Without an
    assignment there is no `due`.
    """

    unit: UnitKey
    name: str
    text: str
    card: CardId | None = None
    season: str = ""
    state: State | None = None
    is_blank: bool = True
    day: date | None = None
    total: Decimal | None = None
    earlier: Earlier | None = None
    due: date | None = None
    open_hazards: int = 0

    @property
    def is_open(self) -> bool:
        """Tell whether there is still something to do here: not signed, or returned (退回补正)."""
        return self.state in _OPEN


def days_left(task: Task, today: date) -> int | None:
    """Return how many days are left, below 0 when it is over; None where nothing is due."""
    if task.due is None or not task.is_open:
        return None
    return (task.due - today).days


def urgency(task: Task, today: date) -> Urgency:
    """Return how near the due day is: within 3 days, or over."""
    left = days_left(task, today)
    if left is None or left > _SOON:
        return Urgency.NONE
    return Urgency.LATE if left < 0 else Urgency.SOON


def is_in(task: Task, pile: Pile, today: date) -> bool:
    """Tell whether a task belongs to a part of the list."""
    match pile:
        case Pile.ALL:
            return True
        case Pile.OPEN:
            return task.is_open
        case Pile.SIGNED:
            return not task.is_open
        case Pile.OVERDUE:
            return urgency(task, today) is Urgency.LATE


def in_order(cards: Iterable[Task], untouched: Iterable[Task], today: date) -> tuple[Task, ...]:
    """Return what is urgent, what is at hand, what was not begun, then the rest.

    Cards come newest first and stay so; what is urgent or not begun stands by its due day.
    """
    begun, waiting = tuple(cards), sorted(untouched, key=_due)
    at_hand = [task for task in begun if task.is_open]
    pressing = [task for task in (*at_hand, *waiting) if _is_pressing(task, today)]
    return (
        *sorted(pressing, key=_due),
        *(task for task in at_hand if not _is_pressing(task, today)),
        *(task for task in waiting if not _is_pressing(task, today)),
        *(task for task in begun if not task.is_open),
    )


def _is_pressing(task: Task, today: date) -> bool:
    return urgency(task, today) is not Urgency.NONE


def _due(task: Task) -> date:
    return task.due or date.max
