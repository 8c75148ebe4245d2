"""What a store of assignments must do."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.assignment import Assignment
from app.domain.card import CardId, Person
from app.domain.unit import UnitKey
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract, in_one_workspace
from tests.fakes import START
from tests.forms import SYNTHETIC_CODES, synthetic_unit
from tests.strategies import MOMENTS, SAID, TYPED, UNITS

SEASON = "2020—2021年度"
DAYS = st.dates(date(2019, 1, 1), date(2031, 1, 1))
ASSIGNMENTS = st.builds(
    Assignment,
    card=SAID.map(CardId),
    season=SAID,
    unit=UNITS,
    due=DAYS,
    team=st.lists(st.builds(Person, name=SAID, post=TYPED), max_size=3).map(tuple),
    note=TYPED,
    last_total=st.none() | st.decimals(0, 110, places=2),
    last_date=st.none() | DAYS,
    open_hazards=st.lists(SAID, max_size=3).map(tuple),
    withdrawn=st.booleans(),
    issued_at=MOMENTS,
    number=st.integers(1, 1 << 30),
)


def task(place: int = 0, *, card: str = "a", days: int = 0) -> Assignment:
    return Assignment(
        card=CardId(card),
        season=SEASON,
        unit=synthetic_unit(place),
        due=date(2020, 11, 30) + timedelta(days=days),
        team=(Person(name="测试甲"),),
        issued_at=START,
        number=1,
    )


class AssignmentStoreContract(WorkspaceContract):
    @in_one_workspace
    @given(one=ASSIGNMENTS, later=ASSIGNMENTS)
    def test_the_last_order_for_a_unit_comes_back_as_it_was_kept(
        self, workspace: Workspace, one: Assignment, later: Assignment
    ) -> None:
        key = one.unit.key
        with workspace.change(CHANGE):
            workspace.assignments.put(one)
            assert workspace.assignments.of(key) == one
            workspace.assignments.put(replace(later, unit=replace(later.unit, key=key)))
        kept = workspace.assignments.of(key)
        assert kept == replace(later, unit=replace(later.unit, key=key))
        assert kept in workspace.assignments.all()

    def test_the_soonest_due_comes_first(self, workspace: Workspace) -> None:
        tasks = (task(2, days=1), task(0, days=2), task(1, days=2))
        with workspace.change(CHANGE):
            for each in reversed(tasks):
                workspace.assignments.put(each)
        assert workspace.assignments.all() == tasks

    def test_what_was_given_out_is_not_what_was_given_to_us(self, workspace: Workspace) -> None:
        ours, first, second = task(0), task(0, card="b"), task(1, card="c")
        with workspace.change(CHANGE):
            workspace.assignments.put(ours)
            workspace.assignments.put_issued("1f", first)
            workspace.assignments.put_issued("2f", second)
        assert workspace.assignments.all() == (ours,)
        assert workspace.assignments.issued_to("1f") == (first,)
        assert workspace.assignments.issued_to("3f") == ()
        assert workspace.assignments.of(second.unit.key) is None

    def test_a_unit_given_out_in_a_season_has_one_card(self, workspace: Workspace) -> None:
        earlier = replace(task(1, card="old"), season="2018—2019年度")
        with workspace.change(CHANGE):
            workspace.assignments.put(task(2, card="ours"))
            workspace.assignments.put_issued("1f", task(0))
            workspace.assignments.put_issued("2f", task(0))
            workspace.assignments.put_issued("1f", earlier)
        cards = workspace.assignments.issued_cards(SEASON)
        assert cards == {UnitKey(code=SYNTHETIC_CODES[0]): "a"}
