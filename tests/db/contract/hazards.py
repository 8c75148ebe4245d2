"""What a store of hazards must do."""

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.card import CardId
from app.domain.form import ClauseId
from app.domain.hazard import (
    Act,
    Contact,
    Doer,
    Grade,
    Hazard,
    HazardState,
    Recipient,
    Report,
    Step,
)
from app.ports import Workspace
from db.engine import DriverError
from tests.db.contract.workspaces import CHANGE, WorkspaceContract, in_one_workspace
from tests.hazards import BY, PHOTO, brought_to, synthetic_hazard
from tests.strategies import EVIDENCE, MOMENTS, TYPED

DOERS = st.builds(Doer, who=TYPED, at=MOMENTS.map(lambda at: at.astimezone(UTC)))
STEPS = st.builds(Step, act=st.sampled_from(Act), by=DOERS, remark=TYPED)
REPORTS = st.builds(Report, to=TYPED, on=st.none() | st.dates(), how=TYPED)
PHOTOS = st.lists(EVIDENCE, max_size=2).map(tuple)
CHANGED = st.fixed_dictionaries(
    {
        "card_id": st.none() | TYPED.map(CardId),
        "clause": st.none() | st.just(ClauseId("S5-R2-C1")),
        "text": TYPED,
        "place": TYPED,
        "grade": st.sampled_from(Grade),
        "measure": TYPED,
        "person": st.builds(Contact, name=TYPED, post=TYPED, telephone=TYPED),
        "deadline": st.none() | st.dates(),
        "state": st.sampled_from(HazardState),
        "before": PHOTOS,
        "after": PHOTOS,
        "reports": st.dictionaries(st.sampled_from(Recipient), REPORTS),
    }
)


def hazards() -> st.SearchStrategy[Hazard]:
    """Draw a hazard in any state of its content."""
    return st.builds(
        lambda number, steps, changed: replace(
            synthetic_hazard(number), steps=tuple(steps), **changed
        ),
        st.integers(1, 1 << 40),
        st.lists(STEPS, min_size=1, max_size=3),
        CHANGED,
    )


def keep(workspace: Workspace, *kept: Hazard) -> None:
    with workspace.change(CHANGE):
        for hazard in kept:
            workspace.hazards.add(hazard)


class HazardStoreContract(WorkspaceContract):
    @in_one_workspace
    @given(hazard=hazards(), other=hazards(), more=st.lists(STEPS, max_size=2))
    def test_a_hazard_comes_back_as_it_was_added_and_then_as_it_was_saved(
        self, workspace: Workspace, hazard: Hazard, other: Hazard, more: list[Step]
    ) -> None:
        if workspace.hazards.get(hazard.id) is None:
            keep(workspace, hazard)
            assert workspace.hazards.get(hazard.id) == hazard
        before = workspace.hazards.get(hazard.id)
        assert before is not None
        after = replace(
            other,
            id=hazard.id,
            steps=(*before.steps, *more),
            reports={**before.reports, **other.reports},
        )
        with workspace.change(CHANGE):
            workspace.hazards.save(before, after)
        assert workspace.hazards.get(hazard.id) == after

    def test_a_unit_has_its_own_hazards_and_the_rest_is_listed_over_all(
        self, workspace: Workspace
    ) -> None:
        mine = (synthetic_hazard(1), brought_to(HazardState.CLOSED, synthetic_hazard(2)))
        branch = replace(synthetic_hazard(3), unit=replace(mine[0].unit, sub_unit="测试分厂"))
        theirs = brought_to(HazardState.RECHECK, synthetic_hazard(4, unit=1))
        gone = brought_to(HazardState.WITHDRAWN, synthetic_hazard(5, unit=2))
        keep(workspace, *mine, branch, theirs, gone)
        assert workspace.hazards.of_unit(mine[0].unit) == mine
        assert workspace.hazards.unsettled() == (mine[0], branch, theirs)

    def test_what_is_left_to_do_is_counted_for_each_unit(self, workspace: Workspace) -> None:
        assert workspace.hazards.open_counts() == {}
        mine = [brought_to(state, synthetic_hazard(n)) for n, state in enumerate(HazardState)]
        theirs = synthetic_hazard(99, unit=1)
        keep(workspace, *mine, theirs)
        assert workspace.hazards.open_counts() == {mine[0].unit: 3, theirs.unit: 1}

    def test_a_hazard_that_is_not_there_is_none(self, workspace: Workspace) -> None:
        assert workspace.hazards.get("none") is None

    def test_its_history_is_never_shortened(self, workspace: Workspace) -> None:
        hazard = replace(synthetic_hazard(), before=(PHOTO,))
        keep(workspace, hazard)
        rewritten = replace(hazard, steps=(Step(act=Act.RAISE, by=BY, remark="改写"),))
        with workspace.change(CHANGE):
            workspace.hazards.save(hazard, rewritten)
        assert workspace.hazards.get(hazard.id) == hazard
        with pytest.raises(DriverError, match="UNIQUE"), workspace.change(CHANGE):
            workspace.hazards.save(replace(hazard, steps=()), rewritten)
