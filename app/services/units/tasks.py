"""考核任务 of a workspace, read piece by piece: a district has thousands of units."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.assignment import Assignment
from app.domain.card import Card
from app.domain.moment import local_date
from app.domain.search import folded
from app.domain.task import Earlier, Task, in_order
from app.domain.unit import Unit, UnitKey
from app.services.cards.assess import new_card
from app.services.cards.view import ListedCard, listed_card
from app.services.desk.desk import Changes, Desk
from app.services.desk.forms import current_form
from app.services.units.register import find_unit

# In one piece: far below the 50 ms the database lane may be held.
_CARDS, _UNITS = 600, 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How far the list has been read on a day. `tasks` is None until all of it is.

    `most_cards` and `most_units` are read in one piece.
    """

    today: date
    season: str
    orders: Mapping[UnitKey, Assignment]
    hazards: Mapping[UnitKey, int]
    cards: tuple[Task, ...] = ()
    history: Mapping[UnitKey, tuple[Task, ...]] | None = None
    untouched: tuple[Task, ...] = ()
    last: UnitKey | None = None
    tasks: tuple[Task, ...] | None = None
    most_cards: int = _CARDS
    most_units: int = _UNITS


def begin_reading(desk: Desk) -> Reading:
    """Read what stands beside units and cards: orders of the office and open hazards."""
    orders = {order.unit.key: order for order in desk.workspace.assignments.all()}
    return Reading(
        today=local_date(desk.clock.now()),
        season=current_form(desk).edition,
        orders={key: order for key, order in orders.items() if not order.withdrawn},
        hazards=desk.workspace.hazards.open_counts(),
    )


def read_on(desk: Desk, reading: Reading) -> Reading:
    """Read the next piece: cards, then units without one, then put them in order."""
    if reading.history is None:
        return _with_cards(desk, reading)
    units = desk.workspace.units.some(after=reading.last, most=reading.most_units)
    if units:
        found = tuple(_untouched(unit, reading) for unit in units if _is_untouched(unit, reading))
        return replace(reading, untouched=reading.untouched + found, last=units[-1].key)
    newest_first = reversed(reading.cards)
    return replace(reading, tasks=in_order(newest_first, reading.untouched, reading.today))


def begin_card(desk: Desk, key: UnitKey) -> tuple[Card, Changes]:
    """Begin a card for a registered unit; raises as `find_unit` and `new_card`."""
    return new_card(desk, find_unit(desk, code=key.code, sub_unit=key.sub_unit))


def _with_cards(desk: Desk, reading: Reading) -> Reading:
    last = reading.cards[-1].card if reading.cards else None
    lines = desk.workspace.cards.some_lines(after=last or "", most=reading.most_cards)
    if lines:
        found = tuple(_begun(listed_card(desk, line), reading) for line in lines)
        return replace(reading, cards=reading.cards + found)
    history = _by_unit(reading.cards)
    linked = tuple(_after_earlier(task, history[task.unit]) for task in reading.cards)
    return replace(reading, cards=linked, history=history)


def _begun(listed: ListedCard, reading: Reading) -> Task:
    line, unit = listed.line, listed.line.unit
    order = reading.orders.get(unit.key)
    return Task(
        unit=unit.key,
        name=unit.name,
        text=_text(unit),
        card=line.id,
        season=line.season,
        state=listed.state,
        is_blank=not line.marked,
        day=line.date_to,
        total=listed.total,
        earlier=_at_the_office(order),
        due=order.due if order and order.season == line.season else None,
        open_hazards=_hazards(unit.key, reading),
    )


def _untouched(unit: Unit, reading: Reading) -> Task:
    order = reading.orders.get(unit.key)
    cards = (reading.history or {}).get(unit.key)
    return Task(
        unit=unit.key,
        name=unit.name,
        text=_text(unit),
        earlier=_result(cards[-1]) if cards else _at_the_office(order),
        due=order.due if order else None,
        open_hazards=_hazards(unit.key, reading),
    )


def _is_untouched(unit: Unit, reading: Reading) -> bool:
    cards = (reading.history or {}).get(unit.key, ())
    return all(task.season != reading.season for task in cards)


def _by_unit(cards: Iterable[Task]) -> Mapping[UnitKey, tuple[Task, ...]]:
    """Return the cards of each unit by day."""
    gathered: defaultdict[UnitKey, list[Task]] = defaultdict(list)
    for task in cards:
        gathered[task.unit].append(task)
    return {key: tuple(sorted(kept, key=_day)) for key, kept in gathered.items()}


def _after_earlier(task: Task, history: tuple[Task, ...]) -> Task:
    if len(history) == 1:
        return task
    earlier = [other for other in history if _day(other) < _day(task)]
    return replace(task, earlier=_result(earlier[-1])) if earlier else task


def _result(task: Task) -> Earlier | None:
    if task.day is None or task.total is None:
        return None
    return Earlier(day=task.day, total=task.total)


def _at_the_office(order: Assignment | None) -> Earlier | None:
    """Return the unit's last card as the office knows it: it may have been another inspector's."""
    if order is None or order.last_total is None or order.last_date is None:
        return None
    return Earlier(day=order.last_date, total=order.last_total)


def _hazards(key: UnitKey, reading: Reading) -> int:
    order = reading.orders.get(key)
    return max(reading.hazards.get(key, 0), len(order.open_hazards) if order else 0)


def _day(task: Task) -> date:
    return task.day or date.min


def _text(unit: Unit) -> str:
    return folded(f"{unit.name} {unit.key.code} {unit.key.sub_unit} {unit.district}")
