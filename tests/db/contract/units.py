"""What a store of units must do."""

from dataclasses import replace

from hypothesis import given

from app.domain.unit import Unit, UnitFacts, UnitKey
from app.errors import Code
from app.ports import Workspace
from tests.db.contract.workspaces import CHANGE, WorkspaceContract, in_one_workspace
from tests.forms import SYNTHETIC_CODES, synthetic_unit
from tests.refusals import refused
from tests.strategies import FACTS, SAID, TYPED, UNITS


class UnitStoreContract(WorkspaceContract):
    @in_one_workspace
    @given(unit=UNITS, name=SAID, facts=FACTS, district=TYPED)
    def test_a_unit_comes_back_as_it_was_added_and_then_as_it_was_saved(
        self, workspace: Workspace, unit: Unit, name: str, facts: UnitFacts, district: str
    ) -> None:
        later = replace(unit, name=name, facts=facts, district=district)
        with workspace.change(CHANGE):
            if workspace.units.get(unit.key) is None:
                workspace.units.add(unit)
                assert workspace.units.get(unit.key) == unit
            workspace.units.save(later)
        assert workspace.units.get(unit.key) == later
        assert later in workspace.units.all()

    def test_a_fact_that_is_not_known_is_not_0(self, workspace: Workspace) -> None:
        unknown = synthetic_unit(0, facts=UnitFacts(workers=1))
        none = synthetic_unit(1, facts=UnitFacts(workers=1, women=0, high_risk=False))
        with workspace.change(CHANGE):
            workspace.units.add(unknown)
            workspace.units.add(none)
        assert workspace.units.all() == (unknown, none)

    def test_a_key_is_taken_once(self, workspace: Workspace) -> None:
        unit = synthetic_unit()
        with workspace.change(CHANGE):
            workspace.units.add(unit)
        with (
            refused(Code.UNIT_EXISTS, sub_unit=unit.key.sub_unit),
            workspace.change(CHANGE),
        ):
            workspace.units.add(replace(unit, name="另一个名称"))
        assert workspace.units.all() == (unit,)

    def test_branches_share_a_code_and_stand_in_order(self, workspace: Workspace) -> None:
        branches = [synthetic_unit(3, sub_unit=name) for name in ("", "A厂", "B厂")]
        other = synthetic_unit(2)
        with workspace.change(CHANGE):
            for unit in (branches[2], other, branches[0], branches[1]):
                workspace.units.add(unit)
        assert workspace.units.with_code(SYNTHETIC_CODES[3]) == tuple(branches)
        assert workspace.units.all() == (*branches, other)

    def test_units_come_in_pieces_that_follow_each_other(self, workspace: Workspace) -> None:
        units = [synthetic_unit(3, sub_unit=name) for name in ("", "A厂", "B厂")]
        units.append(synthetic_unit(2))
        with workspace.change(CHANGE):
            for unit in units:
                workspace.units.add(unit)
        pieces = [
            workspace.units.some(after=after, most=2)
            for after in (None, units[1].key, units[3].key)
        ]
        assert pieces == [tuple(units[:2]), tuple(units[2:]), ()]

    def test_nobody_is_found_under_another_key(self, workspace: Workspace) -> None:
        with workspace.change(CHANGE):
            workspace.units.add(synthetic_unit(0, sub_unit="A厂"))
        assert workspace.units.get(UnitKey(code=SYNTHETIC_CODES[0])) is None
        assert workspace.units.with_code(SYNTHETIC_CODES[1]) == ()
