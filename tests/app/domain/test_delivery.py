"""The one word for a card says only what is proven."""

import pytest

from app.domain.delivery import Delivery, State, Verdict, state_of

NOTHING = Delivery()
EXPORTED = Delivery(exported=True)


@pytest.mark.parametrize(
    ("is_open", "is_sealed", "delivery", "state"),
    [
        (True, False, NOTHING, State.DRAFT),
        (False, False, NOTHING, State.COMPLETE),
        (False, True, NOTHING, State.SIGNED),
        (False, True, EXPORTED, State.EXPORTED),
        (False, True, Delivery(exported=True, verdict=Verdict.RECEIVED), State.RECEIVED),
        (False, True, Delivery(exported=True, verdict=Verdict.ADOPTED), State.ADOPTED),
        (False, True, Delivery(exported=True, verdict=Verdict.RETURNED), State.RETURNED),
        (False, True, Delivery(verdict=Verdict.RECEIVED), State.RECEIVED),  # at the office
    ],
)
def test_the_state_is_the_farthest_that_is_proven(
    is_open: bool,  # noqa: FBT001 - a table
    is_sealed: bool,  # noqa: FBT001 - a table
    delivery: Delivery,
    state: State,
) -> None:
    assert state_of(is_open=is_open, is_sealed=is_sealed, delivery=delivery) is state


def test_a_draft_of_a_new_revision_is_a_draft_whatever_became_of_the_last() -> None:
    adopted = Delivery(exported=True, verdict=Verdict.ADOPTED)
    assert state_of(is_open=True, is_sealed=False, delivery=adopted) is State.DRAFT


def test_every_verdict_is_a_state() -> None:
    assert {State(verdict.value) for verdict in Verdict} <= set(State)
