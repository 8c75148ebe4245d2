"""What of the list is open, due and late, and in which order it stands."""

from datetime import date

import pytest

from app.domain.card import CardId
from app.domain.delivery import State
from app.domain.task import Pile, Task, Urgency, days_left, in_order, is_in, urgency
from app.domain.unit import UnitKey

TODAY = date(2020, 11, 6)


def task(name: str = "甲", *, state: State | None = None, due: int | None = None) -> Task:
    return Task(
        unit=UnitKey(code=name),
        name=name,
        text=name,
        card=None if state is None else CardId(name),
        state=state,
        due=None if due is None else date(2020, 11, due),
    )


@pytest.mark.parametrize(
    ("due", "left", "expected"),
    [
        (5, -1, Urgency.LATE),
        (6, 0, Urgency.SOON),
        (9, 3, Urgency.SOON),
        (10, 4, Urgency.NONE),
        (None, None, Urgency.NONE),
    ],
)
def test_a_task_becomes_urgent_three_days_before_it_is_due(
    due: int | None, left: int | None, expected: Urgency
) -> None:
    one = task(due=due)
    assert (days_left(one, TODAY), urgency(one, TODAY)) == (left, expected)


@pytest.mark.parametrize("state", [State.SIGNED, State.EXPORTED, State.RECEIVED, State.ADOPTED])
def test_what_is_signed_is_never_late(state: State) -> None:
    one = task(state=state, due=1)
    assert urgency(one, TODAY) is Urgency.NONE
    assert [pile for pile in Pile if is_in(one, pile, TODAY)] == [Pile.ALL, Pile.SIGNED]


@pytest.mark.parametrize("state", [None, State.DRAFT, State.COMPLETE, State.RETURNED])
def test_what_is_not_signed_or_came_back_is_still_to_do(state: State | None) -> None:
    assert [pile for pile in Pile if is_in(task(state=state), pile, TODAY)] == [
        Pile.ALL,
        Pile.OPEN,
    ]
    assert is_in(task(state=state, due=5), Pile.OVERDUE, TODAY)


def test_the_list_begins_with_what_is_urgent_and_ends_with_what_is_signed() -> None:
    cards = [
        task("newest", state=State.SIGNED),
        task("newer", state=State.DRAFT, due=30),
        task("older", state=State.COMPLETE),
        task("old", state=State.RETURNED, due=7),
    ]
    untouched = [task("first"), task("late", due=2), task("later", due=20)]
    assert [each.name for each in in_order(cards, untouched, TODAY)] == [
        "late",
        "old",
        "newer",
        "older",
        "later",
        "first",
        "newest",
    ]
